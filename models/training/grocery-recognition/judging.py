"""Figures of the val part: accuracy on both levels, calibration, thresholds."""

import numpy as np

from figures import bootstrap, fit_temperature, mean_interval, softmax, top_label_reliability

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
WANTED_PRECISION = 0.95


def grouped(probability, parent):
    """The probabilities of the coarse labels: the sums of their children's."""
    children = np.eye(parent.max() + 1)[parent]
    return probability @ children


def accuracies(logits, truth, parent):
    """Fine top-1 and top-5, and coarse, with intervals over the classes' picture series."""
    probability = softmax(logits)
    order = np.argsort(-probability, 1)
    coarse = grouped(probability, parent).argmax(1)
    return {
        "fine": mean_interval(order[:, 0] == truth, truth),
        "top5": mean_interval((order[:, :5] == truth[:, None]).any(1), truth),
        "coarse": mean_interval(coarse == parent[truth], truth),
        "per_class": bootstrap(lambda rows: np.mean(
            [(order[rows, 0] == truth[rows])[truth[rows] == c].mean() for c in np.unique(truth[rows])]),
            truth, rounds=500),
    }


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
