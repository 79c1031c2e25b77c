"""Out-of-fold predictions of the exported files, and the figures drawn from them."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from export import open_session
from figures import (auc, bootstrap, dice, fit_temperature, gain, macro_auc, mean_interval, reliability,
                     sigmoid, softmax, threshold_for_recall, threshold_table)
from network import CLASSES
from transforms import mask_probability, network_input

MALIGNANT, NORMAL = CLASSES.index("malignant"), CLASSES.index("normal")
WANTED_RECALL = 0.93  # what the threshold is chosen for; the margin over the aim of 0.90
MASK_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
MINIMUM_AREA = 120  # pixels; the smallest outlined lesion has 320
MAIN = ("macro-auc", "malignant-recall", "malignant-specificity", "dice", "marked-normals")
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
    """What one file makes of pictures and of their mirror images.

    Class logits [N,3] of the pictures, the same of the mirror images, mask probabilities [N,H,W] (0..255) of
    the pictures, and those of both averaged.
    """
    session, kept = open_session(path, threads=1), ([], [], [], [])
    for picture in pictures:
        image = network_input(picture.pixels)
        logits, mask = session.run(["classes", "mask"], {"image": image})
        turned, mirrored = session.run(["classes", "mask"], {"image": np.ascontiguousarray(image[..., ::-1])})
        alone, mirrored = sigmoid(mask), sigmoid(mirrored[..., ::-1])
        for found, value in zip(kept, (
                logits[0], turned[0], in_bytes(alone, picture), in_bytes((alone + mirrored) / 2, picture))):
            found.append(value)
    return tuple(np.stack(found) for found in kept)


def in_bytes(probability, picture):
    """Mask probabilities [1,1,256,256] at the picture's size, uint8."""
    return np.rint(mask_probability(probability, picture.pixels.shape) * 255).astype(np.uint8)


def with_mirror(straight, turned, masks, temperature):
    """The predictions of both looks: `straight` with the mean of the probabilities, as the application takes it."""
    both = (softmax(straight.logits / temperature) + softmax(turned / temperature)) / 2
    return replace(straight, logits=np.log(both) * temperature, masks=masks)


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


def statistics_of(predictions, decisions):
    """What is counted at the operating point: {name: (function of rows, the pictures these rows number)}."""
    truth = predictions.truth
    probability = softmax(predictions.logits / decisions.temperature)
    labels = called(probability, decisions.threshold)
    marked = probability[:, MALIGNANT] >= decisions.threshold
    overlap = dice_at(predictions, decisions.mask_threshold)
    outlined, normal = ~np.isnan(overlap), truth == NORMAL
    everywhere, every = np.arange(len(truth)), np.ones(len(truth), bool)

    def share(values, chosen):
        """The mean of a value of each of the chosen pictures."""
        values = np.asarray(values, float)
        return (lambda rows: values[rows].mean()), np.flatnonzero(chosen)

    found = {
        "macro-auc": (lambda rows: macro_auc(probability[rows], truth[rows]), everywhere),
        "accuracy": share(labels == truth, every),
        "accuracy-likeliest": share(probability.argmax(1) == truth, every),
        "malignant-recall": share(marked[truth == MALIGNANT], truth == MALIGNANT),
        "malignant-specificity": share(~marked[truth != MALIGNANT], truth != MALIGNANT),
        "dice": share(overlap[outlined], outlined),
        "marked-normals": share(spurious_at(predictions, decisions.mask_threshold), normal),
    }
    for index, name in enumerate(CLASSES):
        found[f"auc-{name}"] = (
            lambda rows, i=index: auc(probability[rows, i], truth[rows] == i), everywhere)
    for index in (0, MALIGNANT):
        rows = outlined & (truth == index)
        found[f"dice-{CLASSES[index]}"] = share(overlap[rows], rows)
    return found


def figures_of(predictions, decisions, names=None):
    """The figures (all or these) at the operating point: {name: ((value, [low, high]) over groups, pictures)}."""
    return {name: (bootstrap(count, predictions.groups[pictures]), len(pictures))
            for name, (count, pictures) in statistics_of(predictions, decisions).items()
            if names is None or name in names}


def gains_of(before, after, decisions):
    """What the main figures gain from other predictions of the same pictures: {name: (value, [low, high])}."""
    old, new = statistics_of(before, decisions), statistics_of(after, decisions)
    return {name: gain(old[name][0], new[name][0], before.groups[old[name][1]]) for name in MAIN}


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
