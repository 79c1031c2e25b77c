"""The data set: photographs, polygons, scenes and the split by scene."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

POINTS = 96  # a polygon is kept as so many points along its outline


@dataclass
class Photograph:
    """One decoded picture with its products."""

    name: str
    pixels: np.ndarray    # uint8 [H,W,3]
    classes: np.ndarray   # int [M]
    boxes: np.ndarray     # float [M,4], x1 y1 x2 y2 in pixels
    outlines: list        # M arrays [POINTS,2], x y in pixels
    scene: int = -1

    @property
    def number(self):
        """The number of the shot within its class."""
        return int(self.name[2:])


def along(corners, count=POINTS):
    """Points at equal distances along a closed polygon, its corners' extremes included."""
    closed = np.vstack([corners, corners[:1]])
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0, length[-1], count - 4, endpoint=False)
    points = np.stack([np.interp(at, length, closed[:, k]) for k in (0, 1)], 1)
    extremes = corners[[corners[:, 0].argmin(), corners[:, 0].argmax(),
                        corners[:, 1].argmin(), corners[:, 1].argmax()]]
    return np.vstack([points, extremes]).astype(np.float32)


def rows_of(path):
    """The numbers of each line of a label file."""
    return [np.array(line.split(), float) for line in path.read_text().splitlines() if line.strip()]


def read_photograph(folder, name):
    """One picture with its boxes and polygons; the two label files list the same products."""
    with Image.open(folder / "images" / f"{name}.jpg") as picture:
        pixels = np.asarray(picture.convert("RGB"))
    height, width = pixels.shape[:2]
    boxes, polygons = (rows_of(folder / kind / f"{name}.txt") for kind in ("labels_det", "labels_seg"))
    if [b[0] for b in boxes] != [p[0] for p in polygons]:
        raise ValueError(f"{name}: boxes and polygons differ")
    scale = np.array([width, height])
    centre = np.array([b[1:3] for b in boxes]) * scale
    half = np.array([b[3:5] for b in boxes]) * scale / 2
    return Photograph(name, pixels, np.array([int(b[0]) for b in boxes]),
                      np.hstack([centre - half, centre + half]).astype(np.float32),
                      [along(p[1:].reshape(-1, 2) * scale) for p in polygons])


def read_classes(folder):
    """The rows of classes.csv in the order of the labels' ids."""
    with open(folder / "classes.csv", newline="", encoding="utf-8-sig") as file:
        return sorted(csv.DictReader(file), key=lambda row: int(row["class number"]))


def thumbnails(photographs, side=24):
    """Small colour copies without mean, of length one: [N, 4 turns x 2 mirrors, features]."""
    small = np.array([np.asarray(Image.fromarray(p.pixels).resize((side, side), Image.Resampling.BOX),
                                 np.float32) for p in photographs])
    views = []
    for turn in range(4):
        turned = np.rot90(small, turn, (1, 2))
        views += [turned, turned[:, :, ::-1]]
    flat = np.stack(views, 1).reshape(len(small), 8, -1)
    flat = flat - flat.mean(2, keepdims=True)
    return flat / np.linalg.norm(flat, axis=2, keepdims=True)


def find_scenes(photographs, alike=0.85, neighbour=0.6, steps=12, nearly_same=0.97):
    """A scene number for each picture.

    Shots of a class are numbered in the order they were taken.  Two belong to one scene if
    their numbers differ by at most 3; if they differ by at most `steps` and the thumbnails
    (turned or mirrored in any of the eight ways) correlate at least `neighbour`; if they are of
    one class and correlate at least `alike`; or if they correlate at least `nearly_same`.
    """
    views = thumbnails(photographs)
    likeness = np.max([views[:, 0] @ views[:, v].T for v in range(views.shape[1])], 0)
    parent = list(range(len(photographs)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, a in enumerate(photographs):
        for j in range(i):
            b, found = photographs[j], likeness[i, j]
            same = a.name[:2] == b.name[:2]
            apart = abs(a.number - b.number)
            if (found >= nearly_same or same and (
                    apart <= 3 or found >= alike or apart <= steps and found >= neighbour)):
                parent[root(i)] = root(j)
    numbers = {}
    return [numbers.setdefault(root(i), len(numbers)) for i in range(len(photographs))]


def read_photographs(folder):
    """Every picture of the data folder, with scenes, in order of name."""
    names = sorted(path.stem for path in (folder / "images").glob("*.jpg"))
    photographs = [read_photograph(folder, name) for name in names]
    for photograph, scene in zip(photographs, find_scenes(photographs)):
        photograph.scene = scene
    return photographs


def held_out(photographs, seed, share=0.2):
    """The scenes kept out of training: about `share` of the pictures of each class."""
    random = np.random.default_rng(seed)
    chosen = set()
    for prefix in sorted({p.name[:2] for p in photographs}):
        mine = [p for p in photographs if p.name[:2] == prefix]
        scenes = random.permutation(sorted({p.scene for p in mine}))
        wanted, taken = round(share * len(mine)), 0
        for scene in scenes:
            size = sum(p.scene == scene for p in mine)
            if taken + size <= wanted + 1:
                chosen.add(int(scene))
                taken += size
    return chosen
