"""The training loop of the embedding."""

import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from collection import ICONIC, PRODUCTS, STORE, ULTRASOUND
from learning import Average, cosine, parameter_groups, set_rates, set_training
from network import EmbeddingNet
from photo_augment import Views
from photographs import normalise
from quick import plain, quicken

FROZEN = 3
HEAD_STEPS = 60
SCALE, MARGIN = 16.0, 0.1
SHARES = {STORE: 0.62, ICONIC: 0.05, PRODUCTS: 0.25, ULTRASOUND: 0.08}


class Learner(nn.Module):
    """The embedding with what only training needs: class proxies and the teacher's view of it."""

    def __init__(self, classes, teacher_width):
        super().__init__()
        self.net = EmbeddingNet()
        self.net.encoder.load_imagenet()
        self.net.cut()
        self.encoder = self.net.encoder
        self.proxies = nn.Parameter(F.normalize(torch.randn(classes, self.net.head.out_channels), dim=1))
        self.to_teacher = nn.Linear(self.net.head.out_channels, teacher_width)


def sampling_weights(collection, rows):
    """Chance of each picture: fixed shares of the sources, rare classes raised within each."""
    weights = torch.zeros(len(rows))
    label, source = collection.label[rows], collection.source[rows]
    for kind, share in SHARES.items():
        here = torch.from_numpy(np.flatnonzero(source == kind))
        count = torch.bincount(label[here], minlength=len(collection.names)).float()
        each = count[label[here]] ** -0.5
        weights[here] = share * each / each.sum()
    return weights


def loss_of(learner, vectors, labels, teacher, allowed):
    """Cosine softmax over the class proxies with a margin, and agreement with the teacher."""
    similar = vectors @ F.normalize(learner.proxies, dim=1).T
    similar = similar - MARGIN * F.one_hot(labels, similar.shape[1])
    similar = (similar * SCALE).masked_fill(~allowed, -1e4)
    classes = F.cross_entropy(similar, labels, reduction="mean")
    agreement = F.cosine_similarity(learner.to_teacher(vectors), teacher, dim=1)
    return classes + 2.0 * (1 - agreement).mean()


def fit(collection, rows, mirror, plan, seed, checkpoint, report=None, batch=32,
        rates=(4e-4, 3e-3), decay=0.05, save_each=60):
    """Trains on the given rows of the collection; `plan` is a list of (side of views, steps)."""
    torch.manual_seed(seed)
    learner = Learner(len(collection.names), collection.teacher.shape[1])
    quicken(learner)
    learner = learner.to(memory_format=torch.channels_last)
    average = Average(learner.net, 0.995)
    optimiser = torch.optim.AdamW(parameter_groups(learner, FROZEN, *rates), weight_decay=decay)
    views = Views(seed)
    rows = torch.as_tensor(rows)
    weights = sampling_weights(collection, rows)
    allowed = torch.zeros(len(collection.names), dtype=torch.bool)
    allowed[collection.label[rows]] = True
    steps = sum(count for _, count in plan)
    sides = [side for side, count in plan for _ in range(count)]
    started, busy, running = time.time(), time.process_time(), 0.0
    for step, side in enumerate(sides):
        picked = rows[torch.multinomial(weights, batch, generator=views.generator)]
        labels = collection.label[picked]
        x = normalise(views.batch(collection.pixels[picked], side, mirror[labels]) * 255)
        x = x.contiguous(memory_format=torch.channels_last)
        frozen = len(learner.encoder.blocks) if step < HEAD_STEPS else FROZEN
        set_training(learner, frozen)
        set_rates(optimiser, cosine(step, steps))
        with torch.autocast("cpu", torch.bfloat16):
            vectors = learner.net(x, frozen)
        loss = loss_of(learner, vectors.float(), labels, collection.teacher[picked], allowed)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters(), 5.0)
        optimiser.step()
        average.update(learner.net)
        running += float(loss.detach())
        if (step + 1) % save_each == 0 or step + 1 == steps:
            torch.save(average.model.state_dict(), checkpoint)
            found = report(average.model) if report and (step + 1) % (4 * save_each) == 0 else ""
            print(f"step {step + 1}/{steps} side {side} loss {running / save_each:.3f} "
                  f"{time.time() - started:.0f} s, {time.process_time() - busy:.0f} s of one core "
                  f"{found}", flush=True)
            running = 0.0
    return average.model


def load(checkpoint):
    """The network of a checkpoint, with ordinary convolutions."""
    model = quicken(EmbeddingNet().cut())
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    return plain(model).eval()
