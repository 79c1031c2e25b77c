"""The detector: shortened EfficientNet-Lite0, two-way feature pyramid, one head for all levels."""

import torch
from encoder import Encoder
from quick import quicken
from torch import nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)
BLOCKS = 12   # the encoder ends after the first block of stride 32
WIDTH = 64
CLASSES = 24


def convolution(inputs, outputs, kernel=3, stride=1):
    """Convolution, batch norm, ReLU6."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs), nn.ReLU6(inplace=True))


class Shared(nn.Module):
    """One convolution for the maps of all levels, with one batch norm over all of them."""

    def __init__(self, width):
        super().__init__()
        self.convolution = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, maps):
        maps = [self.convolution(m) for m in maps]
        if not self.training:
            scale = self.norm.weight * (self.norm.running_var + self.norm.eps).rsqrt()
            shift = self.norm.bias - self.norm.running_mean * scale
            return [F.relu6(m * scale[:, None, None] + shift[:, None, None]) for m in maps]
        rows = [m.permute(0, 2, 3, 1).reshape(-1, m.shape[1]) for m in maps]
        joined = F.relu6(self.norm(torch.cat(rows)))
        parts = joined.split([len(r) for r in rows])
        return [p.view(m.shape[0], m.shape[2], m.shape[3], m.shape[1]).permute(0, 3, 1, 2)
                for p, m in zip(parts, maps)]


class Detector(nn.Module):
    """Raw maps: for each anchor point class logits, a product logit and four distances."""

    def __init__(self, imagenet=True, width=WIDTH):
        super().__init__()
        self.encoder = Encoder(6)
        if imagenet:
            self.encoder.load_imagenet()
        self.encoder.blocks = self.encoder.blocks[:BLOCKS]
        self.encoder.ends[-1] = BLOCKS - 1
        quicken(self.encoder)
        self.lateral = nn.ModuleList(convolution(c, width, 1) for c in self.encoder.channels[-3:])
        self.down = nn.ModuleList(convolution(width, width, 3, 2) for _ in range(2))
        self.smooth = nn.ModuleList(convolution(width, width) for _ in range(4))
        self.class_branch = nn.ModuleList(Shared(width) for _ in range(2))
        self.box_branch = nn.ModuleList(Shared(width) for _ in range(2))
        self.classes = nn.Conv2d(width, CLASSES, 1)
        self.product = nn.Conv2d(2 * width, 1, 1)
        self.distance = nn.Conv2d(width, 4, 1)
        nn.init.constant_(self.product.bias, -4.0)
        nn.init.normal_(self.product.weight, std=0.01)
        nn.init.normal_(self.classes.weight, std=0.01)
        nn.init.normal_(self.distance.weight, std=0.01)
        nn.init.constant_(self.distance.bias, 1.0)

    def features(self, image, start=None):
        """The encoder's maps of strides 8, 16 and 32; `start` runs its first blocks."""
        if start is None:
            return self.encoder(image)[-3:]
        maps, x = start(image)
        for index in range(len(start.blocks), len(self.encoder.blocks)):
            x = self.encoder.blocks[index](x)
            if index in self.encoder.ends:
                maps.append(x)
        return maps[-3:]

    def pyramid(self, image, start=None):
        """Maps of strides 8, 16 and 32 that have seen each other."""
        a, b, c = (layer(f) for layer, f in zip(self.lateral, self.features(image, start)))
        b = self.smooth[0](b + F.interpolate(c, scale_factor=2.0, mode="nearest"))
        a = self.smooth[1](a + F.interpolate(b, scale_factor=2.0, mode="nearest"))
        b = self.smooth[2](b + self.down[0](a))
        c = self.smooth[3](c + self.down[1](b))
        return [a, b, c]

    def forward(self, image, start=None):
        """Logits [N,A,25] (24 classes, product) and distances [N,A,4] in strides, before exp."""
        maps = self.pyramid(image, start)
        named, boxed = maps, maps
        for layer in self.class_branch:
            named = layer(named)
        for layer in self.box_branch:
            boxed = layer(boxed)
        logits = [torch.cat([self.classes(n), self.product(torch.cat([n, b], 1))], 1)
                  for n, b in zip(named, boxed)]
        distances = [self.distance(b) for b in boxed]

        def rows(m):
            return m.flatten(2).transpose(1, 2)

        return (torch.cat([rows(m) for m in logits], 1), torch.cat([rows(m) for m in distances], 1))


def anchor_points(height, width):
    """Centres [A,2] and strides [A,1] of every cell, in the order of the outputs."""
    points, strides = [], []
    for stride in STRIDES:
        y, x = torch.meshgrid((torch.arange(height // stride) + 0.5) * stride,
                              (torch.arange(width // stride) + 0.5) * stride, indexing="ij")
        points.append(torch.stack([x.flatten(), y.flatten()], 1))
        strides.append(torch.full((len(points[-1]), 1), float(stride)))
    return torch.cat(points), torch.cat(strides)


def decode(distances, points, strides):
    """Boxes x1 y1 x2 y2 in pixels of the input."""
    reach = torch.exp(distances.clamp(-4, 4)) * strides
    return torch.cat([points - reach[..., :2], points + reach[..., 2:]], -1)
