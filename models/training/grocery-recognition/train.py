"""Trains, judges and packages `grocery-recognition` with one command.

    python train.py

Trained on the official train part and the iconic pictures, judged on the val part.  The
last runs are done a second time with the val part added: that network is packaged.
Finished runs are kept in the work folder and not repeated; delete it to start afresh.
"""

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent / "common"))

import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import judging  # noqa: E402
from export import latency  # noqa: E402
from figures import fit_temperature, softmax, top_label_reliability  # noqa: E402
from fitting import FROZEN, fit, load, logits_of  # noqa: E402
from labels import PACKAGED  # noqa: E402
from network import folded  # noqa: E402
from package import publish, write_json  # noqa: E402
from packing import predictions, reference, write_files, write_package  # noqa: E402
from photographs import cached_pixels, normalise, prepare_all, read_groceries, read_rgb  # noqa: E402
from report import write_card  # noqa: E402

REPOSITORY = HERE.parents[2]
CACHED = 240  # pixels of a side in memory; most of the pictures have just these


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data/grocery-store")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/grocery-recognition")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and cached pixels")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plan", default="160:1100,192:450,224:350",
                        help="side of the training views : steps of 32 views, ...")
    parser.add_argument("--again", default="192:300,224:300", help="the like, going on from there")
    parser.add_argument("--calm", default="224:180", help="the like, going on from there with milder views")
    parser.add_argument("--only", choices=("judged", "shipped"), help="train this network and stop")
    parser.add_argument("--side", type=int, default=224, help="pixels of the network's input")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--model-version", default="1.1.0")
    return parser.parse_args()


def material(options, groceries):
    """What `fit` needs of the data: pixels, labels, which are held out, mirroring, parents."""
    count = len(groceries.names)
    return {
        "pixels": cached_pixels(groceries.paths + groceries.iconic, CACHED, options.work / "pixels.npy"),
        "labels": torch.from_numpy(np.concatenate([groceries.fine, np.arange(count)])),
        "held": torch.from_numpy(np.concatenate([groceries.held_out, np.zeros(count, bool)])),
        "mirror": torch.tensor([groceries.coarse_names[p] not in PACKAGED for p in groceries.parent]),
        "parent": torch.from_numpy(groceries.parent),
    }


def steps_of(plan):
    """The words of the command line as a list of (side, steps)."""
    return [tuple(int(n) for n in part.split(":")) for part in plan.split(",")]


def in_words(plan):
    """A plan for the card."""
    return ", ".join(f"{count} steps at {side} pixels" for side, count in steps_of(plan))


def train(options, groceries, all_pictures):
    """A network: the mean of three sets of weights.

    The first comes from the common run without the val part; from it two runs go on, without
    the val part or with it: one warm again with the same strong views, one calm with milder
    views.  Each is taken from the work folder if it is there.
    """
    m = None
    name = "shipped" if all_pictures else "judged"
    common = options.work / "common.pt"
    stages = (("common", False, options.plan, options.seed, {}),
              (f"{name}-again", all_pictures, options.again, options.seed + 10,
               {"rates": (3e-4, 1.5e-3), "start": common}),
              (f"{name}-calm", all_pictures, options.calm, options.seed + 1,
               {"rates": (2e-4, 8e-4), "start": common, "calm": True}))
    for stage, everything, plan, seed, more in stages:
        weights, partial = options.work / f"{stage}.pt", options.work / f"{stage}.partial.pt"
        if weights.exists():
            continue
        m = m or material(options, groceries)
        kept = torch.ones_like(m["held"]) if everything else ~m["held"]
        fit(m["pixels"][kept], m["labels"][kept], m["mirror"], m["parent"], steps_of(plan), seed,
            partial, None if everything else reporter(m, options.side), **more)
        partial.rename(weights)
    return load([options.work / f"{stage[0]}.pt" for stage in stages], len(groceries.names))


def reporter(m, side):
    """A function that tells how well a network does on the val part."""
    truth, parent = m["labels"][m["held"]], m["parent"]
    val = normalise(F.interpolate(m["pixels"][m["held"]].float(), size=(side, side), mode="bilinear",
                                  antialias=True, align_corners=False))

    def report(model):
        found = logits_of(model, val).argmax(1)
        return (f"val {(found == truth).float().mean():.3f} "
                f"coarse {(parent[found] == parent[truth]).float().mean():.3f}")

    return report


def files_of(folder):
    """The two files of a network."""
    return {"half": folder / "model.onnx", "int8": folder / "model.int8.onnx"}


def evidence_of(logits, turned, truth, parent):
    """Figures of one file: of the pictures alone, with their mirror images, and what these gain."""
    both = judging.with_mirror(logits, turned)
    return {"alone": judging.accuracies(logits, truth, parent),
            "flips": judging.accuracies(both, truth, parent),
            "gains": judging.gains(logits, both, truth, parent)}


def main():
    """Training, figures, both files, card and manifest."""
    options, started = arguments(), time.time()
    torch.set_num_threads(1 if options.only else options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    package = options.work / "package"
    groceries = read_groceries(options.data)
    if options.only:
        train(options, groceries, options.only == "shipped")
        return
    model = train(options, groceries, False)
    held = np.flatnonzero(groceries.held_out)
    paths, truth = [groceries.paths[i] for i in held], groceries.fine[held]
    images = prepare_all(paths, options.side)
    plain = logits_of(model, images).numpy()
    temperature = fit_temperature(plain, truth)

    random = np.random.default_rng(options.seed)
    training = np.flatnonzero(~groceries.held_out)
    samples = prepare_all([groceries.paths[i] for i in random.choice(training, 96, replace=False)],
                          options.side)
    judged = options.work / "judged"
    write_files(folded(model, temperature), judged, options.work, samples, options.side)
    logits = {k: predictions(path, images)["classes"] for k, path in files_of(judged).items()}
    turned = {k: predictions(path, images.flip(3))["classes"] for k, path in files_of(judged).items()}
    shipped = folded(train(options, groceries, True), temperature)
    write_files(shipped, package, options.work, samples, options.side)
    files = files_of(package)
    evidence = {k: evidence_of(v, turned[k], truth, groceries.parent) for k, v in logits.items()}
    threshold = judging.chosen_threshold(logits["half"], truth, groceries.parent)
    one = {"image": images[:1].numpy()}
    facts = {
        "part": f"{len(held)} pictures of the official val part, by a network that was not trained on them",
        "count": len(held), "classes": len(set(truth)), "side": options.side,
        "plan": in_words(options.plan), "again": in_words(options.again),
        "calm": in_words(options.calm),
        "frozen": FROZEN, "training_count": len(training),
        "training_data": f"{len(training)} photographs (official train part) and 81 iconic pictures of "
                         f"GroceryStoreDataset, in the last runs also the {len(held)} of the val part; "
                         "figures from a network that did the last runs without them",
        "parameters": sum(p.numel() for p in shipped.parameters()),
        "bytes": {k: path.stat().st_size for k, path in files.items()},
        "latency": {k: latency(path, one) for k, path in files.items()},
        "changed": float((logits["half"].argmax(1) != logits["int8"].argmax(1)).mean()),
        "temperature": temperature,
        "reliability": top_label_reliability(softmax(logits["half"].astype(float)), truth),
        "untempered": top_label_reliability(softmax(plain.astype(float)), truth)["ece"],
        "crossed": judging.crossed_calibration(plain, truth),
        "threshold": threshold,
        "thresholds": judging.threshold_rows(logits["half"], truth, groceries.parent,
                                             sorted({*judging.THRESHOLDS, threshold})),
        "confusions": judging.confusions(logits["half"], truth, groceries.names),
        "sides": {side: float((logits_of(model, prepare_all(paths, side)).argmax(1).numpy() == truth).mean())
                  for side in (192, 224, 240, 256)},
    }
    write_card(package / "card.md", facts, evidence)
    write_package(package, groceries, facts, evidence, options.side, options.model_version)
    oblong = next(i for i, p in enumerate(groceries.paths) if len({*read_rgb(p).shape[:2]}) == 2)
    chosen = [held[0], held[len(held) // 3], held[2 * len(held) // 3], oblong]
    write_json(HERE / "reference.json", reference(package, groceries, chosen, options.side, threshold))
    for file, found in evidence.items():
        print(file, {k: {n: round(v[0], 4) for n, v in figures.items()} for k, figures in found.items()})
    print({k: facts[k] for k in ("temperature", "threshold", "bytes", "latency", "changed", "sides")})
    print(f"ece {facts['reliability']['ece']} crossed {facts['crossed']['ece']} before {facts['untempered']}")
    publish(package, options.package)
    print(f"packaged in {options.package} after {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
