"""The training loop: loss, schedule, averaged weights."""

import time
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from learning import Average, cosine, set_rates
from network import FROZEN, BrushNet
from quick import plain, quicken
from slots import Slots
from views import SIZE


def overlap_loss(logits, target):
    """Normalised focal cross-entropy plus one minus soft IoU, each picture by itself."""
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    probability = torch.sigmoid(logits)
    wrong = ((probability - target).abs()).detach()
    weight = 0.5 + 4 * wrong ** 2
    focal = (entropy * weight).mean((1, 2, 3))
    common = (probability * target).sum((1, 2, 3))
    union = (probability + target).sum((1, 2, 3)) - common
    return focal + 1 - (common + 8) / (union + 8)


def deep_loss(outputs, target):
    """The loss of the full-size logits and, weighted less, of those at stride 8."""
    full, eighth = (o.float() for o in outputs)
    coarse = F.avg_pool2d(target, 8)
    return (overlap_loss(full, target)
            + 0.2 * F.binary_cross_entropy_with_logits(eighth, coarse, reduction="none").mean((1, 2, 3))
            ).mean()


def build():
    """The network with ImageNet weights, quickened for training."""
    model = BrushNet()
    model.encoder.load_imagenet()
    quicken(model.encoder)
    for part in (model.encoder.stem, *model.encoder.blocks[:FROZEN]):
        for parameter in part.parameters():
            parameter.requires_grad_(False)
    return model.to(memory_format=torch.channels_last)


def rate_groups(model, rate):
    """The encoder's trained blocks at half the rate of the rest; fixed kernels are left out."""
    encoder = [p for b in model.encoder.blocks[FROZEN:] for p in b.parameters() if p.requires_grad]
    known = {id(p) for p in model.encoder.parameters()}
    rest = [p for p in model.parameters() if id(p) not in known]
    return [{"params": encoder, "base": rate / 2, "lr": rate / 2},
            {"params": rest, "base": rate, "lr": rate}]


@dataclass
class Course:
    """So many steps; `rate` is the highest of the decoder, the encoder has half of it."""

    steps: int
    rate: float
    smaller: float  # how often the smaller of two drawn objects is taken
    small_share: float  # share of the steps, the first ones, with pictures of 192 pixels a side

    def side(self, step):
        """Pixels of a step's pictures."""
        return SMALL if step < self.small_share * self.steps else SIZE


SMALL = 192


def fit(scenes, course, seed, keep_at, start=None, batch=12, report=print):
    """Trains a network from ImageNet's weights, or from those of `start`; returns its averaged weights.

    They also go to `keep_at`. A run that was cut off goes on from its last hundred steps, with new samples.
    """
    state_at, first, steps = keep_at.with_suffix(".state"), 0, course.steps
    torch.manual_seed(seed)
    model = build()
    if start is not None:
        model.load_state_dict(torch.load(start, map_location="cpu", weights_only=True))
    groups = rate_groups(model, course.rate)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02)
    average = Average(model, 0.998)
    if state_at.exists():
        state = torch.load(state_at, map_location="cpu", weights_only=True)
        first = average.steps = state["steps"]
        model.load_state_dict(state["model"])
        average.model.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
    slots = Slots(scenes, batch, seed + first, course.smaller)
    begun, spent, losses, overlaps = time.time(), 0.0, [], []
    for step in range(first, steps):
        size = course.side(step)
        set_rates(optimiser, cosine(step, steps))
        mark = time.process_time()
        image, prompt, target = slots.batch(size)
        spent += time.process_time() - mark
        model.train()
        with torch.autocast("cpu", torch.bfloat16):
            outputs = model(image.contiguous(memory_format=torch.channels_last),
                            prompt.contiguous(memory_format=torch.channels_last))
        loss = deep_loss(outputs, target)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 2.0)
        optimiser.step()
        average.update(model)
        mark = time.process_time()
        probability = torch.sigmoid(outputs[0].detach().float()[:, 0])
        marked, wanted = probability >= 0.5, target[:, 0] > 0.5
        overlaps.append(float(((marked & wanted).sum((1, 2)) /
                               (marked | wanted).sum((1, 2)).clamp(min=1)).mean()))
        slots.answer(probability)
        spent += time.process_time() - mark
        losses.append(float(loss.detach()))
        if (step + 1) % 50 == 0:
            report(f"step {step + 1}/{steps}  size {size}  loss {sum(losses[-50:]) / 50:.3f}  "
                   f"IoU {sum(overlaps[-50:]) / 50:.3f}  {time.time() - begun:.0f} s, processor "
                   f"{time.process_time():.0f} s, samples {spent:.0f} s", flush=True)
        if (step + 1) % 100 == 0 or step + 1 == steps:
            torch.save(average.model.state_dict(), keep_at)
            torch.save({"steps": step + 1, "model": model.state_dict(),
                        "average": average.model.state_dict(),
                        "optimiser": optimiser.state_dict()}, state_at)
    return average.model


def load(path):
    """A trained network as plain convolutions, in evaluation mode."""
    model = build()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    plain(model)
    return model.eval()
