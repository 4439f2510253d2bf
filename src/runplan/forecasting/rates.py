"""How likely each outcome of a long run is: the prior, and what a log adds to it."""

import math
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Any

from attrs import Attribute, asdict, field, frozen

from runplan.errors import InvalidType, InvalidValue
from runplan.forecasting.variants import KINDS, VARIANTS, Kind

# With weights this large, nothing is left to chance.
_MOST = 1e9


def _number(value: float) -> float:
    # Bools and numbers too large for a float are left to _weight, which rejects them.
    return float(value) if type(value) is int and abs(value) <= _MOST else value


def _weight(_: object, attribute: "Attribute[Any]", value: object) -> None:
    must = f"{attribute.name} must be a number from 0 to {_MOST:,.0f}"
    do = "give a weight: as if that many long runs of this kind had been seen"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidType(must, value, do)
    if not 0 <= value <= _MOST:
        # NaN fails both comparisons.
        raise InvalidValue(must, value, do)


def _rate() -> Any:  # noqa: ANN401 (what attrs' field() returns)
    return field(default=0.0, converter=_number, validator=_weight)


@frozen(kw_only=True)
class Rates:
    """
    How likely each outcome of a long run is.

    As a prior, these are the weights of a Dirichlet distribution: as if that many long runs of
    each kind had been seen. As the rates of a forecast, they are shares that sum to 1.

    Attributes:
        clean: Done, without pain, posture held.
        tired: A tired upper back: fatigue 7 to 10.
        cut_short: Less than 90 % of the planned minutes.
        painful: Pain in the run or on the next morning, or a red flag.
        missed: No long run was reported.

    Raises:
        InvalidType: If one is not a number.
        InvalidValue: If one is negative, not finite or over 1,000,000,000, or all are 0.

    Source:
        docs/explanation/forecast.md

    >>> Rates(clean=3, painful=1)
    Rates(clean=3.0, tired=0.0, cut_short=0.0, painful=1.0, missed=0.0)
    """

    clean: float = _rate()
    tired: float = _rate()
    cut_short: float = _rate()
    painful: float = _rate()
    missed: float = _rate()

    def __attrs_post_init__(self) -> None:
        if not self.total:
            must = "one of the rates must be above 0"
            raise InvalidValue(must, "all of them 0", "give the likeliest one the most weight")

    @property
    def total(self) -> float:
        """The sum of the weights: how many long runs a prior counts as."""
        return math.fsum(asdict(self).values())

    @property
    def mean(self) -> "Rates":
        """The expected shares: the same weights, scaled to sum to 1."""
        total = self.total
        return Rates(**{kind: weight / total for kind, weight in asdict(self).items()})

    def after(self, seen: Iterable[Kind]) -> "Rates":
        """
        Return the posterior: each long run seen adds 1 to the weight of its kind.

        >>> Rates(clean=3, painful=1).after(["clean", "missed"]).mean.clean
        0.6666666666666666
        """
        weights = asdict(self)
        for kind in seen:
            # The largest weight does not grow.
            weights[kind] = min(weights[kind] + 1, _MOST)
        return Rates(**weights)


# Weak: it counts as ten long runs. Eight are clean; each other kind gets the half that Jeffreys'
# prior gives to a kind of which nothing is known. Source: our choice.
PRIOR = Rates(clean=8, tired=0.5, cut_short=0.5, painful=0.5, missed=0.5)

_VARIANTS_OF = {kind: sum(variant.kind == kind for variant in VARIANTS) for kind in KINDS}


def draw(weights: Rates, random: Random) -> list[float]:
    """
    Draw cumulative shares over VARIANTS from the Dirichlet distribution with these weights.

    >>> draw(Rates(clean=1), Random(1))
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    given = {kind: getattr(weights, kind) for kind in KINDS}
    drawn = {kind: random.gammavariate(given[kind], 1) if given[kind] else 0.0 for kind in KINDS}
    if not any(drawn.values()):
        # The weights are too small for floats: all long runs are then of one kind.
        drawn[random.choices(KINDS, list(given.values()))[0]] = 1.0
    whole = sum(drawn.values())
    return list(
        accumulate(drawn[variant.kind] / whole / _VARIANTS_OF[variant.kind] for variant in VARIANTS)
    )
