"""Simulated readers on held-out pictures: clicks needed, overlap after each click, calibration."""

from dataclasses import dataclass

import numpy as np

from brush import Brush, answer
from clicks import next_click
from figures import bootstrap, mean_interval
from scenes import LEAST_PIXELS, as_rgb

MOST_CLICKS = 20
WANTED = 0.85
REPORTED = (1, 2, 3, 5)
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
BINS = 10


@dataclass
class Case:
    """One object to be marked, with what came of it."""

    set: str
    name: str
    group: str
    pixels: np.ndarray
    truth: np.ndarray


def cases_of(scenes, most=None, seed=0):
    """Every object of at least LEAST_PIXELS pixels; at most `most` of each set, spread evenly."""
    found = {}
    for scene in scenes:
        for number, mask in enumerate(scene.masks):
            if mask.sum() >= LEAST_PIXELS:
                found.setdefault(scene.set, []).append(
                    Case(scene.set, f"{scene.name}#{number}", scene.group, scene.pixels, mask))
    listed = []
    for cases in found.values():
        if most and len(cases) > most:
            cases = [cases[i] for i in np.linspace(0, len(cases) - 1, most).round().astype(int)]
        listed += cases
    return listed


def overlap(mask, truth):
    """Intersection over union."""
    return float((mask & truth).sum() / max(1, (mask | truth).sum()))


class Tally:
    """Counts of predicted probabilities, and overlaps at other thresholds."""

    def __init__(self):
        self.count, self.sum, self.true = np.zeros(BINS), np.zeros(BINS), np.zeros(BINS)

    def add(self, brush, truth):
        """The pixels of the brush's last view."""
        v = brush.view
        rows, columns = slice(max(v.y, 0), v.y + v.side), slice(max(v.x, 0), v.x + v.side)
        p, t = brush.probability[rows, columns].numpy().ravel(), truth[rows, columns].ravel()
        index = np.minimum((p * BINS).astype(int), BINS - 1)
        weight = 1 / max(1, len(p))  # every picture counts alike
        self.count += np.bincount(index, minlength=BINS) * weight
        self.sum += np.bincount(index, p, BINS) * weight
        self.true += np.bincount(index, t, BINS) * weight

    def reliability(self):
        """The manifest's shape; counts are views, in thousandths."""
        kept = self.count > 0
        bins = [{"confidence": round(float(s / n), 4), "accuracy": round(float(t / n), 4),
                 "count": int(round(n * 1000))}
                for n, s, t in zip(self.count[kept], self.sum[kept], self.true[kept])]
        return {"bins": bins, "ece": round(float(np.abs(self.sum - self.true).sum()
                                                 / max(self.count.sum(), 1e-9)), 4)}


def judge(cases, run, batch=8, most_clicks=MOST_CLICKS):
    """One row for each case, and the tally after the first and the third click."""
    rows, tallies = [], {1: Tally(), 3: Tally()}
    for start in range(0, len(cases), batch):
        part = cases[start:start + batch]
        live = [(case, Brush(as_rgb(case.pixels)),
                 {"set": case.set, "name": case.name, "group": case.group, "iou": [],
                  "passes": [], "levels": {}, "pixels": int(case.truth.sum())}) for case in part]
        rows += [row for _, _, row in live]
        for number in range(1, most_clicks + 1):
            going = []
            for case, brush, row in live:
                found = next_click(brush.mask, case.truth, brush.clicked)
                if found is not None:
                    brush.click(*found)
                    going.append((case, brush, row))
            before = [brush.passes for _, brush, _ in going]
            answer([brush for _, brush, _ in going], run)
            for (case, brush, row), passes in zip(going, before):
                row["iou"].append(overlap(brush.mask, case.truth))
                row["passes"].append(brush.passes - passes)
                if number in tallies:
                    tallies[number].add(brush, case.truth)
                    p = brush.probability.numpy()
                    row["levels"][str(number)] = [overlap(p >= t, case.truth) for t in THRESHOLDS]
            live = [(case, brush, row) for case, brush, row in going
                    if number < max(REPORTED) or max(row["iou"]) < WANTED]
            if not live:
                break
    return rows, tallies


def clicks_needed(row, wanted=WANTED, most=MOST_CLICKS):
    """The number of the first click that reached the wanted overlap; `most` if none did."""
    reached = [i for i, v in enumerate(row["iou"][:most], 1) if v >= wanted]
    return reached[0] if reached else most


def iou_after(row, clicks):
    """The overlap after so many clicks; the last one where the reader had stopped."""
    return row["iou"][min(clicks, len(row["iou"])) - 1]


def summary(rows):
    """The figures of some rows, each (value, interval over groups)."""
    groups = [f"{r['set']}/{r['group']}" for r in rows]
    needed = np.array([clicks_needed(r) for r in rows])
    found = {"objects": len(rows), "groups": len(set(groups)),
             "noc85": mean_interval(needed, groups),
             "within5": mean_interval(needed <= 5, groups),
             "never": float((needed >= MOST_CLICKS).mean()),
             "median": float(np.median(needed))}
    for clicks in REPORTED:
        found[f"iou{clicks}"] = mean_interval([iou_after(r, clicks) for r in rows], groups)
    return found


def mean_of_sets(rows, sets):
    """The mean over sets of the mean clicks needed, each set counting alike."""
    kept = [r for r in rows if r["set"] in sets]
    names = np.array([r["set"] for r in kept])
    needed = np.array([clicks_needed(r) for r in kept], float)

    def statistic(index):
        drawn = names[index]
        if any((drawn == name).sum() == 0 for name in sets):
            return float("nan")
        return float(np.mean([needed[index][drawn == name].mean() for name in sets]))

    return bootstrap(statistic, [f"{r['set']}/{r['group']}" for r in kept])


def lines(rows):
    """A short text of the figures of each set."""
    text = []
    for name in dict.fromkeys(r["set"] for r in rows):
        s = summary([r for r in rows if r["set"] == name])
        text.append(f"{name}: {s['objects']} objects, {s['groups']} groups, NoC85 {s['noc85'][0]:.2f} "
                    f"({s['noc85'][1][0]:.2f} to {s['noc85'][1][1]:.2f}), within five {s['within5'][0]:.2f}, "
                    + ", ".join(f"IoU@{k} {s[f'iou{k}'][0]:.3f}" for k in REPORTED)
                    + f", never {s['never']:.2f}")
    return "\n".join(text)
