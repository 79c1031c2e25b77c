"""The model card."""

import numpy as np
import onnxruntime
import torch
from card import change, figure, reliability_table, span, table, thresholds_table, versions
from package import ENCODER_ATTRIBUTION
from wording import ATTRIBUTION, NAMES, WORDS


def class_lines(values, products):
    """AP50 and AP50-95 of every class, weakest first."""
    order = np.argsort(np.nan_to_num(values[:, 0], nan=2))
    return table(["product", "held-out products", "AP50", "AP50-95"], [
        [NAMES[k][1], int(products[k]), f"{values[k, 0]:.3f}", f"{values[k].mean():.3f}"] for k in order])


TITLES = {"map50": "mAP50", "map75": "mAP75", "map50-95": "mAP50-95", "product-ap50": "AP50 of `product`"}


def figure_lines(half, int8):
    """The main figures of both files."""
    return table(["", "`model.onnx`", "`model.int8.onnx`", "loss of int8"], [
        [title, figure(half[name]["alone"]), figure(int8[name]["alone"]),
         f"{half[name]['alone'][0] - int8[name]['alone'][0]:+.3f}"] for name, title in TITLES.items()])


def flip_lines(half):
    """What averaging with the mirror image gains or loses."""
    return table(["", "with the mirror image", "gain"],
                 [[title, figure(half[name]["flips"]), change(half[name]["gain"])] for name, title in TITLES.items()])


def marks(half):
    """Says whether the marks of 0.85 and 0.60 are reached."""
    lines = []
    for name, mark in (("map50", 0.85), ("map50-95", 0.60)):
        value, interval = half[name]["alone"]
        word = "reached" if value >= mark else "**missed**"
        lines.append(f"{TITLES[name]} {mark:.2f}: {word} ({value:.3f}; 95 % interval {span(interval)}).")
    return " ".join(lines)


def write_card(package, facts, half, int8, details):
    """card.md: purpose, figures, method, limits."""
    d, sizes = details, (package / "model.onnx", package / "model.int8.onnx")
    megabytes = [f"{p.stat().st_size / 1e6:.2f} MB" for p in sizes]
    shipped = (
        f"**The network that is shipped is the judged one, trained {d['last']} steps further at a lower rate "
        "with every picture, the held-out ones included; it has itself not been judged on unseen pictures.**"
        if d["last"] else "The network that is shipped is the judged one.")
    gain, shift = d["curve"]
    alone, with_flips = d["at_threshold"]["alone"], d["at_threshold"]["flips"]
    size_lines = table(["size, share of the longer side", "products", "found"], [
        [f"{low:g} to {high:g}", n, f"{r:.2f}"] for low, high, n, r in d["sizes"]])
    limits = "\n".join(f"- {text.format(side=d['side'])}" for text in WORDS["limits"]["en"])
    (package / "card.md").write_text(f"""# Grocery detector, 24 products (`grocery-detector`)

{WORDS['intendedUse']['en']}

## In brief

{figure_lines(half, int8)}

Means over classes as COCO defines them (101 recall points, IoU 0.50 to 0.95), of {d['count']} products in
{d['judged']} held-out pictures; 95 % bootstrap intervals over {d['scenes']} scenes.

| | |
| --- | --- |
| parameters | {d['parameters'] / 1e6:.2f} million; {megabytes[0]} with float16 weights, {megabytes[1]} int8 |
| time for one picture, two CPU threads, at best | {d['times'][0]:.0f} ms; int8 {d['times'][1]:.0f} ms |
| input | RGB, letterbox {d['side']} x {d['side']} in the middle, border 0.5, `image` [N,3,{d['side']},{d['side']}] |
| output | `boxes` [N,A,4] in pixels of the grid, `scores` [N,A,24], `product` [N,A,1]; suppression by the application |

## Data

905 photographs of 24 products, with boxes and outlines. {ATTRIBUTION} {ENCODER_ATTRIBUTION}

Shots of one product in one place follow each other, so pictures were grouped into {d['all_scenes']} scenes (shot
numbers at most 3 apart; or at most 12 apart and alike; or thumbnails of one class that correlate at least
0.85 in any of eight turns and mirror images; or nearly the same thumbnails anywhere), and a fifth of each class was
held out by whole scenes before any training: {d['judged']} pictures to judge, {d['known']} to learn from.

## Method

- **Network**: EfficientNet-Lite0 from ImageNet weights, cut after the first block of stride 32; a two-way
  feature pyramid of strides 8, 16 and 32 with 64 channels; one head for the three levels with a branch for
  the class and one for box and product score. No anchors: each point gives four distances.
- **Scores**: `product` is a sigmoid, `scores` its product with a softmax over the 24 classes, so no class scores
  above `product`; both then pass one rising curve (below, Calibration).
- **Training**: each product is answered by up to nine points, chosen by score and overlap; quality focal loss
  for `product` (target: overlap), cross-entropy for the class, generalised IoU for the box. {d['stages'][0][1]} steps
  of {d['batch']} canvases of {d['stages'][0][0]} pixels (the first half of them smaller), then
  {" and ".join(f"{steps} of {side}" for side, steps in d['stages'][1:])} pixels: whole pictures, mosaics of four
  close views, products cut out along their outlines and pasted, turns of any angle with boxes from the turned
  outlines, varied light; whole pictures only at the end. AdamW, cosine, averaged weights. The first layers, the norms' statistics and the depthwise kernels keep their
  ImageNet values.

## How it was judged

The figures come from the exported files with the letterbox, suppression (IoU 0.6 within a class) and
rescaling that the application does. {shipped} Variants of the training and the size of the input were compared on the
same held-out part, so the figures are slightly optimistic.

### Operating point

Threshold {facts['threshold']}: {facts['chosen']}. It was chosen on the held-out pictures themselves.

{thresholds_table(facts['thresholds'], facts['threshold'])}

### Mirror images

`--flips` looks at the left-right mirror image as well and brings the boxes of both together (weighted boxes fusion at
IoU 0.6; what one look alone sees keeps half its score). It takes twice as long. The same pictures, `model.onnx`; the
gain's interval is drawn over both together:

{flip_lines(half)}

At the threshold {facts['threshold']}: precision {with_flips['precision']:.3f} instead of {alone['precision']:.3f}, recall {with_flips['recall']:.3f} instead of
{alone['recall']:.3f}, F1 {with_flips['f1']:.3f} instead of {alone['f1']:.3f}; the best F1 with mirror images is {d['best_with_flips']['f1']:.3f}, at {d['best_with_flips']['threshold']}.

### Calibration

Every score is sigmoid({gain:.2f} x logit(raw score) {shift:+.2f}): fitted on the held-out
findings. Expected calibration error {facts['reliability']['ece']:.3f}, cross-fitted over halves of the scenes, of all
findings with a score of 0.05 and more; a finding is right at IoU 0.5.

{reliability_table(facts['reliability'], 'findings')}

### Classes

{class_lines(d['table'], d['products'])}

### Sizes

Recall at the operating point and IoU 0.5:

{size_lines}

## How far from the aim

{marks(half)}

{d['gap']}

## Limits

{limits}

## Reproduce

`models/training/grocery-detector/train.py`, seed {d['seed']}, split seed {d['split_seed']};
{versions(np, torch, onnxruntime)}. The README there has the measured time and what was tried.
""", encoding="utf-8")
