"""Square views of a picture: cutting, pasting back, zooming, click discs.

This is what the application does around every pass of the network; the README says it in words.
Pictures are tensors [C,H,W]; a view is a square of whole pixels that may reach beyond the
picture.
"""

from dataclasses import dataclass
from math import floor

import torch
from torch.nn import functional as F

SIZE = 256      # side of the network's input
RADIUS = 5.0    # of a click's disc, in pixels of the input
MARGIN = 1.5    # side of a zoomed view over the longer side of what it must hold
LEAST = 1 / 6   # least side of a zoomed view over the picture's longer side
NEAREST = 32    # and never less than so many pixels
REFINE = 0.7    # a first click is refined if the zoomed view is at most this share of the whole
THRESHOLD = 0.5
MEAN, STD = 0.498, 0.502  # the published EfficientNet-Lite0 weights want (v - 127) / 128


@dataclass(frozen=True)
class View:
    """Left, top and side of a square, in pixels of the picture."""

    x: int
    y: int
    side: int


def whole_view(height, width):
    """The least square that holds the picture, centred."""
    side = max(height, width)
    return View(-((side - width) // 2), -((side - height) // 2), side)


def placed(middle, side, length):
    """Start of an interval around `middle`, moved into [0, length] or centred if it is longer."""
    if side >= length:
        return -((side - length) // 2)
    return min(max(floor(middle - side / 2 + 0.5), 0), length - side)


def zoomed_view(mask, positives, margin=MARGIN, shift=(0.0, 0.0)):
    """The view for a next pass: around the mask so far and every positive click.

    `mask` is a boolean tensor [H,W], `positives` lists (x, y).  `shift` moves the view by a
    share of its side (in training only).
    """
    height, width = mask.shape
    longest = max(height, width)
    columns, rows = torch.nonzero(mask.any(0))[:, 0], torch.nonzero(mask.any(1))[:, 0]
    xs, ys = [x for x, _ in positives], [y for _, y in positives]
    if len(columns):
        xs, ys = xs + [int(columns[0]), int(columns[-1])], ys + [int(rows[0]), int(rows[-1])]
    if not xs:
        return whole_view(height, width)
    extent = max(max(xs) - min(xs), max(ys) - min(ys)) + 1
    side = max(floor(extent * margin + 0.5), floor(longest * LEAST + 0.5), NEAREST)
    if not len(columns):
        side = max(side, floor(longest / 3 + 0.5))
    if side >= 0.9 * longest:
        return whole_view(height, width)
    x = placed((min(xs) + max(xs) + 1) / 2 + shift[0] * side, side, width)
    y = placed((min(ys) + max(ys) + 1) / 2 + shift[1] * side, side, height)
    return View(x, y, side)


def cut(picture, view, fill, size=SIZE):
    """The view of a picture [C,H,W] at size x size: outside is `fill`, triangle filter."""
    channels, height, width = picture.shape
    square = torch.full((channels, view.side, view.side), float(fill))
    x0, y0 = max(view.x, 0), max(view.y, 0)
    x1, y1 = min(view.x + view.side, width), min(view.y + view.side, height)
    if x1 > x0 and y1 > y0:
        square[:, y0 - view.y:y1 - view.y, x0 - view.x:x1 - view.x] = picture[:, y0:y1, x0:x1]
    return F.interpolate(square[None], size=(size, size), mode="bilinear", antialias=True,
                         align_corners=False)[0]


def paste(map_, view, height, width):
    """A map [size,size] of a view back at the picture's size; outside the view it is 0."""
    square = F.interpolate(map_[None, None], size=(view.side, view.side), mode="bilinear",
                           antialias=True, align_corners=False)[0, 0]
    picture = torch.zeros(height, width)
    x0, y0 = max(view.x, 0), max(view.y, 0)
    x1, y1 = min(view.x + view.side, width), min(view.y + view.side, height)
    if x1 > x0 and y1 > y0:
        picture[y0:y1, x0:x1] = square[y0 - view.y:y1 - view.y, x0 - view.x:x1 - view.x]
    return picture


def image_input(picture, view, size=SIZE):
    """The input `image` [3,size,size] of an 8-bit RGB picture [3,H,W]."""
    return (cut(picture, view, 127.0, size) / 255 - MEAN) / STD


def discs(points, view, size=SIZE):
    """A plane of ones within RADIUS of each click (x, y), all else 0; RADIUS scales with size."""
    plane = torch.zeros(size, size)
    axis = torch.arange(size, dtype=torch.float32)
    scale = size / view.side
    radius = RADIUS * size / SIZE
    for x, y in points:
        u, v = (x + 0.5 - view.x) * scale - 0.5, (y + 0.5 - view.y) * scale - 0.5
        if -radius <= u < size + radius and -radius <= v < size + radius:
            near = (axis[None] - u) ** 2 + (axis[:, None] - v) ** 2 <= radius ** 2
            plane[near] = 1
    return plane


def prompt_input(positives, negatives, previous, view, size=SIZE):
    """The input `prompt` [3,size,size]; `previous` is a probability map [H,W] or None."""
    before = torch.zeros(size, size) if previous is None else cut(previous[None], view, 0.0, size)[0]
    return torch.stack((discs(positives, view, size), discs(negatives, view, size), before))
