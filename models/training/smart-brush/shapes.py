"""Drawn objects: random shapes with a texture of their own on any background."""

import numpy as np
from scipy import ndimage

HEIGHT, WIDTH = 320, 384


def blob(random, height, width):
    """A smooth random shape in one piece that covers two to forty per cent."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    side = min(height, width)
    radius = side * random.uniform(0.1, 0.36)
    cy, cx = random.uniform(0.25, 0.75) * height, random.uniform(0.25, 0.75) * width
    stretch, turn = np.exp(random.uniform(-0.7, 0.7)), random.uniform(0, np.pi)
    u = ((x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)) / (radius * stretch)
    v = ((y - cy) * np.cos(turn) - (x - cx) * np.sin(turn)) / (radius / stretch)
    kind = random.integers(3)
    if kind == 0:  # a rectangle or a rounded one
        power = random.choice([2.0, 4.0, 16.0])
        level = (np.abs(u) ** power + np.abs(v) ** power) ** (1 / power)
    else:  # an ellipse whose radius swings
        angle = np.arctan2(v, u)
        swing = sum(random.normal() * 0.3 / k * np.cos(k * angle + random.uniform(0, 6.3))
                    for k in range(2, 7)) if kind == 1 else 0
        level = np.hypot(u, v) * np.exp(-swing * 0.7)
    level = level + smooth(random, height, width, side / random.uniform(4, 20)) * random.uniform(0, 0.15)
    mask = level < 1
    labels, count = ndimage.label(mask)
    if count > 1:
        mask = labels == 1 + np.argmax(np.bincount(labels.ravel())[1:])
    return mask


def smooth(random, height, width, scale):
    """Smooth noise of standard deviation 1."""
    small = random.normal(size=(int(height / scale) + 3, int(width / scale) + 3))
    field = ndimage.zoom(small, (height / (small.shape[0] - 1), width / (small.shape[1] - 1)), order=1)
    field = field[:height, :width]
    return ((field - field.mean()) / max(field.std(), 1e-6)).astype(np.float32)


def texture(random, sources, height, width):
    """A piece of a picture, or smooth noise around one colour; float [H,W,3] of 0 to 255."""
    if random.random() < 0.5:
        source = sources[random.integers(len(sources))]
        rows = np.abs(np.arange(height) + random.integers(source.shape[0])) % (2 * source.shape[0])
        columns = np.abs(np.arange(width) + random.integers(source.shape[1])) % (2 * source.shape[1])
        rows = np.minimum(rows, 2 * source.shape[0] - 1 - rows)
        columns = np.minimum(columns, 2 * source.shape[1] - 1 - columns)
        if random.random() < 0.5:
            rows = rows[::-1]
        return source[rows][:, columns].astype(np.float32)
    colour = random.uniform(20, 235, 3) if random.random() < 0.6 else random.uniform(20, 235, 1)
    scale = np.exp(random.uniform(np.log(1.5), np.log(40)))
    noise = smooth(random, height, width, scale)[:, :, None]
    return np.clip(colour + noise * random.uniform(0, 35), 0, 255) + np.zeros((1, 1, 3), np.float32)


def drawn_scene(random, sources):
    """Pixels uint8 [H,W,3] and the mask of one of one to four objects that do not cover it."""
    height, width = (HEIGHT, WIDTH) if random.random() < 0.7 else (256, 256)
    canvas = texture(random, sources, height, width)
    count = random.integers(1, 5)
    shared = texture(random, sources, height, width) if random.random() < 0.3 else None
    visible = []
    for _ in range(count):
        mask = blob(random, height, width)
        soft = ndimage.gaussian_filter(mask.astype(np.float32), random.uniform(0.4, 1.6))[:, :, None]
        inside = texture(random, sources, height, width) if shared is None else shared
        if random.random() < 0.3:  # little contrast
            inside = canvas + random.uniform(18, 60) * random.choice([-1, 1])
        canvas = canvas + (inside - canvas) * soft * random.uniform(0.75, 1)
        visible = [m & ~mask for m in visible] + [mask]
    choices = [m for m in visible if m.sum() > 150]
    if not choices:
        return drawn_scene(random, sources)
    return np.clip(canvas, 0, 255).astype(np.uint8), choices[random.integers(len(choices))]
