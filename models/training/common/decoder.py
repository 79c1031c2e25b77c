"""A light U-Net decoder on the maps of the encoder."""

import torch
from torch import nn
from torch.nn import functional as F


def convolution(inputs, outputs, kernel=3):
    """A convolution with batch norm and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Up(nn.Module):
    """Doubles the resolution and merges the encoder's map of that size."""

    def __init__(self, inputs, skip, outputs):
        super().__init__()
        self.reduce = convolution(inputs, outputs, 1)
        self.merge = nn.Sequential(convolution(outputs + skip, outputs),
                                   convolution(outputs, outputs))

    def forward(self, x, skip):
        x = F.interpolate(self.reduce(x), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.merge(torch.cat((x, skip), 1))


class Decoder(nn.Module):
    """From the encoder's maps to the map of the finest skip that is used, coarse to fine.

    `channels` are the encoder's, `widths` those of each level, from coarse to fine; the
    number of levels is the number of widths.  Returns the map of every level.
    """

    def __init__(self, channels, widths):
        super().__init__()
        levels, inputs = [], channels[-1]
        for skip, width in zip(channels[-2::-1], widths):
            levels.append(Up(inputs, skip, width))
            inputs = width
        self.levels = nn.ModuleList(levels)

    def forward(self, features):
        x, maps = features[-1], []
        for level, skip in zip(self.levels, features[-2::-1]):
            x = level(x, skip)
            maps.append(x)
        return maps
