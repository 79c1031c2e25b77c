"""Which anchor point is answerable for which product, and the loss."""

import torch
from torch.nn import functional as F

NEAREST = 9     # points answerable for one product
POWER = 4.0     # of the overlap in the alignment
SMOOTHING = 0.05
BOX = 2.0       # weight of the boxes in the loss


def overlaps(a, b):
    """IoU of every box of a [M,4] with every box of b [A,4]."""
    low, high = torch.maximum(a[:, None, :2], b[None, :, :2]), torch.minimum(a[:, None, 2:], b[None, :, 2:])
    both = (high - low).clamp(min=0).prod(2)
    areas = [(x[:, 2:] - x[:, :2]).prod(1) for x in (a, b)]
    return both / (areas[0][:, None] + areas[1][None] - both).clamp(min=1e-6)


def generalised(a, b):
    """Generalised IoU of pairs of boxes."""
    both = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    union = (a[:, 2:] - a[:, :2]).prod(1) + (b[:, 2:] - b[:, :2]).prod(1) - both
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).prod(1)
    return both / union.clamp(min=1e-6) - (hull - union) / hull.clamp(min=1e-6)


@torch.no_grad()
def assign(boxes, classes, found, probability, named, points, strides):
    """For one picture: rows of answerable points, the product of each, and its target quality.

    A point may answer for a product if it lies inside the box (or within one stride of the
    centre).  The best few by probability and overlap are taken; quality is the overlap,
    scaled so that a product's best point gets its best overlap.
    """
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    inside = torch.minimum(points[None] - boxes[:, None, :2], boxes[:, None, 2:] - points[None]).amin(2) > 0
    near = (points[None] - centre[:, None]).abs().amax(2) < strides.T
    allowed = inside | near
    iou = overlaps(boxes, found) * allowed
    chance = (probability[None] * named[:, classes].T).clamp(min=1e-6)
    metric = chance.sqrt() * (iou + 1e-4 * near).pow(POWER) * allowed
    best, rows = metric.topk(min(NEAREST, metric.shape[1]), dim=1)
    chosen = torch.zeros_like(metric, dtype=torch.bool).scatter_(1, rows, best > 0)
    # A point that several products want goes to the one it overlaps most.
    contested = chosen.sum(0) > 1
    if contested.any():
        owner = (iou * chosen + 1e-6 * chosen).argmax(0)
        keep = torch.zeros_like(chosen).scatter_(0, owner[None], True)
        chosen = torch.where(contested[None], chosen & keep, chosen)
    metric, iou = metric * chosen, iou * chosen
    quality = metric / metric.amax(1, keepdim=True).clamp(min=1e-12) * iou.amax(1, keepdim=True)
    point = chosen.any(0).nonzero()[:, 0]
    product = chosen[:, point].float().argmax(0)
    return point, product, quality[product, point]


def objective(logits, boxes, targets, points, strides):
    """Loss of a batch; `targets` is a list of (classes, boxes)."""
    product, names = logits[..., -1], logits[..., :-1]
    quality = torch.zeros_like(product)
    probability, named = product.sigmoid().detach(), names.softmax(-1).detach()
    rows, wanted, labels, weights = [], [], [], []
    for index, (classes, truth) in enumerate(targets):
        if not len(classes):
            continue
        point, owner, worth = assign(truth, classes, boxes[index].detach(), probability[index],
                                     named[index], points, strides)
        quality[index, point] = worth
        rows.append(index * product.shape[1] + point)
        wanted.append(truth[owner])
        labels.append(classes[owner])
        weights.append(worth)
    error = F.binary_cross_entropy_with_logits(product, quality, reduction="none")
    focus = (product.sigmoid() - quality).abs().pow(2).detach()
    presence = (error * focus).sum()
    if not rows:
        return presence, {"product": presence.item(), "class": 0.0, "box": 0.0}
    rows, wanted, labels, weights = (torch.cat(v) for v in (rows, wanted, labels, weights))
    weights = weights.clamp(min=0.05)
    total = weights.sum().clamp(min=1)
    name = (F.cross_entropy(names.reshape(-1, names.shape[-1])[rows], labels, reduction="none",
                            label_smoothing=SMOOTHING) * weights).sum() / total
    box = ((1 - generalised(boxes.reshape(-1, 4)[rows], wanted)) * weights).sum() / total
    presence = presence / total
    parts = {"product": presence.item(), "class": name.item(), "box": box.item()}
    return 2 * presence + name + BOX * box, parts
