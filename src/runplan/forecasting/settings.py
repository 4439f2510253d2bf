"""The settings of a forecast, and where its simulations run: this thread or an executor."""

import pickle  # only to check whether something can be sent to a process
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
from runplan.forecasting.simulate import Draws, Simulated, Simulator
from runplan.forecasting.starting_point import StartingPoint
from runplan.planning.build import MAX_WEEKS

_MOST_RUNS = 100_000

# The number of simulations in a chunk for an executor. A chunk shares intermediate results and so
# must not be small; the forecast does not depend on it.
_CHUNK = 2500


def _seed(_: object, attribute: "Attribute[Any]", value: object) -> None:
    must = f"{attribute.name} must be a whole number, 0 or more"
    do = "give any number: the same one gives the same forecast"
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidType(must, value, do)
    if value < 0:
        raise InvalidValue(must, value, do)


@frozen(kw_only=True)
class Settings:
    """
    The settings of a forecast, apart from the plan.

    Attributes:
        runs: How many times the plan is simulated.
        seed: The seed of the random numbers.
        prior: How likely each outcome is before any is known, as weights.
        pause_weeks: After how many weeks a pause is assumed to be cleared; None: never. [weeks]
        executor: Where to simulate; None: in this thread.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range.
    """

    runs: int = field(validator=whole(1, _MOST_RUNS, "simulations"))
    seed: int = field(validator=_seed)
    prior: Rates = field(validator=is_a(Rates, article="Rates, the weights of a prior"))
    pause_weeks: int | None = field(validator=optional(whole(1, MAX_WEEKS, "weeks")))
    executor: Executor | None = field(
        validator=is_a(Executor, NoneType, article="an executor of concurrent.futures")
    )

    def simulated(self, start: StartingPoint, rates: Rates) -> list[Simulated]:
        """
        Return the simulations, in an order that does not depend on the executor.

        Raises:
            InvalidValue: If the executor takes no work, or the rebuild cannot be sent to it.
        """
        simulations = partial(_simulations, start, rates, self.seed, self.pause_weeks)
        if self.executor is None:
            return simulations(range(self.runs))
        chunks = (range(self.runs)[first : first + _CHUNK] for first in range(0, self.runs, _CHUNK))
        try:
            parts = self.executor.map(simulations, chunks)
        except RuntimeError as error:
            must = "the executor must accept work"
            raise InvalidValue(must, str(error), "give one that has not been shut down") from error
        try:
            return [simulated for part in parts for simulated in part]
        except Exception as error:
            # The message names pickle before Python 3.13, and local objects since.
            if not re.search("pickle|local object", str(error)) or _can_be_sent(simulations):
                raise
            must = "the rebuild must be picklable to be simulated in other processes"
            do = "define your own rules as functions in a module, or use a ThreadPoolExecutor"
            raise InvalidValue(must, str(error), do) from error


def _simulations(
    start: StartingPoint, rates: Rates, seed: int, pause_weeks: int | None, numbers: range
) -> list[Simulated]:
    """Return the simulations with these numbers, in order."""
    simulator = Simulator(start, pause_weeks)
    return [simulator.simulate(Draws(seed, number, rates).draw) for number in numbers]


def _can_be_sent(simulations: Callable[[range], list[Simulated]]) -> bool:
    try:
        pickle.dumps(simulations)
    except Exception:  # noqa: BLE001 (pickle raises whatever the values raise)
        return False
    return True
