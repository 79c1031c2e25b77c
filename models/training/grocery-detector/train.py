"""Trains, judges and packages `grocery-detector` with one command.

    python train.py

A fifth of the scenes is held out, the network is trained on the rest and judged; then it is trained
on for a few steps with every picture, and that network is packaged (`--last 0` packages the judged
one).  Finished runs are kept in the work folder and not repeated; delete it to start afresh.
"""

import argparse
import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "common"))

import numpy as np
import torch
from calibration import crossed, fit
from figures import metric, reliability
from export import open_session, run
from groceries import held_out, read_classes, read_photographs
from judging import Evidence, by_size, intervals, match, trade_off
from learning_loop import train
from network import CLASSES, Detector, anchor_points, decode
from packaging import ship, time_of, write_package, write_reference
from report import write_card
from wording import check_classes

import findings

REPOSITORY = HERE.parents[2]
LEAST = 0.01  # score from which findings count in the average precision


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data/grocery-detect")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/grocery-detector")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and logs")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--split-seed", type=int, default=7)
    parser.add_argument("--side", type=int, default=320, help="of the network's grid")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--last", type=int, default=400, help="further steps with every picture")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--model-version", default="1.0.0")
    return parser.parse_args()


def trained(name, photographs, options, steps, rate, start=None):
    """A network from the work folder, or trained now; and the seconds it took."""
    weights, seconds = options.work / f"{name}.pt", options.work / f"{name}.json"
    model = Detector(imagenet=False).eval()
    if not seconds.exists():
        begun = time.time()
        log = (options.work / f"{name}.log").open("a", buffering=1)

        def save(network):
            torch.save(network.state_dict(), weights)

        save(train(photographs, options, steps, rate, lambda line: print(line, file=log), save, start))
        seconds.write_text(json.dumps(time.time() - begun))
    model.load_state_dict(torch.load(weights, weights_only=True))
    return model, json.loads(seconds.read_text())


def fitted_curve(model, judged, side):
    """The calibration curve from the held-out pictures, and cross-fitted reliability."""
    points, strides = anchor_points(side, side)
    product, names, labels, right, scene = [], [], [], [], []
    for picture in judged:
        image, geometry = findings.letterbox(picture.pixels, side)
        with torch.inference_mode():
            logits, distances = model(image)
        boxes = decode(distances, points, strides)[0].numpy()
        presence, classes = logits[0, :, -1:].sigmoid().numpy(), logits[0, :, :-1].softmax(-1).numpy()
        found, label, scores, _, anchor = findings.detections(boxes, presence * classes, presence, LEAST)
        found = findings.back(found, geometry, picture.pixels)
        hit = np.zeros(len(found), bool)
        for k in np.unique(label):
            mine = label == k
            hit[mine] = match(found[mine], scores[mine], picture.boxes[picture.classes == k])[0][:, 0]
        product.append(logits[0, anchor, -1].numpy())
        names.append(logits[0, anchor, :-1].numpy())
        labels.append(label)
        right.append(hit)
        scene.append(np.full(len(label), picture.scene))
    product, names, labels, right, scene = (
        np.concatenate(v) for v in (product, names, labels, right, scene))
    stated = crossed(product, names, labels, right, scene)
    shown = stated >= 0.05
    return fit(product, names, labels, right), reliability(stated[shown], right[shown])


def judge(file, judged, side):
    """Evidence of one ONNX file: the 24 products, and products of any kind."""
    session, each, any_ = open_session(file), Evidence(CLASSES), Evidence(1)
    for picture in judged:
        image, geometry = findings.letterbox(picture.pixels, side)
        out = run(session, {"image": image.numpy()})
        boxes, scores, product = (out[n][0] for n in ("boxes", "scores", "product"))
        for evidence, values, truth in ((each, scores, picture.classes),
                                        (any_, product, np.zeros(len(picture.classes), int))):
            found, label, score, *_ = findings.detections(boxes, values, product, LEAST)
            evidence.add(picture, findings.back(found, geometry, picture.pixels), label, score, truth)
    return each, any_


def listed(found, any_, count, set_name):
    """Metrics of the manifest from figures with intervals."""
    names = ("map50", "map75", "map50-95")
    entries = [metric(n, f, count, "products", set_name) for n, f in zip(names, found)]
    return entries + [metric("product-ap50", any_[0], count, "products", set_name)]


def main():
    """The runs, then the package."""
    options, begun = arguments(), time.time()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    options.package.mkdir(parents=True, exist_ok=True)
    check_classes(read_classes(options.data))
    photographs = read_photographs(options.data)
    kept = held_out(photographs, options.split_seed)
    judged = [p for p in photographs if p.scene in kept]
    known = [p for p in photographs if p.scene not in kept]
    print(f"{len(known)} pictures to learn from, {len(judged)} of {len(kept)} scenes to judge", flush=True)

    model, seconds = trained("judged", known, options, options.steps, options.rate)
    curve, calibrated = fitted_curve(model, judged, options.side)
    samples = [findings.letterbox(p.pixels, options.side)[0].numpy() for p in known[::6]]
    trial = options.work / "judged"
    trial.mkdir(exist_ok=True)
    ship(model, options.side, curve, trial, samples, options.work)
    each, any_ = judge(trial / "model.onnx", judged, options.side)
    each8, any8 = judge(trial / "model.int8.onnx", judged, options.side)
    thresholds = trade_off(each, np.round(np.arange(0.05, 0.96, 0.05), 2))
    best = max(thresholds, key=lambda row: row["f1"])

    last = 0.0
    if options.last:
        model, last = trained("final", photographs, options, options.last, options.rate * 0.25,
                              model.state_dict())
    ship(model, options.side, curve, options.package, samples, options.work)

    count, scenes = sum(len(p.classes) for p in judged), len(kept)
    set_name = f"{len(judged)} held-out pictures of {scenes} scenes"
    figures = {"each": intervals(each), "any": intervals(any_),
               "each8": intervals(each8), "any8": intervals(any8)}
    facts = {
        "version": options.model_version, "threshold": best["threshold"],
        "chosen": f"best F1 at IoU 0.5 over all classes of the {set_name} (precision "
                  f"{best['precision']:.3f}, recall {best['recall']:.3f})",
        "training_data": f"{len(photographs) if options.last else len(known)} photographs of the UP Diliman "
                         f"24-class groceries set; figures from a network that had not seen the "
                         f"{set_name}",
        "metrics": listed(figures["each"], figures["any"], count, set_name),
        "int8_metrics": listed(figures["each8"], figures["any8"], count, set_name),
        "reliability": calibrated, "thresholds": thresholds}
    write_package(options.package, options.side, facts)
    examples = [next(p for p in photographs if p.name == n) for n in ("010012", "070124", "230174", "110034")]
    write_reference(HERE / "reference.json", options.package, examples, options.side, best["threshold"])
    write_card(options.package, facts, figures, {
        "table": each.precision_table(), "sizes": by_size(each, best["threshold"]), "curve": curve, "side": options.side,
        "steps": options.steps, "last": options.last, "seed": options.seed, "batch": options.batch,
        "split_seed": options.split_seed, "known": len(known), "judged": len(judged), "count": count,
        "scenes": scenes, "all_scenes": len({p.scene for p in photographs}), "seconds": seconds + last,
        "parameters": sum(p.numel() for p in model.parameters()),
        "time": time_of(options.package, "model.onnx", options.side),
        "time8": time_of(options.package, "model.int8.onnx", options.side),
        "products": np.bincount(np.concatenate([p.classes for p in judged]), minlength=CLASSES)})
    print(f"packaged in {options.package} after {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
