"""Writes the model card from the figures."""

import numpy as np

from card import NOT_A_DEVICE, change, figure, reliability_table, table, thresholds_table, versions
from judging import MAIN, MINIMUM_AREA, WANTED_RECALL, mask_thresholds
from package import ENCODER_ATTRIBUTION
from training import MEAN, STD
from wording import ATTRIBUTION, LIMITS

TITLES = {
    "macro-auc": "macro AUC", "auc-benign": "AUC benign", "auc-malignant": "AUC malignant",
    "auc-normal": "AUC normal", "malignant-recall": "malignant pictures called malignant",
    "malignant-specificity": "other pictures not called malignant",
    "accuracy": "right label at the operating point",
    "accuracy-likeliest": "right label, the likeliest taken", "dice": "mean Dice of outlined lesions",
    "dice-benign": "mean Dice, benign", "dice-malignant": "mean Dice, malignant",
    "marked-normals": "normal pictures with something marked",
}


def brief(figures):
    """All figures of both files side by side."""
    rows = []
    for name, title in TITLES.items():
        (full, count), (small, _) = figures["float16"][name], figures["int8"][name]
        rows.append([title, count, figure(full), figure(small), f"{small[0] - full[0]:+.3f}"])
    return table(["", "pictures", "`model.onnx` (95 % interval)", "`model.int8.onnx`", "int8 loss"],
                 rows)


def mirror_table(figures, facts):
    """The network without the mirror image in its graph, what that image gains, and what another average adds."""
    return table(["", "without", "with, in the graph (shipped)", "gain", "further gain of `--flips`"], [
        [title, figure(facts["single"][name][0]), figure(figures[name][0]), change(facts["in_graph"][name]),
         change(facts["flips"]["gains"][name])]
        for name, title in TITLES.items() if name in MAIN])


def fold_lines(predictions):
    """What each fold holds."""
    return ", ".join(str(int(np.sum(predictions.fold == f))) for f in np.unique(predictions.fold))


def write_card(path, decisions, figures, cross, predictions, class_rows, facts):
    """card.md: purpose, data, method, figures, limits."""
    full = figures["float16"]
    limits = "\n".join(f"- {line}" for line in LIMITS["en"])
    outlined = sum(p.outlined for p in predictions.pictures)
    path.write_text(f"""# Breast lesion on ultrasound (`breast-us-lesion`)

Tells benign, malignant and normal pictures apart, outlines the lesion, and shows where each class
drew its evidence from: one network, three outputs.

{NOT_A_DEVICE}

## In brief

{brief(figures)}

Threshold for *malignant* {decisions.threshold}, for the mask {decisions.mask_threshold}. Aims: macro AUC 0.92
({'reached' if full['macro-auc'][0][0] >= 0.92 else 'missed'}), Dice 0.72
({'reached' if full['dice'][0][0] >= 0.72 else 'missed'}), malignant recall 0.90
({'reached' if full['malignant-recall'][0][0] >= 0.90 else 'missed'}).

| | |
| --- | --- |
| parameters | {facts['parameters'] / 1e6:.2f} million |
| files | {facts['bytes']['model.onnx'] / 1e6:.2f} MB (float16-stored weights), {facts['bytes']['model.int8.onnx'] / 1e6:.2f} MB (int8) |
| time for one picture, two CPU threads | {facts['latency']['model.onnx']:.0f} ms, int8 {facts['latency']['model.int8.onnx']:.0f} ms (fastest of twelve) |
| input | `image` [N,1,256,256] |
| outputs | `classes` [N,3] logits (benign, malignant, normal), `mask` [N,1,256,256] logits, `activation` [N,3,{facts['cells']},{facts['cells']}] |

## Data

{len(predictions.pictures)} pictures: {', '.join(f"{int(np.sum(predictions.truth == i))} {n}" for i, n in enumerate(('benign', 'malignant', 'normal')))}.
The lesion is outlined in {outlined} of them; the normal ones count as outlined and empty. The data set holds
near-duplicates ({len(set(predictions.groups))} groups, the largest of {facts['largest']} pictures); a group is never on both
sides of a split. Three pairs of near-duplicates carry different labels, benign and malignant, so no model can
reach a perfect figure.

{ATTRIBUTION} {ENCODER_ATTRIBUTION}

Licence of the data: Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/).
Licence of the start weights: Apache-2.0.

## Method

- **Input**: stretched to 256 x 256 (bilinear, antialiased when shrinking); v / 255, then
  (x - {MEAN}) / {STD}; the graph repeats the grey channel.
- **Network**: EfficientNet-Lite0 down to stride 16 with ImageNet weights (stem and first blocks fixed); a
  linear layer at each position gives `activation`, whose mean over space is `classes`; a light U-Net
  decoder gives the mask. The graph scales the picture to {facts['test_side']} pixels and averages it with its
  mirror image.
- **Training**: {facts['steps']} steps of 16 views of {facts['side']} pixels; AdamW, cosine rate, averaged weights. Views are
  mirrored, scaled, stretched, turned, bent, changed in gain over depth, gamma, sharpness and speckle, and
  partly covered. Outlined lesions and rarer classes are drawn more often.
- **Masks from few outlines**: cross-entropy and Dice where an outline exists; where a lesion is only
  known to be there, the strongest hundredth of the mask is pulled up; from {facts['refresh']} of the training on,
  the averaged network's own masks of these pictures join as targets of lesser weight.
- **After the network**: softmax of `classes`; mask probabilities in steps of 1/255 brought to the
  picture's size; regions below {MINIMUM_AREA} pixels (corners joined) are dropped.

## How it was judged

Every figure is out of fold. The groups were dealt into {facts['folds']} parts ({fold_lines(predictions)} pictures; seed
{facts['split_seed']}), a network was trained without each part, exported, and its files judged on that part. **The
shipped network was trained in the same way on all pictures; it has itself not been judged on unseen
ones.** Intervals are 95 % bootstrap intervals over near-duplicate groups.

Chosen on these same predictions: the divisor of the logits ({decisions.temperature}, in the graph), the threshold for
*malignant* (finds {WANTED_RECALL:.0%} of the malignant pictures, to leave a margin over 0.90) and the mask's threshold
({decisions.mask_threshold}). With divisor and threshold chosen anew for each part on the other parts:
recall {figure(cross['recall'])}, specificity {figure(cross['specificity'])}.
{facts['selection']}

### Mirror images

The graph averages the logits of the picture and of its left-right mirror image. Against the same networks without
that, at the same thresholds, on the same pictures; the gain's interval is drawn over both together:

{mirror_table(full, facts)}

`--flips` runs the network on the mirror image once more and averages probabilities: the graph gives the same for
both, so it takes twice as long for nothing.

### Threshold for *malignant*

{thresholds_table(class_rows, decisions.threshold)}

### Threshold of the mask

*missed*: share of outlined lesions with a Dice below 0.1; *markedNormals*: normal pictures with any mark.

{thresholds_table(mask_thresholds(predictions), decisions.mask_threshold)}

### Calibration

Divisor of the logits chosen without the part that is judged. Expected calibration error of the most likely
class: {cross['top']['ece']:.3f}

{reliability_table(cross['top'])}

Of the probability of *malignant*: {cross['malignant']['ece']:.3f}

{reliability_table(cross['malignant'])}

## Where it fails

Seen on the outlined pictures with the lowest Dice:

- **Shadows.** Below a malignant lesion the sound is often absorbed; the dark shadow is marked with the
  lesion, now and then in its place.
- **Flat or grey lesions** that hardly differ from the tissue around them: the mask is too small, or lies on a
  rounder structure nearby (axillary pictures).
- **Several dark regions** of which the data set outlines one: all of them are marked.
- **Spicules and lobes**: the mask is smoother than the contour.

## Limits

{limits}

## Reproduce

`models/training/breast-us-lesion/train.py`, seed {facts['seed']}, split seed {facts['split_seed']}; {versions(*facts['modules'])}.
The README there has the command, the measured time and what was tried.
""", encoding="utf-8")
