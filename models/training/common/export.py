"""ONNX files of a network: float16-stored weights, and static int8."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from compact import compact

OPSET = 17
HALF_LIMIT = 65504.0


def open_session(path, threads=1):
    """An ONNX Runtime session on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(session, feeds, batch=None):
    """Every output by name; with `batch`, the inputs are cut along their first axis."""
    names = [o.name for o in session.get_outputs()]
    count = len(next(iter(feeds.values())))
    step = batch or max(count, 1)
    parts = [session.run(names, {k: v[i:i + step] for k, v in feeds.items()})
             for i in range(0, count, step)]
    return {name: np.concatenate([p[i] for p in parts]) for i, name in enumerate(names)}


def export_plain(model, examples, path, inputs, outputs, axes):
    """Writes a float32 file of opset 17.

    `examples` are the tensors the network is called with, `inputs` and `outputs` the
    names in the graph, `axes` the dynamic axes {name: {axis: word}}.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    model = model.eval().to(memory_format=torch.contiguous_format)
    with torch.no_grad():
        torch.onnx.export(model, tuple(examples), str(path), input_names=list(inputs),
                          output_names=list(outputs), opset_version=OPSET, dynamo=False,
                          dynamic_axes=axes)
    check(path)


def check(path):
    """Refuses a file that is invalid or keeps weights outside."""
    written = onnx.load(path, load_external_data=False)
    onnx.checker.check_model(written)
    if any(t.data_location == TensorProto.EXTERNAL for t in written.graph.initializer):
        raise ValueError("the weights must lie inside the file")
    if any(o.version != OPSET for o in written.opset_import if o.domain in ("", "ai.onnx")):
        raise ValueError(f"the file must use opset {OPSET}")


def store_half(plain, path, least=64):
    """Copies a float32 file with its weights stored as float16, a Cast to float32 behind each.

    The arithmetic stays float32: a runtime folds the Casts when it loads the file.
    Arrays below `least` elements (biases of small layers, scales, sizes) stay as they are.
    """
    model = onnx.load(str(plain))
    casts, kept = [], []
    for tensor in model.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype != np.float32 or value.size < least or np.abs(value).max() > HALF_LIMIT:
            kept.append(tensor)
            continue
        half = tensor.name + ".half"
        kept.append(numpy_helper.from_array(value.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [tensor.name], name=half + ".cast",
                                      to=TensorProto.FLOAT))
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(casts + nodes)
    onnx.save(model, str(path))
    compact(path)
    check(path)


def quantise(plain, path, samples, exclude=(), percentile=None, stored=()):
    """Writes a static int8 file (QDQ, weights per channel) of a float32 file.

    `samples` is a list of feeds {input name: array}, from training pictures only.
    Nodes whose name holds one of the words in `exclude` stay float32; those with one of
    `stored` work in float32, too, but their weights lie in the file as int8.  `percentile`
    (such as 99.99) calibrates on that percentile instead of the extremes.
    """
    from onnxruntime.quantization import (CalibrationDataReader, CalibrationMethod, QuantFormat,
                                          QuantType, quantize_static)
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Reader(CalibrationDataReader):
        """Hands the samples out one by one."""

        def __init__(self):
            self.remaining = iter(samples)

        def get_next(self):
            return next(self.remaining, None)

    with TemporaryDirectory() as folder:
        prepared = str(Path(folder) / "prepared.onnx")
        quant_pre_process(str(plain), prepared, skip_symbolic_shape=True)
        names = [n.name for n in onnx.load(prepared).graph.node]
        skipped = [n for n in names if any(word in n for word in (*exclude, *stored))]
        options = {"ActivationSymmetric": False, "WeightSymmetric": True}
        method = CalibrationMethod.MinMax
        if percentile:
            method, options["CalibPercentile"] = CalibrationMethod.Percentile, percentile
        quantize_static(prepared, str(path), Reader(), quant_format=QuantFormat.QDQ,
                        per_channel=True, activation_type=QuantType.QUInt8,
                        weight_type=QuantType.QInt8, nodes_to_exclude=skipped,
                        calibrate_method=method, extra_options=options)
    store_whole(path, stored)
    compact(path)
    check(path)


def store_whole(path, words):
    """Stores the weights of float32 convolutions as int8 with a scale per output channel, in place.

    Those whose node's name holds one of `words`; a DequantizeLinear gives them back as float32.
    """
    model = onnx.load(str(path))
    weights = {n.input[1] for n in model.graph.node
               if n.op_type == "Conv" and any(word in n.name for word in words)}
    kept, given = [], []
    for tensor in model.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if tensor.name not in weights or value.dtype != np.float32:
            kept.append(tensor)
            continue
        scale = np.maximum(np.abs(value).max(axis=(1, 2, 3)), 1e-12).astype(np.float32) / 127
        whole = np.rint(value / scale[:, None, None, None]).astype(np.int8)
        names = [f"{tensor.name}.{part}" for part in ("whole", "scale", "zero")]
        kept += [numpy_helper.from_array(a, n)
                 for a, n in zip((whole, scale, np.zeros(len(scale), np.int8)), names)]
        given.append(helper.make_node("DequantizeLinear", names, [tensor.name], axis=0))
    nodes = list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(given + nodes)
    onnx.save(model, str(path))


def write_both(model, package, examples, inputs, outputs, axes, samples, work, **options):
    """`model.onnx` and `model.int8.onnx` of a network in the package's folder."""
    plain = Path(work) / "plain.onnx"
    export_plain(model, examples, plain, inputs, outputs, axes)
    package = Path(package)
    package.mkdir(parents=True, exist_ok=True)
    store_half(plain, package / "model.onnx")
    quantise(plain, package / "model.int8.onnx", samples, **options)
    return plain


def differences(first, second, feeds):
    """The largest absolute difference of each output of two files."""
    a, b = run(open_session(first), feeds), run(open_session(second), feeds)
    return {name: float(np.abs(a[name] - b[name]).max()) for name in a}


def latency(path, feeds, threads=2, rounds=12):
    """Milliseconds of the fastest of a few runs."""
    import time

    session, best = open_session(path, threads), float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        session.run(None, feeds)
        best = min(best, time.perf_counter() - begun)
    return best * 1000
