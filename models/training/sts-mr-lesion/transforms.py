"""The model's pre- and post-processing, exactly as the viewer performs it.

Every rule here is written down in the manifest of the package (`input`,
`outputs`, `operatingPoint`, `postprocess`) and is implemented a second time in
the application; keep the two in step.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F


@dataclass(frozen=True)
class Rules:
    """The constants of the manifest that the transforms need."""

    millimetres: float = 1.4
    multiple: int = 32
    max_side: int = 640
    unknown_spacing_longest_side: int = 128
    low: float = 1.0
    high: float = 99.5
    sample_slices: int = 16
    mean: float = 0.449
    std: float = 0.226
    threshold: float = 0.5
    min_peak_probability: float = 0.85
    min_share_of_highest_peak: float = 0.99
    min_share_of_largest: float = 0.2
    min_volume_mm3: float = 1500.0


def round_half_up(value):
    """Rounds to the nearest integer, halves upwards."""
    return int(floor(value + 0.5))


def series_window(volume, rules):
    """Percentiles of the pooled pixels of up to 16 evenly spaced slices."""
    count = len(volume)
    taken = min(rules.sample_slices, count)
    if taken == 1:
        indices = [0]
    else:
        indices = [round_half_up(i * (count - 1) / (taken - 1)) for i in range(taken)]
    pooled = volume[indices].astype(np.float32).ravel()
    low, high = np.percentile(pooled.astype(np.float64), [rules.low, rules.high])
    return float(low), float(high)


def scale_intensity(volume, rules):
    """Maps the percentile window of a series to [0, 1]."""
    low, high = series_window(volume, rules)
    scaled = (volume.astype(np.float32) - np.float32(low)) / np.float32(max(high - low, 1e-6))
    return np.clip(scaled, 0, 1)


def resampled_shape(rows, columns, spacing, rules):
    """Rows and columns after resampling; spacing is (row, column) mm or None."""
    if spacing is None:
        factors = (rules.unknown_spacing_longest_side / max(rows, columns),) * 2
    else:
        factors = (spacing[0] / rules.millimetres, spacing[1] / rules.millimetres)
    shape = [max(1, round_half_up(n * f)) for n, f in zip((rows, columns), factors)]
    longest = max(shape)
    if longest > rules.max_side:
        shape = [max(1, round_half_up(n * rules.max_side / longest)) for n in shape]
    return tuple(shape)


def resize(maps, shape):
    """Bilinear, half-pixel centres, clamped edges, no antialiasing; [N,H,W]."""
    if tuple(maps.shape[-2:]) == tuple(shape):
        return maps
    return F.interpolate(maps[:, None], size=tuple(shape), mode="bilinear",
                         align_corners=False, antialias=False)[:, 0]


def resample(volume, spacing, rules):
    """A volume scaled to [0, 1] at the model's pixel spacing; tensor [N,H,W]."""
    scaled = torch.from_numpy(scale_intensity(volume, rules))
    return resize(scaled, resampled_shape(*volume.shape[1:], spacing, rules))


def pad_to_multiple(maps, rules):
    """Pads right and bottom with black to a multiple of the manifest's number."""
    height, width = maps.shape[-2:]
    bottom, right = -height % rules.multiple, -width % rules.multiple
    return F.pad(maps, (0, right, 0, bottom))


def stack_neighbours(maps):
    """[N,H,W] to [N,3,H,W]: the slice before, the slice, the slice after."""
    indices = torch.arange(len(maps))
    before, after = (indices - 1).clamp(min=0), (indices + 1).clamp(max=len(maps) - 1)
    return torch.stack((maps[before], maps, maps[after]), 1)


def network_input(volume, spacing, rules):
    """The tensor `image` of every slice of a series, and the unpadded shape."""
    maps = resample(volume, spacing, rules)
    shape = tuple(maps.shape[-2:])
    image = stack_neighbours((pad_to_multiple(maps, rules) - rules.mean) / rules.std)
    return image.float(), shape


def probability_map(logits, unpadded, stored, rules):
    """Logits [N,1,H,W] to quantised probabilities (0..255) at stored size."""
    quantised = torch.floor(torch.sigmoid(logits[:, 0].float()) * 255 + 0.5)
    cropped = quantised[:, :unpadded[0], :unpadded[1]]
    return resize(cropped, stored).numpy()


def lesions_of(mask):
    """26-connected components of a mask: labelled array and their count."""
    return ndimage.label(mask, np.ones((3, 3, 3), bool))


def standing(volumes, peaks, rules):
    """Which lesions the rules let stand, from their volumes in mm³ and highest values (0..255).

    A lesion stands if it has the least volume and reaches the least peak somewhere; of those
    that do, if its peak has the least share of the highest one; and of those that are left,
    if it has the least share of the largest one's volume.
    """
    keep = (volumes >= rules.min_volume_mm3) & (peaks >= rules.min_peak_probability * 255)
    keep &= peaks >= rules.min_share_of_highest_peak * peaks[keep].max(initial=0)
    return keep & (volumes >= rules.min_share_of_largest * volumes[keep].max(initial=0))


def measure(labels, count, probability, voxel_mm3):
    """Volumes in mm³ and highest values of labelled lesions."""
    marked = labels > 0
    peaks = np.zeros(count + 1)
    np.maximum.at(peaks, labels[marked], probability[marked])
    volumes = np.bincount(labels[marked], minlength=count + 1) * voxel_mm3
    return volumes[1:], peaks[1:]


def mask_of(probability, voxel_mm3, rules, threshold=None):
    """Thresholds a probability map (0..255) and drops the lesions that the rules do not let stand."""
    threshold = rules.threshold if threshold is None else threshold
    labels, count = lesions_of(probability >= threshold * 255)
    keep = standing(*measure(labels, count, probability, voxel_mm3), rules)
    return np.concatenate(([False], keep))[labels]
