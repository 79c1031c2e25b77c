"""Figures of out-of-sample predictions: intervals over groups, AUC, calibration, thresholds."""

import numpy as np


def bootstrap(statistic, groups, rounds=2000, seed=0, level=0.95):
    """A statistic and its percentile interval, resampling whole groups.

    `groups` names the group (patient, near-duplicates, scene) of each row and
    `statistic(rows)` computes the figure from an array of row numbers; it may return
    NaN for a draw that does not allow it.  Returns (value, [low, high]).
    """
    groups = np.asarray(groups)
    _, number = np.unique(groups, return_inverse=True)
    by_group, count = np.argsort(number, kind="stable"), np.bincount(number)
    start, random, drawn = np.cumsum(count) - count, np.random.default_rng(seed), []
    for _ in range(rounds):
        picked = random.integers(0, len(count), len(count))
        size = count[picked]
        shift = np.repeat(start[picked] - (np.cumsum(size) - size), size)
        drawn.append(statistic(by_group[shift + np.arange(len(shift))]))
    tail = (1 - level) / 2 * 100
    low, high = np.nanpercentile(drawn, [tail, 100 - tail])
    return float(statistic(np.arange(len(groups)))), [float(low), float(high)]


def mean_interval(values, groups, **options):
    """The mean of a value for each row, with its interval over groups."""
    values = np.asarray(values, float)
    return bootstrap(lambda rows: values[rows].mean(), groups, **options)


def gain(before, after, groups, **options):
    """What a statistic of rows gains where `after` stands in for `before`, with its interval.

    Both are counted over the same draws, so that what is hard for both does not widen it.
    """
    return bootstrap(lambda rows: after(rows) - before(rows), groups, **options)


def auc(score, positive):
    """Area under the ROC curve; NaN where only one class is present."""
    score, positive = np.asarray(score, float), np.asarray(positive, bool)
    _, inverse, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[inverse]
    yes, no = int(positive.sum()), int((~positive).sum())
    if not yes or not no:
        return float("nan")
    return float((rank[positive].sum() - yes * (yes + 1) / 2) / (yes * no))


def macro_auc(probability, truth):
    """The mean over classes of the AUC of each class against the others."""
    return float(np.mean([auc(probability[:, c], truth == c) for c in range(probability.shape[1])]))


def softmax(logits):
    """Softmax along the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def sigmoid(logits):
    """The logistic function."""
    return 1 / (1 + np.exp(-np.clip(logits, -60, 60)))


def reliability(confidence, correct, bins=10):
    """Bins of predicted confidence against the share that is correct, and the ECE.

    The shape is the manifest's: {"bins": [{confidence, accuracy, count}], "ece"}.
    """
    confidence, correct = np.ravel(confidence).astype(float), np.ravel(correct).astype(float)
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    count = np.bincount(index, minlength=bins)
    total, right = np.bincount(index, confidence, bins), np.bincount(index, correct, bins)
    listed = [{"confidence": round(float(t / n), 4), "accuracy": round(float(r / n), 4),
               "count": int(n)} for n, t, r in zip(count, total, right) if n]
    return {"bins": listed, "ece": round(float(np.abs(total - right).sum() / max(1, len(confidence))), 4)}


def top_label_reliability(probability, truth, bins=10):
    """Calibration of the most likely class of a softmax."""
    return reliability(probability.max(1), probability.argmax(1) == truth, bins)


def fit_temperature(logits, truth):
    """The divisor of the logits that gives the least cross-entropy, by a fine search."""
    truth = np.asarray(truth)

    def loss(temperature):
        p = softmax(np.asarray(logits, float) / temperature)
        return -np.log(np.maximum(p[np.arange(len(truth)), truth], 1e-12)).mean()

    return float(min(np.exp(np.linspace(np.log(0.2), np.log(5), 161)), key=loss))


def threshold_table(score, positive, thresholds):
    """Recall, specificity, precision and F1 of a binary decision at each threshold."""
    score, positive = np.asarray(score), np.asarray(positive, bool)
    rows = []
    for threshold in thresholds:
        marked = score >= threshold
        hit = int((marked & positive).sum())
        recall = hit / max(1, int(positive.sum()))
        precision = hit / int(marked.sum()) if marked.any() else 1.0
        rows.append({
            "threshold": round(float(threshold), 4), "recall": round(recall, 4),
            "specificity": round(float((~marked & ~positive).sum() / max(1, (~positive).sum())), 4),
            "precision": round(precision, 4),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4)})
    return rows


def threshold_for_recall(score, positive, recall):
    """The highest threshold that still finds this share of the positives."""
    found = np.sort(np.asarray(score)[np.asarray(positive, bool)])[::-1]
    return float(found[max(0, int(np.ceil(recall * len(found) - 1e-9)) - 1)])


def dice(mask, truth):
    """The Dice coefficient of two masks; 1 where both are empty."""
    total = int(mask.sum()) + int(truth.sum())
    return 2 * int((mask & truth).sum()) / total if total else 1.0


def metric(name, figure, count, unit, set_name, digits=4, gained=None):
    """One entry of the manifest's metrics; `figure` is (value, interval) or a number.

    `gained` is, for a figure with mirror images, what it gains over the one without: (value, interval).
    """
    entry = {"name": name}
    if isinstance(figure, tuple):
        value, interval = figure
        entry |= {"value": round(float(value), digits),
                  "interval": [round(float(v), digits) for v in interval], "level": 0.95}
    else:
        entry["value"] = round(float(figure), digits)
    if gained is not None:
        entry["gainInterval"] = [round(float(v), digits) for v in gained[1]]
    return entry | {"n": int(count), "unit": unit, "set": set_name}
