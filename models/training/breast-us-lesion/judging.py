"""Out-of-fold predictions of the exported files, and the figures drawn from them."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from export import open_session
from figures import (auc, bootstrap, dice, fit_temperature, macro_auc, mean_interval, reliability,
                     softmax, threshold_for_recall, threshold_table)
from network import CLASSES
from transforms import mask_probability, network_input

MALIGNANT, NORMAL = CLASSES.index("malignant"), CLASSES.index("normal")
WANTED_RECALL = 0.93  # what the threshold is chosen for; the margin over the aim of 0.90
MASK_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
MINIMUM_AREA = 120  # pixels; the smallest outlined lesion has 320
CLASS_THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


@dataclass
class Predictions:
    """What the files of the folds make of the pictures they have not seen."""

    pictures: list
    fold: np.ndarray
    logits: np.ndarray  # [N,3], before the temperature
    masks: np.ndarray   # [N,256,256], probability in 1/255, uint8

    @property
    def truth(self):
        """The label of each picture."""
        return np.array([p.label for p in self.pictures])

    @property
    def groups(self):
        """The near-duplicate group of each picture."""
        return np.array([p.group for p in self.pictures])


def predict(path, pictures):
    """Class logits [N,3] and mask probabilities [N,H,W] (0..255) of one file."""
    session, logits, masks = open_session(path, threads=1), [], []
    for picture in pictures:
        found = session.run(["classes", "mask"], {"image": network_input(picture.pixels)})
        logits.append(found[0][0])
        masks.append(np.rint(mask_probability(found[1], picture.pixels.shape) * 255))
    return np.stack(logits), np.stack(masks).astype(np.uint8)


def cross_fitted(predictions, fit, use):
    """For each fold a value fitted on the other folds and used on this one, joined in order."""
    joined = None
    for fold in np.unique(predictions.fold):
        here = predictions.fold == fold
        result = np.asarray(use(here, fit(~here)))
        joined = np.zeros((len(here), *result.shape[1:]), result.dtype) if joined is None else joined
        joined[here] = result
    return joined


@dataclass
class Decisions:
    """The numbers chosen from the out-of-fold predictions."""

    temperature: float
    threshold: float
    mask_threshold: float


def called(probability, threshold):
    """The label that is called: malignant from the threshold on, else the likeliest."""
    best = probability.copy()
    best[:, MALIGNANT] = np.where(probability[:, MALIGNANT] >= threshold, 2, -1)
    return best.argmax(1)


def marked_at(probability, threshold):
    """The mask (of probabilities in 1/255) without regions below the least area, corners joined."""
    labels, _ = ndimage.label(probability >= threshold * 255, np.ones((3, 3)))
    large = np.bincount(labels.ravel()) >= MINIMUM_AREA
    large[0] = False
    return large[labels]


def dice_at(predictions, threshold):
    """Dice of each outlined lesion; NaN for the other pictures."""
    return np.array([dice(marked_at(m, threshold), p.mask) if p.outlined else np.nan
                     for m, p in zip(predictions.masks, predictions.pictures)])


def spurious_at(predictions, threshold):
    """Whether anything is marked, for each normal picture."""
    return np.array([marked_at(m, threshold).any()
                     for m in predictions.masks[predictions.truth == NORMAL]])


def choose(predictions):
    """Temperature, malignancy threshold (rounded down) and mask threshold."""
    truth = predictions.truth
    temperature = round(fit_temperature(predictions.logits, truth), 2)
    probability = softmax(predictions.logits / temperature)[:, MALIGNANT]
    threshold = threshold_for_recall(probability, truth == MALIGNANT, WANTED_RECALL)
    threshold = float(np.floor(threshold * 100) / 100)
    best = max(MASK_THRESHOLDS, key=lambda t: np.nanmean(dice_at(predictions, t)))
    return Decisions(temperature, threshold, best)


def figures_of(predictions, decisions):
    """Every figure at the operating point, as (value, [low, high]) over groups."""
    truth, groups = predictions.truth, predictions.groups
    probability = softmax(predictions.logits / decisions.temperature)
    malignant = probability[:, MALIGNANT]
    positive = truth == MALIGNANT
    marked = malignant >= decisions.threshold
    labels = called(probability, decisions.threshold)
    overlap = dice_at(predictions, decisions.mask_threshold)
    outlined = ~np.isnan(overlap)
    normal = truth == NORMAL
    spurious = spurious_at(predictions, decisions.mask_threshold)

    found = {
        "macro-auc": (bootstrap(lambda r: macro_auc(probability[r], truth[r]), groups), len(truth)),
        "accuracy": (mean_interval(labels == truth, groups), len(truth)),
        "accuracy-likeliest": (mean_interval(probability.argmax(1) == truth, groups), len(truth)),
        "malignant-recall": (mean_interval(marked[positive], groups[positive]), positive.sum()),
        "malignant-specificity": (mean_interval(~marked[~positive], groups[~positive]),
                                  (~positive).sum()),
        "dice": (mean_interval(overlap[outlined], groups[outlined]), outlined.sum()),
        "marked-normals": (mean_interval(spurious, groups[normal]), normal.sum()),
    }
    for index, name in enumerate(CLASSES):
        found[f"auc-{name}"] = (bootstrap(
            lambda r, i=index: auc(probability[r, i], truth[r] == i), groups), len(truth))
    for index in (0, MALIGNANT):
        rows = outlined & (truth == index)
        found[f"dice-{CLASSES[index]}"] = (mean_interval(overlap[rows], groups[rows]), rows.sum())
    return found


def cross_fitted_figures(predictions):
    """Recall, specificity and ECE with threshold and temperature fitted without the fold judged."""
    truth, groups = predictions.truth, predictions.groups
    positive = truth == MALIGNANT
    probability = cross_fitted(
        predictions, lambda rows: fit_temperature(predictions.logits[rows], truth[rows]),
        lambda rows, t: softmax(predictions.logits[rows] / t))
    marked = cross_fitted(
        predictions,
        lambda rows: threshold_for_recall(probability[rows, MALIGNANT], positive[rows],
                                          WANTED_RECALL),
        lambda rows, t: probability[rows, MALIGNANT] >= t)
    likely = probability.argmax(1)
    return {
        "recall": mean_interval(marked[positive], groups[positive]),
        "specificity": mean_interval(~marked[~positive], groups[~positive]),
        "top": reliability(probability.max(1), likely == truth),
        "malignant": reliability(probability[:, MALIGNANT], positive),
    }


def class_thresholds(predictions, decisions):
    """The trade-off of the malignancy threshold, the chosen one among the rows."""
    probability = softmax(predictions.logits / decisions.temperature)[:, MALIGNANT]
    thresholds = sorted({*CLASS_THRESHOLDS, decisions.threshold})
    return threshold_table(probability, predictions.truth == MALIGNANT, thresholds)


def mask_thresholds(predictions):
    """The trade-off of the mask threshold."""
    rows = []
    for threshold in MASK_THRESHOLDS:
        overlap, spurious = dice_at(predictions, threshold), spurious_at(predictions, threshold)
        rows.append({"threshold": threshold, "dice": round(float(np.nanmean(overlap)), 4),
                     "missed": round(float(np.mean(overlap[~np.isnan(overlap)] < 0.1)), 4),
                     "markedNormals": round(float(np.mean(spurious)), 4)})
    return rows
