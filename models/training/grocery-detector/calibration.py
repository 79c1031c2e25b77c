"""Scores that mean something: the share of findings that are right.

A curve (gain, shift) turns a raw score x into sigmoid(gain * logit(x) + shift).  It rises
everywhere, so no order of findings changes, and with it no average precision.
"""

import numpy as np
from figures import sigmoid
from scipy.optimize import minimize


def calibrated(curve, raw):
    """Raw scores through a curve."""
    gain, shift = curve
    raw = np.clip(raw, 1e-6, 1 - 1e-6)
    return sigmoid(gain * (np.log(raw) - np.log1p(-raw)) + shift)


def fit(raw, right):
    """(gain, shift) of the least cross-entropy between the curve's score and `right`."""
    def loss(v):
        p = np.clip(calibrated((np.exp(v[0]), v[1]), raw), 1e-6, 1 - 1e-6)
        return -np.where(right, np.log(p), np.log(1 - p)).mean() + 1e-3 * v[0] ** 2

    found = minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"maxiter": 400}).x
    return float(np.exp(found[0])), float(found[1])


def crossed(raw, right, scene):
    """Scores of each half of the scenes by the curve that was fitted on the other half."""
    out = np.zeros(len(raw))
    for half in (0, 1):
        other = scene % 2 != half
        out[~other] = calibrated(fit(raw[other], right[other]), raw[~other])
    return out
