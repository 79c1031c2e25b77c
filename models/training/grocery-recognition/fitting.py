"""The training loop."""

import time

import torch
from torch.nn import functional as F

from learning import Average, cosine, parameter_groups, set_rates, set_training
from network import RecognitionNet
from photo_augment import Views
from photographs import normalise
from quick import plain, quicken

FROZEN = 3     # blocks that stay as ImageNet left them
HEAD_STEPS = 80  # steps at the start that train nothing but the head


def sampling_weights(labels, classes):
    """Rare labels more often, but not as often as frequent ones."""
    count = torch.bincount(labels, minlength=classes).clamp(min=1).float()
    return count[labels] ** -0.5


def loss_of(logits, targets, children):
    """Cross-entropy of the fine labels, and of the coarse ones with a third of the weight."""
    fine = F.log_softmax(logits, 1)
    coarse = (fine.exp() @ children).clamp(min=1e-7).log()
    smooth = targets * 0.9 + 0.1 / targets.shape[1]
    return -(smooth * fine).sum(1).mean() - 0.33 * ((targets @ children) * coarse).sum(1).mean()


@torch.no_grad()
def logits_of(model, images, batch=32):
    """Logits of prepared pictures."""
    model.eval()
    parts = [model(part.contiguous(memory_format=torch.channels_last))[0]
             for part in images.split(batch)]
    return torch.cat(parts)


def fit(pixels, labels, mirror, parent, plan, seed, checkpoint, report=None, batch=32,
        rates=(4e-4, 3e-3), decay=0.05, save_each=60, start=None, calm=False):
    """Trains a network; `plan` is a list of (side of the views, steps).

    `mirror` tells for each label whether its pictures may be flipped, `parent` the coarse
    label of each.  The averaged weights are saved regularly, so that a run that is cut off
    can still be used.  `start` is the checkpoint of an earlier run to go on from, `calm`
    asks for milder views and no mixtures.
    """
    torch.manual_seed(seed)
    classes = len(parent)
    children = F.one_hot(parent).float()
    model = RecognitionNet(classes)
    model.encoder.load_imagenet()
    model = quicken(model).to(memory_format=torch.channels_last)
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    head_steps = 0 if start else HEAD_STEPS
    average = Average(model, 0.995)
    groups = parameter_groups(model, FROZEN, *rates)
    optimiser = torch.optim.AdamW(groups, weight_decay=decay)
    views = Views(seed, least_area=0.45, light=0.4) if calm else Views(seed)
    weights = sampling_weights(labels, classes)
    steps = sum(count for _, count in plan)
    sides = [side for side, count in plan for _ in range(count)]
    started, busy, running = time.time(), time.process_time(), 0.0
    for step, side in enumerate(sides):
        picked = torch.multinomial(weights, batch, generator=views.generator)
        truth = labels[picked]
        x = views.batch(pixels[picked], side, mirror[truth])
        x, targets = views.mix(x, F.one_hot(truth, classes).float(), 0.0 if calm else 0.5)
        x = normalise(x * 255).contiguous(memory_format=torch.channels_last)
        frozen = len(model.encoder.blocks) if step < head_steps else FROZEN
        set_training(model, frozen)
        set_rates(optimiser, cosine(step, steps))
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(x, frozen)
        loss = loss_of(logits.float(), targets, children)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        average.update(model)
        running += float(loss.detach())
        if (step + 1) % save_each == 0 or step + 1 == steps:
            torch.save(average.model.state_dict(), checkpoint)
            found = report(average.model) if report and (step + 1) % (4 * save_each) == 0 else ""
            print(f"step {step + 1}/{steps} side {side} loss {running / save_each:.3f} "
                  f"{time.time() - started:.0f} s, {time.process_time() - busy:.0f} s of one core {found}", flush=True)
            running = 0.0
    return average.model


def load(checkpoints, classes=81):
    """The network whose weights are the mean of the checkpoints', with ordinary convolutions."""
    read = [torch.load(path, weights_only=True) for path in checkpoints]
    mean = {key: sum(state[key] for state in read) / len(read) for key in read[0]}
    model = quicken(RecognitionNet(classes))
    model.load_state_dict(mean)
    return plain(model).eval()
