"""Which scenes are held out of training."""

import random

from borrowed import borrow

make_folds = borrow("sts-mr-lesion/splits.py").make_folds


def held_out(scenes, seed):
    """The groups of each set kept aside: {(set, group)}, chosen before training.

    MR: the patients of the first fold of `sts-mr-lesion` (a quarter).  Ultrasound and
    photographs: groups in random order until they hold a quarter and a fifth of the scenes;
    a group with more than a tenth of a set stays in training, it would be judged as one case.
    """
    kept = {("mr", name) for name in make_folds({s.group for s in scenes if s.set == "mr"}, seed)[0]}
    for name, share in (("ultrasound", 0.25), ("photographs", 0.2)):
        mine = [s.group for s in scenes if s.set == name]
        groups = sorted(set(mine))
        random.Random(seed).shuffle(groups)
        taken = 0
        for group in (g for g in groups if mine.count(g) <= 0.1 * len(mine)):
            if taken >= share * len(mine):
                break
            kept.add((name, group))
            taken += mine.count(group)
    return kept


def divide(scenes, seed):
    """The scenes to train on, and those to judge on."""
    kept = held_out(scenes, seed)
    train = [s for s in scenes if (s.set, s.group) not in kept]
    return train, [s for s in scenes if (s.set, s.group) in kept]
