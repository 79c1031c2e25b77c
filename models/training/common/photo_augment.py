"""Varied views of photographs, a whole batch at a time: geometry, light, gaps, mixtures."""

import math

import torch
from torch.nn import functional as F

# Luma, and two colour axes around it (YIQ).
YIQ = torch.tensor([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])


class Views:
    """Draws augmented views; every draw comes from one generator."""

    def __init__(self, seed, least_area=0.3, degrees=20.0, light=1.0):
        self.generator = torch.Generator().manual_seed(seed)
        self.least_area, self.degrees, self.strength = least_area, degrees, light

    def uniform(self, low, high, *shape):
        """Uniform random numbers."""
        return torch.rand(shape, generator=self.generator) * (high - low) + low

    def chance(self, probability, *shape):
        """True with the given probability."""
        return torch.rand(shape, generator=self.generator) < probability

    def grid(self, count, side, mirror):
        """Sampling positions [N,side,side,2] of a random crop, turned and tilted."""
        area = self.uniform(self.least_area, 1.0, count)
        aspect = torch.exp(self.uniform(-0.29, 0.29, count))
        half = [(area * aspect).sqrt().clamp(max=1), (area / aspect).sqrt().clamp(max=1)]
        centre = [self.uniform(-1, 1, count) * (1 - h) for h in half]
        turn = self.uniform(-1, 1, count) * self.chance(0.6, count) * math.radians(self.degrees)
        flip = torch.where(mirror & self.chance(0.5, count), -1.0, 1.0)
        tilt = self.uniform(-0.18, 0.18, count, 2) * self.chance(0.5, count, 1)
        axis = (torch.arange(side) + 0.5) * 2 / side - 1
        y, x = torch.meshgrid(axis, axis, indexing="ij")
        base = torch.stack((x, y, torch.ones_like(x))).view(1, 3, -1).expand(count, -1, -1)
        cosine, sine, one = turn.cos(), turn.sin(), torch.ones(count)
        wide, high = flip * half[0], half[1]
        matrix = torch.stack((
            cosine * wide + centre[0] * tilt[:, 0], -sine * wide + centre[0] * tilt[:, 1],
            centre[0], sine * high + centre[1] * tilt[:, 0],
            cosine * high + centre[1] * tilt[:, 1], centre[1],
            tilt[:, 0], tilt[:, 1], one), 1).view(count, 3, 3)
        u, v, depth = torch.bmm(matrix, base).unbind(1)
        return torch.stack((u / depth, v / depth), -1).view(count, side, side, 2)

    def light(self, x):
        """Brightness, contrast, saturation, hue, white balance, blur and noise; x in [0, 1]."""
        count = len(x)

        def each(low, high, probability):
            """A random number for each picture, zero where the draw fails."""
            drawn = self.uniform(low, high, count) * self.chance(probability, count)
            return drawn * self.strength

        hue, colour = each(-0.2, 0.2, 0.5), torch.exp(each(-0.5, 0.4, 0.7))
        turn = torch.zeros(count, 3, 3)
        turn[:, 0, 0] = 1
        turn[:, 1, 1] = turn[:, 2, 2] = hue.cos() * colour
        turn[:, 1, 2], turn[:, 2, 1] = -hue.sin() * colour, hue.sin() * colour
        warmth = torch.exp(each(-0.12, 0.12, 0.5)[:, None] * torch.tensor([1.0, 0.0, -1.0]))
        matrix = warmth[:, :, None] * (torch.linalg.inv(YIQ) @ turn @ YIQ)
        mean = torch.einsum("nij,nj->n", matrix, x.mean((2, 3))) / 3
        contrast, gain = torch.exp(each(-0.45, 0.35, 0.7)), torch.exp(each(-0.45, 0.4, 0.8))
        offset = (mean * (1 - contrast) * gain).view(-1, 1, 1).expand(count, 3, 1)
        matrix = matrix * (contrast * gain).view(-1, 1, 1)
        x = torch.baddbmm(offset, matrix, x.flatten(2)).view_as(x)
        blur, noise = each(0.4, 1.0, 0.2), each(0.01, 0.04, 0.2)
        for index in torch.nonzero(blur).flatten().tolist():
            soft = F.avg_pool2d(x[index], 3, 1, 1, count_include_pad=False)
            x[index].lerp_(soft, float(blur[index]))
        for index in torch.nonzero(noise).flatten().tolist():
            x[index] += torch.randn(x.shape[1:], generator=self.generator) * noise[index]
        return x.clamp_(0, 1)

    def gaps(self, x, probability=0.25):
        """Covers a rectangle with one grey value in some of the pictures, in place."""
        side = x.shape[-1]
        for index in torch.nonzero(self.chance(probability, len(x))).flatten().tolist():
            h, w = (self.uniform(0.15, 0.5, 2) * side).int().tolist()
            top, left = int(self.uniform(0, side - h, 1)), int(self.uniform(0, side - w, 1))
            x[index, :, top:top + h, left:left + w] = self.uniform(0, 1, 3, 1, 1)
        return x

    def batch(self, pixels, side, mirror):
        """Views [N,3,side,side] in [0, 1] of uint8 pictures; `mirror` allows left-right flips."""
        x = F.grid_sample(pixels.float() / 255, self.grid(len(pixels), side, mirror),
                          align_corners=False, padding_mode="reflection")
        return self.gaps(self.light(x))

    def mix(self, x, targets, probability=0.5):
        """Blends or cuts each picture with its neighbour in the batch; targets [N,C] follow."""
        if not bool(self.chance(probability, 1)):
            return x, targets
        other, wanted = x.roll(1, 0), targets.roll(1, 0)
        share = float(self.uniform(0, 1, 1))
        if bool(self.chance(0.5, 1)):
            kept = 1 - 0.5 * share * share
            return torch.lerp(other, x, kept), torch.lerp(wanted, targets, kept)
        side = x.shape[-1]
        h, w = (self.uniform(0.25, 0.7, 2) * side).int().tolist()
        top, left = int(self.uniform(0, side - h, 1)), int(self.uniform(0, side - w, 1))
        x = x.clone()
        x[:, :, top:top + h, left:left + w] = other[:, :, top:top + h, left:left + w]
        kept = 1 - h * w / side ** 2
        return x, torch.lerp(wanted, targets, kept)
