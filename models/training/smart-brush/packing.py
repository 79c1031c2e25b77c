"""The files of the package, golden tensors, manifest, reference numbers."""

import json
import subprocess
from pathlib import Path

import numpy as np
import torch

from brush import Brush, answer
from export import latency, open_session, write_both
from figures import metric
from judge import overlap
from clicks import next_click
from package import (ENCODER_ATTRIBUTION, tensor_summary, write_golden, write_json,
                     write_manifest)
from scenes import as_rgb
from slots import Slots
from views import MEAN, RADIUS, SIZE, STD, THRESHOLD
from wording import (ATTRIBUTION, INTENDED_USE, LABELS, LICENCE, LIMITS, NAME, SUMMARY)

INPUTS, OUTPUT = ("image", "prompt"), "mask"


def calibration(model, scenes, seed=3, rounds=5, batch=20):
    """Feeds of training pictures in every stage of clicking."""
    slots, feeds = Slots(scenes, batch, seed), []
    for _ in range(rounds):
        image, prompt, _ = slots.batch(SIZE)
        with torch.inference_mode():
            logits = model(image, prompt)
        feeds += [{"image": i[None].numpy(), "prompt": p[None].numpy()}
                  for i, p in zip(image, prompt)]
        slots.answer(torch.sigmoid(logits[:, 0]))
    return feeds


def write_files(model, package, scenes, work):
    """`model.onnx` and `model.int8.onnx`."""
    example = torch.zeros(2, 3, SIZE, SIZE)
    axes = {name: {0: "batch"} for name in (*INPUTS, OUTPUT)}
    write_both(model, package, (example, example.clone()), INPUTS, [OUTPUT], axes,
               calibration(model, scenes), work, exclude=FLOAT_NODES, stored=("/encoder",))


# Kept in float32 in the int8 file: the prompt's planes and the last layer. Depthwise kernels of whole numbers are slow
# in WebAssembly, so the encoder works in float32, too; its weights lie there as int8.
FLOAT_NODES = ("/prompt2", "/prompt4", "/likeness", "/head2")


def runner(path, threads=1):
    """A function for `answer` that runs a file of the package."""
    session = open_session(path, threads)
    return lambda image, prompt: session.run([OUTPUT], {"image": image, "prompt": prompt})[0]


def drawn_picture():
    """A drawn still life, 8-bit RGB [288,384,3]: two discs and a box on a shaded ground."""
    y, x = np.mgrid[:288, :384].astype(np.float64)
    value = np.stack([90 + 0.2 * x, 110 + 0.15 * y, 130 - 0.1 * x], -1)
    value += (6 * np.sin(x / 7) * np.cos(y / 9))[..., None]
    for cx, cy, radius, colour in ((120, 130, 62, (200, 70, 60)), (265, 90, 40, (240, 220, 120))):
        inside = (x - cx) ** 2 + (y - cy) ** 2 < radius ** 2
        shade = 1 - 0.3 * np.hypot(x - cx + 20, y - cy + 20) / radius
        value[inside] = (np.array(colour) * shade[..., None])[inside]
    box = (np.abs(x - 270) < 50) & (np.abs(y - 210) < 40)
    value[box] = (60, 90, 160)
    return np.rint(np.clip(value, 0, 255)).astype(np.uint8)


def golden_feeds(path):
    """The second pass on the drawn picture: two clicks and a mask before, seen from nearer."""
    brush, go = Brush(drawn_picture()), runner(path)
    for x, y, positive in ((120, 130, True), (150, 175, False)):
        brush.click(x, y, positive)
        image, prompt = (t[None].numpy() for t in brush.inputs())
        brush.take(torch.from_numpy(go(image, prompt))[0, 0])
    return {"image": image, "prompt": prompt}


def milliseconds(path, threads):
    """One pass on the CPU, the quickest of a few."""
    zeros = np.zeros((1, 3, SIZE, SIZE), np.float32)
    return latency(path, {"image": zeros, "prompt": zeros}, threads, 20)


def browser_milliseconds(path, threads):
    """One pass in WebAssembly, the quickest of a few; NaN where there is no Node.js to ask."""
    script = Path(__file__).with_name("timing.mjs")
    try:
        told = subprocess.run(["node", script, path, str(threads)], capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return float("nan")
    return json.loads(told.stdout)["best"]


def metrics_of(figures, digits=4):
    """The manifest's list from {set: summary}."""
    names = (("noc85", "clicks-to-iou-0.85"), ("within5", "share-within-5-clicks"),
             ("iou1", "iou-after-1-click"), ("iou2", "iou-after-2-clicks"),
             ("iou3", "iou-after-3-clicks"), ("iou5", "iou-after-5-clicks"))
    return [metric(word, found[key], found["objects"], "objects", f"held out, {name}", digits)
            for name, found in figures.items() for key, word in names]


def write_package(package, figures, int8_figures, reliability, thresholds, training_data, version):
    """Golden tensors and manifest; the card and both files must be there already."""
    golden, weights = write_golden(package, golden_feeds(package / "model.onnx"), [
        {"precision": "float16", "file": "model.onnx",
         "tolerance": {"absolute": 0.05, "relative": 0.02}, "metrics": metrics_of(figures)},
        {"precision": "int8", "file": "model.int8.onnx",
         "tolerance": {"absolute": 1.5, "relative": 0.25}, "metrics": metrics_of(int8_figures)}])
    write_manifest(package, {
        "id": "smart-brush", "version": version, "name": NAME, "summary": SUMMARY,
        "task": "promptable-segmentation",
        "fits": {"domain": "any", "modalities": [], "photometric": [], "colour": "any",
                 "bodyParts": []},
        "input": {
            "name": "image", "layout": "NCHW", "type": "float32", "channels": {"kind": "rgb"},
            "size": {"policy": "letterbox", "rows": SIZE, "columns": SIZE, "fill": MEAN,
                     "align": "centre", "filter": "antialias"},
            "intensity": {"kind": "scale", "divisor": 255, "mean": [MEAN], "std": [STD]},
            "prompt": {"name": "prompt", "radius": RADIUS,
                       "planes": ["positive", "negative", "previous"]}},
        "outputs": [{"decode": "prompted-mask", "name": OUTPUT, "threshold": THRESHOLD}],
        "weights": weights, "golden": golden, "labels": LABELS,
        "operatingPoint": {"threshold": THRESHOLD,
                           "chosen": "fixed before training; it is what the corrective clicks were trained with"},
        "licence": LICENCE, "attribution": f"{ATTRIBUTION} {ENCODER_ATTRIBUTION}",
        "trainingData": training_data, "intendedUse": INTENDED_USE, "limits": LIMITS,
        "metrics": metrics_of(figures), "reliability": reliability, "thresholds": thresholds})


def reference_of(case, file, object_, go, clicks=4):
    """What the shipped file makes of a few simulated clicks on one object, pass by pass."""
    brush, steps = Brush(as_rgb(case.pixels)), []
    pins = [(0, 0, 128, 128), (0, 1, 100, 60), (0, 2, 200, 190), (0, 0, 2, 128)]
    for _ in range(clicks):
        found = next_click(brush.mask, case.truth, brush.clicked)
        if found is None:
            break
        brush.click(*found)
        image, prompt = (t[None].numpy() for t in brush.inputs())
        view = brush.view
        answer([brush], go)
        last = brush.view
        steps.append({
            "click": {"x": int(found[0]), "y": int(found[1]), "positive": found[2]},
            "view": [view.x, view.y, view.side], "lastView": [last.x, last.y, last.side],
            "image": tensor_summary(image, pins),
            "prompt": {"sums": [round(float(s), 3) for s in prompt[0].sum((1, 2))]},
            "maskPixels": int(brush.mask.sum()),
            "iou": round(overlap(brush.mask, case.truth), 4)})
    return {"file": file, "object": object_, "truthPixels": int(case.truth.sum()), "clicks": steps}


def write_reference(path, package, listed):
    """reference.json for the application's tests; `listed` holds (case, file, object)."""
    go = runner(package / "model.onnx")
    write_json(path, {
        "view": "left, top, side in pixels of the picture; of the first and of the last pass of the click",
        "pins": "batch, channel, row, column of `image` in the click's first pass",
        "prompt": "sums of the planes positive, negative, previous in the click's first pass",
        "pictures": [reference_of(*entry, go) for entry in listed]})


def threshold_rows(rows, thresholds):
    """Mean overlap after the first and the third click at other thresholds."""
    table = []
    for i, threshold in enumerate(thresholds):
        found = {"threshold": threshold}
        for clicks in ("1", "3"):
            values = [r["levels"][clicks][i] for r in rows if clicks in r["levels"]]
            found[f"iouAfter{clicks}"] = round(float(np.mean(values)), 4)
        table.append(found)
    return table
