"""Colour photographs: reading, and the prepared tensor of a network.

`prepare` is what the application does with the manifest's `input`; the cached
pixels are only for training.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

# The published EfficientNet-Lite0 weights want (v - 127) / 128.
MEAN, STD = 0.498, 0.502


def read_rgb(path):
    """The stored pixels of a picture as uint8 [H,W,3]."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def shrink(pixels, side):
    """Stretched to side x side with half-pixel centres and the antialiased triangle filter."""
    x = torch.from_numpy(np.array(pixels)).permute(2, 0, 1)[None].float()
    return F.interpolate(x, size=(side, side), mode="bilinear", antialias=True,
                         align_corners=False)


def normalise(x):
    """Values of 0 to 255 to the range the encoder wants."""
    return (x / 255 - MEAN) / STD


def prepare(pixels, side):
    """The input `image` [1,3,side,side] of a picture."""
    return normalise(shrink(pixels, side))


def prepare_all(paths, side):
    """The inputs of many pictures [N,3,side,side]."""
    return torch.cat([prepare(read_rgb(path), side) for path in paths])


@dataclass
class Groceries:
    """The grocery-store set: pictures with labels, iconic pictures, the two levels of labels."""

    folder: Path
    paths: list        # of every natural picture
    fine: np.ndarray   # label of each of them
    held_out: np.ndarray  # True for the official val part
    names: list        # of the 81 fine labels
    coarse_names: list
    parent: np.ndarray  # coarse label of each fine label
    iconic: list       # path of the iconic picture of each fine label


def read_groceries(folder):
    """Reads the tables of the data folder `grocery-store`."""
    folder = Path(folder)
    with open(folder / "classes.csv", newline="", encoding="utf-8") as file:
        classes = sorted(csv.DictReader(file), key=lambda row: int(row["Class ID (int)"]))
    with open(folder / "index.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    parent = np.array([int(c["Coarse Class ID (int)"]) for c in classes])
    coarse = {int(c["Coarse Class ID (int)"]): c["Coarse Class Name (str)"] for c in classes}
    return Groceries(
        folder=folder,
        paths=[folder / row["image"] for row in rows],
        fine=np.array([int(row["fine_label"]) for row in rows]),
        held_out=np.array([row["split"] == "val" for row in rows]),
        names=[c["Class Name (str)"] for c in classes],
        coarse_names=[coarse[i] for i in range(len(coarse))],
        parent=parent,
        iconic=[folder / "iconic" / Path(c["Iconic Image Path (str)"]).name for c in classes])


def cached_pixels(paths, side, file):
    """Pictures stretched to side x side, uint8 [N,3,side,side]; decoded once, kept in `file`."""
    file = Path(file)
    if file.exists():
        pixels = np.load(file, mmap_mode=None)
        if pixels.shape == (len(paths), 3, side, side):
            return torch.from_numpy(pixels)
    pixels = np.empty((len(paths), 3, side, side), np.uint8)
    for index, path in enumerate(paths):
        pixels[index] = shrink(read_rgb(path), side)[0].round().clamp(0, 255).to(torch.uint8).numpy()
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, pixels)
    return torch.from_numpy(pixels)
