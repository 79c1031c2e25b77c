"""The network: one encoder, class activation maps, and a mask."""

import torch
from torch import nn
from torch.nn import functional as F

from decoder import Decoder, convolution
from encoder import Encoder

CLASSES = ("benign", "malignant", "normal")
SIDE = 256


class BreastNet(nn.Module):
    """Grey pictures [N,1,H,W] to class maps [N,3,h,w] and mask logits of three levels.

    The class logits are the mean of the class maps over space; each map holds the
    bias of its class, so what a position adds can be read off directly.  The class maps
    also see the decoder's coarse levels, which know where the lesion and its edge are.
    """

    def __init__(self, widths=(80, 48, 32), hidden=192):
        super().__init__()
        self.encoder = Encoder(5)
        self.decoder = Decoder(self.encoder.channels, widths)
        self.drop = nn.Dropout2d(0.1)
        self.marks = nn.ModuleList(nn.Conv2d(width, 1, 1) for width in widths)
        seen = self.encoder.channels[-1] + widths[0] + widths[1]
        self.lift = convolution(seen, hidden, 1)
        self.drop_class = nn.Dropout(0.3)
        self.classes = nn.Linear(hidden, len(CLASSES))

    def forward(self, image, frozen=0):
        features = self.encoder(image.expand(-1, 3, -1, -1), frozen)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            levels = self.decoder([*features[:-1], self.drop(features[-1])])
            marks = [mark(level) for mark, level in zip(self.marks, levels)]
        seen = (features[-1], F.avg_pool2d(levels[0].float(), 2), F.avg_pool2d(levels[1].float(), 4))
        lifted = self.lift(torch.cat(seen, 1)).permute(0, 2, 3, 1)
        maps = self.classes(self.drop_class(lifted)).permute(0, 3, 1, 2)
        return maps, marks


class Shipped(nn.Module):
    """What the package holds: the view at the trained size and, unless `mirror` is false, its mirror image, averaged.

    `image` [N,1,256,256] to `classes` [N,3], `mask` [N,1,256,256] and
    `activation` [N,3,h,w]; the mean of `activation` over space is `classes`.
    """

    def __init__(self, network, side, temperature=1.0, mirror=True):
        super().__init__()
        self.network, self.side, self.temperature, self.mirror = network, side, temperature, mirror

    def forward(self, image):
        size, cells = (self.side, self.side), self.side // 16
        small = F.interpolate(image, size=size, mode="bilinear", align_corners=False)
        maps, marks = self.network(torch.cat((small, small.flip(3))) if self.mirror else small)
        maps = self.together(maps, (len(CLASSES), cells, cells)) / self.temperature
        mask = self.together(marks[-1], (1, self.side // 2, self.side // 2))
        mask = F.interpolate(mask, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
        return maps.mean((2, 3)), mask, maps

    def together(self, both, shape):
        """The mean of the first half of a batch and of the mirrored second half."""
        if not self.mirror:
            return both
        halves = both.reshape(2, -1, *shape)
        return (halves[0] + halves[1].flip(3)) / 2
