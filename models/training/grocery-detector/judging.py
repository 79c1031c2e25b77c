"""COCO-style figures: average precision at IoU 0.50 to 0.95, thresholds, calibration, intervals."""

from dataclasses import dataclass, field

import numpy as np
from findings import iou_of
from network import CLASSES

STEPS = np.linspace(0.5, 0.95, 10)
RECALLS = np.linspace(0, 1, 101)


def match(boxes, scores, truth):
    """Which findings hit a product of their own at each IoU, bool [K,10]; and which at 0.5 (or -1)."""
    hits, taken = np.zeros((len(boxes), len(STEPS)), bool), np.full(len(boxes), -1)
    if not len(boxes) or not len(truth):
        return hits, taken
    overlap = iou_of(boxes, truth)
    for t, least in enumerate(STEPS):
        free = np.ones(len(truth), bool)
        for row in np.argsort(-scores, kind="stable"):
            candidates = np.where(free, overlap[row], -1)
            if candidates.max() >= least - 1e-9:
                hits[row, t] = True
                free[candidates.argmax()] = False
                if t == 0:
                    taken[row] = candidates.argmax()
    return hits, taken


class Evidence:
    """Matched findings of all pictures, ready to be counted again for any choice of scenes."""

    def __init__(self, classes):
        self.classes = classes
        self.rows = []     # (label, score, scene, hits[10])
        self.products = []  # (label, scene)
        self.sizes = []     # (size as a share of the picture's longer side, score it was found with)

    def add(self, picture, boxes, labels, scores, truth_labels):
        """The findings and the products of one picture."""
        size = np.sqrt((picture.boxes[:, 2:] - picture.boxes[:, :2]).prod(1)) / max(picture.pixels.shape)
        for k in range(self.classes):
            mine, true = np.flatnonzero(labels == k)[:100], np.flatnonzero(truth_labels == k)
            hits, taken = match(boxes[mine], scores[mine], picture.boxes[true])
            self.rows += [(k, s, picture.scene, h) for s, h in zip(scores[mine], hits)]
            score = dict(zip(taken.tolist(), scores[mine].tolist()))
            self.sizes += [(float(size[row]), score.get(i, 0.0)) for i, row in enumerate(true)]
        self.products += [(int(k), picture.scene) for k in truth_labels]

    def arrays(self):
        """Label, score, scene and hits as arrays, best first; label and scene of the products."""
        order = sorted(self.rows, key=lambda r: -r[1])
        found = (np.array([r[0] for r in order], int), np.array([r[1] for r in order], float),
                 np.array([r[2] for r in order], int),
                 np.array([r[3] for r in order], bool).reshape(-1, len(STEPS)))
        return found, np.array(self.products, int).reshape(-1, 2)

    def precision_table(self, weight=None):
        """Average precision [classes, 10]; NaN for a class without products.

        `weight` gives each scene's multiplicity (a dict) in a bootstrap draw.
        """
        (label, _, scene, hits), products = self.arrays()
        return average_precisions(label, scene, hits, products, self.classes, weight)


def average_precisions(label, scene, hits, products, classes, weight=None):
    """Average precision by 101-point interpolation for each class and IoU."""
    factor = np.ones(len(label)) if weight is None else weight[scene]
    share = np.ones(len(products)) if weight is None else weight[products[:, 1]]
    table = np.full((classes, len(STEPS)), np.nan)
    for k in range(classes):
        total = share[products[:, 0] == k].sum()
        if not total:
            continue
        mine = label == k
        f = factor[mine, None]
        right = np.cumsum(hits[mine] * f, 0)
        shown = np.cumsum(f, 0)
        for t in range(len(STEPS)):
            recall = right[:, t] / total
            precision = right[:, t] / np.maximum(shown[:, 0], 1e-9)
            precision = np.maximum.accumulate(precision[::-1])[::-1] if len(precision) else precision
            place = np.searchsorted(recall, RECALLS - 1e-12)
            table[k, t] = np.where(place < len(precision),
                                   np.append(precision, 0)[np.minimum(place, len(precision))], 0).mean()
    return table


def summary(table):
    """(mAP50, mAP75, mAP50-95) of a table of average precisions."""
    return (float(np.nanmean(table[:, 0])), float(np.nanmean(table[:, 5])), float(np.nanmean(table)))


def drawn(evidence, rounds=300, seed=0):
    """The three figures of `summary` for bootstrap draws of scenes [rounds,3]; the same draws for the same pictures."""
    (label, _, scene, hits), products = evidence.arrays()
    names, products_scene = np.unique(products[:, 1], return_inverse=True)
    place = {int(s): i for i, s in enumerate(names)}
    scene = np.array([place[int(s)] for s in scene], int)
    products = np.stack([products[:, 0], products_scene], 1)
    random, found = np.random.default_rng(seed), []
    for _ in range(rounds):
        weight = np.bincount(random.integers(0, len(names), len(names)), minlength=len(names))
        found.append(summary(average_precisions(label, scene, hits, products, evidence.classes,
                                                weight.astype(float))))
    return np.array(found)


def with_intervals(values, draws, level=0.95):
    """Figures with the percentiles of their draws: [(value, [low, high])]."""
    tail = (1 - level) / 2 * 100
    low, high = np.nanpercentile(draws, [tail, 100 - tail], axis=0)
    return [(float(v), [float(a), float(b)]) for v, a, b in zip(values, low, high)]


@dataclass
class Judged:
    """Evidence of the 24 products and of products of any kind."""

    each: Evidence = field(default_factory=lambda: Evidence(CLASSES))
    any: Evidence = field(default_factory=lambda: Evidence(1))


def figures_of(alone, flips):
    """Figures of the pictures alone, with their mirror images, and what these gain, with intervals over scenes.

    {name: {"alone", "flips", "gain": (value, [low, high])}}
    """
    found = {}
    for names, before, after in ((("map50", "map75", "map50-95"), alone.each, flips.each),
                                 (("product-ap50",), alone.any, flips.any)):
        values = [summary(evidence.precision_table()) for evidence in (before, after)]
        draws = [drawn(evidence) for evidence in (before, after)]
        columns = zip(with_intervals(values[0], draws[0]), with_intervals(values[1], draws[1]),
                      with_intervals(np.subtract(values[1], values[0]), draws[1] - draws[0]))
        found |= {name: dict(zip(("alone", "flips", "gain"), column)) for name, column in zip(names, columns)}
    return found


def trade_off(evidence, thresholds):
    """Precision, recall and F1 at IoU 0.5 over all classes, for each threshold."""
    (_, score, _, hits), products = evidence.arrays()
    rows = []
    for threshold in thresholds:
        shown = score >= threshold
        right = int(hits[shown, 0].sum())
        precision = right / max(1, int(shown.sum()))
        recall = right / max(1, len(products))
        rows.append({"threshold": round(float(threshold), 3), "precision": round(precision, 4),
                     "recall": round(recall, 4),
                     "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4)})
    return rows


def by_size(evidence, threshold, edges=(0, 0.05, 0.1, 0.2, 0.4, 1)):
    """Recall at IoU 0.5 for products of different size: [(from, to, count, recall)]."""
    size, score = np.array(evidence.sizes).T
    rows = []
    for low, high in zip(edges, edges[1:]):
        mine = (size >= low) & (size < high)
        if mine.any():
            rows.append((low, high, int(mine.sum()), float((score[mine] >= threshold).mean())))
    return rows
