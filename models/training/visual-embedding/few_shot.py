"""Few-shot recognition: the nearest class mean of a few pictures."""

import numpy as np
import torch
from torch.nn import functional as F


def centred(vectors, reference):
    """Plain features as directions from the mean of a reference set, length 1."""
    return F.normalize(vectors - reference.mean(0), dim=1)


def class_means(vectors, labels, classes, shots, random):
    """The normalised mean of `shots` random pictures of each class."""
    means = []
    for kind in classes:
        members = np.flatnonzero(labels == kind)
        picked = random.choice(members, min(shots, len(members)), replace=False)
        means.append(F.normalize(vectors[picked].mean(0), dim=0))
    return torch.stack(means)


def few_shot(support, support_labels, queries, query_labels, classes, shots, draws=30, seed=0):
    """How often each query's nearest class is right: [queries], averaged over the draws."""
    random = np.random.default_rng(seed)
    classes = np.asarray(classes)
    right = np.zeros(len(queries))
    for _ in range(draws):
        means = class_means(support, support_labels, classes, shots, random)
        right += classes[(queries @ means.T).argmax(1).numpy()] == query_labels
    return right / draws


def retrieval(vectors, labels, queries, query_labels):
    """Whether the most similar picture shows the same class."""
    return (labels[(queries @ vectors.T).argmax(1).numpy()] == query_labels).astype(float)
