"""What the application does around the network: letterbox, thresholds, suppression."""

import numpy as np
import torch
from photographs import normalise
from torch.nn import functional as F

FILL = 0.5
NMS_IOU = 0.6
MOST = 300


def letterbox(pixels, side):
    """The input [1,3,side,side] of a picture and how to come back: (scale x, y, left, top).

    Sides are rounded with halves upwards; an odd pixel of the border goes right or below.
    """
    height, width = pixels.shape[:2]
    factor = min(side / height, side / width)
    rows, columns = (max(1, int(np.floor(v * factor + 0.5))) for v in (height, width))
    x = torch.from_numpy(np.array(pixels)).permute(2, 0, 1)[None].float()
    x = F.interpolate(x, size=(rows, columns), mode="bilinear", antialias=True, align_corners=False)
    left, top = (side - columns) // 2, (side - rows) // 2
    canvas = torch.full((1, 3, side, side), FILL * 255)
    canvas[:, :, top:top + rows, left:left + columns] = x
    return normalise(canvas), (columns / width, rows / height, left, top)


def back(boxes, geometry, pixels):
    """Boxes in pixels of the picture, cut at its border."""
    sx, sy, left, top = geometry
    height, width = pixels.shape[:2]
    moved = (boxes - [left, top, left, top]) / [sx, sy, sx, sy]
    return np.clip(moved, 0, [width, height, width, height])


def iou_of(a, b):
    """IoU of every box of a with every box of b."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = np.clip(high - low, 0, None).prod(2)
    areas = [(x[:, 2:] - x[:, :2]).prod(1) for x in (a, b)]
    return both / np.maximum(areas[0][:, None] + areas[1][None] - both, 1e-9)


def suppress(boxes, scores, iou=NMS_IOU):
    """Rows kept by greedy suppression, best first."""
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left) and len(kept) < MOST:
        kept.append(left[0])
        overlap = iou_of(boxes[left[:1]], boxes[left[1:]])[0]
        left = left[1:][overlap <= iou]
    return np.array(kept, int)


def detections(boxes, scores, product, threshold):
    """Findings of one picture: boxes [K,4], labels, scores, product scores, anchor points.

    Every label of every anchor point with at least `threshold` counts; suppression is
    within a label.
    """
    anchor, label = np.nonzero(scores >= threshold)
    score = scores[anchor, label]
    best = np.argsort(-score, kind="stable")[:2000]
    anchor, label, score = anchor[best], label[best], score[best]
    kept = [np.flatnonzero(label == k)[suppress(boxes[anchor[label == k]], score[label == k])]
            for k in np.unique(label)]
    kept = np.concatenate(kept) if kept else np.zeros(0, int)
    kept = kept[np.argsort(-score[kept], kind="stable")][:MOST]
    anchor = anchor[kept]
    return boxes[anchor], label[kept], score[kept], product[anchor, 0], anchor


def mirrored_back(boxes, side):
    """Boxes found in the left-right mirror image of a grid where they lie in the grid itself."""
    return np.stack([side - boxes[:, 2], boxes[:, 1], side - boxes[:, 0], boxes[:, 3]], 1)


def fuse(lists, iou=NMS_IOU):
    """Findings (boxes, labels, scores) of several looks at a picture as one, best first.

    Weighted boxes fusion as the application does it: boxes of one label that overlap their cluster's mean
    by more than `iou` become one, corners averaged by score; each look gives a cluster one box at most.
    The score is the sum of the members' over the number of looks.
    """
    boxes, labels, scores = (np.concatenate(part) for part in zip(*lists))
    look = np.repeat(np.arange(len(lists)), [len(part[2]) for part in lists])
    clusters, means = [], np.zeros((len(scores), 4))
    for row in np.argsort(-scores, kind="stable"):
        near = [c for c, rows in enumerate(clusters)
                if labels[rows[0]] == labels[row] and look[row] not in look[rows]]
        overlap = iou_of(boxes[row:row + 1], means[near])[0] if near else np.zeros(0)
        if len(overlap) and overlap.max() > iou:
            place = near[overlap.argmax()]
            clusters[place].append(row)
        else:
            place = len(clusters)
            clusters.append([row])
        rows = clusters[place]
        means[place] = np.average(boxes[rows], 0, scores[rows])
    score = np.array([scores[rows].sum() / len(lists) for rows in clusters])
    label = np.array([labels[rows[0]] for rows in clusters], int)
    order = np.argsort(-score, kind="stable")
    return means[order], label[order], score[order]


def look(out, values, geometry, pixels, least):
    """What the outputs of one look at a picture find (boxes, labels, scores), by the scores named `values`."""
    boxes, label, score, *_ = detections(out["boxes"][0], out[values][0], out["product"][0], least)
    return back(boxes, geometry, pixels), label, score


def with_mirror(out, turned, values, geometry, pixels, side, least):
    """The same of a picture and its left-right mirror image (outputs `turned`) together.

    What one look alone sees keeps half its score, so each look counts from half of `least` on.
    """
    turned = {**turned, "boxes": mirrored_back(turned["boxes"][0], side)[None]}
    found = fuse([look(one, values, geometry, pixels, least / 2) for one in (out, turned)])
    return tuple(part[found[2] >= least] for part in found)
