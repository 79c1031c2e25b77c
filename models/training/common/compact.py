"""Smaller files of the same network: short inner names, no notes that only people read."""

from itertools import count

import onnx
from onnx import numpy_helper

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def short(number):
    """A number as a few letters."""
    text = DIGITS[number % len(DIGITS)]
    while number := number // len(DIGITS):
        text = DIGITS[number % len(DIGITS)] + text
    return text


def compact(path):
    """Renames what lies inside a graph, keeps equal constants once, drops node names and notes, in place.

    Inputs, outputs and every result stay as they are.  Graphs within nodes (If, Loop) are not
    looked into, so a file that has any is left alone.
    """
    model = onnx.load(str(path))
    graph = model.graph
    if any(a.type in (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS)
           for node in graph.node for a in node.attribute):
        return
    kept = {value.name for value in (*graph.input, *graph.output)}
    numbers, names, known = count(), {"": ""}, {}

    def renamed(name):
        if name in kept:
            return name
        if name not in names:
            names[name] = next(s for s in map(short, numbers) if s not in kept)
        return names[name]

    constants = []
    for tensor in graph.initializer:
        content = numpy_helper.to_array(tensor)
        first = known.setdefault((tensor.data_type, content.shape, content.tobytes()), tensor.name)
        names[tensor.name] = renamed(first)
        if first == tensor.name:
            constants.append(numpy_helper.from_array(content, names[first]))
    del graph.initializer[:]
    graph.initializer.extend(constants)
    for node in graph.node:
        node.input[:] = [renamed(name) for name in node.input]
        node.output[:] = [renamed(name) for name in node.output]
        node.name = node.doc_string = ""
    del graph.value_info[:]
    onnx.save(model, str(path))
