"""The network: EfficientNet-Lite0 to the first block at stride 32, and a vector of length 1."""

import copy

import torch
from torch import nn
from torch.nn import functional as F

from encoder import Encoder

BLOCKS = 12
DIMENSIONS = 128


class EmbeddingNet(nn.Module):
    """The embedding of a picture."""

    def __init__(self, dimensions=DIMENSIONS):
        super().__init__()
        self.encoder = Encoder(6)
        self.head = nn.Conv2d(self.encoder.channels[-1], dimensions, 1)

    def cut(self):
        """Leaves out the blocks after the first one at stride 32."""
        self.encoder.blocks = self.encoder.blocks[:BLOCKS]
        self.encoder.ends[-1] = BLOCKS - 1
        return self

    def forward(self, image, frozen=0):
        features = self.encoder(image, frozen)[-1].mean((2, 3), keepdim=True)
        return F.normalize(self.head(features)[:, :, 0, 0].float(), dim=1)


class ImageNetFeatures(nn.Module):
    """The plain features of the whole encoder with ImageNet weights: teacher and floor."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder(7)
        self.encoder.load_imagenet()
        self.eval()

    def forward(self, image):
        return self.encoder(image)[-1].mean((2, 3))


@torch.no_grad()
def folded(model):
    """The same function with the last projection and the head in one layer."""
    projection = model.encoder.blocks[-1].project[0]
    weight, bias = projection.weight[:, :, 0, 0], projection.bias
    head = model.head.weight[:, :, 0, 0]
    result = copy.deepcopy(model)
    result.encoder.blocks[-1].project = nn.Identity()
    result.head = nn.Conv2d(weight.shape[1], head.shape[0], 1)
    result.head.weight.copy_((head @ weight)[:, :, None, None])
    result.head.bias.copy_(head @ bias + model.head.bias)
    return result.eval()
