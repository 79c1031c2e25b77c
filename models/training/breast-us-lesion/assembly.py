"""Writes the package: both files, golden sample, manifest, reference numbers."""

import numpy as np
import torch
from scipy import ndimage

from export import export_plain, open_session, write_both
from figures import metric, sigmoid, softmax
from judging import MAIN, MALIGNANT, MINIMUM_AREA, class_thresholds
from network import CLASSES, SIDE
from package import ENCODER_ATTRIBUTION, tensor_summary, write_golden, write_json, write_manifest
from transforms import mask_probability, network_input
from training import MEAN, STD
from wording import ATTRIBUTION, INTENDED_USE, LABELS, LICENCE, LIMITS, NAME, SUMMARY

OUTPUTS = ("classes", "mask", "activation")
EXAMPLE = (torch.zeros(2, 1, SIDE, SIDE),)
AXES = {name: {0: "batch"} for name in ("image", *OUTPUTS)}
REFERENCES = ("benign_benign15.png", "malignant_malignant10.png", "normal_normal9.png")


def write_files(model, folder, pictures, work, seed=0, samples=96):
    """`model.onnx` and `model.int8.onnx`, calibrated on random training pictures."""
    picked = np.random.default_rng(seed).permutation(len(pictures))[:samples]
    feeds = [{"image": network_input(pictures[i].pixels)} for i in picked]
    write_both(model, folder, EXAMPLE, ["image"], OUTPUTS, AXES, feeds, work)


def write_plain(model, path):
    """The network alone, in float32."""
    export_plain(model, EXAMPLE, path, ["image"], OUTPUTS, AXES)


def synthetic_picture(seed=20):
    """Speckle in layers with a dark ellipse and its shadow, drawn by code."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:SIDE, :SIDE]
    layers = ndimage.gaussian_filter(random.normal(size=(SIDE, SIDE)), (2, 9))
    value = 0.42 - 0.25 * y / SIDE + 0.09 * layers / layers.std()
    inside = ((y - 110) / 34) ** 2 + ((x - 132) / 48) ** 2
    value -= 0.3 / (1 + np.exp((inside - 1) * 8))
    value -= 0.12 * ((np.abs(x - 132) < 40) & (y > 140))
    speckle = ndimage.gaussian_filter(random.exponential(size=(SIDE, SIDE)), 0.8)
    return np.rint(np.clip(value * (0.6 + 0.4 * speckle), 0, 1) * 255).astype(np.uint8)


def metrics_of(found, flips, judged):
    """The manifest's list from {name: ((value, interval), n)}; the main ones also with mirror images."""
    alone = [metric(name, pair, count, "pictures", judged) for name, (pair, count) in found.items()]
    return alone + [metric(f"{name}-flips", flips["figures"][name][0], found[name][1], "pictures", judged,
                           gained=flips["gains"][name]) for name in MAIN]


def write_package(package, decisions, figures, flips, cross, predictions, version):
    """Golden sample and manifest; the card and the files must be there already."""
    judged = (f"{len(predictions.pictures)} pictures in {len(set(predictions.groups))} "
              "near-duplicate groups, each judged by a network of the same recipe that had not "
              "seen its group")
    feeds = {"image": network_input(synthetic_picture())}
    golden, weights = write_golden(package, feeds, [
        {"precision": "float16", "file": "model.onnx",
         "tolerance": {"absolute": 0.02, "relative": 0.02},
         "metrics": metrics_of(figures["float16"], flips["float16"], judged)},
        {"precision": "int8", "file": "model.int8.onnx",
         "tolerance": {"absolute": 0.5, "relative": 0.1},
         "metrics": metrics_of(figures["int8"], flips["int8"], judged)},
    ])
    write_manifest(package, {
        "id": "breast-us-lesion", "version": version, "name": NAME, "summary": SUMMARY,
        "task": "classification",
        "fits": {"domain": "medical", "modalities": ["US"],
                 "photometric": ["MONOCHROME1", "MONOCHROME2", "RGB"], "colour": "any",
                 "bodyParts": ["BREAST"]},
        "input": {
            "name": "image", "layout": "NCHW", "type": "float32",
            "channels": {"kind": "grey", "count": 1},
            "size": {"policy": "resize", "rows": SIDE, "columns": SIDE, "filter": "antialias"},
            "intensity": {"kind": "scale", "divisor": 255, "mean": [MEAN], "std": [STD]},
        },
        "outputs": [
            {"decode": "softmax", "name": "classes", "labels": list(CLASSES),
             "activation": "softmax"},
            {"decode": "sigmoid-mask", "name": "mask", "labels": ["breast-lesion"],
             "threshold": decisions.mask_threshold},
            {"decode": "activation-map", "name": "activation", "of": "classes",
             "labels": list(CLASSES)},
        ],
        "labels": LABELS,
        "operatingPoint": {
            "threshold": decisions.threshold, "label": "malignant",
            "chosen": "highest probability (in hundredths, rounded down) that finds 93 % of the "
                      "malignant pictures in the out-of-fold predictions"},
        "postprocess": {"minAreaPx": MINIMUM_AREA},
        "weights": weights, "golden": golden,
        "licence": LICENCE, "attribution": f"{ATTRIBUTION} {ENCODER_ATTRIBUTION}",
        "trainingData": f"{len(predictions.pictures)} breast ultrasound pictures "
                        "(Al-Dhabyani et al. 2020); figures from grouped cross-validation",
        "intendedUse": INTENDED_USE, "limits": LIMITS,
        "metrics": metrics_of(figures["float16"], flips["float16"], judged),
        "reliability": cross["top"],
        "thresholds": class_thresholds(predictions, decisions),
    })


def write_reference(path, package, pictures, decisions):
    """What the shipped file makes of a few pictures: numbers for the application's tests."""
    session = open_session(package / "model.onnx")
    entries = []
    for name in REFERENCES:
        picture = next(p for p in pictures if p.name == name)
        image = network_input(picture.pixels)
        classes, mask, activation = session.run(list(OUTPUTS), {"image": image})
        probability = softmax(classes)[0]
        marked = mask_probability(sigmoid(mask), picture.pixels.shape) >= decisions.mask_threshold
        rows, columns = np.nonzero(marked)
        box = [int(v) for v in (columns.min(), rows.min(), columns.max(), rows.max())] \
            if marked.any() else None
        entries.append({
            "image": f"busi/images/{name}",
            "input": tensor_summary(image, [(0, 0, 40, 50), (0, 0, 128, 128), (0, 0, 200, 30)]),
            "probabilities": {c: round(float(p), 5) for c, p in zip(CLASSES, probability)},
            "malignantCalled": bool(probability[MALIGNANT] >= decisions.threshold),
            "maskPixels": int(marked.sum()), "maskBox": box,
            "activation": tensor_summary(activation, [(0, 0, 3, 3), (0, 1, 5, 5), (0, 2, 8, 2)]),
        })
    write_json(path, {
        "note": "the shipped model.onnx on ONNX Runtime's CPU; images relative to shared/data; "
                "maskPixels before regions below minAreaPx are dropped; maskBox is x0, y0, x1, y1, "
                "all inclusive",
        "threshold": decisions.threshold, "maskThreshold": decisions.mask_threshold,
        "pictures": entries})
