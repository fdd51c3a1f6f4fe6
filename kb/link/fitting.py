"""Learning the weights: logistic regression with a penalty, by Newton's method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.link.arrays import Floats, np
from kb.link.features import FEATURES
from kb.link.model import Model

# the features say much the same in many ways: a strong penalty spreads the weight over all of them
PENALTY = 300.0
STEPS = 50
PRECISION = 1e-7


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs of which it is known whether they belong together: features, truth, and what each row counts."""

    values: Floats
    truth: Floats
    weights: Floats


def fit(examples: Sequence[Examples], trained_on: Mapping[str, Any]) -> Model:
    """The model of these examples."""
    values = np.vstack([one.values for one in examples]).astype(np.float64)
    truth = np.concatenate([one.truth for one in examples])
    weights = np.concatenate([one.weights for one in examples])
    means = np.average(values, axis=0, weights=weights)
    spreads = np.sqrt(np.average((values - means) ** 2, axis=0, weights=weights))
    spreads[spreads < 1e-9] = 1.0
    solution = _newton(np.hstack([(values - means) / spreads, np.ones((len(values), 1))]), truth, weights)
    named = (dict(zip(FEATURES, map(float, row), strict=True)) for row in (means, spreads, solution[:-1]))
    usual, spread, weight = named
    return Model(usual, spread, weight, float(solution[-1]), dict(trained_on))


def _newton(rows: Floats, truth: Floats, weights: Floats) -> Floats:
    """The weights at which the penalised likelihood is greatest; the intercept, the last, goes free."""
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = 1e-9
    solution = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-rows @ solution))
        slope = rows.T @ (weights * (guess - truth)) + penalty * solution
        curve = (rows * (weights * guess * (1 - guess))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        solution -= step
        if float(np.abs(step).max()) < PRECISION:
            break
    return solution
