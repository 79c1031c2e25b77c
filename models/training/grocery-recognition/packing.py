"""The package: both files, golden sample, reference numbers, manifest."""

import numpy as np
import torch

from export import open_session, run, write_both
from figures import metric, softmax
from judging import WANTED_PRECISION, grouped, with_mirror
from labels import manifest_labels, slug
from package import ENCODER_ATTRIBUTION, tensor_summary, write_golden, write_manifest
from photographs import MEAN, STD, normalise, prepare, read_rgb
from wording import INTENDED_USE, LICENCE, LIMITS, NAME, SUMMARY, DATA_ATTRIBUTION

OUTPUTS = ("classes", "activation")
AXES = {"image": {0: "batch"}, "classes": {0: "batch"}, "activation": {0: "batch"}}
PINS = ((0, 0, 0, 0), (0, 1, 100, 60), (0, 2, 223, 223), (0, 0, 37, 180))


def synthetic_picture(side, seed=11):
    """A crate of coloured discs on grey: drawn by code, shows no real product."""
    random = np.random.default_rng(seed)
    picture = np.full((side, side, 3), 90.0) + random.normal(0, 6, (side, side, 1))
    y, x = np.mgrid[:side, :side]
    for _ in range(40):
        row, column, radius = random.uniform(0, side, 2).tolist() + [random.uniform(12, 26)]
        distance = np.hypot(y - row, x - column) / radius
        shade = np.array([200, 140, 40]) * random.uniform(0.7, 1.2, 3)
        picture = np.where((distance < 1)[..., None], shade * (1.1 - 0.5 * distance[..., None]), picture)
    return normalise(torch.from_numpy(picture.clip(0, 255).astype("f4")).permute(2, 0, 1)[None]).numpy()


def write_files(network, package, work, calibration, side):
    """model.onnx and model.int8.onnx; `calibration` are prepared training pictures."""
    samples = [{"image": part[None].numpy()} for part in calibration]
    return write_both(network, package, [torch.zeros(1, 3, side, side)], ["image"], OUTPUTS, AXES,
                      samples, work)


def predictions(path, images):
    """The outputs of a file for prepared pictures."""
    return run(open_session(path), {"image": images.numpy()}, batch=16)


METRICS = {"fine": "top-1-fine", "top5": "top-5-fine", "coarse": "top-1-coarse",
           "per_class": "mean-class-accuracy"}


def metrics_of(found, count, part):
    """The manifest's metrics of one file: those of each picture alone, then those with its mirror image."""
    alone = [metric(name, found["alone"][key], count, "pictures", part) for key, name in METRICS.items()]
    return alone + [metric(f"{name}-flips", found["flips"][key], count, "pictures", part,
                           gained=found["gains"][key]) for key, name in METRICS.items()]


def said(probability, groceries):
    """The likeliest labels and the likeliest group of one picture's probabilities."""
    coarse = grouped(probability[None], groceries.parent)[0]
    return {"classes": {slug(groceries.names[i]): round(float(probability[i]), 5)
                        for i in np.argsort(-probability)[:5]},
            "group": {"id": slug(groceries.coarse_names[coarse.argmax()]),
                      "probability": round(float(coarse.max()), 5)}}


def reference(package, groceries, chosen, side, threshold):
    """Prepared tensors and findings of named pictures, for the application's tests."""
    session, found = open_session(package / "model.onnx"), []
    for index in chosen:
        path = groceries.paths[index]
        image = prepare(read_rgb(path), side).numpy()
        result = run(session, {"image": image})
        turned = run(session, {"image": np.ascontiguousarray(image[..., ::-1])})["classes"]
        probability = softmax(result["classes"].astype(np.float64))[0]
        best = int(probability.argmax())
        found.append({
            "picture": str(path.relative_to(groceries.folder.parent)),
            "image": tensor_summary(image, PINS),
            **said(probability, groceries),
            "flips": said(softmax(with_mirror(result["classes"], turned))[0], groceries),
            "truth": slug(groceries.names[groceries.fine[index]]),
            "sure": bool(probability[best] >= threshold),
            "activation": tensor_summary(result["activation"][:, best:best + 1], ((0, 0, 3, 3), (0, 0, 0, 6))),
            "logit": round(float(result["classes"][0, best]), 4),
        })
    return {"threshold": threshold, "pictures": found}


def write_package(package, groceries, facts, evidence, side, version):
    """Golden sample and manifest, once the card is there."""
    labels, groups = manifest_labels(groceries)
    ids = [label["id"] for label in labels]
    part, count = facts["part"], facts["count"]
    golden, weights = write_golden(package, {"image": synthetic_picture(side)}, [
        {"precision": "float16", "file": "model.onnx", "tolerance": {"absolute": 0.02, "relative": 0.02},
         "metrics": metrics_of(evidence["half"], count, part)},
        {"precision": "int8", "file": "model.int8.onnx", "tolerance": {"absolute": 1.0, "relative": 0.1},
         "metrics": metrics_of(evidence["int8"], count, part)}])
    write_manifest(package, {
        "id": "grocery-recognition", "version": version, "name": NAME, "summary": SUMMARY,
        "task": "classification",
        "fits": {"domain": "retail", "modalities": [], "photometric": [], "colour": "colour",
                 "bodyParts": []},
        "input": {"name": "image", "layout": "NCHW", "type": "float32", "channels": {"kind": "rgb"},
                  "size": {"policy": "resize", "rows": side, "columns": side, "filter": "antialias"},
                  "intensity": {"kind": "scale", "divisor": 255, "mean": [MEAN], "std": [STD]}},
        "outputs": [
            {"decode": "softmax", "name": "classes", "labels": ids, "activation": "softmax"},
            {"decode": "activation-map", "name": "activation", "of": "classes", "labels": ids}],
        "labels": labels, "groups": groups,
        "operatingPoint": {
            "threshold": facts["threshold"],
            "chosen": f"lowest confidence (steps of 0.05) at which {WANTED_PRECISION:.0%} of the named "
                      f"pictures are right; chosen on {part}; below it the app is not sure"},
        "weights": weights, "golden": golden,
        "licence": LICENCE, "attribution": f"{DATA_ATTRIBUTION} {ENCODER_ATTRIBUTION}",
        "trainingData": facts["training_data"],
        "intendedUse": INTENDED_USE, "limits": LIMITS,
        "metrics": metrics_of(evidence["half"], count, part),
        "reliability": facts["reliability"], "thresholds": facts["thresholds"],
    })
