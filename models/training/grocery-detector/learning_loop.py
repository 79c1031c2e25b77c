"""The training loop: bfloat16, fixed first layers, averaged weights, a cosine."""

import time

import numpy as np
import torch
from canvas import Canvases
from learning import Average, cosine, set_rates
from network import Detector, anchor_points, decode
from photographs import normalise

SMALL, SHARE = 0.7, 0.5  # the first half of the steps sees canvases of 0.7 of the side
PLAIN_TAIL = 0.12  # the last part of the steps sees whole pictures only


def batch_of(canvases, count, plain):
    """A normalised batch and its targets."""
    drawn = [canvases.draw(plain) for _ in range(count)]
    pixels = torch.from_numpy(np.stack([d[0] for d in drawn]))
    image = normalise(pixels.permute(0, 3, 1, 2).float()).contiguous(memory_format=torch.channels_last)
    return image, [(torch.from_numpy(c), torch.from_numpy(b)) for _, c, b in drawn]


def train(photographs, options, steps, rate, report=print, save=lambda model: None, start=None):
    """Returns the averaged network."""
    from objective import objective

    torch.manual_seed(options.seed)
    model = Detector()
    if start is not None:
        model.load_state_dict(start)
    model = model.to(memory_format=torch.channels_last)
    average = Average(model, 0.998)
    canvases = Canvases(photographs, options.side, options.seed)
    known = {id(p) for p in model.encoder.parameters()}
    for part in (model.encoder.stem, *model.encoder.blocks[:options.frozen]):
        part.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    head = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW([
        {"params": encoder, "base": rate * 0.35, "lr": 0.0},
        {"params": head, "base": rate, "lr": 0.0}], weight_decay=0.03)
    begun, shown, waited = time.time(), [], 0.0
    for step in range(steps):
        set_rates(optimiser, cosine(step, steps, 150))
        small = start is None and step < steps * SHARE
        canvases.side = side = round(options.side * SMALL / 32) * 32 if small else options.side
        points, strides = anchor_points(side, side)
        drawn = time.time()
        image, targets = batch_of(canvases, options.batch, step >= steps * (1 - PLAIN_TAIL))
        waited += time.time() - drawn
        model.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits, distances = model(image, options.frozen)
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
