"""Modules of the neighbouring recipes, loaded by path so that equal file names do not meet."""

import importlib.util
import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parent.parent


def borrow(path):
    """The module in models/training/`path`."""
    name = "borrowed_" + path.removesuffix(".py").replace("/", "_").replace("-", "_")
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TRAINING / path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]
