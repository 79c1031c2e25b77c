"""The simulated reader: where the next click goes."""

import numpy as np
from scipy import ndimage


def depth(mask):
    """Distance of each marked pixel to the nearest one outside; beyond the picture is outside."""
    found = np.zeros(mask.shape, np.float32)
    boxes = ndimage.find_objects(mask.astype(np.uint8))
    if boxes and boxes[0] is not None:
        box = boxes[0]
        found[box] = ndimage.distance_transform_edt(np.pad(mask[box], 1))[1:-1, 1:-1]
    return found


def next_click(mask, truth, clicked, random=None, share=0.5):
    """The centre of the largest error: (x, y, positive), or None where there is no error.

    The larger of the deepest missed and the deepest wrongly marked point; a pixel is clicked
    only once.  With a `random` generator any point at least `share` as deep as that may be
    chosen, half of the time.
    """
    missed, wrong = depth(truth & ~mask), depth(mask & ~truth)
    for x, y, *_ in clicked:
        missed[y, x] = wrong[y, x] = 0
    positive = missed.max() > wrong.max()
    found = missed if positive else wrong
    if found.max() <= 0:
        return None
    if random is not None and random.random() < 0.5:
        choices = np.flatnonzero(found >= share * found.max())
        at = int(choices[random.integers(len(choices))])
    else:
        at = int(found.argmax())
    y, x = divmod(at, mask.shape[1])
    return x, y, bool(positive)
