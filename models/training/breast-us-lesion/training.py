"""The training loop: balanced batches, losses, pseudo-masks, averaged weights."""

import time

import numpy as np
import torch
from torch.nn import functional as F

from augment import Views
from learning import Average, cosine, parameter_groups, set_rates, set_training
from network import CLASSES, BreastNet

NORMAL = CLASSES.index("normal")
MEAN, STD = 0.33, 0.2


class Batches:
    """Draws picture numbers: outlined lesions and the rarer classes more often."""

    def __init__(self, pictures, generator):
        count = np.bincount([p.label for p in pictures], minlength=len(CLASSES))
        share = np.array([0.42, 0.36, 0.22]) / count
        weight = [share[p.label] * (2.2 if p.outlined else 1.0) for p in pictures]
        self.weight = torch.tensor(weight, dtype=torch.float32)
        self.generator = generator

    def draw(self, size):
        """Numbers of one batch, none of them twice."""
        return torch.multinomial(self.weight, size, generator=self.generator)


def overlap(logits, target, weight):
    """Weighted cross-entropy plus, for each lesion, soft Dice."""
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none").mean((1, 2, 3))
    probability = torch.sigmoid(logits)
    common = (probability * target).sum((1, 2, 3))
    total = probability.sum((1, 2, 3)) + target.sum((1, 2, 3))
    dice = 1 - (2 * common + 1) / (total + 1)
    lesion = (target.sum((1, 2, 3)) > 0).float()
    return ((2 * entropy + dice * lesion) * weight).sum() / weight.sum().clamp(min=1)


def presence(logits, lesion):
    """Where a lesion is known to be somewhere, some hundredth of the picture is marked."""
    flat = logits.flatten(1)
    top = flat.topk(max(1, flat.shape[1] // 100), 1).values.mean(1)
    return (F.softplus(-top) * lesion).mean()


def loss_of(maps, marks, label, mask, weight, hidden):
    """Class, mask and presence losses."""
    classes = F.cross_entropy(maps.float().mean((2, 3)), label, label_smoothing=0.05)
    total = classes
    for mark, share in zip(reversed(marks), (1.0, 0.25, 0.1)):
        mark = mark.float()
        target = F.adaptive_avg_pool2d(mask, mark.shape[-2:])
        total = total + share * overlap(mark, target, weight)
    return total + 0.06 * presence(marks[-1].float(), hidden), classes


@torch.no_grad()
def pseudo_masks(model, images, picked, side):
    """Mask probability (uint8) of pictures without an outline, drawn tighter and sharper."""
    found = []
    for part in torch.as_tensor(picked).split(16):
        small = F.interpolate(images[part].float() / 255, size=(side, side), mode="bilinear",
                              align_corners=False)
        small = ((small - MEAN) / STD).contiguous(memory_format=torch.channels_last)
        mask = model(small)[1][-1]
        mask = F.interpolate(mask, size=images.shape[-2:], mode="bilinear", align_corners=False)
        found.append((torch.sigmoid(2 * (mask - 0.5)) * 255).round().to(torch.uint8))
    return torch.cat(found)


def train(pictures, side, steps, seed, batch=16, frozen=2, rate=1.5e-3, refresh=(0.4, 0.7),
          report=print, save=None):
    """Trains one network on the given pictures; returns the averaged weights."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    images = torch.from_numpy(np.stack([p.pixels for p in pictures]))[:, None]
    empty = np.zeros(pictures[0].pixels.shape, bool)
    masks = torch.from_numpy(np.stack([empty if p.mask is None else p.mask for p in pictures]))
    masks = masks[:, None].to(torch.uint8) * 255
    labels = torch.tensor([p.label for p in pictures])
    unknown = torch.tensor([i for i, p in enumerate(pictures) if p.mask is None])
    weights = torch.tensor([0.0 if p.mask is None else 1.0 for p in pictures])
    hidden = torch.tensor([1.0 if p.mask is None else 0.0 for p in pictures])

    views, batches = Views(images, masks, side, generator), Batches(pictures, generator)
    model = BreastNet()
    model.encoder.load_imagenet()
    model = model.to(memory_format=torch.channels_last)
    average = Average(model, keep=min(0.998, 1 - 12 / steps))
    groups = parameter_groups(model, frozen, rate * 0.5, rate)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.03)
    refreshes = [int(steps * share) for share in refresh]

    started, recent, recent_class = time.time(), 0.0, 0.0
    for step in range(steps):
        set_rates(optimiser, cosine(step, steps, warm_up=min(60, steps // 10)))
        if step in refreshes and len(unknown):
            masks[unknown] = pseudo_masks(average.model, images, unknown, side)
            weights[unknown], hidden[unknown] = 0.5, 0.3
        picked = batches.draw(batch)
        image, mask = views.draw(picked)
        image = ((image - MEAN) / STD).contiguous(memory_format=torch.channels_last)
        set_training(model, frozen)
        maps, marks = model(image, frozen)
        loss, class_loss = loss_of(maps, marks, labels[picked], mask, weights[picked],
                                   hidden[picked])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
        optimiser.step()
        average.update(model)
        recent, recent_class = recent + float(loss.detach()), recent_class + float(class_loss.detach())
        if (step + 1) % 50 == 0:
            spent = time.time() - started
            report(f"step {step + 1}/{steps}  loss {recent / 50:.3f}  classes "
                   f"{recent_class / 50:.3f}  {spent:.0f} s  {(step + 1) * batch / spent:.1f} images/s")
            recent = recent_class = 0.0
            if save and (step + 1) % 200 == 0:
                save(average.model)
    return average.model.eval()
