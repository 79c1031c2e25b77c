"""Scores that mean something: the share of findings that are right."""

import numpy as np
from figures import sigmoid, softmax
from scipy.optimize import minimize


def score(curve, product, names, label):
    """The calibrated score of findings: product logit, class logits and chosen label of each."""
    gain, shift, temperature = curve
    named = softmax(names / temperature)[np.arange(len(label)), label]
    return sigmoid(product * gain + shift) * named


def fit(product, names, label, right):
    """(gain, shift, temperature) of the least cross-entropy between score and `right`."""
    def loss(v):
        p = np.clip(score((np.exp(v[0]), v[1], np.exp(v[2])), product, names, label), 1e-6, 1 - 1e-6)
        return -np.where(right, np.log(p), np.log(1 - p)).mean() + 1e-3 * (v[2] ** 2 + v[0] ** 2)

    found = minimize(loss, [0.0, 0.0, 0.0], method="Nelder-Mead", options={"maxiter": 600}).x
    return float(np.exp(found[0])), float(found[1]), float(np.exp(found[2]))


def crossed(product, names, label, right, scene):
    """Scores of each half of the scenes by the curve that was fitted on the other half."""
    out = np.zeros(len(label))
    for half in (0, 1):
        other = scene % 2 != half
        out[~other] = score(fit(product[other], names[other], label[other], right[other]),
                            product[~other], names[~other], label[~other])
    return out
