"""Trains, judges and packages `grocery-detector` with one command.

    python train.py

A fifth of the scenes is held out, the network is trained on the rest in three stages, judged and packaged
(`--last 240` trains it on for so many steps with every picture and packages that).  Finished runs are
kept in the work folder and not repeated; delete it to start afresh.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "common"))

import numpy as np
import torch
from calibration import calibrated, crossed, fit
from figures import metric, reliability
from export import open_session, run
from groceries import held_out, read_classes, read_photographs
from judging import Judged, by_size, figures_of, match, trade_off
from learning_loop import Stage, train
from network import CLASSES, Detector, anchor_points, decode
from package import publish, write_json
from packing import ship, time_of, write_package, write_reference
from report import write_card
from wording import check_classes

import findings

REPOSITORY = HERE.parents[2]
FILES = ("model.onnx", "model.int8.onnx")
EXAMPLES = ("010012", "070124", "110358", "230174")  # pictures of reference.json
LEAST = 0.01  # raw score from which findings count in the average precision


def stages(text):
    """`side:steps,…` as pairs of numbers."""
    return [tuple(int(part) for part in one.split(":")) for one in text.split(",")]


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data/grocery-detect")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/grocery-detector")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and logs")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--split-seed", type=int, default=7)
    parser.add_argument("--stages", type=stages, default="320:1600,384:1500,448:1200",
                        help="side of the canvases:steps of each")
    parser.add_argument("--side", type=int, default=384, help="of the shipped network's input")
    parser.add_argument("--last", type=int, default=0, help="further steps with every picture")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--last-rate", type=float, default=2.5e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--model-version", default="1.0.0")
    return parser.parse_args()


def trained(name, photographs, work, plan, start=None):
    """A network from the work folder, or trained now; `name`.json then holds the seconds it took."""
    weights, seconds = work / f"{name}.pt", work / f"{name}.json"
    if not seconds.exists():
        begun = time.time()
        log = (work / f"{name}.log").open("a", buffering=1)

        def save(network):
            torch.save(network.state_dict(), weights)

        save(train(photographs, plan, lambda line: print(line, file=log), save, start))
        write_json(seconds, time.time() - begun)
    model = Detector(imagenet=False).eval()
    model.load_state_dict(torch.load(weights, weights_only=True))
    return model


def judged_network(photographs, options):
    """The network of all stages, which has not seen the held-out pictures."""
    names = [f"stage{number}" for number in range(1, len(options.stages))] + ["judged"]
    model = None
    for number, (name, plan) in enumerate(zip(names, options.stages)):
        plan = Stage(*plan, options.rate, options.batch, options.seed + number)
        model = trained(name, photographs, options.work, plan, model and model.state_dict())
    return model


def fitted_curve(model, judged, side):
    """The calibration curve from the held-out pictures, and cross-fitted reliability."""
    points, strides = anchor_points(side, side)
    raw, right, scene = [], [], []
    for picture in judged:
        image, geometry = findings.letterbox(picture.pixels, side)
        with torch.inference_mode():
            logits, distances = model(image)
        boxes = decode(distances, points, strides)[0].numpy()
        presence, classes = logits[0, :, -1:].sigmoid().numpy(), logits[0, :, :-1].softmax(-1).numpy()
        found, label, scores, *_ = findings.detections(boxes, presence * classes, presence, LEAST)
        found = findings.back(found, geometry, picture.pixels)
        hit = np.zeros(len(found), bool)
        for k in np.unique(label):
            mine = label == k
            hit[mine] = match(found[mine], scores[mine], picture.boxes[picture.classes == k])[0][:, 0]
        raw.append(scores)
        right.append(hit)
        scene.append(np.full(len(label), picture.scene))
    raw, right, scene = (np.concatenate(v) for v in (raw, right, scene))
    stated = crossed(raw, right, scene)
    shown = stated >= 0.05
    return fit(raw, right), reliability(stated[shown], right[shown])


def judge(file, judged, side, least):
    """Evidence of one ONNX file down to a score, without and with the mirror image of each picture."""
    session, alone, flips = open_session(file), Judged(), Judged()
    for picture in judged:
        image, geometry = findings.letterbox(picture.pixels, side)
        out, turned = (run(session, {"image": x.numpy()}) for x in (image, image.flip(3)))
        for name, values, truth in (("each", "scores", picture.classes),
                                    ("any", "product", np.zeros(len(picture.classes), int))):
            getattr(alone, name).add(
                picture, *findings.look(out, values, geometry, picture.pixels, least), truth)
            getattr(flips, name).add(
                picture, *findings.with_mirror(out, turned, values, geometry, picture.pixels, side, least), truth)
    return alone, flips


def listed(figures, count, set_name):
    """Metrics of the manifest for one file: of each picture alone, then those with its mirror image."""
    alone = [metric(name, found["alone"], count, "products", set_name) for name, found in figures.items()]
    return alone + [metric(f"{name}-flips", found["flips"], count, "products", set_name, gained=found["gain"])
                    for name, found in figures.items()]


def judged_files(model, judged, known, side, work):
    """Both files of a network judged: the curve, its reliability, and of each file what `judge` gives."""
    curve, stated = fitted_curve(model, judged, side)
    trial = work / "judged"
    ship(model, side, curve, trial, samples_of(known, side), work)
    least = calibrated(curve, LEAST)
    return curve, stated, [judge(trial / name, judged, side, least) for name in FILES]


def samples_of(photographs, side):
    """Prepared pictures for the int8 file's ranges."""
    return [findings.letterbox(p.pixels, side)[0].numpy() for p in photographs[::6]]


def main():
    """The runs, then the package."""
    options, begun = arguments(), time.time()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    package, side = options.work / "package", options.side
    check_classes(read_classes(options.data))
    photographs = read_photographs(options.data)
    kept = held_out(photographs, options.split_seed)
    judged = [p for p in photographs if p.scene in kept]
    known = [p for p in photographs if p.scene not in kept]
    print(f"{len(known)} pictures to learn from, {len(judged)} of {len(kept)} scenes to judge", flush=True)

    model = judged_network(known, options)
    curve, stated, evidence = judged_files(model, judged, known, side, options.work)
    half, int8 = (figures_of(*pair) for pair in evidence)
    for file, figures in zip(FILES, (half, int8)):
        print(file, {name: {k: round(v[0], 4) for k, v in found.items()} for name, found in figures.items()},
              flush=True)
    each, mirrored = (found.each for found in evidence[0])
    steps = np.round(np.arange(0.05, 0.96, 0.05), 2)
    thresholds, with_flips = trade_off(each, steps), trade_off(mirrored, steps)
    best = max(thresholds, key=lambda row: row["f1"])

    if options.last:
        plan = Stage(side, options.last, options.last_rate, options.batch, options.seed + len(options.stages))
        model = trained("final", photographs, options.work, plan, model.state_dict())
    shutil.rmtree(package, ignore_errors=True)
    ship(model, side, curve, package, samples_of(known, side), options.work)

    count = sum(len(p.classes) for p in judged)
    set_name = f"{len(judged)} held-out pictures of {len(kept)} scenes"
    facts = {
        "version": options.model_version, "threshold": best["threshold"],
        "chosen": f"best F1 at IoU 0.5 over all classes of the {set_name} (precision "
                  f"{best['precision']:.3f}, recall {best['recall']:.3f})",
        "training_data": f"{len(photographs) if options.last else len(known)} photographs of the UP Diliman "
                         f"24-class groceries set; figures from a network that had not seen the "
                         f"{set_name}",
        "metrics": listed(half, count, set_name), "int8_metrics": listed(int8, count, set_name),
        "reliability": stated, "thresholds": thresholds}
    write_card(package, facts, half, int8, {
        "at_threshold": {"alone": best, "flips": next(r for r in with_flips if r["threshold"] == best["threshold"])},
        "best_with_flips": max(with_flips, key=lambda row: row["f1"]),
        "table": each.precision_table(), "sizes": by_size(each, best["threshold"]), "curve": curve,
        "gap": (HERE / "gap.md").read_text().strip(), "side": side,
        "stages": options.stages, "last": options.last,
        "seed": options.seed, "batch": options.batch, "split_seed": options.split_seed,
        "known": len(known), "judged": len(judged), "count": count, "scenes": len(kept),
        "all_scenes": len({p.scene for p in photographs}),
        "parameters": sum(p.numel() for p in model.parameters()),
        "times": [time_of(package, name, side) for name in FILES],
        "products": np.bincount(np.concatenate([p.classes for p in judged]), minlength=CLASSES)})
    write_package(package, side, facts)
    examples = [p for p in photographs if p.name in EXAMPLES]
    write_reference(HERE / "reference.json", package, examples, side, best["threshold"])
    publish(package, options.package)
    print(f"packaged in {options.package} after {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
