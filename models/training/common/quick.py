"""Quicker fine-tuning of the encoder on the CPU, with the same arithmetic at its end.

Two costs dominate a training step: the batch norms, and the gradient of the depthwise kernels,
which in bfloat16 is several times slower than all the rest.  `quicken` replaces both: batch norms
keep their ImageNet statistics and are folded into the convolution on the fly (their scales and
shifts are still trained), and depthwise kernels stay as they are (their biases are trained).  Under
`torch.autocast("cpu", torch.bfloat16)` the pointwise convolutions then use the matrix units.
`FixedStart` runs the first blocks, which are not trained, with fused activations.  `plain` turns a
quickened encoder back into convolutions for export.
"""

import torch
from torch import nn
from torch.nn import functional as F


class _FixedDepthwise(torch.autograd.Function):
    """Depthwise convolution whose kernel has no gradient; the input's is a convolution too."""

    @staticmethod
    def forward(context, x, weight, bias, stride):
        weight = weight.to(x.dtype)
        context.save_for_backward(weight)
        context.stride, context.size, context.bias = stride, x.shape, bias.dtype
        pad = weight.shape[-1] // 2
        return F.conv2d(x, weight, bias.to(x.dtype), stride, pad, 1, weight.shape[0])

    @staticmethod
    def backward(context, gradient):
        weight, = context.saved_tensors
        bias = gradient.sum((0, 2, 3), dtype=torch.float32).to(context.bias)
        if not context.needs_input_grad[0]:
            return None, None, bias, None
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        if context.stride > 1:
            spread = torch.zeros(context.size, dtype=gradient.dtype).contiguous(
                memory_format=torch.channels_last)
            spread[:, :, ::context.stride, ::context.stride] = gradient
            gradient = spread
        pad = weight.shape[-1] // 2
        x = F.conv2d(gradient, weight.flip(2, 3), None, 1, pad, 1, weight.shape[0])
        return x, None, bias, None


class Folded(nn.Module):
    """A convolution with its batch norm folded in at every call; statistics are fixed."""

    def __init__(self, convolution, norm):
        super().__init__()
        self.stride, self.groups = convolution.stride[0], convolution.groups
        self.depthwise = self.groups == convolution.in_channels
        scale = (norm.running_var + norm.eps).rsqrt()
        self.weight = nn.Parameter(convolution.weight.detach() * scale[:, None, None, None])
        self.gain = nn.Parameter(norm.weight.detach().clone())
        self.bias = nn.Parameter((norm.bias - norm.running_mean * scale * norm.weight).detach())
        if self.depthwise:
            self.weight.requires_grad_(False)
            self.gain.requires_grad_(False)

    def folded(self):
        """Weight and bias of the one convolution that does the same."""
        return self.weight * self.gain[:, None, None, None], self.bias

    def forward(self, x):
        weight, bias = self.folded()
        if self.depthwise and self.training and torch.is_grad_enabled():
            return _FixedDepthwise.apply(x, weight, bias, self.stride)
        return F.conv2d(x, weight, bias, self.stride, weight.shape[-1] // 2, 1, self.groups)


def quicken(module):
    """Replaces each convolution that a batch norm follows, in place; returns the module."""
    for child in module.modules():
        if isinstance(child, nn.Sequential):
            parts = list(child)
            for i in range(len(parts) - 1):
                if isinstance(parts[i], nn.Conv2d) and isinstance(parts[i + 1], nn.BatchNorm2d):
                    child[i] = Folded(parts[i], parts[i + 1])
                    child[i + 1] = nn.Identity()
    return module


class FixedStart:
    """The stem and the first blocks of a quickened encoder without gradient, in bfloat16.

    Called with pictures in channels-last order, it gives the maps that `Encoder` would collect
    from these blocks, and the last block's output to go on from.
    """

    def __init__(self, encoder, blocks, together=4):
        self.together, self.ends = together, [e for e in encoder.ends if e < blocks]
        self.stem = self.fused(encoder.stem[0])
        self.blocks = [(self.fused(b.expand[0]) if len(b.expand) else None, self.fused(b.depthwise[0]),
                        self.fused(b.project[0], limit=False), b.residual)
                       for b in encoder.blocks[:blocks]]

    @staticmethod
    def fused(layer, limit=True):
        """A convolution with its ReLU6 in one pass."""
        weight, bias = (v.detach().bfloat16() for v in layer.folded())
        weight = weight.contiguous(memory_format=torch.channels_last)
        pad, words = [weight.shape[-1] // 2] * 2, ("hardtanh", [0.0, 6.0], "") if limit else ("none", [], "")

        def apply(x):
            return torch.ops.mkldnn._convolution_pointwise(
                x, weight, bias, pad, [layer.stride] * 2, [1, 1], layer.groups, *words)

        return apply

    def part(self, x):
        """The collected maps of a few pictures, then the last output."""
        x, maps = self.stem(x.bfloat16()), []
        for index, (expand, depthwise, project, residual) in enumerate(self.blocks):
            y = project(depthwise(expand(x) if expand else x))
            x = x + y if residual else y
            if index in self.ends:
                maps.append(x)
        return [*maps, x]

    @torch.no_grad()
    def __call__(self, x):
        parts = [self.part(piece) for piece in x.split(self.together)]
        *maps, last = (torch.cat(pieces) for pieces in zip(*parts))
        return maps, last


def plain(module):
    """Replaces each `Folded` by an ordinary convolution, in place; returns the module."""
    for child in list(module.modules()):
        for name, part in list(child.named_children()):
            if isinstance(part, Folded):
                weight, bias = part.folded()
                outputs, inputs, kernel, _ = weight.shape
                convolution = nn.Conv2d(inputs * part.groups, outputs, kernel, part.stride,
                                        kernel // 2, groups=part.groups)
                convolution.weight.data, convolution.bias.data = weight.detach(), bias.detach()
                setattr(child, name, convolution)
    return module
