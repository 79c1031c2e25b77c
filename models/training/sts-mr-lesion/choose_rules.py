"""What the rules for dropping lesions gain on a patient they were not chosen on.

    python choose_rules.py

Takes the first fold's network and figures (`train.py`) from the work folder.  For each held-out patient the shares are
chosen on the others, by the mean Dice over volumes as they are and shifted crops, and judged on
that patient; `rules.json` in the work folder, which the card quotes, holds the means.
"""

import argparse
import json
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parents[1] / "common"))

from evaluation import SCENARIOS, predict
from network import Flipped, LesionNet
from package import with_threshold
from patients import read_patients
from splits import make_folds
from transforms import Rules, lesions_of, measure, standing

HERE = Path(__file__).resolve().parent
JUDGED = ("whole", "shifted")
SHARES_OF_HIGHEST_PEAK = (0, 0.9, 0.95, 0.97, 0.98, 0.99)
SHARES_OF_LARGEST = (0.1, 0.15, 0.2)


def lesions_in(probability, part, rules):
    """Volume in mm³, peak, marked and rightly marked voxels of each lesion; voxels of the truth."""
    labels, count = lesions_of(probability >= rules.threshold * 255)
    volumes, peaks = measure(labels, count, probability, part.voxel_mm3)
    voxels, common = (np.bincount(labels[of], minlength=count + 1)[1:]
                      for of in (labels > 0, part.mask))
    return volumes, peaks, voxels, common, int(part.mask.sum())


def figures(volumes, peaks, voxels, common, truth, rules):
    """Dice and number of false lesions once the rules have dropped theirs."""
    kept = standing(volumes, peaks, rules)
    total = int(voxels[kept].sum()) + truth
    return (2 * int(common[kept].sum()) / total if total else 1.0,
            int((common[kept] == 0).sum()))


def mean_figures(lesions, rules):
    """Dice and false lesions of one patient in each scenario that is judged."""
    return {s: np.mean([figures(*one, rules) for one in lesions[s]], 0) for s in JUDGED}


def leave_one_out(patients, choices):
    """Mean Dice and false lesions of patients whose rules were chosen on the others.

    `patients` holds for each name its lesions in each scenario.
    """
    by_choice = [{n: mean_figures(lesions, rules) for n, lesions in patients.items()}
                 for rules in choices]
    judged = []
    for name in patients:
        others = [n for n in patients if n != name]
        best = max(by_choice, key=lambda of: np.mean([of[n][s][0] for n in others for s in JUDGED]))
        judged.append(best[name])
    dice, shifted = (float(np.mean([of[s][0] for of in judged])) for s in JUDGED)
    return {"choices": len(choices), "dice": round(dice, 4), "dice_shifted": round(shifted, 4),
            "false_lesions": round(float(np.mean([of["whole"][1] for of in judged])), 4)}


def main():
    """The held-out patients' lesions, then each patient with the rules of the others."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=HERE.parents[2].parent / "shared/data/sts-mr")
    parser.add_argument("--work", type=Path, default=HERE / "build")
    parser.add_argument("--split-seed", type=int, default=7)
    options = parser.parse_args()
    rows = json.loads((options.work / "fold0.json").read_text())["rows"]
    rules, patients = with_threshold(Rules(), rows), read_patients(options.data)
    held_out = make_folds([p.name for p in patients], options.split_seed)[0]
    network = LesionNet().eval()
    network.load_state_dict(torch.load(options.work / "fold0.pt", weights_only=True))
    model = Flipped(network)
    found = {
        p.name: {s: [lesions_in(predict(model, part.volume, part.spacing, rules), part, rules)
                     for part in SCENARIOS[s](p)] for s in JUDGED}
        for p in patients if p.name in held_out}
    choices = [replace(rules, min_share_of_highest_peak=peak, min_share_of_largest=largest)
               for peak, largest in product(SHARES_OF_HIGHEST_PEAK, SHARES_OF_LARGEST)]
    result = leave_one_out(found, choices)
    (options.work / "rules.json").write_text(json.dumps(result) + "\n")
    print(result)


if __name__ == "__main__":
    main()
