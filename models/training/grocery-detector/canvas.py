"""Training canvases: whole pictures, mosaics of close views, pasted products, light.

Everything works on uint8 with Pillow's affine sampling; boxes stay tight after a turn,
because they are taken from the outlines.
"""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FILL = 128


def affine(scale, degrees, bend, centre, target):
    """The 2x3 matrix that bends, turns, scales and moves picture points: `centre` lands on `target`."""
    c, s = math.cos(math.radians(degrees)) * scale, math.sin(math.radians(degrees)) * scale
    linear = np.array([[c, -s], [s, c]]) @ bend
    return np.hstack([linear, (np.asarray(target) - linear @ np.asarray(centre))[:, None]])


def sample(picture, matrix, size, fill=FILL):
    """A picture seen through an affine matrix."""
    linear = np.linalg.inv(matrix[:, :2])
    shift = -linear @ matrix[:, 2]
    picked = [*linear[0], shift[0], *linear[1], shift[1]]
    return picture.transform(size, Image.Transform.AFFINE, picked, Image.Resampling.BILINEAR,
                             fillcolor=fill if picture.mode == "L" else (fill,) * 3)


class Source:
    """A photograph with a half-size copy for small views."""

    def __init__(self, photograph):
        self.photograph = photograph
        self.full = Image.fromarray(photograph.pixels)
        self.half = self.full.reduce(2)

    def view(self, matrix, size):
        """The picture through a matrix, from the copy that needs no more than a little shrinking."""
        scale = math.sqrt(abs(np.linalg.det(matrix[:, :2])))
        if scale > 0.6:
            return sample(self.full, matrix, size)
        return sample(self.half, matrix @ np.diag([2.0, 2.0, 1.0]), size)


class Canvases:
    """Draws training samples: (uint8 [S,S,3], classes, boxes)."""

    def __init__(self, photographs, side, seed, classes=24):
        self.side, self.random = side, np.random.default_rng(seed)
        self.sources = [Source(p) for p in photographs]
        products = [(i, j) for i, p in enumerate(photographs) for j in range(len(p.classes))]
        label = np.array([photographs[i].classes[j] for i, j in products])
        within = np.array([1 / len(photographs[i].classes) ** 0.5 for i, j in products])
        total = np.bincount(label, within, classes)
        self.products, self.weight = products, within / total[label]
        self.weight = np.cumsum(self.weight / self.weight.sum())
        rare = np.array([(1 / np.bincount(np.concatenate([p.classes for p in photographs]),
                                          minlength=classes)[p.classes]).max() ** 0.5
                         for p in photographs])
        self.picture_weight = np.cumsum(rare / rare.sum())

    def bend(self):
        """Mirrored or not, a little sheared, wider or narrower: a 2x2 matrix of determinant 1 or -1."""
        r = self.random
        wide = math.exp(r.uniform(-0.16, 0.16)) if r.random() < 0.6 else 1.0
        shear = r.uniform(-0.18, 0.18) if r.random() < 0.5 else 0.0
        return np.array([[wide * (-1 if r.random() < 0.3 else 1), shear], [0, 1 / wide]])

    def degrees(self):
        """A turn: mostly small, sometimes any."""
        r = self.random
        pick = r.random()
        if pick < 0.7:
            return float(np.clip(r.normal(0, 7), -25, 25))
        return float(r.uniform(-180, 180)) if pick < 0.85 else float(r.choice([90, 180, 270]) + r.normal(0, 5))

    def labels(self, photograph, matrix, window):
        """Classes, boxes and outlines of the products still to be seen in a window x1 y1 x2 y2."""
        kept = []
        for label, outline in zip(photograph.classes, photograph.outlines):
            points = outline @ matrix[:, :2].T + matrix[:, 2]
            low, high = points.min(0), points.max(0)
            a, b = np.maximum(low, window[:2]), np.minimum(high, window[2:])
            if (b - a).min() <= 2:
                continue
            if (low < window[:2]).any() or (high > window[2:]).any():
                if np.prod(b - a) < 0.2 * np.prod(high - low):
                    continue
                points = np.clip(points, window[:2], window[2:])
                a, b = points.min(0), points.max(0)
                if (b - a).min() <= 2:
                    continue
            kept.append((label, np.concatenate([a, b])))
        return kept

    def whole(self):
        """One picture in a letterbox, moved, scaled and turned."""
        r, side = self.random, self.side
        source = self.sources[int(np.searchsorted(self.picture_weight, r.random()))]
        height, width = source.photograph.pixels.shape[:2]
        scale = side / max(width, height) * math.exp(r.uniform(-0.3, 0.6))
        slack = np.array([side - width * scale, side - height * scale]) / 2
        target = side / 2 + r.uniform(-1, 1, 2) * np.maximum(np.abs(slack), 0.08 * side)
        matrix = affine(scale, self.degrees(), self.bend(), (width / 2, height / 2), target)
        picture = source.view(matrix, (side, side))
        return picture, self.labels(source.photograph, matrix, np.array([0, 0, side, side]))

    def product(self):
        """A product, rare classes as often as frequent ones: (source, number)."""
        i, j = self.products[int(np.searchsorted(self.weight, self.random.random()))]
        return self.sources[i], j

    def mosaic(self):
        """Four close views of products."""
        r, side = self.random, self.side
        cut = (r.uniform(0.35, 0.65, 2) * side).astype(int)
        picture, kept = Image.new("RGB", (side, side), (FILL,) * 3), []
        for x1, x2 in ((0, cut[0]), (cut[0], side)):
            for y1, y2 in ((0, cut[1]), (cut[1], side)):
                source, j = self.product()
                box = source.photograph.boxes[j]
                size, cell = np.sqrt(np.prod(box[2:] - box[:2])), np.array([x2 - x1, y2 - y1])
                height, width = source.photograph.pixels.shape[:2]
                scale = math.exp(r.uniform(math.log(0.12), math.log(0.85))) * cell.min() / size
                scale = float(np.clip(scale, 0.5 * side / max(height, width),
                                      min(2.0, 2.5 * side / max(height, width))))
                target = cell * r.uniform(0.25, 0.75, 2)
                matrix = affine(scale, self.degrees(), self.bend(),
                                (box[:2] + box[2:]) / 2, target)
                picture.paste(source.view(matrix, tuple(cell.tolist())), (int(x1), int(y1)))
                matrix[:, 2] += (x1, y1)
                kept += self.labels(source.photograph, matrix, np.array([x1, y1, x2, y2]))
        return picture, kept

    def paste(self, picture, kept, count):
        """Cuts products out of other pictures along their outlines and pastes them."""
        r, side = self.random, self.side
        for _ in range(count):
            source, j = self.product()
            box, outline = source.photograph.boxes[j], source.photograph.outlines[j]
            size = float(np.sqrt(np.prod(box[2:] - box[:2])))
            if size < 24:
                continue
            wanted = side * math.exp(r.uniform(math.log(0.06), math.log(0.4)))
            scale = min(wanted / size, 1.5)
            matrix = affine(scale, self.degrees() if r.random() < 0.5 else r.uniform(-180, 180),
                            self.bend(), (box[:2] + box[2:]) / 2, r.uniform(0, side, 2))
            points = outline[:-4] @ matrix[:, :2].T + matrix[:, 2]
            low, high = np.maximum(points.min(0), 0), np.minimum(points.max(0), side)
            if (high - low).min() < 8 or np.prod(high - low) < 0.4 * np.prod(np.ptp(points, 0)):
                continue
            new = np.concatenate([low, high])
            if any(overlap(new, other) > 0.2 for _, other in kept):
                continue
            corner = np.floor(low).astype(int)
            extent = tuple((np.ceil(high).astype(int) - corner).tolist())
            matrix[:, 2] -= corner
            mask = Image.new("L", extent, 0)
            ImageDraw.Draw(mask).polygon([tuple(p) for p in points - corner], fill=255)
            mask = mask.filter(ImageFilter.BoxBlur(0.7))
            cut = shade(source.view(matrix, extent), math.exp(r.uniform(-0.35, 0.35)))
            picture.paste(cut, tuple(corner.tolist()), mask)
            kept.append((source.photograph.classes[j], new))

    def cover(self, picture, kept):
        """Hides a part of some products behind a piece of another picture or one colour."""
        r = self.random
        for _, box in kept:
            if r.random() > 0.15:
                continue
            size = (box[2:] - box[:2]) * r.uniform(0.2, 0.55, 2)
            corner = box[:2] + (box[2:] - box[:2] - size) * r.choice([0.0, 1.0, r.random()], 2)
            extent = tuple(np.maximum(size.astype(int), 2).tolist())
            if r.random() < 0.5:
                patch = Image.new("RGB", extent, tuple(r.integers(0, 256, 3).tolist()))
            else:
                source = self.sources[r.integers(len(self.sources))]
                height, width = source.photograph.pixels.shape[:2]
                patch = source.view(affine(0.7, self.degrees(), self.bend(), r.uniform(0.2, 0.8, 2) * (
                    width, height), np.array(extent) / 2), extent)
            picture.paste(patch, tuple(corner.astype(int).tolist()))

    def light(self, pixels):
        """Brightness, gamma, contrast, tint, saturation, blur and noise."""
        r = self.random
        x = np.arange(256) / 255
        gain = math.exp(r.uniform(-0.35, 0.35)) if r.random() < 0.7 else 1
        gamma = math.exp(r.uniform(-0.5, 0.7)) if r.random() < 0.5 else 1
        contrast = math.exp(r.uniform(-0.35, 0.25)) if r.random() < 0.5 else 1
        if r.random() < 0.1:
            gain *= r.uniform(0.15, 0.5)
        tint = np.exp(r.uniform(-0.1, 0.1, 3)) if r.random() < 0.5 else np.ones(3)
        tables = [np.clip(((x ** gamma - 0.45) * contrast + 0.45) * gain * t, 0, 1) for t in tint]
        if r.random() < 0.5:
            colour = math.exp(r.uniform(-0.5, 0.4))
            grey = pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
            mixed = grey[..., None] * (1 - colour) + pixels * np.float32(colour)
            pixels = np.clip(mixed, 0, 255).astype(np.uint8)
        pixels = np.stack([(t * 255 + 0.5).astype(np.uint8)[pixels[..., k]]
                           for k, t in enumerate(tables)], -1)
        if r.random() < 0.15:
            blurred = Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(r.uniform(0.4, 1.3)))
            pixels = np.asarray(blurred)
        if r.random() < 0.15:
            noise = r.standard_normal(pixels.shape, np.float32) * r.uniform(2, 9)
            pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
        return pixels

    def draw(self, plain=False):
        """One sample; `plain` leaves mosaics and pasting out."""
        r = self.random
        pick = 1 if plain else r.random()
        picture, kept = self.mosaic() if pick < 0.55 else self.whole()
        if not plain:
            if r.random() < 0.7:
                self.paste(picture, kept, r.integers(1, 6))
            self.cover(picture, kept)
        pixels = self.light(np.asarray(picture))
        classes = np.array([k for k, _ in kept], np.int64)
        boxes = np.array([b for _, b in kept], np.float32).reshape(-1, 4)
        return pixels, classes, boxes


def overlap(new, other):
    """The share of `other` (or of `new`, if that is more) covered by both."""
    both = np.minimum(new[2:], other[2:]) - np.maximum(new[:2], other[:2])
    if both.min() <= 0:
        return 0.0
    return float(np.prod(both) / min(np.prod(new[2:] - new[:2]), np.prod(other[2:] - other[:2])))


def shade(picture, gain):
    """A brighter or darker picture."""
    return picture.point([min(255, int(v * gain + 0.5)) for v in range(256)] * 3)
