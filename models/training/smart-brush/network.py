"""The network: EfficientNet-Lite0 to stride 16, prompts fused at stride 4 and 2, a light decoder."""

import torch
from torch import nn
from torch.nn import functional as F

from decoder import convolution
from encoder import Encoder

FROZEN = 3  # blocks before the prompt is added; they keep their ImageNet weights


class Merge(nn.Module):
    """Doubles the resolution and merges maps of that size."""

    def __init__(self, inputs, reduced, skips, outputs, mixing=1):
        super().__init__()
        self.reduce = convolution(inputs, reduced, 1)
        self.merge = nn.Sequential(convolution(reduced + skips, outputs, mixing),
                                   convolution(outputs, outputs))

    def forward(self, x, *skips):
        x = F.interpolate(self.reduce(x), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.merge(torch.cat((x, *skips), 1))


class Likeness(nn.Module):
    """Compares every place with what lies under the clicks.

    Channels of the deepest map are averaged under the positive and under the negative discs;
    each place is multiplied with both averages, channel by channel.
    """

    def __init__(self, inputs, channels=32):
        super().__init__()
        self.describe = nn.Conv2d(inputs, channels, 1)

    def forward(self, x, prompt):
        described = self.describe(x)
        clicks = F.avg_pool2d(prompt[:, :2], 16)
        products = []
        for plane in (clicks[:, :1], clicks[:, 1:]):
            total = (described * plane).sum((2, 3), keepdim=True)
            average = total / (plane.sum((2, 3), keepdim=True) + 1e-3)
            products.append(described * average)
        return torch.cat((x, *products), 1)


class BrushNet(nn.Module):
    """Image [N,3,H,W] and prompt [N,3,H,W] to logits [N,1,H,W]; sides are multiples of 16.

    In training it also returns the logits at stride 8.
    """

    def __init__(self):
        super().__init__()
        self.encoder = Encoder(5)
        c2, c4, c8, c16 = self.encoder.channels
        self.prompt2 = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1), nn.ReLU(inplace=True))
        self.prompt4 = nn.Sequential(nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(inplace=True),
                                     nn.Conv2d(32, c4, 1))
        self.likeness = Likeness(c16)
        self.up8 = Merge(c16 + 64, 96, c8, 64, 3)
        self.up4 = Merge(64, 48, c4, 48)
        self.up2 = Merge(48, 24, c2 + 16, 24)
        self.head2 = nn.Conv2d(24, 1, 1)
        self.head8 = nn.Conv2d(64, 1, 1)

    def features(self, image):
        """The maps that no click changes: strides 2 and 4."""
        x = self.encoder.blocks[0](self.encoder.stem(image))
        return x, self.encoder.blocks[2](self.encoder.blocks[1](x))

    def forward(self, image, prompt):
        with torch.set_grad_enabled(False):
            f2, f4 = self.features(image)
        p2 = self.prompt2(prompt)
        x = f4 + self.prompt4(p2)
        f8 = None
        for index, block in enumerate(self.encoder.blocks[FROZEN:], FROZEN):
            x = block(x)
            if index == 4:
                f8 = x
        d8 = self.up8(self.likeness(x, prompt), f8)
        d4 = self.up4(d8, f4)
        d2 = self.up2(d4, f2, p2)
        logits = F.interpolate(self.head2(d2), scale_factor=2.0, mode="bilinear",
                               align_corners=False)
        if self.training:
            return logits, self.head8(d8)
        return logits
