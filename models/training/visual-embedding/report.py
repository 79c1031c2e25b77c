"""Writes the model card."""

from card import figure, table, thresholds_table
from package import ENCODER_ATTRIBUTION
from wording import DATA_ATTRIBUTION, INTENDED_USE, LIMITS

GROCERY_ROWS = (("5-shot", "nearest class mean of five photographs of each label"),
                ("1-shot", "one photograph of each label"),
                ("iconic", "the studio picture of each label"),
                ("nearest", "nearest of all train photographs"))


def seen_table(found):
    """Figures on the groceries: the floor, both files, and the run that left classes out."""
    columns = (("floor", "plain ImageNet features"), ("half", "float16 weights"), ("int8", "int8"))
    return table(["recognition of 81 labels by", *(title for _, title in columns)],
                 [[words, *(figure(found[key]["groceries"][name]) for key, _ in columns)]
                  for name, words in GROCERY_ROWS])


def unseen_table(found):
    """Classes that the second run never saw."""
    rows = [("5-shot among themselves", "5-shot"), ("their studio pictures, among themselves", "iconic"),
            ("5-shot among all 81 labels", "5-shot of all")]
    lines = [[words, *(figure(found[k]["unseen"][name]) for k in ("floor", "without"))]
             for words, name in rows]
    lines.append(["cut-out products, 5-shot among themselves",
                  *(figure(found[k]["products"]) for k in ("floor", "without"))])
    return table(["classes left out of training", "plain ImageNet features", "same recipe without them"], lines)


def write_card(path, facts, found):
    """card.md of the package."""
    limits = "\n".join(f"- {line}" for line in LIMITS["en"])
    ultrasound = [[words, figure(found[k]["ultrasound"][0])]
                  for k, words in (("floor", "plain ImageNet features"), ("half", "this network"))]
    path.write_text(f"""# Visual similarity (`visual-embedding`)

A vector of 128 numbers, of length 1, for any picture; the dot product of two is their similarity.

{INTENDED_USE['en']}

## In brief

{seen_table(found)}

Queries: {facts['queries']} photographs of the val part of grocery-store, which nothing was trained on; examples:
photographs of its train part, which the network was trained on, as were the studio pictures. Few-shot figures
are means of 30 draws of the examples. 95 % bootstrap intervals over the {facts['classes']} labels of the queries.
The floor is EfficientNet-Lite0 with ImageNet weights: the mean of its last 320 channels, less their mean over the
photographs, scaled to length 1.

### Classes never seen

The table above flatters: the network knows these labels. The same recipe was trained a second time without
{found['without']['unseen']['classes']} labels of grocery-store ({found['without']['unseen']['count']} queries) and
{facts['products']} products of grocery-detect; this is what can be expected of new things:

{unseen_table(found)}

Left out: {', '.join(facts['left_out'])}. Examples and queries of the products come from different
pictures, but pictures of one scene may be on both sides.

### Ultrasound

Nearest class mean (benign, malignant, normal) on {found['half']['ultrasound'][1]} held-out pictures of breast ultrasound,
mean recall of the three; the classes are part of the training:

{table(['', 'mean recall'], ultrasound)}

This is no diagnosis; it shows only that the vector is not blind to grey images.

| | |
| --- | --- |
| parameters | {facts['parameters'] / 1e6:.2f} million |
| files | `model.onnx` {facts['bytes']['half'] / 1e6:.2f} MB (weights stored as float16, arithmetic in float32), `model.int8.onnx` {facts['bytes']['int8'] / 1e6:.2f} MB |
| time for one picture, two CPU threads | {facts['latency']['half']:.0f} ms, int8 {facts['latency']['int8']:.0f} ms |
| input | `image` [N,3,{facts['side']},{facts['side']}], RGB |
| output | `embedding` [N,128], length 1 |

The vectors of both files agree to a mean similarity of {facts['agreement']:.4f} (least {facts['least_agreement']:.4f}).

## Data

{facts['training_data']}. {DATA_ATTRIBUTION} {ENCODER_ATTRIBUTION}

## Method

- **Input**: stretched to {facts['side']} x {facts['side']} pixels (half-pixel centres, antialiased triangle filter),
  v / 255, then (x - 0.498) / 0.502.
- **Network**: EfficientNet-Lite0 with ImageNet weights to the first block at stride 32, mean over the positions, one
  linear layer, length 1. The block's projection and the linear layer are one after training.
- **Training**: {facts['plan']}, 32 views each. Cosine softmax over a proxy for each of {facts['trained_classes']} classes
  (scale 16, margin 0.1); besides, a linear layer must tell the teacher's view of the whole picture (the floor's
  vector) from the embedding, which keeps what ImageNet knows beyond these classes. Sources: grocery-store
  62 %, studio pictures 5 %, objects of grocery-detect cut out by their boxes 25 %, breast ultrasound 8 %.

## Similarity threshold

Default {facts['threshold']}: {facts['chosen']}.

{thresholds_table(facts['thresholds'], facts['threshold'])}

*coverage*: share of queries whose nearest train photograph is at least that similar; *precision*: share of these of the
same label.

## Limits

{limits}
""", encoding="utf-8")
