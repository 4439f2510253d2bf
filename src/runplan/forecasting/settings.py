"""What a forecast is asked for, and who plays: this thread or an executor."""

import pickle  # to find out whether something can be sent; nothing is read with it
import re
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from types import NoneType
from typing import Any

from attrs import Attribute, field, frozen
from attrs.validators import optional

from runplan._base.validators import is_a, whole
from runplan.errors import InvalidType, InvalidValue
from runplan.forecasting.rates import Rates
from runplan.forecasting.simulate import Chance, Outset, Played, play
from runplan.planning.build import MAX_WEEKS

_MOST_RUNS = 100_000

# How many plays an executor is handed at a time. It changes nothing but the time it takes.
_CHUNK = 100


def _seed(_: object, attribute: "Attribute[Any]", value: object) -> None:
    must = f"{attribute.name} must be a whole number, 0 or more"
    do = "give any number: the same one gives the same forecast"
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidType(must, value, do)
    if value < 0:
        raise InvalidValue(must, value, do)


@frozen(kw_only=True)
class Asked:
    """
    What a forecast is asked for, apart from the plan.

    Attributes:
        runs: How many times the plan is played forward.
        seed: What chance begins from.
        prior: How long runs turn out before any is known, as weights.
        pause_weeks: After how many weeks a pause is taken to be cleared; None: never. [weeks]
        executor: Who plays; None: this thread.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range.
    """

    runs: int = field(validator=whole(1, _MOST_RUNS, "plays"))
    seed: int = field(validator=_seed)
    prior: Rates = field(validator=is_a(Rates, article="Rates, the weights of a prior"))
    pause_weeks: int | None = field(validator=optional(whole(1, MAX_WEEKS, "weeks")))
    executor: Executor | None = field(
        validator=is_a(Executor, NoneType, article="an executor of concurrent.futures")
    )

    def play(self, outset: Outset, rates: Rates) -> list[Played]:
        """
        Play as often as is asked for, in an order that does not depend on the executor.

        Raises:
            InvalidValue: If the executor takes no work, or what it is to do cannot be sent.
        """
        plays = partial(_play, outset, rates, self.seed, self.pause_weeks)
        if self.executor is None:
            return plays(range(self.runs))
        chunks = (range(self.runs)[first : first + _CHUNK] for first in range(0, self.runs, _CHUNK))
        try:
            parts = self.executor.map(plays, chunks)
        except RuntimeError as error:
            must = "the executor must still take work"
            raise InvalidValue(must, str(error), "give one that is not shut down") from error
        try:
            return [played for part in parts for played in part]
        except Exception as error:
            # Before Python 3.13 the words say pickle, from then on what is local.
            if not re.search("pickle|local object", str(error)) or _can_be_sent(plays):
                raise
            must = "what an executor of processes is to do must be such that pickle can send it"
            do = "define your own rules as functions of a module, or use a ThreadPoolExecutor"
            raise InvalidValue(must, str(error), do) from error


def _play(
    outset: Outset, rates: Rates, seed: int, pause_weeks: int | None, numbers: range
) -> list[Played]:
    """Return what came of each play, in the order of their numbers."""
    chances = [Chance(seed, number, rates) for number in numbers]
    found = {
        chance.number: branch.played
        for branch in play(outset, chances, pause_weeks)
        for chance in branch.chances
        if branch.played
    }
    return [found[number] for number in numbers]


def _can_be_sent(plays: Callable[[range], list[Played]]) -> bool:
    try:
        pickle.dumps(plays)
    except Exception:  # noqa: BLE001  # pickle raises whatever the values at hand raise
        return False
    return True
