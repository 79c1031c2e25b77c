"""The package: both files, golden sample, reference numbers, manifest."""

import numpy as np
import torch

from export import open_session, run, write_both
from figures import metric
from network import DIMENSIONS
from package import ENCODER_ATTRIBUTION, tensor_summary, write_golden, write_manifest
from photographs import MEAN, STD, normalise, prepare, read_rgb
from wording import DATA_ATTRIBUTION, INTENDED_USE, LICENCE, LIMITS, NAME, SUMMARY

PINS = ((0, 0, 0, 0), (0, 1, 100, 60), (0, 2, 223, 223), (0, 0, 37, 180))
AXES = {"image": {0: "batch"}, "embedding": {0: "batch"}}


def synthetic_picture(side, seed=5):
    """Coloured bars and waves, drawn by code: shows nothing real."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side] / side
    picture = np.stack([120 + 90 * np.sin(2 * np.pi * (a * x + b * y)) * np.cos(3 * np.pi * c * y)
                        for a, b, c in random.uniform(0.5, 3, (3, 3))], -1)
    for _ in range(12):
        top, left, high, wide = random.uniform(0, 0.8, 2).tolist() + random.uniform(0.05, 0.3, 2).tolist()
        inside = (y > top) & (y < top + high) & (x > left) & (x < left + wide)
        picture[inside] = 0.3 * picture[inside] + 0.7 * random.uniform(0, 255, 3)
    picture += random.normal(0, 5, picture.shape)
    return normalise(torch.from_numpy(picture.clip(0, 255).astype("f4")).permute(2, 0, 1)[None]).numpy()


def write_files(network, package, work, calibration, side):
    """model.onnx and model.int8.onnx; `calibration` are prepared training pictures."""
    samples = [{"image": part[None].numpy()} for part in calibration]
    return write_both(network, package, [torch.zeros(2, 3, side, side)], ["image"], ["embedding"], AXES,
                      samples, work)


def metrics_of(found, counts):
    """The manifest's metrics: {name: ((value, interval), set)}."""
    return [metric(name, pair, counts[name], "pictures", words) for name, (pair, words) in found.items()]


def reference(package, folder, names, side):
    """Prepared tensors, vectors and similarities of named pictures, for the application's tests."""
    session = open_session(package / "model.onnx")
    images = [prepare(read_rgb(folder / name), side).numpy() for name in names]
    vectors = np.concatenate([run(session, {"image": image})["embedding"] for image in images])
    return {
        "pictures": [{"picture": name, "image": tensor_summary(image, PINS),
                      "embedding": [round(float(v), 5) for v in vector[:8]],
                      "length": round(float(np.linalg.norm(vector)), 5)}
                     for name, image, vector in zip(names, images, vectors)],
        "similarity": [[round(float(v), 4) for v in row] for row in vectors @ vectors.T],
    }


def write_package(package, facts, evidence, counts, side, version):
    """Golden sample and manifest, once the card is there."""
    golden, weights = write_golden(package, {"image": synthetic_picture(side)}, [
        {"precision": "float16", "file": "model.onnx", "tolerance": {"absolute": 0.005, "relative": 0.02},
         "metrics": metrics_of(evidence["half"], counts)},
        {"precision": "int8", "file": "model.int8.onnx", "tolerance": {"absolute": 0.06, "relative": 0.1},
         "metrics": metrics_of(evidence["int8"], counts)}])
    write_manifest(package, {
        "id": "visual-embedding", "version": version, "name": NAME, "summary": SUMMARY,
        "task": "embedding",
        "fits": {"domain": "any", "modalities": [], "photometric": [], "colour": "any", "bodyParts": []},
        "input": {"name": "image", "layout": "NCHW", "type": "float32", "channels": {"kind": "rgb"},
                  "size": {"policy": "resize", "rows": side, "columns": side, "filter": "antialias"},
                  "intensity": {"kind": "scale", "divisor": 255, "mean": [MEAN], "std": [STD]}},
        "outputs": [{"decode": "embedding", "name": "embedding", "dimensions": DIMENSIONS,
                     "normalise": False}],
        "labels": [], "groups": [],
        "operatingPoint": {"threshold": facts["threshold"], "chosen": facts["chosen"]},
        "weights": weights, "golden": golden,
        "licence": LICENCE, "attribution": f"{DATA_ATTRIBUTION} {ENCODER_ATTRIBUTION}",
        "trainingData": facts["training_data"],
        "intendedUse": INTENDED_USE, "limits": LIMITS,
        "metrics": metrics_of(evidence["half"], counts),
        "thresholds": facts["thresholds"],
    })
