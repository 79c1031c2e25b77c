"""Reading the data set; parts that keep near-duplicates together."""

import csv
from dataclasses import dataclass

import numpy as np
from PIL import Image

from network import CLASSES


@dataclass
class Picture:
    """One picture; `mask` is None where the lesion was not outlined."""

    name: str
    label: int
    group: str
    pixels: np.ndarray
    mask: np.ndarray | None

    @property
    def outlined(self):
        """Whether it shows a lesion with an outline."""
        return self.mask is not None and self.label != CLASSES.index("normal")


def read_pictures(folder):
    """All pictures of index.csv in its order; every normal one has an empty mask."""
    found = []
    with (folder / "index.csv").open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            pixels = np.asarray(Image.open(folder / "images" / row["image"]).convert("L"))
            mask = None
            if row["label"] == "normal":
                mask = np.zeros(pixels.shape, bool)
            elif row["mask"]:
                mask = np.asarray(Image.open(folder / row["mask"]).convert("L")) > 127
            found.append(Picture(row["image"], CLASSES.index(row["label"]),
                                 row["near_duplicate_group"], pixels, mask))
    return found


def make_folds(pictures, count, seed):
    """Deals whole groups into parts with alike shares of each class and of outlines.

    Large groups are dealt first, each to the part that it brings closest to the
    wanted counts; groups of the same size come in random order.
    """
    kinds = len(CLASSES) * 2
    groups = {}
    for index, picture in enumerate(pictures):
        groups.setdefault(picture.group, []).append(index)

    def contents(indices):
        kind = [pictures[i].label * 2 + pictures[i].outlined for i in indices]
        return np.bincount(kind, minlength=kinds)

    wanted = contents(range(len(pictures))) / count
    weight = 1 / np.maximum(wanted, 1)
    random = np.random.default_rng(seed)
    names = sorted(groups)
    random.shuffle(names)
    names.sort(key=lambda name: -len(groups[name]))
    held, parts = np.zeros((count, kinds)), [[] for _ in range(count)]
    for name in names:
        added = contents(groups[name])
        cost = (((held + added - wanted) ** 2 - (held - wanted) ** 2) * weight).sum(1)
        best = int(np.argmin(cost))
        held[best] += added
        parts[best] += groups[name]
    return [sorted(part) for part in parts]
