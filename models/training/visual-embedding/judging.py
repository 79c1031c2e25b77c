"""Figures of an embedding: few shots, single studio pictures, nearest picture, classes never seen."""

import numpy as np
import torch

from collection import ICONIC, PRODUCTS, STORE, ULTRASOUND
from few_shot import few_shot, retrieval
from figures import bootstrap, mean_interval

SHOTS = 5


class Judge:
    """Knows which pictures are examples and which are queries."""

    def __init__(self, collection):
        self.label = collection.label.numpy()
        self.group = collection.group
        self.source, self.held = collection.source, collection.held_out
        self.shots = np.flatnonzero((self.source == STORE) & ~self.held)
        self.queries = np.flatnonzero((self.source == STORE) & self.held)
        self.iconic = np.flatnonzero(self.source == ICONIC)
        self.classes = sorted(set(self.label[self.shots]))

    def left_out(self):
        """Classes for the second run: every third that has queries, and every fourth product."""
        with_queries = sorted(set(self.label[self.queries]))
        products = sorted(set(self.label[self.source == PRODUCTS]) - set(self.classes))
        return with_queries[::3], products[::4]

    def shot(self, vectors, rows, support, classes, shots, draws=30):
        """Few-shot accuracy of queries with its interval over their classes."""
        label = self.label
        right = few_shot(vectors[support], label[support], vectors[rows], label[rows], classes, shots, draws)
        return mean_interval(right, label[rows])

    def groceries(self, vectors):
        """Figures on the queries of all classes."""
        label, rows = self.label, self.queries
        near = retrieval(vectors[self.shots], label[self.shots], vectors[rows], label[rows])
        return {
            "5-shot": self.shot(vectors, rows, self.shots, self.classes, SHOTS),
            "1-shot": self.shot(vectors, rows, self.shots, self.classes, 1),
            "iconic": self.shot(vectors, rows, self.iconic, self.classes, 1, 1),
            "nearest": mean_interval(near, label[rows]),
        }

    def unseen(self, vectors, classes):
        """Figures on the queries of some classes: among these alone, and among all."""
        rows = self.queries[np.isin(self.label[self.queries], classes)]
        return {
            "5-shot": self.shot(vectors, rows, self.shots, classes, SHOTS),
            "iconic": self.shot(vectors, rows, self.iconic, classes, 1, 1),
            "5-shot of all": self.shot(vectors, rows, self.shots, self.classes, SHOTS),
            "count": len(rows), "classes": len(classes),
        }

    def products(self, vectors, classes, draws=30):
        """5-shot accuracy of cut-out products; examples and queries come from different pictures."""
        random, label = np.random.default_rng(0), self.label
        rows = np.flatnonzero((self.source == PRODUCTS) & np.isin(label, classes))
        right, count = np.zeros(len(rows)), np.zeros(len(rows))
        for _ in range(draws):
            pictures = random.permutation(np.unique(self.group[rows]))
            first = np.isin(self.group[rows], pictures[: len(pictures) // 2])
            support, query = rows[first], rows[~first]
            right[~first] += few_shot(vectors[support], label[support], vectors[query], label[query],
                                      classes, SHOTS, 1, int(random.integers(1 << 30)))
            count[~first] += 1
        kept = count > 0
        return mean_interval(right[kept] / count[kept], self.group[rows][kept])

    def ultrasound(self, vectors):
        """Held-out ultrasound: nearest class mean of all other pictures, mean of the class recalls."""
        label = self.label
        here = self.source == ULTRASOUND
        support, query = np.flatnonzero(here & ~self.held), np.flatnonzero(here & self.held)
        kinds = sorted(set(label[support]))
        right = few_shot(vectors[support], label[support], vectors[query], label[query], kinds, 10 ** 6, 1)
        truth = label[query]

        def mean_recall(rows):
            return np.mean([right[rows][truth[rows] == k].mean() if (truth[rows] == k).any() else np.nan
                            for k in kinds])

        return bootstrap(mean_recall, self.group[query], rounds=500), len(query)

    def similarity_rows(self, vectors, thresholds=tuple(np.arange(0.3, 0.96, 0.05).round(2))):
        """Nearest picture accepted from each similarity: how many, and how many of these rightly."""
        label, rows = self.label, self.queries
        best, place = (vectors[rows] @ vectors[self.shots].T).max(1)
        right = label[self.shots][place.numpy()] == label[rows]
        table = []
        for threshold in thresholds:
            taken = best.numpy() >= threshold
            table.append({"threshold": float(threshold), "coverage": round(float(taken.mean()), 4),
                          "precision": round(float((right & taken).sum() / max(1, taken.sum())), 4)})
        return table


def chosen_threshold(rows, wanted=0.9):
    """The lowest similarity at which nine of ten accepted matches are right."""
    good = [row["threshold"] for row in rows if row["precision"] >= wanted]
    return min(good) if good else rows[-1]["threshold"]


def as_vectors(values):
    """A float32 array of vectors as a tensor."""
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
