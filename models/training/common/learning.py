"""Parts of a training loop: averaged weights, learning rate, frozen layers."""

import copy
import math

import torch


class Average:
    """An exponential moving average of a network's weights (`.model`, in evaluation mode)."""

    def __init__(self, model, keep=0.998):
        self.model = copy.deepcopy(model).eval()
        self.keep, self.steps = keep, 0

    @torch.no_grad()
    def update(self, model):
        """Takes one step of the network into the average; early steps weigh more."""
        keep = min(self.keep, (self.steps + 1) / (self.steps + 10))
        self.steps += 1
        for mean, value in zip(self.model.state_dict().values(), model.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.lerp_(value, 1 - keep)
            else:
                mean.copy_(value)


def cosine(step, steps, warm_up=60, floor=0.01):
    """The factor of the learning rate: a linear start, then half a cosine."""
    return max(min(1, (step + 1) / max(1, warm_up)) * 0.5 * (1 + math.cos(math.pi * step / steps)), floor)


def set_rates(optimiser, factor):
    """Scales each group's learning rate from its `base`."""
    for group in optimiser.param_groups:
        group["lr"] = group["base"] * factor


def set_training(model, frozen):
    """Training mode, except for the batch norms of the encoder's frozen layers."""
    model.train()
    if frozen:
        model.encoder.stem.eval()
    for block in model.encoder.blocks[:frozen]:
        block.eval()


def parameter_groups(model, frozen, encoder_rate, head_rate):
    """Two groups for the optimiser: the encoder's trained blocks, and all the rest."""
    known = {id(p) for p in model.encoder.parameters()}
    parts = [model.encoder.stem] if not frozen else []
    parts += list(model.encoder.blocks[frozen:])
    encoder = [p for part in parts for p in part.parameters()]
    head = [p for p in model.parameters() if id(p) not in known]
    return [{"params": encoder, "base": encoder_rate, "lr": encoder_rate},
            {"params": head, "base": head_rate, "lr": head_rate}]
