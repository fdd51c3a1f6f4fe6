"""The model: one weight a feature, read from JSON; what it was trained on stands beside the weights.

A probability comes with its reasons: each feature's weight times how far its value lies from the usual one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from kb.errors import UnreadableModel
from kb.link.arrays import Floats, np
from kb.link.features import FEATURES

SHIPPED = "model.json"
FORMAT = 1


@dataclass(frozen=True)
class Model:
    """A logistic regression over `FEATURES`: usual value, spread and weight of each, and the intercept."""

    means: Mapping[str, float]
    spreads: Mapping[str, float]
    weights: Mapping[str, float]
    intercept: float
    trained_on: Mapping[str, Any]

    @cached_property
    def name(self) -> str:
        """Eight hex digits of its content: what a link was made with.

        >>> len(shipped_model().name)
        8
        """
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:8]

    def probabilities(self, values: Floats) -> Floats:
        """The probability of each row of features."""
        if not len(values):
            return np.zeros(0)
        return np.asarray(1 / (1 + np.exp(-(self.contributions(values).sum(axis=1) + self.intercept))))

    def contributions(self, values: Floats) -> Floats:
        """What each feature adds to the log odds of each row."""
        means, spreads, weights = (
            np.array([table[name] for name in FEATURES]) for table in (self.means, self.spreads, self.weights)
        )
        return np.asarray((values - means) / spreads * weights)


def read_model(text: str, source: str) -> Model:
    """A model from its JSON; raises UnreadableModel, which names `source`, where it is none of these features."""
    try:
        found = json.loads(text)
        tables = [{name: float(found[table][name]) for name in FEATURES} for table in ("means", "spreads", "weights")]
        if found["format"] != FORMAT or not all(spread > 0 for spread in tables[1].values()):
            raise ValueError("its format is another one")
        means, spreads, weights = tables
        return Model(means, spreads, weights, float(found["intercept"]), dict(found["trained_on"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableModel(
            f"{source}: not a model of this version ({error}); train one with `zhibiao link --train`"
        ) from error


def shipped_model() -> Model:
    """The model that comes with the program."""
    return read_model((files(__package__) / SHIPPED).read_text(encoding="utf-8"), SHIPPED)


def model_for(base: Path, chosen: Path | None = None) -> Model:
    """The model that was chosen, else the one trained on this base, else the shipped one."""
    path = chosen or own_model(base)
    if path.is_file() or chosen is not None:
        return read_model(path.read_text(encoding="utf-8"), str(path))
    return shipped_model()


def own_model(base: Path) -> Path:
    """Where the model trained on a base lies.

    >>> own_model(Path("in/city.db")).as_posix()
    'in/city.db.model.json'
    """
    return base.with_name(base.name + ".model.json")


def save_model(model: Model, path: Path) -> None:
    """Write a model so that it reads well: one line a feature."""
    rounded = asdict(model) | {
        table: {name: round(value, 5) for name, value in getattr(model, table).items()}
        for table in ("means", "spreads", "weights")
    }
    content = {"format": FORMAT} | rounded | {"intercept": round(model.intercept, 5)}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
