"""Everything the embedding learns from, as one list of pictures with classes."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from photographs import normalise, read_groceries, read_rgb, shrink

SIDE = 240
STORE, ICONIC, PRODUCTS, ULTRASOUND = range(4)
# Products of grocery-detect that grocery-store has too.
SAME = {"garlic": "Garlic", "lemon": "Lemon"}


@dataclass
class Collection:
    """Pictures [N,3,SIDE,SIDE] with the class, the source and the group of each."""

    pixels: torch.Tensor
    label: torch.Tensor
    source: np.ndarray
    group: np.ndarray      # pictures that belong together, within a source
    held_out: np.ndarray   # never trained on: the official val part, a fifth of the ultrasound groups
    names: list            # of the classes
    teacher: torch.Tensor = None


def boxes_of(folder):
    """Every object of grocery-detect: picture, class, and its box with a tenth around it."""
    for path in sorted((Path(folder) / "labels_det").glob("*.txt")):
        picture = Path(folder) / "images" / f"{path.stem}.jpg"
        for line in path.read_text().splitlines():
            kind, x, y, w, h = line.split()[:5]
            yield picture, int(kind), [float(v) for v in (x, y, w, h)]


def crop(pixels, box, margin=0.1):
    """The part of a picture inside a relative box (centre, size), with a margin."""
    rows, columns = pixels.shape[:2]
    x, y, w, h = box
    w, h = w * (1 + 2 * margin), h * (1 + 2 * margin)
    left, right = max(0, (x - w / 2) * columns), min(columns, (x + w / 2) * columns)
    top, bottom = max(0, (y - h / 2) * rows), min(rows, (y + h / 2) * rows)
    return pixels[int(top):max(int(top) + 8, round(bottom)), int(left):max(int(left) + 8, round(right))]


def gather(data):
    """Reads all sources; yields (pixels, class name, source, group, held out)."""
    groceries = read_groceries(data / "grocery-store")
    for path, fine, held in zip(groceries.paths, groceries.fine, groceries.held_out):
        yield read_rgb(path), groceries.names[fine], STORE, path.stem, held
    for path, name in zip(groceries.iconic, groceries.names):
        yield read_rgb(path), name, ICONIC, name, False
    with open(data / "grocery-detect" / "classes.csv", newline="", encoding="utf-8") as file:
        products = [row["class"] for row in csv.DictReader(file)]
    shown, last = None, None
    for picture, kind, box in boxes_of(data / "grocery-detect"):
        if picture != last:
            shown, last = read_rgb(picture), picture
        yield crop(shown, box), SAME.get(products[kind], products[kind]), PRODUCTS, picture.stem, False
    with open(data / "busi" / "index.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            group = int(row["near_duplicate_group"])
            yield (read_rgb(data / "busi" / "images" / row["image"]), f"breast {row['label']}",
                   ULTRASOUND, str(group), group % 5 == 0)


def read_collection(data, work):
    """The collection, decoded once and kept in the work folder."""
    file = Path(work) / "collection.npz"
    if not file.exists():
        rows = []
        pixels = []
        for picture, name, source, group, held in gather(Path(data)):
            pixels.append(shrink(picture, SIDE)[0].round().clamp(0, 255).to(torch.uint8).numpy())
            rows.append((name, source, group, held))
        names = sorted({r[0] for r in rows})
        np.savez(file, pixels=np.stack(pixels), names=names,
                 label=[names.index(r[0]) for r in rows], source=[r[1] for r in rows],
                 group=[r[2] for r in rows], held=[r[3] for r in rows])
    kept = np.load(file)
    return Collection(torch.from_numpy(kept["pixels"]), torch.from_numpy(kept["label"]),
                      kept["source"], kept["group"], kept["held"], list(kept["names"]))


@torch.no_grad()
def vectors_of(model, pixels, side, batch=32):
    """What a network makes of whole pictures at a given side."""
    model.eval()
    parts = []
    for part in pixels.split(batch):
        x = part.float()
        if x.shape[-1] != side:
            x = torch.nn.functional.interpolate(x, size=(side, side), mode="bilinear",
                                                antialias=True, align_corners=False)
        parts.append(model(normalise(x).contiguous(memory_format=torch.channels_last)))
    return torch.cat(parts)
