"""Trains, validates and packages `sts-mr-lesion` with one command.

    python train.py                   # the first fold is judged and packaged
    python train.py --folds 4         # four folds are judged
    python train.py --more-steps 500  # the first fold's network goes on with all patients

Finished runs are kept in the work folder and not repeated; delete it to start
afresh.  Nothing that is derived from a patient leaves the work folder, except
for the weights and the figures.
"""

import argparse
import json
import platform
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parents[1] / "common"))

from card import write_card
from evaluation import Reliability, evaluate
from learning import train
from network import Flipped, LesionNet
from package import (calibration_images, export_files, int8_loss, series_reference, with_threshold,
                     write_golden, write_manifest)
from patients import read_patients
from splits import ALSO_DICOM, make_folds
from transforms import Rules

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data/sts-mr")
    parser.add_argument("--dicom", type=Path, default=REPOSITORY.parent / "shared/data/sts-dicom",
                        help="the same patients as DICOM, for the reference numbers")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/sts-mr-lesion")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and figures")
    parser.add_argument("--tensors", type=Path, help="folder for reference tensors (patient data)")
    parser.add_argument("--seed", type=int, default=7, help="of the training")
    parser.add_argument("--split-seed", type=int, default=7, help="of the split by patient")
    parser.add_argument("--steps", type=int, default=3200, help="training steps of each run")
    parser.add_argument("--jobs", type=int, default=2, help="runs side by side, one core each")
    parser.add_argument("--more-steps", type=int, default=0, help="steps with all patients at the end")
    parser.add_argument("--folds", type=int, default=1, choices=range(1, 5),
                        help="how many of the four folds are judged")
    parser.add_argument("--model-version", default="1.2.0")
    return parser.parse_args()


def run(task):
    """Trains one network and, if it is a fold, evaluates it on the held-out patients."""
    name, held_out, options, threads = task
    weights, figures = options.work / f"{name}.pt", options.work / f"{name}.json"
    if weights.exists() and (figures.exists() or not held_out):
        return name
    torch.set_num_threads(threads)
    rules, started = Rules(), time.time()
    patients = read_patients(options.data)
    log = (options.work / f"{name}.log").open("a", buffering=1)
    if weights.exists():
        model = LesionNet().eval()
        model.load_state_dict(torch.load(weights, weights_only=True))
    else:
        model = train([p for p in patients if p.name not in held_out], rules, options.steps,
                      options.seed, report=lambda line: print(line, file=log))
        torch.save(model.state_dict(), weights)
    trained = time.time() - started
    if held_out:
        reliability = Reliability()
        rows = evaluate(Flipped(model), [p for p in patients if p.name in held_out], rules, reliability)
        figures.write_text(json.dumps({
            "rows": rows, "seconds": trained, "count": reliability.count.tolist(),
            "confidence": reliability.confidence.tolist(),
            "positive": reliability.positive.tolist()}))
    print(f"{name}: trained in {trained:.0f} s, {time.time() - started:.0f} s with figures",
          flush=True)
    return name


def go_on(options, patients):
    """The first fold's network after some more steps with all patients: the file of its weights."""
    if not options.more_steps:
        return options.work / "fold0.pt"
    weights = options.work / "final.pt"
    if not weights.exists():
        torch.set_num_threads(2)
        log = (options.work / "final.log").open("a", buffering=1)
        model = train(patients, Rules(), options.more_steps, options.seed + 1,
                      start=options.work / "fold0.pt", report=lambda line: print(line, file=log))
        torch.save(model.state_dict(), weights)
    return weights


def gather(names, folder):
    """The rows and the reliability of several folds together."""
    rows, reliability = [], Reliability()
    for name in names:
        figures = json.loads((folder / f"{name}.json").read_text())
        rows += figures["rows"]
        reliability.count += np.array(figures["count"])
        reliability.confidence += np.array(figures["confidence"])
        reliability.positive += np.array(figures["positive"])
    return rows, reliability


def write_reference(options, patients, rules, name="STS_002"):
    """Derived numbers of every DICOM patient at hand; tensors of one on request."""
    results = {}
    truths = {p.name: p.mask for p in patients}
    for patient in ALSO_DICOM:
        folder = options.dicom / patient / "MR_T1" / "image"
        if not folder.is_dir():
            continue
        numbers, tensors = series_reference(options.package, folder, truths.get(patient), rules)
        results[patient] = numbers
        if patient == name and options.tensors:
            options.tensors.mkdir(parents=True, exist_ok=True)
            described = {}
            for key, array in tensors.items():
                array.tofile(options.tensors / f"{key}.bin")
                described[key] = {"file": f"{key}.bin", "shape": list(array.shape),
                                  "type": str(array.dtype)}
            np.savez_compressed(options.tensors / "reference.npz", **tensors)
            (options.tensors / "reference.json").write_text(
                json.dumps({"series": patient, "numbers": numbers, "tensors": described},
                           indent=2) + "\n")
    if name in results:
        others = {k: {"dice": v["dice"], "volumeMm3": v["volumeMm3"], "lesions": v["lesions"]}
                  for k, v in results.items() if k != name}
        text = json.dumps({"series": name, **results[name], "others": others}, indent=2)
        (HERE / "reference.json").write_text(text + "\n")
    return results


def main():
    """All runs, then the package."""
    options, started = arguments(), time.time()
    options.work.mkdir(parents=True, exist_ok=True)
    patients = read_patients(options.data)
    folds = make_folds([p.name for p in patients], options.split_seed)
    names, judged = [f"fold{i}" for i in range(options.folds)], sum(folds[:options.folds], [])
    threads = 2 if options.jobs == 1 or options.folds == 1 else 1
    with get_context("spawn").Pool(options.jobs, maxtasksperchild=1) as pool:
        tasks = [(*task, options, threads) for task in zip(names, folds)]
        for _ in pool.imap_unordered(run, tasks):
            pass
    final, left_out = go_on(options, patients), options.work / "rules.json"
    evaluated = ("out-of-fold validation" if len(judged) == len(patients)
                 else f"{len(judged)} held-out patients")
    seen = patients if options.more_steps else [p for p in patients if p.name not in folds[0]]
    training_data = (f"{len(seen)} patients of Soft-tissue-Sarcoma (T1 MR, cropped around the "
                     f"tumour); figures from {evaluated}")
    rows, reliability = gather(names, options.work)
    rules = with_threshold(Rules(), rows)

    model = LesionNet()
    model.load_state_dict(torch.load(final, weights_only=True))
    options.package.mkdir(parents=True, exist_ok=True)
    export_files(Flipped(model), options.package, calibration_images(seen, rules))
    of_whom = "patients of the first fold, both files"
    losses = int8_loss(options.package, [p for p in patients if p.name in folds[0]], rules,
                       f"{of_whom}, which were trained on" if options.more_steps else of_whom)
    samples = write_golden(options.package, rules, losses)
    references = write_reference(options, patients, rules)
    facts = {
        "parameters": sum(p.numel() for p in model.parameters()),
        "bytes": [(options.package / w["file"]).stat().st_size for w in samples[1]],
        "losses": losses,
        "steps": options.steps, "more": options.more_steps, "seed": options.seed, "torch": torch.__version__.split("+")[0],
        "python": platform.python_version(), "patients": len(patients),
        "judged": judged, "folds": options.folds, "split_seed": options.split_seed,
        "left_out": json.loads(left_out.read_text()) if left_out.exists() else None,
    }
    write_card(options.package / "card.md", rules, rows, reliability, evaluated, facts, references)
    write_manifest(options.package, rules, rows, reliability, evaluated, samples, training_data,
                   options.model_version)
    print(f"packaged in {options.package} after {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
