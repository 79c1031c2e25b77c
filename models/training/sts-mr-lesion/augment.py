"""Training samples: geometry, composition and intensity, varied at random.

Everything works on volumes that already lie in memory at the model's spacing,
scaled to [0, 1]; outside a volume there is black.
"""

import math
from dataclasses import dataclass

import torch
from torch.nn import functional as F


@dataclass
class Resampled:
    """A patient at the model's spacing: maps and targets [N,H,W]."""

    maps: torch.Tensor
    target: torch.Tensor
    with_tumour: torch.Tensor
    canvas: tuple  # rows and columns after padding


class Sampler:
    """Draws augmented batches from resampled patients.

    Two thirds of a batch keep the field of view (small changes only); the
    rest is scaled, rotated and moved freely, is cut by a window that may hide
    a part of the tumour, or stands beside other tissue on a larger canvas.
    """

    def __init__(self, patients, generator, pixels_per_batch=16 * 128 * 128):
        self.patients = patients
        self.generator = generator
        self.pixels = pixels_per_batch

    def uniform(self, low, high, *shape):
        """Uniform random numbers; a float where no shape is given."""
        values = torch.rand(shape or (1,), generator=self.generator) * (high - low) + low
        return values if shape else float(values)

    def chance(self, probability):
        """True with the given probability."""
        return self.uniform(0, 1) < probability

    def choose(self, count):
        """A random index below count."""
        return int(torch.randint(count, (1,), generator=self.generator))

    def batch(self, mean, std):
        """One batch: images [N,3,H,W], normalised, and targets [N,1,H,W]."""
        canvas = self.patients[self.choose(len(self.patients))].canvas
        alike = [p for p in self.patients if self.suits(p, canvas)]
        size = max(6, min(40, round(self.pixels / (canvas[0] * canvas[1]))))
        samples = []
        for index in range(size):
            free = index % 3 == 1
            pool = self.patients if free else alike
            sample, inside = self.view(pool[self.choose(len(pool))], canvas, free)
            if free and self.chance(0.25):
                sample = self.beside_other_tissue(sample, inside, canvas)
            samples.append(sample)
        stacked = torch.stack(samples)
        image, target = self.intensity(stacked[:, :3]), stacked[:, 3:]
        return (image - mean) / std, target

    @staticmethod
    def suits(patient, canvas):
        """Whether a patient's slices nearly fill a canvas."""
        return all(side - 40 <= n <= side + 8 for n, side in zip(patient.maps.shape[1:], canvas))

    def view(self, patient, canvas, free):
        """Three neighbouring slices and the target on a canvas, [4,H,W]."""
        count, height, width = patient.maps.shape
        tumour = len(patient.with_tumour) and self.chance(0.72)
        centre = int(patient.with_tumour[self.choose(len(patient.with_tumour))]) if tumour \
            else self.choose(count)
        step = 1 if self.chance(0.5) else -1  # either order of the slices
        kind = self.uniform(0, 1)
        step = 0 if kind < 0.07 else 2 * step if kind < 0.15 else step
        order = [min(max(centre + offset, 0), count - 1) for offset in (-step, 0, step)]
        source = torch.cat((patient.maps[order], patient.target[centre][None],
                            torch.ones(1, height, width)))

        if free:
            scale = math.exp(self.uniform(math.log(0.7), math.log(1.4)))
            angle = self.uniform(-math.pi, math.pi) if self.chance(0.3) else self.uniform(-0.5, 0.5)
            shift = [self.uniform(-0.5, 0.5) * n * scale for n in (width, height)]
        else:
            scale = math.exp(self.uniform(math.log(0.85), math.log(1.15)))
            angle = self.uniform(-0.2, 0.2)
            room = [(side - n * scale) / 2 for n, side in zip((width, height), canvas[::-1])]
            shift = [self.uniform(-1, 1) * (r if r > 0 else 6) for r in room]
        mirror = [1 if self.chance(0.5) else -1 for _ in range(2)]

        # Canvas position (pixels from its middle) to position in the slice.
        axes = [torch.arange(side, dtype=torch.float32) - (side - 1) / 2 for side in canvas]
        y, x = torch.meshgrid(*axes, indexing="ij")
        if self.chance(0.35):
            bend = F.interpolate(self.uniform(-1, 1, 1, 2, 4, 4) * self.uniform(2, 7),
                                 size=canvas, mode="bicubic", align_corners=True)[0]
            x, y = x + bend[0], y + bend[1]
        x, y = (x - shift[0]) / scale, (y - shift[1]) / scale
        cosine, sine = math.cos(angle), math.sin(angle)
        u = (cosine * x + sine * y) * mirror[0] * 2 / width
        v = (cosine * y - sine * x) * mirror[1] * 2 / height
        sample = F.grid_sample(source[None], torch.stack((u, v), -1)[None],
                               align_corners=False)[0]
        if free and self.chance(0.5):
            sample = sample * self.window(canvas)
        return sample[:4], sample[4] > 0.5

    def window(self, canvas):
        """A rectangle of ones on black: a smaller field of view."""
        kept = torch.zeros(1, *canvas)
        spans = []
        for side in canvas:
            length = int(side * self.uniform(0.4, 0.95))
            start = self.choose(side - length + 1)
            spans.append(slice(start, start + length))
        kept[:, spans[0], spans[1]] = 1
        return kept

    def beside_other_tissue(self, sample, inside, canvas):
        """Fills the black around a view with another patient's slice."""
        other, _ = self.view(self.patients[self.choose(len(self.patients))], canvas, True)
        return torch.where(inside, sample, other)

    def intensity(self, image):
        """Contrast, gamma, bias field, blur and noise; stays within [0, 1]."""
        count = len(image)

        def each(low, high, probability):
            """A random number for each sample, zero where the draw fails."""
            applied = self.uniform(0, 1, count, 1, 1, 1) < probability
            return self.uniform(low, high, count, 1, 1, 1) * applied

        field = F.interpolate(self.uniform(-1, 1, count, 1, 3, 3), size=image.shape[2:],
                              mode="bilinear", align_corners=True)
        image = image * torch.exp(field * each(0.1, 0.45, 0.5))
        image = image * torch.exp(each(-0.3, 0.3, 0.6)) + each(-0.04, 0.06, 0.3) * (image > 0)
        image = image.clamp(1e-4, 1) ** torch.exp(each(-0.45, 0.45, 0.6))
        soft = F.avg_pool2d(image, 3, 1, 1)
        image = torch.lerp(image, soft, each(0.3, 1, 0.25))
        noise = torch.randn(image.shape, generator=self.generator)
        image = image + noise * each(0.005, 0.03, 0.4)
        return image.clamp(0, 1)
