"""The network: EfficientNet-Lite0 with a linear head at every position."""

import copy

import torch
from torch import nn

from encoder import Encoder


class RecognitionNet(nn.Module):
    """Logits of the fine labels, and the map of every label that they are the mean of."""

    def __init__(self, classes=81):
        super().__init__()
        self.encoder = Encoder(7)
        self.head = nn.Conv2d(self.encoder.channels[-1], classes, 1)
        self.dropout = nn.Dropout(0.2)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)

    def forward(self, image, frozen=0):
        features = self.encoder(image, frozen)[-1]
        if self.training:
            return self.head(self.dropout(features.mean((2, 3), keepdim=True)))[:, :, 0, 0]
        activation = self.head(features)
        return activation.mean((2, 3)), activation


@torch.no_grad()
def folded(model, temperature=1.0):
    """The same function with fewer weights: one layer instead of the last projection and the head.

    Both are linear, so one convolution does the work of the two; the temperature of the
    calibration goes into it as well.  The batch norms are folded already (`quick.plain`).
    """
    projection = model.encoder.blocks[-1].project[0]
    weight, bias = projection.weight[:, :, 0, 0], projection.bias
    head = model.head.weight[:, :, 0, 0]
    result = copy.deepcopy(model)
    result.encoder.blocks[-1].project = nn.Identity()
    result.head = nn.Conv2d(weight.shape[1], model.head.out_channels, 1)
    result.head.weight.copy_(((head @ weight) / temperature)[:, :, None, None])
    result.head.bias.copy_((head @ bias + model.head.bias) / temperature)
    return result.eval()
