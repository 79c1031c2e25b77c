"""The network as it is shipped, and its package."""

import copy

import numpy as np
import torch
from export import latency, open_session, run, write_both
from network import CLASSES, anchor_points, decode
from package import ENCODER_ATTRIBUTION, tensor_summary, write_golden, write_json, write_manifest
from photographs import MEAN, STD
from quick import plain
from torch import nn
from torch.nn import functional as F
from wording import ATTRIBUTION, LICENCE, PRODUCT, WORDS, labels

import findings


class Maps(nn.Module):
    """A shared layer with its norm folded in: one convolution over the maps of all levels."""

    def __init__(self, shared):
        super().__init__()
        norm, old = shared.norm, shared.convolution
        scale = norm.weight * (norm.running_var + norm.eps).rsqrt()
        self.convolution = nn.Conv2d(old.in_channels, old.out_channels, 3, padding=1)
        self.convolution.weight.data = (old.weight * scale[:, None, None, None]).detach()
        self.convolution.bias.data = (norm.bias - norm.running_mean * scale).detach()

    def forward(self, maps):
        return [F.relu6(self.convolution(m)) for m in maps]


class Answer(nn.Module):
    """What the package gives: boxes in pixels, scores and the product score, calibrated by `curve`.

    Raw: product = sigmoid(logit), scores = product * softmax(class logits); then of each
    sigmoid(gain * logit(raw) + shift).
    """

    def __init__(self, side, curve):
        super().__init__()
        points, strides = anchor_points(side, side)
        self.register_buffer("points", points)
        self.register_buffer("strides", strides)
        self.gain, self.shift = (float(v) for v in curve)

    def calibrated(self, raw):
        raw = raw.clamp(1e-6, 1 - 1e-6)
        return torch.sigmoid((torch.log(raw) - torch.log(1 - raw)) * self.gain + self.shift)

    def forward(self, logits, distances):
        product = torch.sigmoid(logits[..., -1:])
        scores = product * torch.softmax(logits[..., :-1], -1)
        boxes = decode(distances, self.points, self.strides)
        return boxes, self.calibrated(scores), self.calibrated(product)


class Shipped(nn.Module):
    """The network as it is exported: norms folded, answers decoded."""

    def __init__(self, detector, side, curve=(1.0, 0.0)):
        super().__init__()
        self.detector = copy.deepcopy(detector).eval()
        plain(self.detector.encoder)
        for branch in (self.detector.class_branch, self.detector.box_branch):
            for i, layer in enumerate(branch):
                branch[i] = Maps(layer)
        self.answer = Answer(side, curve)

    def forward(self, image):
        return self.answer(*self.detector(image))


# Kept in float32 in the int8 file: the last layers and what is worked out from them.
FLOAT_NODES = ("/classes", "/product", "/distance", "/detector/Concat", "/detector/Reshape",
               "/detector/Transpose", "/answer")


def ship(detector, side, curve, package, samples, work):
    """Writes `model.onnx` and `model.int8.onnx`; `samples` are prepared training pictures."""
    names = ["boxes", "scores", "product"]
    write_both(Shipped(detector, side, curve), package, [torch.zeros(1, 3, side, side)], ["image"],
               names, {name: {0: "batch"} for name in ["image", *names]},
               [{"image": x} for x in samples], work, exclude=FLOAT_NODES)


def synthetic_image(side, seed=24):
    """A drawn shelf of plain boxes and tins: no picture of the data set."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side] / side
    value = np.stack([0.55 + 0.2 * y, 0.5 + 0.1 * x, 0.45 + 0.15 * (1 - y)])
    for row in range(2):
        left = 0.05
        while left < 0.85:
            width, height = random.uniform(0.1, 0.2), random.uniform(0.2, 0.38)
            bottom = 0.48 + 0.48 * row
            inside = (x > left) & (x < left + width) & (y < bottom) & (y > bottom - height)
            band = inside & (y > bottom - 0.6 * height) & (y < bottom - 0.25 * height)
            value[:, inside] = random.uniform(0.1, 0.95, (3, 1))
            value[:, band] = random.uniform(0.1, 0.95, (3, 1))
            left += width + random.uniform(0.01, 0.05)
    value = np.clip(value + random.normal(0, 0.01, value.shape), 0, 1)
    return ((value - MEAN) / STD).astype(np.float32)[None]


def time_of(package, name, side):
    """Milliseconds for one picture on two threads."""
    return latency(package / name, {"image": np.zeros((1, 3, side, side), np.float32)})


def find(session, pixels, side, threshold):
    """A file's findings in a picture, in pixels of the picture; and those with its mirror image."""
    image, geometry = findings.letterbox(pixels, side)
    out, turned = (run(session, {"image": x.numpy()}) for x in (image, image.flip(3)))
    boxes, labels_, scores, product, _ = findings.detections(
        out["boxes"][0], out["scores"][0], out["product"][0], threshold)
    return ((findings.back(boxes, geometry, pixels), labels_, scores, product),
            findings.with_mirror(out, turned, "scores", geometry, pixels, side, threshold))


def write_reference(path, package, pictures, side, threshold, root="grocery-detect/images"):
    """Prepared tensors and findings of a few named pictures, for the application's tests."""
    session, listed = open_session(package / "model.onnx"), []
    ids = [entry["id"] for entry in labels()]
    for picture in pictures:
        image, _ = findings.letterbox(picture.pixels, side)
        pins = [(0, c, int(side * v), int(side * u))
                for c, v, u in ((0, 0.02, 0.5), (0, 0.5, 0.5), (1, 0.41, 0.37), (2, 0.63, 0.71))]
        found, flips = find(session, picture.pixels, side, threshold)
        listed.append({
            "file": f"{root}/{picture.name}.jpg", "input": tensor_summary(image.numpy(), pins),
            "detections": [{"label": ids[k], "score": round(float(s), 4), "product": round(float(p), 4),
                            "box": [round(float(v), 2) for v in b]} for b, k, s, p in zip(*found)],
            "flips": {"detections": [{"label": ids[k], "score": round(float(s), 4),
                                      "box": [round(float(v), 2) for v in b]} for b, k, s in zip(*flips)]},
            "truth": [{"label": ids[k], "box": [round(float(v), 1) for v in b]}
                      for b, k in zip(picture.boxes, picture.classes)]})
    write_json(path, {"threshold": threshold, "nmsIou": findings.NMS_IOU,
                      "boxes": "x1 y1 x2 y2 in pixels of the picture", "pictures": listed})


def write_package(package, side, facts):
    """Golden tensors and manifest; `facts` holds the figures."""
    golden, weights = write_golden(package, {"image": synthetic_image(side)}, [
        {"precision": "float16", "file": "model.onnx",
         "tolerance": {"absolute": 0.02, "relative": 0.01}, "metrics": facts["metrics"]},
        {"precision": "int8", "file": "model.int8.onnx",
         "tolerance": {"absolute": 0.5, "relative": 0.15}, "metrics": facts["int8_metrics"]}])
    limits = {k: [text.format(side=side) for text in v] for k, v in WORDS["limits"].items()}
    ids = [entry["id"] for entry in labels()]
    write_manifest(package, {
        "id": "grocery-detector", "version": facts["version"], "name": WORDS["name"],
        "summary": WORDS["summary"], "task": "detection",
        "fits": {"domain": "retail", "modalities": [], "photometric": [], "colour": "colour",
                 "bodyParts": []},
        "input": {
            "name": "image", "layout": "NCHW", "type": "float32", "channels": {"kind": "rgb"},
            "size": {"policy": "letterbox", "rows": side, "columns": side, "fill": findings.FILL,
                     "align": "centre", "filter": "antialias"},
            "intensity": {"kind": "scale", "divisor": 255, "mean": [MEAN], "std": [STD]}},
        "outputs": [{
            "decode": "boxes", "boxes": {"name": "boxes", "format": "xyxy", "unit": "pixels"},
            "scores": {"name": "scores", "activation": "none", "background": None},
            "labels": ids[:CLASSES],
            "agnostic": {"name": "product", "activation": "none", "label": PRODUCT},
            "nms": {"iou": findings.NMS_IOU, "acrossLabels": False, "maxDetections": findings.MOST}}],
        "weights": weights, "golden": golden, "labels": labels(),
        "operatingPoint": {"threshold": facts["threshold"], "chosen": facts["chosen"]},
        "licence": LICENCE, "attribution": f"{ATTRIBUTION} {ENCODER_ATTRIBUTION}",
        "trainingData": facts["training_data"], "intendedUse": WORDS["intendedUse"], "limits": limits,
        "metrics": facts["metrics"], "reliability": facts["reliability"],
        "thresholds": facts["thresholds"]})
