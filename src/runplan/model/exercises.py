"""The four strength exercises of the method, their variations, and how to do each."""

from collections.abc import Iterable

from attrs import field, frozen

from runplan._base.tables import Table, facts
from runplan._base.text import NO_ADVICE, one_line
from runplan._base.validators import is_a
from runplan.errors import InvalidType
from runplan.model.doses import Dose

# What an exercise without equipment needs.
NOTHING = "nothing"


def _name(value: str) -> str:
    return one_line(value, what="an exercise's name", longest=80)


def _line(value: str) -> str:
    return one_line(value, what="an exercise's text", longest=300)


def _exercise_or_none(_: object, __: object, value: "Exercise | None") -> None:
    if not isinstance(value, Exercise | None):
        raise InvalidType("instead must be an Exercise or None", value, "give one")


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InvalidType("cues and muscles must be lists of texts", values, "put it in a list")
    return tuple(_line(value) for value in values)


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
        source: Where it comes from.
        evidence: How strong the evidence for it is: weak, the method or house.
        instead: The variation for runners without the equipment; None if there is none.

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
    source: str = field(default="the request", converter=_line)
    evidence: str = field(default="house", converter=_line)
    instead: "Exercise | None" = field(
        default=None,
        validator=_exercise_or_none,
        repr=lambda other: repr(other and other.name),
    )

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
            ("Without it", self.instead.name if self.instead else ""),
            ("Works", ", ".join(self.works)),
            ("Easier first", self.easier),
            *((f"Step {number}", cue) for number, cue in enumerate(self.cues, 1)),
            ("Source", self.source),
        ]
        return facts(self.name, rows, caption="Doses, and how to do it", note=NO_ADVICE)

    def _repr_html_(self) -> str:
        return self.table().to_html()


_METHOD = "the method itself"

RPE = "RPE, the rating of perceived exertion, says how hard a set feels, from 1 to 10."
_FIRST_RPE = (5, 6)
_LATER_RPE = (6, 7)

_ARM_RAISE = Exercise(
    name="Prone arm raise",
    works=("trapezius", "rhomboids", "rear deltoids"),
    needs=NOTHING,
    first_month=Dose(2, (6, 8), rpe=_FIRST_RPE),
    after=Dose(3, (8, 10), rpe=_LATER_RPE),
    easier="one arm at a time",
    cues=(
        "Lie face down, forehead on a towel, arms stretched out above the head in a Y.",
        "Draw the shoulder blades down and together, thumbs up.",
        "Lift the arms a little off the floor with the neck long, and hold for a breath.",
        "Lower them slowly.",
    ),
    source="our choice; Borms 2022 for the muscles",
)
_PIKE_PUSH_UP = Exercise(
    name="Pike push-up",
    works=("deltoids", "triceps", "serratus anterior", "core"),
    needs=NOTHING,
    first_month=Dose(2, 8, rpe=_FIRST_RPE),
    after=Dose(3, (8, 12), rpe=_LATER_RPE),
    easier="kneeling, with the hips above the knees, or hands raised on a bench",
    cues=(
        "From a plank, walk the feet in until the hips point up.",
        "Brace the core and keep the neck long.",
        "Bend the elbows and lower the head towards the floor in front of the hands.",
        "Press up again.",
    ),
    source="our choice",
)
_HIP_HINGE = Exercise(
    name="Single-leg hip hinge",
    works=("hips", "glutes", "hamstrings", "abdominals"),
    needs=NOTHING,
    first_month=Dose(2, 8, per_side=True, rpe=_FIRST_RPE),
    after=Dose(3, (10, 12), per_side=True, rpe=_LATER_RPE),
    easier="on both legs, then with one hand on a wall",
    cues=(
        "Stand on one leg with its knee soft and the core tight.",
        "Push the hips back and let the other leg rise behind you, spine neutral.",
        "Drive the hips forward to stand up again.",
        "Finish the set, then change legs.",
    ),
    source="our choice; Diamant 2021 for the muscles",
)

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
        instead=_ARM_RAISE,
        source=_METHOD,
        evidence="the method",
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
        instead=_PIKE_PUSH_UP,
        source=_METHOD,
        evidence="the method",
    ),
    Exercise(
        name="Push-up with protraction",
        works=("serratus anterior", "upper back"),
        needs=NOTHING,
        first_month=Dose(2, (8, 10), rpe=_FIRST_RPE),
        after=Dose(3, (8, 10), rpe=_LATER_RPE),
        easier="kneeling, or hands raised on a bench",
        cues=(
            "First draw the shoulder blades together and apart a few times.",
            "Lower into the push-up.",
            "Press up, and at the top spread the blades wide.",
        ),
        source=_METHOD,
        evidence="the method",
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
        instead=_HIP_HINGE,
        source=_METHOD,
        evidence="the method",
    ),
)
