"""The four strength exercises of the method, and how to do each."""

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from runplan._base.tables import Table, facts
from runplan._base.text import NO_ADVICE, one_line
from runplan._base.validators import Validator, is_a, whole
from runplan.errors import InvalidType, InvalidValue

# A dose's range, lowest first.
Range = tuple[int, int]


def _name(value: str) -> str:
    return one_line(value, what="an exercise's name", longest=80)


def _line(value: str) -> str:
    return one_line(value, what="an exercise's text", longest=300)


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InvalidType("cues and muscles must be lists of texts", values, "put it in a list")
    return tuple(_line(value) for value in values)


def _range(value: "int | Iterable[int]") -> Range:
    low, high = (value, value) if isinstance(value, int) else _pair(value)
    return low, high


def _pair(value: object) -> Range:
    must = "reps and RPE must be a whole number, or the lowest and the highest"
    remedy = "write it like 8 or (8, 10)"
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidType(must, value, remedy)
    try:
        low, high = value
    except ValueError:
        raise InvalidValue(must, value, remedy) from None
    return low, high


def _within(low: int, high: int, unit: str) -> Validator:
    number = whole(low, high, unit)

    def check(instance: object, attribute: "Attribute[Any]", value: Range) -> None:
        for end in value:
            number(instance, attribute, end)
        if value[0] > value[1]:
            raise InvalidValue(
                f"{attribute.name} must not end before it begins", value, "swap them"
            )

    return check


@frozen
class Dose:
    """
    How much of an exercise to do: sets, repetitions and effort.

    Attributes:
        sets: How many sets.
        reps: Lowest and highest number of repetitions per set. One number stands for both.
        per_side: Whether the repetitions are per side.
        rpe: Lowest and highest rating of perceived exertion by reps in reserve: 7 means about
            three left. [1-10]

    Raises:
        InvalidType: If a number is not whole.
        InvalidValue: If a number is out of range or a range ends before it begins.

    Source:
        docs/reference/sources.md#strength: the sets and the RPE are house choices.

    >>> str(Dose(3, (8, 10), per_side=True, rpe=(6, 7)))
    '3 × 8–10 a side, RPE 6–7'
    """

    sets: int = field(validator=whole(1, 10, "sets"))
    reps: Range = field(converter=_range, validator=_within(1, 100, "repetitions"))
    per_side: bool = field(
        default=False, kw_only=True, validator=is_a(bool, article="true or false")
    )
    rpe: Range = field(
        default=(5, 6), kw_only=True, converter=_range, validator=_within(1, 10, "RPE points")
    )

    def __str__(self) -> str:
        side = " a side" if self.per_side else ""
        return f"{self.sets} × {_span(self.reps)}{side}, RPE {_span(self.rpe)}"


@frozen(kw_only=True)
class Exercise:
    """
    A strength exercise, and how to do it.

    Attributes:
        name: Its name.
        works: The muscles it works.
        needs: The equipment: "two dumbbells", "nothing".
        first_month: The dose in the plan's first four weeks.
        after: The dose from the fifth week on.
        easier: Easier variations to begin with.
        cues: How to do it, a few short sentences.

    Raises:
        InvalidType: If a field has the wrong type.
        InvalidValue: If a text is empty or too long.

    Source:
        docs/reference/sources.md#strength

    >>> Exercise(
    ...     name="Band pull-apart", works=["rhomboids"], needs="a band",
    ...     first_month=Dose(2, 10), after=Dose(3, 12), easier="a lighter band",
    ...     cues=["Arms straight.", "Blades together."],
    ... ).cues
    ('Arms straight.', 'Blades together.')
    """

    name: str = field(converter=_name)
    works: tuple[str, ...] = field(converter=_lines)
    needs: str = field(converter=_line)
    first_month: Dose = field(validator=is_a(Dose, article="a Dose"))
    after: Dose = field(validator=is_a(Dose, article="a Dose"))
    easier: str = field(converter=_line)
    cues: tuple[str, ...] = field(converter=_lines)

    def table(self) -> Table:
        """
        Return a table for display: its doses, and how to do it.

        >>> EXERCISES[1].table().rows[0]
        ('First month', '2 × 8 a side, RPE 5–6')
        """
        rows = [
            ("First month", self.first_month),
            ("After", self.after),
            ("Needs", self.needs),
            ("Works", ", ".join(self.works)),
            ("Easier first", self.easier),
            *((f"Step {number}", cue) for number, cue in enumerate(self.cues, 1)),
        ]
        return facts(self.name, rows, caption="Doses, and how to do it", note=NO_ADVICE)

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _span(ends: Range) -> str:
    low, high = ends
    return str(low) if low == high else f"{low}–{high}"


RPE = "RPE, the rating of perceived exertion, says how hard a set feels, from 1 to 10."
_FIRST_RPE = (5, 6)
_LATER_RPE = (6, 7)

EXERCISES = (
    Exercise(
        name="Renegade row",
        works=(
            "trapezius",
            "latissimus dorsi",
            "teres major and minor",
            "rhomboids",
            "biceps",
            "forearms",
            "rear deltoids",
        ),
        needs="two dumbbells",
        first_month=Dose(2, (6, 8), per_side=True, rpe=_FIRST_RPE),
        after=Dose(3, (8, 10), per_side=True, rpe=_LATER_RPE),
        easier="feet wide apart, or hands on a bench",
        cues=(
            "Hold a plank with a dumbbell under each hand.",
            "Brace core, glutes and thighs so that the hips stay level.",
            "Lift one elbow and let that shoulder blade slide back.",
            "Lower it slowly and change sides.",
        ),
    ),
    Exercise(
        name="Lunge-position shoulder press",
        works=("deltoids", "glutes", "quadriceps", "core"),
        needs="one dumbbell",
        first_month=Dose(2, 8, per_side=True, rpe=_FIRST_RPE),
        after=Dose(3, (8, 12), per_side=True, rpe=_LATER_RPE),
        easier="half-kneeling",
        cues=(
            "Start with the dumbbell at the shoulder, then step forward into a lunge.",
            "Right arm with right leg, left arm with left leg.",
            "Brace the core and press straight up.",
            "Bring it back to the shoulder and go again, then change sides.",
        ),
    ),
    Exercise(
        name="Push-up with protraction",
        works=("serratus anterior", "upper back"),
        needs="nothing",
        first_month=Dose(2, (8, 10), rpe=_FIRST_RPE),
        after=Dose(3, (8, 10), rpe=_LATER_RPE),
        easier="kneeling, or hands raised on a bench",
        cues=(
            "First draw the shoulder blades together and apart a few times.",
            "Lower into the push-up.",
            "Press up, and at the top spread the blades wide.",
        ),
    ),
    Exercise(
        name="One-arm kettlebell swing",
        works=(
            "deltoids",
            "latissimus dorsi",
            "pectorals",
            "hips",
            "glutes",
            "hamstrings",
            "abdominals",
        ),
        needs="one kettlebell",
        first_month=Dose(2, 8, per_side=True, rpe=_FIRST_RPE),
        after=Dose(3, (10, 12), per_side=True, rpe=_LATER_RPE),
        easier="the hip hinge without weight, then the two-arm swing",
        cues=(
            "Stand a little wider than the hips with the knees soft.",
            "Keep the spine neutral and the core tight.",
            "Let the hips swing the kettlebell up in front of you.",
            "Finish the set, then change arms.",
        ),
    ),
)
