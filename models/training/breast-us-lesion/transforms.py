"""The model's pre- and post-processing, exactly as the application performs it.

Every rule is written down in the manifest of the package; keep the two in step.
"""

import numpy as np
import torch
from torch.nn import functional as F

from network import SIDE
from training import MEAN, STD


def resize(value, shape):
    """Bilinear, half-pixel centres, clamped edges, antialiased when shrinking; [N,C,H,W]."""
    if tuple(value.shape[-2:]) == tuple(shape):
        return value
    return F.interpolate(value, size=tuple(shape), mode="bilinear", align_corners=False,
                         antialias=True)


def network_input(pixels):
    """The tensor `image` [1,1,256,256] of 8-bit grey pixels."""
    value = torch.from_numpy(np.asarray(pixels, np.float32))[None, None] / 255
    return ((resize(value, (SIDE, SIDE)) - MEAN) / STD).numpy()


def mask_probability(probability, shape):
    """Mask probabilities [1,1,256,256], quantised to 1/255, at stored size."""
    quantised = torch.from_numpy(np.floor(probability.astype(np.float32) * 255 + 0.5))
    return resize(quantised.float(), shape)[0, 0].numpy() / 255
