"""Training views of pictures in memory: geometry, gain, speckle, marks."""

import math

import torch
from torch.nn import functional as F


class Views:
    """Draws augmented views of whole batches; images and masks are uint8 tensors [N,1,H,W]."""

    def __init__(self, images, masks, side, generator):
        self.images, self.masks, self.side = images, masks, side
        self.generator = generator

    def uniform(self, low, high, *shape):
        """Uniform random numbers."""
        return torch.rand(shape, generator=self.generator) * (high - low) + low

    def each(self, count, low, high, share):
        """A random number for each view, zero where the draw fails; [N,1,1,1]."""
        applied = self.uniform(0, 1, count, 1, 1, 1) < share
        return self.uniform(low, high, count, 1, 1, 1) * applied

    def draw(self, picked):
        """Views of the picked pictures: image in [0, 1] and mask probability, [N,1,S,S]."""
        count = len(picked)
        source = torch.cat((self.images[picked], self.masks[picked]), 1).float() / 255
        view = F.grid_sample(source, self.grid(count), padding_mode="reflection",
                             align_corners=False)
        image, mask = view[:, :1], view[:, 1:]
        return self.intensity(image), mask

    def grid(self, count):
        """Sampling positions: mirrored, scaled, stretched, turned, moved, bent."""
        scale = torch.exp(self.uniform(math.log(0.65), math.log(1.1), count))
        stretch = torch.exp(self.uniform(-0.18, 0.18, count))
        angle = self.uniform(-0.2, 0.2, count)
        mirror = torch.where(self.uniform(0, 1, count) < 0.5, 1.0, -1.0)
        room = (1 - scale).clamp(min=0) + 0.08
        across, down = (self.uniform(-1, 1, count) * room for _ in range(2))
        cosine, sine = torch.cos(angle), torch.sin(angle)
        matrix = torch.stack((
            torch.stack((mirror * scale * stretch * cosine, -mirror * scale * sine, across), 1),
            torch.stack((scale * sine, scale / stretch * cosine, down), 1)), 1)
        grid = F.affine_grid(matrix, (count, 1, self.side, self.side), align_corners=False)
        strength = self.each(count, 0.01, 0.05, 0.4)
        bend = F.interpolate(self.uniform(-1, 1, count, 2, 5, 5) * strength,
                             size=(self.side, self.side), mode="bicubic", align_corners=True)
        return grid + bend.permute(0, 2, 3, 1)

    def intensity(self, image):
        """Gain over depth, gamma, blur, speckle, covered patches; stays within [0, 1]."""
        count, side = len(image), self.side
        gain = F.interpolate(self.uniform(-1, 1, count, 1, 4, 2), size=(side, side),
                             mode="bilinear", align_corners=True)
        image = image * torch.exp(gain * self.each(count, 0.1, 0.45, 0.6))
        image = image * torch.exp(self.each(count, -0.3, 0.3, 0.6))
        image = image.clamp(1e-4, 1) ** torch.exp(self.each(count, -0.4, 0.4, 0.6))
        soft = F.avg_pool2d(image, 3, 1, 1)
        image = torch.lerp(image, soft, self.each(count, -0.5, 1, 0.4))
        noise = torch.randn(image.shape, generator=self.generator)
        image = image * (1 + noise * self.each(count, 0.03, 0.15, 0.3))
        return self.cover(image).clamp(0, 1)

    def cover(self, image):
        """Grey rectangles over a part of the views."""
        count, side = len(image), self.side
        line = torch.arange(side).float()
        half = self.uniform(0.04, 0.12, count, 2) * side
        middle = self.uniform(0, 1, count, 2) * side
        inside = [(line[None] - middle[:, i:i + 1]).abs() < half[:, i:i + 1] for i in range(2)]
        patch = inside[0][:, None, :, None] & inside[1][:, None, None, :]
        patch = patch & (self.uniform(0, 1, count, 1, 1, 1) < 0.3)
        return torch.where(patch, self.uniform(0, 0.5, count, 1, 1, 1), image)
