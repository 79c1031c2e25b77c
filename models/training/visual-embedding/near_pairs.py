"""From which cosine two pictures are nearly the same: chosen on half of the groups, judged on the other half.

    lepton import <data>/busi/images <data>/grocery-detect/images --data <library>
    lepton datasets create near --data <library>
    lepton datasets check near --data <library>
    python near_pairs.py <library>/library.sqlite <data>

Groups are the near-duplicate groups of the breast ultrasound set and the scenes of the grocery
photographs as the detector's recipe finds them.  A group lies in a half as a whole, by the hash of
its name.  Ultrasound group 741 is left out: its 87 pictures of all three classes hang together by a
chain of likenesses and are no near duplicates of each other, yet they make 3,741 of 3,862 pairs.
"""

import csv
import hashlib
import sqlite3
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "grocery-detector"))
from groceries import read_photographs  # noqa: E402

CHAIN = 741
LEAST_PRECISION = 0.9
MOST_BITS = 32  # as the app's hash has it


def pictures(library):
    """By file name: the newest vector, of length 1, and the 256 bits of the hash."""
    rows = sqlite3.connect(f"file:{library}?mode=ro", uri=True).execute(
        """SELECT instances.shown_path, embeddings.vector, image_traits.likeness FROM embeddings
           JOIN predictions ON predictions.id = embeddings.prediction_id
           JOIN images ON images.id = predictions.image_id
           JOIN instances ON instances.id = images.instance_id
           JOIN image_traits ON image_traits.image_id = images.id ORDER BY predictions.id""")
    found = {}
    for path, vector, bits in rows:
        vector = np.frombuffer(vector, np.float32).astype(float)
        found[Path(path).name] = vector / np.linalg.norm(vector), np.unpackbits(np.frombuffer(bits, np.uint8))
    return found


def ultrasound(folder):
    with open(folder / "busi/index.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["image"]: int(row["near_duplicate_group"]) for row in rows
            if int(row["near_duplicate_group"]) != CHAIN}


def groceries(folder):
    return {f"{one.name}.jpg": one.scene for one in read_photographs(folder / "grocery-detect")}


def pairs(found, groups, half, name):
    """Of each pair of the half: cosine, whether the hash calls it, whether it is of one group."""
    own = [key for key in sorted(groups) if key in found and
           hashlib.sha256(f"{name} {groups[key]}".encode()).digest()[0] % 2 == half]
    vectors = np.stack([found[key][0] for key in own])
    bits = np.stack([found[key][1] for key in own]).astype(np.int32)
    differing = np.stack([(row != bits).sum(1) for row in bits])
    group = np.array([groups[key] for key in own])
    upper = np.triu_indices(len(own), 1)
    return (vectors @ vectors.T)[upper], (differing <= MOST_BITS)[upper], (group[:, None] == group)[upper]


def said(found, right):
    hits = int((found & right).sum())
    return (f"{hits} of {found.sum()} right, precision {hits / max(1, found.sum()):.3f}, "
            f"recall {hits / right.sum():.3f} of {right.sum()}")


def main():
    found = pictures(sys.argv[1])
    folder = Path(sys.argv[2])
    for name, groups, grid in (("busi", ultrasound(folder), np.arange(0.96, 1, 0.0025)),
                               ("grocery", groceries(folder), np.arange(0.8, 1, 0.01))):
        cosine, _, right = pairs(found, groups, 0, name)
        precise = [least for least in grid
                   if (cosine >= least).any() and right[cosine >= least].mean() >= LEAST_PRECISION]
        least = precise[0]
        print(f"{name}: {least:.4f} chosen as the least with precision {LEAST_PRECISION}")
        for half, title in ((0, "chosen on"), (1, "judged on")):
            cosine, by_hash, right = pairs(found, groups, half, name)
            for sign, calls in (("hash alone", by_hash), ("vector alone", cosine >= least),
                                ("either", by_hash | (cosine >= least))):
                print(f"  {title}, {sign}: {said(calls, right)}")


if __name__ == "__main__":
    main()
