"""Figures of the val part: accuracy on both levels, calibration, thresholds."""

import numpy as np

from figures import bootstrap, fit_temperature, gain, softmax, top_label_reliability

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
WANTED_PRECISION = 0.95
ROUNDS = 2000  # draws of a bootstrap


def grouped(probability, parent):
    """The probabilities of the coarse labels: the sums of their children's."""
    children = np.eye(parent.max() + 1)[parent]
    return probability @ children


def statistics(logits, truth, parent):
    """What is counted of any choice of pictures: {name: function of their rows}."""
    probability = softmax(logits)
    order = np.argsort(-probability, 1)
    first = order[:, 0] == truth
    counted = {
        "fine": first,
        "top5": (order[:, :5] == truth[:, None]).any(1),
        "coarse": grouped(probability, parent).argmax(1) == parent[truth],
    }

    def per_class(rows):
        count, right = np.bincount(truth[rows]), np.bincount(truth[rows], first[rows])
        return (right[count > 0] / count[count > 0]).mean()

    return {name: lambda rows, right=right: right[rows].mean() for name, right in counted.items()} | {
        "per_class": per_class}


def accuracies(logits, truth, parent):
    """Fine top-1 and top-5, coarse, and the mean over labels, with intervals over the labels' picture series."""
    return {name: bootstrap(count, truth, rounds=ROUNDS)
            for name, count in statistics(logits, truth, parent).items()}


def with_mirror(straight, mirrored):
    """Logits of the mean of a picture's probabilities and of its mirror image's, as the application takes it."""
    return np.log((softmax(straight.astype(float)) + softmax(mirrored.astype(float))) / 2)


def gains(before, after, truth, parent):
    """What each of `accuracies` gains from other logits of the same pictures, with intervals."""
    old, new = (statistics(logits, truth, parent) for logits in (before, after))
    return {name: gain(old[name], new[name], truth, rounds=ROUNDS) for name in old}


def halves(truth):
    """Two halves of the pictures, by class, so that none lends its look to both."""
    return np.unique(truth, return_inverse=True)[1] % 2 == 0


def crossed_calibration(logits, truth):
    """Reliability with the temperature of each half of the classes fitted on the other."""
    first, probability = halves(truth), np.empty_like(logits, dtype=float)
    for part in (first, ~first):
        probability[part] = softmax(logits[part] / fit_temperature(logits[~part], truth[~part]))
    return top_label_reliability(probability, truth)


def threshold_rows(logits, truth, parent, thresholds=THRESHOLDS):
    """What each threshold of confidence gives: how many are named, and how many of these rightly."""
    probability = softmax(logits)
    confidence, right = probability.max(1), probability.argmax(1) == truth
    coarse = parent[probability.argmax(1)] == parent[truth]
    rows = []
    for threshold in thresholds:
        named = confidence >= threshold
        count = max(1, int(named.sum()))
        rows.append({"threshold": float(threshold), "coverage": round(float(named.mean()), 4),
                     "precision": round(float((right & named).sum() / count), 4),
                     "coarsePrecision": round(float((coarse & named).sum() / count), 4),
                     "unsureWhenWrong": round(float((~named & ~right).sum() / max(1, (~right).sum())), 4)})
    return rows


def chosen_threshold(logits, truth, parent):
    """The lowest threshold (in steps of 0.05) at which 95 % of the named pictures are right."""
    fine = threshold_rows(logits, truth, parent, np.arange(0.2, 0.96, 0.05).round(2))
    good = [row["threshold"] for row in fine if row["precision"] >= WANTED_PRECISION]
    return min(good) if good else 0.9


def confusions(logits, truth, names, least=2):
    """The pairs of labels that are mistaken for each other most."""
    guess, counted = logits.argmax(1), {}
    for t, g in zip(truth, guess):
        if t != g:
            counted[(names[t], names[g])] = counted.get((names[t], names[g]), 0) + 1
    return sorted(((n, *pair) for pair, n in counted.items() if n >= least), reverse=True)
