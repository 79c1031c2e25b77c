"""Figures from out-of-sample predictions: overlap, detection, calibration."""

import numpy as np
import torch

from transforms import lesions_of, mask_of, network_input, probability_map

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
FOUND_SHARE = 0.1  # a lesion counts as found if this share of it is covered


@torch.no_grad()
def predict(model, volume, spacing, rules, batch=16):
    """Quantised probabilities (0..255) at stored resolution for a series."""
    image, shape = network_input(volume, spacing, rules)
    logits = torch.cat([
        model(part.contiguous(memory_format=torch.channels_last)) for part in image.split(batch)])
    return probability_map(logits, shape, volume.shape[1:], rules)


def dice_of(mask, truth):
    """The Dice coefficient of two masks; 1 where both are empty."""
    total = int(mask.sum()) + int(truth.sum())
    return 2 * int((mask & truth).sum()) / total if total else 1.0


def compare(mask, truth, voxel_mm3):
    """Overlap and lesion counts of a mask against the truth."""
    lesions, count = lesions_of(truth)
    sizes = np.bincount(lesions.ravel(), minlength=count + 1)[1:]
    covered = np.bincount(lesions[mask], minlength=count + 1)[1:]
    marked, marks = lesions_of(mask)
    touching = set(np.unique(marked[truth & mask])) - {0}
    return {
        "dice": dice_of(mask, truth),
        "lesions": int(count),
        "found": int((covered >= FOUND_SHARE * sizes).sum()) if count else 0,
        "false_lesions": int(marks - len(touching)),
        "volume_ml": float(mask.sum() * voxel_mm3 / 1000),
        "true_volume_ml": float(truth.sum() * voxel_mm3 / 1000),
    }


def whole(patient):
    """The volume as it is."""
    return [patient]


def shifted_crops(patient, hidden=0.35):
    """Four crops, each cutting a third of the tumour's extent off at one side."""
    _, rows, columns = np.nonzero(patient.mask)
    crops = []
    for axis, places in (("rows", rows), ("columns", columns)):
        first, last = int(places.min()), int(places.max()) + 1
        cut = round((last - first) * hidden)
        crops.append(patient.part(**{axis: slice(first + cut, None)}))
        crops.append(patient.part(**{axis: slice(0, last - cut)}))
    return crops


def tumour_free(patient, least=3):
    """The runs of slices before and after the tumour, each as a volume."""
    slices = np.nonzero(patient.mask.any((1, 2)))[0]
    runs = (slice(0, int(slices[0])), slice(int(slices[-1]) + 1, len(patient.mask)))
    return [patient.part(slices=run) for run in runs if run.stop - run.start >= least]


SCENARIOS = {"whole": whole, "shifted": shifted_crops, "tumour-free": tumour_free}


class Reliability:
    """Counts of predicted probability against truth, in ten equal bins."""

    def __init__(self, bins=10):
        self.count = np.zeros(bins, np.int64)
        self.confidence = np.zeros(bins)
        self.positive = np.zeros(bins)

    def add(self, probability, truth):
        """Adds the voxels of a volume (probability 0..255)."""
        value = probability.ravel() / 255
        index = np.minimum((value * len(self.count)).astype(int), len(self.count) - 1)
        self.count += np.bincount(index, minlength=len(self.count))
        self.confidence += np.bincount(index, value, len(self.count))
        self.positive += np.bincount(index, truth.ravel(), len(self.count))

    def table(self):
        """The bins that hold voxels, as the manifest lists them."""
        return [{"confidence": round(float(c / n), 4), "accuracy": round(float(p / n), 4),
                 "count": int(n)}
                for n, c, p in zip(self.count, self.confidence, self.positive) if n]

    def error(self, least=0.0):
        """Expected calibration error over the bins from `least` upwards."""
        chosen = np.arange(len(self.count)) / len(self.count) >= least
        gap = np.abs(self.confidence - self.positive)[chosen].sum()
        return float(gap / max(1, self.count[chosen].sum()))


def evaluate(model, patients, rules, reliability):
    """Rows of figures for each patient, scenario and threshold."""
    rows = []
    for patient in patients:
        for scenario, parts in SCENARIOS.items():
            for number, part in enumerate(parts(patient)):
                probability = predict(model, part.volume, part.spacing, rules)
                if scenario == "whole":
                    reliability.add(probability, part.mask)
                for threshold in THRESHOLDS:
                    mask = mask_of(probability, part.voxel_mm3, rules, threshold)
                    rows.append({
                        "patient": patient.name, "scenario": scenario, "part": number,
                        "threshold": threshold, **compare(mask, part.mask, part.voxel_mm3)})
    return rows


def bootstrap(values, seed=0, rounds=10000, level=0.95):
    """Mean and percentile interval, resampling patients."""
    values = np.asarray(values, float)
    draws = np.random.default_rng(seed).integers(0, len(values), (rounds, len(values)))
    means = values[draws].mean(1)
    tail = (1 - level) / 2 * 100
    low, high = np.percentile(means, [tail, 100 - tail])
    return float(values.mean()), [float(low), float(high)]


def select(rows, scenario, threshold):
    """Rows of one scenario at one threshold, grouped by patient."""
    grouped = {}
    for row in rows:
        if row["scenario"] == scenario and row["threshold"] == threshold:
            grouped.setdefault(row["patient"], []).append(row)
    return grouped


def summarise(rows, scenario, threshold):
    """Figures of one scenario at one threshold."""
    grouped = select(rows, scenario, threshold)
    every = [row for group in grouped.values() for row in group]
    dice = {name: float(np.mean([r["dice"] for r in group])) for name, group in grouped.items()}
    mean, interval = bootstrap([dice[n] for n in sorted(dice)])
    false, false_interval = bootstrap(
        [np.mean([r["false_lesions"] for r in grouped[n]]) for n in sorted(grouped)])
    lesions = sum(r["lesions"] for r in every)
    found = {n: (sum(r["found"] for r in g), sum(r["lesions"] for r in g))
             for n, g in grouped.items()}
    _, sensitivity_interval = bootstrap([f / c for f, c in found.values() if c] or [0])
    volumes = [np.mean([r["volume_ml"] for r in g]) for g in grouped.values()]
    return {
        "patients": len(grouped), "volumes": len(every), "threshold": threshold,
        "dice": mean, "dice_interval": interval, "dice_by_patient": dice,
        "lesions": lesions, "sensitivity": sum(r["found"] for r in every) / max(1, lesions),
        "sensitivity_interval": sensitivity_interval,
        "false_lesions": false, "false_lesions_interval": false_interval,
        "marked_ml": float(np.mean(volumes)), "marked_ml_median": float(np.median(volumes)),
        "unmarked_share": float(np.mean([r["volume_ml"] == 0 for r in every])),
    }
