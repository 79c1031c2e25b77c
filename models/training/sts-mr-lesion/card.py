"""Writes the model card from the figures."""

from evaluation import THRESHOLDS, select, summarise
from package import ATTRIBUTION


def span(interval, digits=2):
    """An interval in words."""
    return f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"


def figures_table(rows, threshold):
    """Dice, sensitivity and false lesions for both kinds of volume."""
    lines = ["| | volumes as they are | shifted crops |", "| --- | --- | --- |"]
    whole, moved = (summarise(rows, s, threshold) for s in ("whole", "shifted"))
    pairs = (
        ("patients / volumes", lambda s: f"{s['patients']} / {s['volumes']}"),
        ("mean Dice (95 % interval)", lambda s: f"{s['dice']:.3f} ({span(s['dice_interval'])})"),
        ("lesions found (95 % interval)", lambda s: f"{s['sensitivity']:.2f} "
                                                  f"({span(s['sensitivity_interval'])})"),
        ("false lesions per volume (95 % interval)", lambda s: f"{s['false_lesions']:.2f} "
                                                  f"({span(s['false_lesions_interval'])})"),
    )
    for title, show in pairs:
        lines.append(f"| {title} | {show(whole)} | {show(moved)} |")
    return "\n".join(lines)


def free_text(rows, threshold):
    """What happens where there is no tumour."""
    s = summarise(rows, "tumour-free", threshold)
    return (f"Of {s['volumes']} tumour-free parts ({s['patients']} patients; the slices before and "
            f"after the tumour, each taken as a series of its own), {s['unmarked_share']:.0%} stay "
            f"unmarked. The mean false volume is {s['marked_ml']:.1f} ml (median over patients "
            f"{s['marked_ml_median']:.1f} ml), with {s['false_lesions']:.2f} "
            f"({span(s['false_lesions_interval'])}) false lesions in each part.")


def threshold_lines(rows):
    """The trade-off: one line for each threshold."""
    lines = ["| threshold | Dice | lesions found | false lesions per volume | Dice, shifted | "
             "false ml, tumour-free |", "| --- | --- | --- | --- | --- | --- |"]
    for threshold in THRESHOLDS:
        whole, moved, free = (summarise(rows, s, threshold)
                              for s in ("whole", "shifted", "tumour-free"))
        lines.append(f"| {threshold} | {whole['dice']:.3f} | {whole['sensitivity']:.2f} | "
                     f"{whole['false_lesions']:.2f} | {moved['dice']:.3f} | "
                     f"{free['marked_ml']:.1f} |")
    return "\n".join(lines)


def patient_lines(rows, threshold):
    """One line for each patient, best first."""
    whole, moved = (select(rows, s, threshold) for s in ("whole", "shifted"))
    lines = ["| patient | tumour, ml | marked, ml | Dice | Dice, shifted | found | "
             "false lesions |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name in sorted(whole, key=lambda n: -whole[n][0]["dice"]):
        row = whole[name][0]
        shifted = sum(r["dice"] for r in moved[name]) / len(moved[name])
        lines.append(f"| {name} | {row['true_volume_ml']:.0f} | {row['volume_ml']:.0f} | "
                     f"{row['dice']:.3f} | {shifted:.3f} | {row['found']} of {row['lesions']} | "
                     f"{row['false_lesions']} |")
    return "\n".join(lines)


def reliability_lines(reliability):
    """The reliability table."""
    lines = ["| mean predicted probability | share that is tumour | voxels |",
             "| --- | --- | --- |"]
    for row in reliability.table():
        lines.append(f"| {row['confidence']:.3f} | {row['accuracy']:.3f} | {row['count']} |")
    return "\n".join(lines)


def write_card(path, rules, rows, reliability, evaluated, facts, references):
    """card.md: purpose, data, method, figures, limits."""
    t = rules.threshold
    whole = select(rows, "whole", t)
    ranked = sorted(whole, key=lambda n: whole[n][0]["dice"])
    worst, best = ranked[0], ranked[-1]
    judged = len(facts["judged"])
    chosen = ("The threshold and the rules for dropping lesions were chosen on these same "
              "predictions, so the figures are slightly optimistic.")
    if facts["left_out"]:
        left_out = facts["left_out"]
        chosen += (
            " With the shares for dropping lesions chosen anew for each patient on the others "
            f"({left_out['choices']} choices), the mean Dice is {left_out['dice']:.3f}, in shifted "
            f"crops {left_out['dice_shifted']:.3f}, with {left_out['false_lesions']:.2f} false lesions "
            "per volume.")
    shipped = f"What is shipped is the first of these networks. {chosen}" if not facts["more"] else (
        "**The network that is shipped is the first of these after "
        f"{facts['more']} more steps with all {facts['patients']} patients; it has itself not been "
        f"judged on unseen ones.** {chosen}")
    if facts["folds"] == 1:
        protocol = (
            f"Every figure comes from {judged} held-out patients, judged by a network that was "
            f"trained on the other {facts['patients'] - judged}. {shipped} {judged} patients are few: "
            "mind the width of the intervals. The held-out part holds the four patients that are "
            "also at hand as DICOM, which have some of the smallest tumours.")
    else:
        protocol = (
            "Every figure is out of fold: the patients were dealt into four parts, "
            f"{facts['folds']} networks were trained, each without one of the parts, and each of "
            f"the {judged} patients of these parts was judged by the network that had not seen that "
            f"patient. {shipped}")
    dicom = ", ".join(f"{name} {r['dice']:.3f}" for name, r in sorted(references.items())
                      if r["dice"] is not None)
    dicom_text = (
        "\nThe DICOM series of four patients hold the same pixels as the NIfTI volumes; run through "
        f"the shipped file they give the Dice {dicom}"
        + (" (patients the shipped network was trained on: a check of the reading, not of the accuracy)"
           if facts["more"] else "") + ".\n") if dicom else ""
    path.write_text(f"""# Soft-tissue tumour on T1 MR (`sts-mr-lesion`)

Outlines soft-tissue sarcoma on T1-weighted magnetic resonance images, slice by slice, from a
slice and its two neighbours.

**Not a medical device.** For research and teaching. An outline is a proposal that a reader checks
and corrects; it must not be used for diagnosis, screening or treatment planning.

## In brief

{figures_table(rows, t)}

**This version is weak**: it finds most tumours but outlines them only roughly.

At threshold {t}. Dropped are lesions below {rules.min_volume_mm3:.0f} mm³ or that nowhere reach a probability of
{rules.min_peak_probability:g}; then those whose highest probability is below {rules.min_share_of_highest_peak:.0%} of the surest lesion's of the series; then
those below {rules.min_share_of_largest:.0%} of the largest one's volume. Best patient: {best},
Dice {whole[best][0]['dice']:.3f}; worst: {worst}, Dice {whole[worst][0]['dice']:.3f}. Median Dice:
{sorted(r[0]['dice'] for r in whole.values())[len(whole) // 2]:.3f}.

| | |
| --- | --- |
| parameters | {facts['parameters'] / 1e6:.2f} million |
| `model.onnx` | weights stored as float16, arithmetic in float32; {facts['bytes'][0] / 1e6:.1f} MB |
| `model.int8.onnx` | static int8; {facts['bytes'][1] / 1e6:.1f} MB; mean Dice {facts['losses'][0]['value']:.3f} on the {facts['losses'][0]['set']} |
| input | three neighbouring slices at {rules.millimetres} mm, `image` [N,3,H,W] |
| output | `logits` [N,1,H,W]; sigmoid gives the probability of tumour |

## Data

{facts['patients']} patients with histologically proven soft-tissue sarcoma of the extremities:
T1-weighted MR and the contour of the gross tumour volume drawn for radiotherapy. The volumes are
cropped to about 5 cm around the tumour; nearly all have pixels of 0.98 mm and slices 3.27 mm apart.

{ATTRIBUTION}

Licence of the data: Creative Commons Attribution 3.0 (https://creativecommons.org/licenses/by/3.0/).
Licence of the start weights: Apache-2.0.

## Method

- **Intensity**: the percentiles {rules.low:g} and {rules.high:g} of up to {rules.sample_slices}
  slices of the series become 0 and 1; then (x - {rules.mean}) / {rules.std}.
- **Geometry**: bilinear resampling to {rules.millimetres} mm pixels, black padding right and below
  to a multiple of {rules.multiple}.
- **Network**: EfficientNet-Lite0 down to stride 16, started from ImageNet weights (its first layers stay
  as they are), with a light U-Net decoder; logits at stride 2, enlarged bilinearly. The graph averages the logits
  of the view and of its three mirror images.
- **Training**: {facts['steps']} steps of about 16 slices of 128 x 128 pixels; AdamW with cosine decay;
  averaged weights; cross-entropy plus Dice at three depths. Three fifths of the samples keep the field
  of view, the others are moved, scaled (0.7 to 1.4), rotated, cut by a window or set beside another
  patient's tissue;
  mirrored both ways, slices in either order, bent, with changed gamma, contrast, bias field, blur,
  noise and missing or distant neighbours. About a quarter of the slices hold no tumour.
- **After the network**: probabilities are rounded to 1/255, brought back to the stored pixels
  bilinearly and thresholded; three-dimensional lesions (26-connected) are dropped by the rules above.

## How it was judged

{protocol}

Dice is computed in three dimensions at the stored resolution and averaged over patients; intervals
are 95 % bootstrap intervals over patients. A lesion counts as found if at least a tenth of it is
marked; a marked region that touches no tumour is a false lesion. *Shifted crops*: four crops of each
patient, each cutting about a third of the tumour's extent off at one side, so that the tumour lies at
the edge and partly out of view.
{dicom_text}
### Without a tumour

{free_text(rows, t)}

### Threshold

{threshold_lines(rows)}

### Calibration

Expected calibration error over all voxels: {reliability.error():.4f}. Most voxels are certain
background; over those with a probability of 0.1 and more it is {reliability.error(0.1):.3f}.

{reliability_lines(reliability)}

### Patients

{patient_lines(rows, t)}

## Where it fails

The patients with the lowest Dice are {', '.join(ranked[:4])}. Seen on the pictures:

- **Infiltrating and mixed tumours** (STS_044, a thigh mass with fat-bright and muscle-dark parts): only
  the rounder parts are marked, most of the rest is missed.
- **Small tumours between or beside muscles** (STS_008, STS_025, STS_042): on T1 a tumour has nearly the
  brightness of muscle. A round muscle belly at the edge of the view is marked in its place, or only the
  middle slices of the tumour are.
- **Flat extensions** (STS_007): the round mass is outlined, the flat part beside the sacrum is not.
- **First and last slices.** Three slices are all that the network sees; at the ends of a tumour it
  marks some slices too many or too few.
- **Other round structures.** Bladder, vertebrae, bone marrow and single muscles are sometimes marked
  where no tumour is: see *Without a tumour*.

## Limits

- The volumes are cropped to about 5 cm around one known tumour. Training adds moved, cut, shrunken
  and combined fields of view, and the figures for shifted crops and tumour-free parts show what that
  achieves; but no whole thigh or trunk was ever seen. The tumour lies near the middle of nearly every
  view of the data, and a network can pick that up. Use it on the part of a series that holds the
  tumour and expect false regions elsewhere.
- Lesions that are less certain or much smaller than the main one are dropped, which suits one tumour in
  a view: in these {facts['patients']} patients no second outline has more than a hundredth of the first one's
  volume. **Of several tumours in one series, smaller or paler ones are lost.**
- T1-weighted series without fat suppression. Other contrasts, CT and contrast-enhanced series are
  not covered.
- One collection, {facts['patients']} patients, one pixel spacing in nearly all of them: the intervals
  describe patients like these, not other hospitals.
- Every patient had a sarcoma. The model does not tell benign from malignant, and no healthy
  volunteers were part of the data.
- One contour for each patient; how far two readers would differ is not known from these data.

## Reproduce

`models/training/sts-mr-lesion/train.py`, seed {facts['seed']}, split seed {facts['split_seed']}; Python {facts['python']},
PyTorch {facts['torch']}. The README there has the command, the measured time and what was tried.
""", encoding="utf-8")
