"""The brush as the application drives it: clicks in, a mask of the picture out."""

import numpy as np
import torch

from views import (REFINE, THRESHOLD, image_input, paste, prompt_input, whole_view, zoomed_view)


class Brush:
    """One object of one picture: its clicks, and the probability map [H,W] so far."""

    def __init__(self, pixels):
        self.picture = torch.from_numpy(np.array(pixels)).permute(2, 0, 1).float()
        self.height, self.width = pixels.shape[:2]
        self.positives, self.negatives = [], []
        self.probability = None
        self.view = None
        self.passes = 0

    @property
    def clicked(self):
        """Every click (x, y)."""
        return self.positives + self.negatives

    @property
    def mask(self):
        """What is marked, as a boolean array [H,W]."""
        if self.probability is None:
            return np.zeros((self.height, self.width), bool)
        return self.probability.numpy() >= THRESHOLD

    def click(self, x, y, positive):
        """Takes a click and sets the view of the next pass."""
        (self.positives if positive else self.negatives).append((x, y))
        self.view = whole_view(self.height, self.width) if self.probability is None else self.zoomed()

    def zoomed(self):
        """The view around the mask so far and the positive clicks."""
        return zoomed_view(self.probability >= THRESHOLD, self.positives)

    def inputs(self):
        """`image` and `prompt` of the next pass."""
        return (image_input(self.picture, self.view),
                prompt_input(self.positives, self.negatives, self.probability, self.view))

    def take(self, logits):
        """Takes the logits of a pass; returns whether the click wants a second, closer pass."""
        first = self.probability is None
        self.probability = paste(torch.sigmoid(logits), self.view, self.height, self.width)
        self.passes += 1
        if not first:
            return False
        closer = self.zoomed()
        if closer.side > REFINE * max(self.height, self.width):
            return False
        self.view = closer
        return True


def answer(brushes, run):
    """All passes that a click of each brush needs; `run` takes image and prompt batches."""
    waiting = list(brushes)
    while waiting:
        pairs = [brush.inputs() for brush in waiting]
        images, prompts = (torch.stack(parts).numpy() for parts in zip(*pairs))
        logits = torch.from_numpy(np.asarray(run(images, prompts)))[:, 0]
        waiting = [brush for brush, found in zip(waiting, logits) if brush.take(found)]
