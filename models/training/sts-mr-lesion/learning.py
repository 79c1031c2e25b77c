"""The training loop: batches, loss, averaged weights."""

import copy
import math
import time

import torch
from torch.nn import functional as F

from augment import Resampled, Sampler
from network import LesionNet
from transforms import pad_to_multiple, resample, resize


def prepare(patient, rules):
    """A patient's maps and targets at the model's spacing."""
    maps = resample(patient.volume, patient.spacing, rules)
    target = resize(torch.from_numpy(patient.mask.astype("float32")), maps.shape[-2:])
    target = (target >= 0.5).float()
    canvas = tuple(pad_to_multiple(maps[:1], rules).shape[-2:])
    return Resampled(maps, target, torch.nonzero(target.any(2).any(1))[:, 0], canvas)


def overlap_loss(logits, target):
    """Binary cross-entropy plus soft Dice over the whole batch."""
    entropy = F.binary_cross_entropy_with_logits(logits, target)
    probability = torch.sigmoid(logits)
    common = (probability * target).sum()
    dice = (2 * common + 1) / (probability.sum() + target.sum() + 1)
    return entropy + 1 - dice


def deep_loss(outputs, target):
    """The loss of the full-size logits and, weighted less, of coarser levels."""
    full, quarter, eighth = (o.float() for o in outputs)
    return (overlap_loss(full, target)
            + 0.25 * overlap_loss(quarter, F.avg_pool2d(target, 4))
            + 0.1 * overlap_loss(eighth, F.avg_pool2d(target, 8)))


def forward(model, image, frozen):
    """Runs the encoder in float32 and the decoder in bfloat16.

    The first `frozen` blocks keep their ImageNet weights: no gradient there.
    """
    features = model.encoder(image, frozen)
    with torch.autocast("cpu", torch.bfloat16):
        return model.decode(features)


def set_training(model, frozen):
    """Training mode, except for the batch norms of the frozen layers."""
    model.train()
    model.encoder.stem.eval()
    for block in model.encoder.blocks[:frozen]:
        block.eval()


def train(patients, rules, steps, seed, start=None, frozen=2, rate=1.5e-3, averaging=0.998,
          report=print):
    """Trains one network on the given patients; returns the averaged weights.

    `start` is a file of weights to go on from, at a third of the rate.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    sampler = Sampler([prepare(p, rules) for p in patients], generator)
    model = LesionNet()
    model.encoder.load_imagenet()
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
        rate = rate / 3
    model = model.to(memory_format=torch.channels_last)
    average = copy.deepcopy(model).eval()

    encoder = [p for block in model.encoder.blocks[frozen:] for p in block.parameters()]
    known = {id(p) for p in model.encoder.parameters()}
    decoder = [p for p in model.parameters() if id(p) not in known]
    rates = (rate / 2, rate)
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rates[0]}, {"params": decoder, "lr": rates[1]}],
        weight_decay=0.03)

    started, sampling, seen, recent = time.time(), 0.0, 0, 0.0
    for step in range(steps):
        factor = min(1, (step + 1) / 60) * 0.5 * (1 + math.cos(math.pi * step / steps))
        for group, base in zip(optimiser.param_groups, rates):
            group["lr"] = base * max(factor, 0.01)
        begun = time.time()
        image, target = sampler.batch(rules.mean, rules.std)
        sampling += time.time() - begun
        seen += len(image)
        set_training(model, frozen)
        loss = deep_loss(forward(model, image.contiguous(memory_format=torch.channels_last),
                                 frozen), target)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder + decoder, 3.0)
        optimiser.step()

        keep = min(averaging, (step + 1) / (step + 10))
        with torch.no_grad():
            for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
                if mean.dtype.is_floating_point:
                    mean.lerp_(value, 1 - keep)
                else:
                    mean.copy_(value)
        recent += float(loss.detach())
        if (step + 1) % 50 == 0:
            spent = time.time() - started
            report(f"step {step + 1}/{steps}  loss {recent / 50:.3f}  {spent:.0f} s  "
                   f"{seen / spent:.1f} images/s  sampling {sampling / spent:.0%}")
            recent = 0.0
    return average.eval()
