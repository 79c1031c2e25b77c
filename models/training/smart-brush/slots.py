"""Training samples that live for a few clicks.

A slot holds an augmented picture, the object that is wanted, the clicks so far and the network's
last answer.  Every training step takes all slots through one pass with gradient; the answer is
pasted back, a corrective click follows, and the next step sees the zoomed view as the application
would show it.  So no pass is spent on simulating clicks alone.
"""

from dataclasses import dataclass, field

import numpy as np
import torch
from scipy import ndimage
from torch.nn import functional as F

from clicks import depth, next_click
from scenes import windowed
from shapes import drawn_scene
from views import (MEAN, STD, THRESHOLD, View, cut, discs, paste, placed, whole_view,
                   zoomed_view)

# How often a slot draws from each set.
SHARES = {"photographs": 0.46, "mr": 0.27, "ultrasound": 0.15, "drawn": 0.12}
MOST_STEPS = 7


@dataclass
class Slot:
    """One object being clicked."""

    picture: torch.Tensor  # float [3,H,W], 0 to 255
    truth: np.ndarray      # bool [H,W]
    view: View
    positives: list = field(default_factory=list)
    negatives: list = field(default_factory=list)
    previous: torch.Tensor | None = None
    age: int = 0

    def click(self, x, y, positive):
        """Adds a click."""
        (self.positives if positive else self.negatives).append((x, y))


def resized(mask, reach):
    """A mask grown by `reach` pixels, or shrunk where it is negative; about right and quick."""
    step = 4 if mask.sum() > 2000 else 2
    small = mask[::step, ::step]
    if reach < 0:
        found = ndimage.distance_transform_edt(small) > -reach / step
    else:
        found = ndimage.distance_transform_edt(~small) <= reach / step
    return np.repeat(np.repeat(found, step, 0), step, 1)[:mask.shape[0], :mask.shape[1]]


def share(mask):
    """Area of a mask in squares of the picture's longer side."""
    return mask.sum() / max(mask.shape) ** 2


class Slots:
    """A batch of slots; `batch` gives the network's inputs, `answer` takes its probabilities."""

    def __init__(self, scenes, count, seed, smaller=0.0):
        self.random = np.random.default_rng(seed)
        self.smaller = smaller  # how often the smaller of two drawn objects is taken
        self.sets = {}
        for scene in scenes:
            self.sets.setdefault(scene.set, {}).setdefault(scene.group, []).append(scene)
        self.groups = {name: sorted(groups) for name, groups in self.sets.items()}
        self.sources = [s.pixels for s in scenes if s.set == "photographs"][::2]
        self.slots = [self.fresh() for _ in range(count)]

    def uniform(self, low, high):
        """A random float."""
        return float(self.random.uniform(low, high))

    def chance(self, probability):
        """True with this probability."""
        return self.random.random() < probability

    # Pictures

    def source(self):
        """A random picture as float [H,W,3] of 0 to 255, its mask, and whether it is grey."""
        names = [n for n in SHARES if n == "drawn" or n in self.sets]
        weights = np.array([SHARES[n] for n in names])
        name = names[self.random.choice(len(names), p=weights / weights.sum())]
        if name == "drawn":
            pixels, mask = drawn_scene(self.random, self.sources)
            return pixels.astype(np.float32), mask, "drawn"
        scene, mask = self.outlined(name)
        if self.chance(self.smaller):
            other = self.outlined(name)
            if share(other[1]) < share(mask):
                scene, mask = other
        pixels = scene.pixels
        if pixels.dtype != np.uint8:
            pixels = windowed(pixels, self.uniform(0, 3), self.uniform(97.5, 100)) \
                if self.chance(0.6) else windowed(pixels)
        if pixels.ndim == 2:
            pixels = np.repeat(pixels[:, :, None], 3, 2)
        return pixels.astype(np.float32), mask, name

    def outlined(self, name):
        """A random scene of a set and the mask of one of its objects; every group as often as any other."""
        groups = self.groups[name]
        group = self.sets[name][groups[self.random.integers(len(groups))]]
        scene = group[self.random.integers(len(group))]
        masks = [m for m in scene.masks if m.sum() >= 30]
        return (scene, masks[self.random.integers(len(masks))]) if masks else self.outlined(name)

    def turned(self, pixels, mask, kind):
        """The picture mirrored, and sometimes rotated, scaled, moved and bent."""
        if self.chance(0.5):
            pixels, mask = pixels[:, ::-1], mask[:, ::-1]
        if self.chance(0.25 if kind == "photographs" else 0.5):
            pixels, mask = pixels[::-1], mask[::-1]
        if self.chance(0.15):
            pixels, mask = pixels.transpose(1, 0, 2), mask.T
        maps = torch.cat((torch.from_numpy(pixels.copy()).permute(2, 0, 1),
                          torch.from_numpy(mask.astype(np.float32))[None]))
        if self.chance(0.25 if kind == "photographs" else 0.35):
            return maps
        height, width = mask.shape
        less = self.uniform(0.55, 0.9) if kind == "photographs" else 1.0
        angle = self.uniform(-3.1, 3.1) if self.chance(0.2) else self.uniform(-0.35, 0.35)
        grow = np.exp(self.uniform(-0.45, 0.35))
        tall, wide = (int(n * less * np.exp(self.uniform(-0.12, 0.12))) for n in (height, width))
        grow = grow * less
        stretch = np.exp(self.uniform(-0.15, 0.15))
        y, x = torch.meshgrid(torch.arange(tall) - (tall - 1) / 2,
                              torch.arange(wide) - (wide - 1) / 2, indexing="ij")
        if self.chance(0.4):
            size = self.uniform(0.01, 0.035) * max(height, width)
            bend = torch.from_numpy(self.random.uniform(-1, 1, (1, 2, 5, 5)).astype(np.float32))
            bend = F.interpolate(bend * size, size=(tall, wide), mode="bicubic",
                                 align_corners=True)[0]
            x, y = x + bend[0], y + bend[1]
        x = (x - self.uniform(-0.15, 0.15) * wide) / grow * stretch
        y = (y - self.uniform(-0.15, 0.15) * tall) / grow / stretch
        u = (np.cos(angle) * x + np.sin(angle) * y) * 2 / width
        v = (np.cos(angle) * y - np.sin(angle) * x) * 2 / height
        grid = torch.stack((u, v), -1)[None].float()
        mode = "zeros" if kind == "mr" or self.chance(0.3) else "reflection"
        picture = F.grid_sample(maps[None, :3], grid, padding_mode=mode, align_corners=False)[0]
        target = F.grid_sample(maps[None, 3:], grid, padding_mode="zeros", align_corners=False)[0]
        if (target > 0.5).sum() < 0.5 * grow * grow * mask.sum():
            return maps  # too much of it left the picture
        return torch.cat((picture, target))

    def lit(self, picture, kind):
        """Brightness, contrast, gamma, colour, blur and noise; values of 0 to 255."""
        x = picture / 255
        if kind in ("photographs", "drawn"):
            if self.chance(0.2):
                x = (0.299 * x[:1] + 0.587 * x[1:2] + 0.114 * x[2:]).expand(3, -1, -1)
            elif self.chance(0.6):
                grey = x.mean(0, keepdim=True)
                x = grey + (x - grey) * self.uniform(0.5, 1.5)
                x = x * torch.tensor(self.random.uniform(0.85, 1.15, (3, 1, 1)), dtype=torch.float32)
        elif self.chance(0.06):
            x = 1 - x
        if self.chance(0.7):
            gain, middle = self.uniform(0.6, 1.35), float(x[:, ::4, ::4].mean())
            x = x * gain + (middle * (1 - gain) + self.uniform(-0.12, 0.12))
        if self.chance(0.5):
            x = x.clamp(1e-4, 1) ** np.exp(self.uniform(-0.4, 0.4))
        if self.chance(0.2):
            soft = F.avg_pool2d(x[None], 3, 1, 1, count_include_pad=False)[0]
            x = torch.lerp(x, soft, self.uniform(0.3, 1))
        if self.chance(0.25):
            noise = self.random.standard_normal(x.shape[-2:], np.float32)
            x = x + torch.from_numpy(noise) * self.uniform(0.005, 0.04)
        return (x * 255).clamp(0, 255)

    # Clicks

    def fresh(self):
        """A new slot with its first clicks, on the whole picture or close to the object."""
        pixels, mask, kind = self.source()
        maps = self.turned(pixels, mask, kind)
        truth = maps[3].numpy() > 0.5
        if truth.sum() < 25:
            return self.fresh()
        slot = Slot(self.lit(maps[:3], kind), truth, whole_view(*truth.shape))
        inside = depth(truth)
        self.click_within(slot, inside, 0.3 if self.chance(0.5) else 0.7, True)
        if self.chance(0.4):
            slot.view = self.close_view(truth, slot.positives[0])
            if self.chance(0.5):
                slot.previous = self.guess(truth)
        if self.chance(0.15):
            for _ in range(self.random.integers(1, 3)):
                self.click_within(slot, inside, 0.2, True)
        if self.chance(0.2):
            around = depth(resized(truth, 20) & ~truth)
            if around.max() > 2:
                for _ in range(self.random.integers(1, 3)):
                    self.click_within(slot, around, 0.4, False)
        return slot

    def click_within(self, slot, deep, share, positive):
        """A click on a random point at least `share` as deep as the deepest."""
        choices = np.flatnonzero(deep >= max(share * deep.max(), 1e-6))
        y, x = divmod(int(choices[self.random.integers(len(choices))]), deep.shape[1])
        slot.click(x, y, positive)

    def close_view(self, truth, held):
        """A view around the object with random room, or only around the click."""
        height, width = truth.shape
        rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
        extent = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
        side = int(max(extent * np.exp(self.uniform(0.1, 1.1)), max(height, width) / 6, 32))
        if side >= max(height, width):
            return whole_view(height, width)
        middle = [(columns[0] + columns[-1]) / 2, (rows[0] + rows[-1]) / 2]
        slack = max(0.0, (side - extent) / 2)
        x, y = (placed(m + self.uniform(-slack, slack), side, n)
                for m, n in zip(middle, (width, height)))
        x = min(max(x, held[0] - side + 1), held[0])
        y = min(max(y, held[1] - side + 1), held[1])
        return View(int(x), int(y), side)

    def guess(self, truth):
        """A probability map that a poor first answer might have given."""
        height, width = truth.shape
        reach = np.sqrt(truth.sum()) * self.uniform(0.05, 0.35) * self.random.choice([-1, 1])
        pooled = torch.from_numpy(resized(truth, reach))[None, None].float()
        noise = torch.from_numpy(self.random.normal(size=(1, 1, 7, 7)).astype(np.float32))
        noise = F.interpolate(noise, size=(height, width), mode="bicubic", align_corners=False)
        soft = F.avg_pool2d(pooled, 5, 1, 2)
        return torch.sigmoid((soft - 0.5) * 8 + noise * self.uniform(0.5, 3))[0, 0]

    def advance(self, slot):
        """The next click and view of a slot, or a new slot where it is done."""
        mask = slot.previous.numpy() >= THRESHOLD
        union = max(1, int((mask | slot.truth).sum()))
        overlap = int((mask & slot.truth).sum()) / union
        slot.age += 1
        if slot.age >= MOST_STEPS or self.chance(0.15) or overlap > 0.95 or \
                (overlap > 0.88 and self.chance(0.5)):
            return self.fresh()
        if not (slot.age == 1 and self.chance(0.35)):  # else: the refining pass
            found = next_click(mask, slot.truth, slot.positives + slot.negatives, self.random)
            if found is None:
                return self.fresh()
            slot.click(*found)
        margin = 1.5 if self.chance(0.5) else self.uniform(1.2, 2.2)
        shift = (0.0, 0.0) if self.chance(0.6) else (self.uniform(-0.1, 0.1), self.uniform(-0.1, 0.1))
        slot.view = zoomed_view(torch.from_numpy(mask), slot.positives, margin, shift)
        last = (slot.positives + slot.negatives)[-1]
        view = slot.view
        if not (view.x <= last[0] < view.x + view.side and view.y <= last[1] < view.y + view.side):
            slot.view = whole_view(*mask.shape)
        return slot

    # Batches

    def batch(self, size):
        """Image, prompt and target of every slot at size x size."""
        images, prompts, targets = [], [], []
        for slot in self.slots:
            filled = cut(slot.picture, slot.view, 127.0, size)
            images.append((filled / 255 - MEAN) / STD)
            truth = torch.from_numpy(slot.truth)[None].float()
            targets.append(cut(truth, slot.view, 0.0, size))
            before = torch.zeros(size, size) if slot.previous is None \
                else cut(slot.previous[None], slot.view, 0.0, size)[0]
            if slot.previous is not None and self.chance(0.07):
                before = torch.zeros(size, size)  # an answer may be missing
            prompts.append(torch.stack((discs(slot.positives, slot.view, size),
                                        discs(slot.negatives, slot.view, size), before)))
        return torch.stack(images), torch.stack(prompts), (torch.stack(targets) >= 0.5).float()

    def answer(self, probability):
        """Takes the network's probabilities [N,size,size] and moves every slot on."""
        for index, slot in enumerate(self.slots):
            slot.previous = paste(probability[index], slot.view, *slot.truth.shape)
            self.slots[index] = self.advance(slot)
