"""Splits by patient."""

import random

# Held as DICOM too, so always together in the first fold's validation part.
ALSO_DICOM = ("STS_002", "STS_008", "STS_025", "STS_042")


def make_folds(names, seed, count=4):
    """Names dealt into `count` folds; the first one holds the DICOM patients."""
    shuffled = [n for n in sorted(names) if n not in ALSO_DICOM]
    random.Random(seed).shuffle(shuffled)
    fixed = [n for n in ALSO_DICOM if n in names]
    size = -(-len(names) // count)
    first = fixed + shuffled[:size - len(fixed)]
    rest = shuffled[size - len(fixed):]
    return [sorted(first)] + [sorted(rest[i::count - 1]) for i in range(count - 1)]
