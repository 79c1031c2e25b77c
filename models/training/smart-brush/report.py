"""Writes the model card from the figures."""

from card import NOT_A_DEVICE, figure, reliability_table, table, thresholds_table
from judge import REPORTED, WANTED, clicks_needed, mean_of_sets, summary
from package import ENCODER_ATTRIBUTION
from scenes import LEAST_PIXELS
from wording import ATTRIBUTION, LICENCE, SETS

TRAINED = ("photographs", "ultrasound", "mr")


def by_set(rows):
    """The summary of each set that occurs."""
    names = [name for name in SETS if any(r["set"] == name for r in rows)]
    return {name: summary([r for r in rows if r["set"] == name]) for name in names}


def figures_table(figures):
    """One column for each set."""
    lines = [["objects / groups"] + [f"{f['objects']} / {f['groups']}" for f in figures.values()],
             [f"clicks to {WANTED:.0%} IoU, mean"] + [figure(f["noc85"], 2) for f in figures.values()],
             ["the same, median"] + [f"{f['median']:.0f}" for f in figures.values()],
             ["reached within five clicks"] + [figure(f["within5"], 2) for f in figures.values()],
             ["not reached in twenty clicks"] + [f"{f['never']:.2f}" for f in figures.values()]]
    lines += [[f"mean IoU after {k} click{'s' if k > 1 else ''}"]
              + [figure(f[f"iou{k}"]) for f in figures.values()] for k in REPORTED]
    return table([""] + [SETS[name] for name in figures], lines)


def loss_table(figures, int8):
    """The int8 file beside the other one."""
    lines = [[SETS[name], f"{figures[name]['noc85'][0]:.2f}", f"{int8[name]['noc85'][0]:.2f}",
              f"{figures[name]['iou1'][0]:.3f}", f"{int8[name]['iou1'][0]:.3f}",
              f"{figures[name]['iou5'][0]:.3f}", f"{int8[name]['iou5'][0]:.3f}"] for name in int8]
    return table(["", "clicks", "clicks, int8", "IoU after 1", "int8", "IoU after 5", "int8"], lines)


def hardest(rows):
    """The groups of each set that need most clicks."""
    lines = []
    for name in TRAINED:
        groups = {}
        for row in rows:
            if row["set"] == name:
                groups.setdefault(row["group"], []).append(row)
        ranked = sorted(groups, key=lambda g: -sum(map(clicks_needed, groups[g])) / len(groups[g]))
        for group in ranked[:3]:
            mine = groups[group]
            lines.append([SETS[name], mine[0]["name"].split("#")[0].split("/")[0], len(mine),
                          f"{sum(map(clicks_needed, mine)) / len(mine):.1f}",
                          f"{sum(max(r['iou']) for r in mine) / len(mine):.3f}"])
    return table(["set", "group (first name)", "objects", "mean clicks", "mean best IoU"], lines)


def by_size(rows):
    """Clicks needed by the smallest, middle and largest third of each set's objects."""
    lines = []
    for name in SETS:
        mine = sorted((r for r in rows if r["set"] == name), key=lambda r: r["pixels"])
        cuts = [round(len(mine) * k / 3) for k in range(4)]
        thirds = [mine[a:b] for a, b in zip(cuts, cuts[1:]) if b > a]
        if thirds:
            lines.append([SETS[name]] + [
                f"{third[0]['pixels']} to {third[-1]['pixels']} pixels: "
                f"{sum(map(clicks_needed, third)) / len(third):.1f}, "
                f"{sum(r['iou'][0] for r in third) / len(third):.2f}" for third in thirds])
    return table(["", "smallest third", "middle third", "largest third"], lines)


def course_lines(courses):
    """The courses of training, in words."""
    first, *more = courses
    steps = " and ".join(str(course.steps) for course in more)
    shares = " and ".join(f"{course.small_share:.0%}" for course in courses if course.small_share)
    return (f"{first.steps} steps of 12 samples, then {steps} for which the\n"
            f"  smaller of two drawn objects was taken in {more[0].smaller:.0%} of the draws; the first {shares} of the first "
            f"courses at 192 pixels.")


def write_card(path, rows, int8_rows, reliability, thresholds, facts):
    """card.md."""
    figures = by_set(rows)
    pooled = summary([r for r in rows if r["set"] in TRAINED])
    equal = mean_of_sets(rows, [n for n in TRAINED if n in figures])
    kept = {r["name"] for r in int8_rows}
    paired = by_set([r for r in rows if r["name"] in kept])
    path.write_text(f"""# Smart brush (`smart-brush`)

Marks the object under a click. Positive clicks add to the mask, negative clicks take away from it; the view
follows the object, so that small ones are seen large.

{NOT_A_DEVICE}

## In brief

Simulated readers on held-out pictures: each next click lands in the middle of the largest error. Values are
means with 95 % bootstrap intervals over groups (scenes, near-duplicates, patients).

{figures_table(figures)}

Over all {pooled['objects']} objects of the three trained sets: {figure(pooled['noc85'], 2)} clicks,
{figure(pooled['within5'], 2)} within five. Every set counting alike: {figure(equal, 2)} clicks.
{facts['verdict']}

| | |
| --- | --- |
| parameters | {facts['parameters'] / 1e6:.2f} million; {facts['gmac']:.2f} billion multiply-adds for one pass |
| files | `model.onnx` (weights stored as float16, arithmetic in float32) {facts['bytes'] / 1e6:.2f} MB, `model.int8.onnx` {facts['int8_bytes'] / 1e6:.2f} MB |
| passes for a click | {facts['passes_first']:.2f} on average for the first, one for every further click |
| input | `image` [N,3,256,256] and `prompt` [N,3,256,256] |
| output | `mask` [N,1,256,256], logits |

Time for one pass, the quickest of twenty (aim: a click below 120 ms in WebAssembly on two cores):

{table(["", "one thread", "two threads"], facts['times'])}

## Data

{ATTRIBUTION} {ENCODER_ATTRIBUTION}

Licences: {LICENCE}.

Trained on: {facts['training_data']}

CT slices are only judged on: the four patients belong to the held-out ones, so that column shows what the
brush does with a kind of picture it has never seen (percentile window, like every medical picture here).

## Method

- **Prompt**: discs of radius 5 for clicks and the probability of the mask before, fused into the network at
  strides 2 and 4, after the layers that keep their ImageNet weights; the deepest map is compared with what
  lies under the clicks.
- **Network**: EfficientNet-Lite0 to stride 16, a light decoder to stride 2, logits enlarged bilinearly.
- **Training**: every sample lives for up to six passes: its answer is pasted back, a corrective click follows, the
  next pass sees the zoomed view. {course_lines(facts['courses'])}
  AdamW, cosine rates, averaged weights; focal cross-entropy plus soft IoU. An eighth of the samples are drawn shapes
  with textures, for objects of no known kind.
- **Views**: `models/training/smart-brush/README.md` says how the application makes them.

## How it was judged

Held out before training, by patient, near-duplicate group and scene. Objects of at least {LEAST_PIXELS} pixels;
{facts['shipped']} The threshold of 0.5 was fixed before training. Nothing was chosen on the CT slices.
{facts['selected']}

### Threshold

Mean IoU of all objects after the first and the third click; the clicks were those made at 0.5.

{thresholds_table(thresholds, 0.5)}

### Calibration

Pixels of the last view, every view counting alike (counts are views, in thousandths). Expected calibration
error after the first click {reliability[1]['ece']:.4f}, after the third {reliability[3]['ece']:.4f}.

{reliability_table(reliability[1], "views / 1000")}

### The int8 file

{loss_table(paired, by_set(int8_rows))}

Both on the same {len(kept)} objects.

## Where it fails

Size of the object in pixels of the picture, mean clicks to {WANTED:.0%} IoU, mean IoU after the first click:

{by_size(rows)}

The groups that need most clicks:

{hardest(rows)}

{facts['failures']}

## Limits

- Three kinds of pictures: products in photographs, breast lesions in ultrasound, soft-tissue tumours on T1 MR cut
  to about 5 cm around the tumour. Anything else is marked by its edges and the clicks alone.
- One picture or one slice at a time; the volume is not seen.
- The network works on 256 x 256 pixels. Thin structures need a zoomed view, which comes after the first pass.
- Outlines of infiltrating or shadowed lesions are uncertain; one outline for each is all that the data hold, and how
  far two readers would differ is not known.
- The simulated reader clicks the middle of the largest error. A hurried one needs more clicks.
- Some groups of ultrasound pictures are few: mind the width of the intervals.
""", encoding="utf-8")
