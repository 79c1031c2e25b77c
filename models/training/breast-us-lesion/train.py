"""Trains, judges and packages `breast-us-lesion` with one command.

    python train.py

Four networks are trained, each without one fold, and judged on the fold they have not
seen; a fifth is trained on all pictures and packaged.  Finished runs are kept in the
work folder and not repeated; delete it to start afresh.  No picture leaves that folder.
"""

import argparse
import shutil
import sys
import time
from multiprocessing import get_context
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent / "common"))

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
import torch  # noqa: E402

from card import change, figure  # noqa: E402
from export import latency  # noqa: E402
from judging import (MAIN, Predictions, choose, class_thresholds, cross_fitted_figures,  # noqa: E402
                     figures_of, gains_of, predict, with_mirror)
from network import BreastNet, Shipped  # noqa: E402
from assembly import write_files, write_package, write_plain, write_reference  # noqa: E402
from pictures import make_folds, read_pictures  # noqa: E402
from report import write_card  # noqa: E402
from training import train  # noqa: E402
from transforms import network_input  # noqa: E402

REPOSITORY = HERE.parents[2]
ALL = "all"
FILES = {"float16": "model.onnx", "int8": "model.int8.onnx"}
SELECTION = (
    "Also chosen on two of the four parts: the size of the picture in the graph (192 rather than the "
    "160 pixels of the training), label smoothing and the sharpening of pseudo-masks.")


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data/busi")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/breast-us-lesion")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and figures")
    parser.add_argument("--seed", type=int, default=7, help="of the training")
    parser.add_argument("--split-seed", type=int, default=7, help="of the folds")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--steps", type=int, default=400, help="training steps of each run")
    parser.add_argument("--side", type=int, default=160, help="pixels of a training view")
    parser.add_argument("--test-side", type=int, default=192, help="the same in the graph")
    parser.add_argument("--jobs", type=int, default=2, help="runs side by side, one core each")
    parser.add_argument("--only", nargs="*", help="train these runs (fold0 ... or all) and stop")
    parser.add_argument("--model-version", default="1.0.0")
    return parser.parse_args()


def run(task):
    """Trains one network, without a fold or on all pictures, and keeps its weights."""
    name, options = task
    weights = options.work / f"{name}.pt"
    if weights.exists():
        return
    torch.set_num_threads(1)
    pictures = read_pictures(options.data)
    if name != ALL:
        folds = make_folds(pictures, options.folds, options.split_seed)
        left_out = set(folds[int(name.removeprefix("fold"))])
        pictures = [p for i, p in enumerate(pictures) if i not in left_out]
    log = (options.work / f"{name}.log").open("w", buffering=1)
    started = time.time()
    model = train(pictures, options.side, options.steps, options.seed,
                  report=lambda line: print(line, file=log),
                  save=lambda m: torch.save(m.state_dict(), options.work / f"{name}.part.pt"))
    torch.save(model.state_dict(), weights)
    print(f"{name}: {time.time() - started:.0f} s", file=log)


def load(options, name):
    """A finished run's network."""
    model = BreastNet().eval()
    model.load_state_dict(torch.load(options.work / f"{name}.pt", weights_only=True))
    return model


def exported(options, pictures, number, fold, mirror):
    """The folder with a fold's network, its int8 file calibrated on pictures of the other folds.

    Written once; without the mirror image in the graph there is `model.onnx` alone.
    """
    folder = options.work / (f"fold{number}" if mirror else f"fold{number}-single")
    if not (folder / FILES["int8" if mirror else "float16"]).exists():
        left_out = set(fold)
        others = [p for i, p in enumerate(pictures) if i not in left_out]
        shipped = Shipped(load(options, f"fold{number}"), options.test_side, mirror=mirror)
        if mirror:
            write_files(shipped, folder, others, folder)
        else:
            write_plain(shipped, folder / FILES["float16"])
    return folder


def predictions_of(options, pictures, precision, mirror=True):
    """What each fold's exported file makes of the pictures it has not seen, and of their mirror images.

    `mirror` false takes the network without the mirror image in its graph.  Returns the predictions of the
    pictures, the class logits of the mirror images and the masks of both averaged; kept once found.
    """
    folds = make_folds(pictures, options.folds, options.split_seed)
    fold_of, parts = np.zeros(len(pictures), int), []
    for number, fold in enumerate(folds):
        fold_of[fold] = number
        folder = exported(options, pictures, number, fold, mirror)
        kept = folder / f"looks.{precision}.npz"
        if not kept.exists():
            found = predict(folder / FILES[precision], [pictures[i] for i in fold])
            np.savez_compressed(kept, logits=found[0], turned=found[1], masks=found[2], both=found[3])
        with np.load(kept) as found:
            parts.append([found[name] for name in ("logits", "turned", "masks", "both")])
    place = np.argsort(np.concatenate(folds))
    logits, turned, masks, both = (np.concatenate(part)[place] for part in zip(*parts))
    return Predictions(pictures, fold_of, logits, masks), turned, both


def flips_of(alone, turned, both, decisions):
    """Figures with the mirror image averaged as the application does, and what it gains."""
    averaged = with_mirror(alone, turned, both, decisions.temperature)
    return {"figures": figures_of(averaged, decisions, MAIN), "gains": gains_of(alone, averaged, decisions)}


def package(options, started):
    """Judges the folds and writes the package with the network of all pictures."""
    pictures = read_pictures(options.data)
    looks = {precision: predictions_of(options, pictures, precision) for precision in FILES}
    found = {precision: alone for precision, (alone, _, _) in looks.items()}
    full = found["float16"]
    decisions = choose(full)
    figures = {precision: figures_of(found[precision], decisions) for precision in FILES}
    flips = {precision: flips_of(*looks[precision], decisions) for precision in FILES}
    single, _, _ = predictions_of(options, pictures, "float16", mirror=False)
    cross = cross_fitted_figures(full)
    shutil.rmtree(options.package, ignore_errors=True)
    shipped = Shipped(load(options, ALL), options.test_side, decisions.temperature)
    write_files(shipped, options.package, pictures, options.work)
    sample = {"image": network_input(pictures[0].pixels)}
    files = {name: options.package / name for name in FILES.values()}
    write_card(options.package / "card.md", decisions, figures, cross, full,
               class_thresholds(full, decisions), {
        "single": figures_of(single, decisions, MAIN), "in_graph": gains_of(single, full, decisions),
        "flips": flips["float16"],
        "parameters": sum(p.numel() for p in shipped.parameters()),
        "bytes": {name: path.stat().st_size for name, path in files.items()},
        "latency": {name: latency(path, sample) for name, path in files.items()},
        "cells": -(-options.test_side // 16), "steps": options.steps, "seed": options.seed,
        "side": options.side, "test_side": options.test_side, "folds": options.folds,
        "split_seed": options.split_seed, "selection": SELECTION, "refresh": "two fifths",
        "largest": max(np.unique(full.groups, return_counts=True)[1]),
        "modules": (torch, np, onnxruntime)})
    write_package(options.package, decisions, figures, flips, cross, full, options.model_version)
    write_reference(HERE / "reference.json", options.package, pictures, decisions)
    for name, (pair, count) in figures["float16"].items():
        print(f"{name:24} {figure(pair)}  n {count}  int8 {figures['int8'][name][0][0]:.3f}")
    for name, (pair, _) in flips["float16"]["figures"].items():
        print(f"{name + '-flips':30} {figure(pair)}  gain {change(flips['float16']['gains'][name])}")
    print(f"{decisions}; packaged in {options.package} after {time.time() - started:.0f} s")


def main():
    """Trains what is missing, then judges and packages."""
    options, started = arguments(), time.time()
    options.work.mkdir(parents=True, exist_ok=True)
    names = options.only
    if names is None:
        names = [*(f"fold{i}" for i in range(options.folds)), ALL]
    tasks = [(name, options) for name in names]
    if options.jobs > 1 and len(tasks) > 1:
        with get_context("spawn").Pool(options.jobs) as pool:
            pool.map(run, tasks, chunksize=1)
    else:
        for task in tasks:
            run(task)
    if options.only is None:
        package(options, started)


if __name__ == "__main__":
    main()
