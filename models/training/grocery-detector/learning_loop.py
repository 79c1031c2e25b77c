"""The training loop: bfloat16, fixed first layers, averaged weights, a cosine."""

import time
from dataclasses import dataclass

import numpy as np
import torch
from canvas import Canvases
from learning import Average, cosine, set_rates
from network import Detector, anchor_points, decode
from photographs import normalise
from quick import FixedStart

FROZEN = 5         # blocks of the encoder that stay as they are, with the stem: up to stride 8
SMALL, SHARE = 0.7, 0.5  # the first half of a first stage sees canvases of 0.7 of the side
PLAIN_TAIL = 0.12  # the last part of the steps sees whole pictures only


@dataclass
class Stage:
    """So many steps with canvases of one side; `rate` is the head's highest."""

    side: int
    steps: int
    rate: float
    batch: int
    seed: int


def batch_of(canvases, count, plain):
    """A normalised batch and its targets."""
    drawn = [canvases.draw(plain) for _ in range(count)]
    pixels = torch.from_numpy(np.stack([d[0] for d in drawn]))
    image = normalise(pixels.permute(0, 3, 1, 2).float()).contiguous(memory_format=torch.channels_last)
    return image, [(torch.from_numpy(c), torch.from_numpy(b)) for _, c, b in drawn]


def train(photographs, stage, report=print, save=lambda model: None, start=None):
    """Returns the averaged network; `start` are weights to go on from.

    `save` gets what there is every 250 steps.
    """
    from objective import objective

    torch.manual_seed(stage.seed)
    model = Detector()
    if start is not None:
        model.load_state_dict(start)
    model = model.to(memory_format=torch.channels_last)
    average = Average(model, 0.998)
    canvases = Canvases(photographs, stage.side, stage.seed)
    known = {id(p) for p in model.encoder.parameters()}
    fixed = FixedStart(model.encoder, FROZEN)
    for part in (model.encoder.stem, *model.encoder.blocks[:FROZEN]):
        part.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    head = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW([
        {"params": encoder, "base": stage.rate * 0.35, "lr": 0.0},
        {"params": head, "base": stage.rate, "lr": 0.0}], weight_decay=0.03)
    begun, shown, waited = time.time(), [], 0.0
    for step in range(stage.steps):
        set_rates(optimiser, cosine(step, stage.steps, min(150, stage.steps // 4)))
        small = start is None and step < stage.steps * SHARE
        canvases.side = side = round(stage.side * SMALL / 32) * 32 if small else stage.side
        points, strides = anchor_points(side, side)
        drawn = time.time()
        image, targets = batch_of(canvases, stage.batch, step >= stage.steps * (1 - PLAIN_TAIL))
        waited += time.time() - drawn
        model.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits, distances = model(image, fixed)
        logits, distances = logits.float(), distances.float()
        loss, parts = objective(logits, decode(distances, points, strides), targets, points, strides)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*encoder, *head], 10.0)
        optimiser.step()
        average.update(model)
        shown.append([loss.item(), *parts.values()])
        if step % 25 == 24:
            text = " ".join(f"{v:.3f}" for v in np.mean(shown, 0))
            report(f"{step + 1} {time.time() - begun:.0f}s (data {waited:.0f}s) "
                   f"loss, product, class, box: {text}")
            shown = []
        if step % 250 == 249:
            save(average.model)
    return average.model
