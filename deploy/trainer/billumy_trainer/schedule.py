"""Which rows make which step, and how large the step is."""
import math

import numpy as np

from .rows import Row


def epoch_steps(rows: list[Row], *, tokens_per_step: int, seed: int, epoch: int) -> list[list[Row]]:
    """The rows in the order that seed and epoch give, in steps of about so many tokens."""
    order = np.random.default_rng([seed, epoch]).permutation(len(rows))
    steps: list[list[Row]] = []
    tokens = tokens_per_step
    for index in order:
        row = rows[index]
        if tokens + len(row.tokens) > tokens_per_step:
            steps.append([])
            tokens = 0
        steps[-1].append(row)
        tokens += len(row.tokens)
    return steps


def rate_share(step: int, *, total: int, warm_up: float) -> float:
    """Of the largest rate, at a step that counts from 0: a linear rise, then a cosine to 0."""
    rise = math.ceil(warm_up * total)
    if step < rise:
        return (step + 1) / rise
    return (1 + math.cos(math.pi * (step - rise) / max(1, total - rise))) / 2
