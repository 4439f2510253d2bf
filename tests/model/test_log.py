"""Reports, clearances and their log: what can be said, and what is refused in one clear line."""

import datetime as dt
import itertools
from uuid import UUID

import pandas as pd
import pendulum
import pytest
from attrs import evolve, fields_dict
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from runplan import (
    Clearance,
    InvalidType,
    InvalidValue,
    Log,
    LogRow,
    MorningReport,
    RedFlag,
    RunplanError,
    RunReport,
    StrengthReport,
    UnknownName,
)

RUN = RunReport(day="2027-01-03", minutes=45)
MORNING = MorningReport(day="2027-01-03", pain=0)
STRENGTH = StrengthReport(day="2027-01-06")
CLEARANCE = Clearance(day="2027-01-20", by="physiotherapist")
EACH = (RUN, MORNING, STRENGTH, CLEARANCE)
NEEDED = {
    RunReport: {"day": "2027-01-03", "minutes": 45},
    MorningReport: {"day": "2027-01-03", "pain": 0},
    StrengthReport: {"day": "2027-01-06"},
    Clearance: {"day": "2027-01-20", "by": "physiotherapist"},
}
KINDS = tuple(NEEDED)
SCALE = "must be a whole number of points on the scale from 0 to 10"


def made(kind, /, **values):
    """Return an entry of that kind with what it needs, and these values."""
    return kind(**NEEDED[kind] | values)


def refused(error, kind, /, **values) -> str:
    """Make an entry that must be refused, and return the one line that says why."""
    with pytest.raises(error) as caught:
        made(kind, **values)
    assert isinstance(caught.value, RunplanError)
    line = str(caught.value)
    assert line.isprintable()
    assert caught.value.must in line
    assert line.endswith(f": {caught.value.remedy}")
    return line


# --- what is said when little is said --------------------------------------------------------


def test_a_run_needs_its_day_and_its_minutes_only() -> None:
    """Everything else is what a good run was: no pain, not tired, a long one."""
    assert RUN == RunReport(
        day="2027-01-03",
        recorded_on="2027-01-03",
        minutes=45,
        pain=0,
        pain_from=None,
        pain_next_morning=None,
        fatigue=0,
        red_flags=(),
        kind="long",
        note="",
    )


def test_the_other_entries_need_little_more_than_their_day() -> None:
    """A morning needs its pain, a clearance who gave it."""
    shared = {"recorded_on": "2027-01-03", "red_flags": (), "note": ""}
    assert MorningReport(day="2027-01-03", pain=0, **shared) == MORNING
    shared = {"recorded_on": "2027-01-06", "red_flags": (), "note": ""}
    assert StrengthReport(day="2027-01-06", pain=0, pain_next_morning=None, **shared) == STRENGTH
    assert (
        Clearance(
            day="2027-01-20",
            recorded_on="2027-01-20",
            by="physiotherapist",
            baseline_min=None,
            note="",
        )
        == CLEARANCE
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_needed_cannot_be_left_out(kind) -> None:
    """A missing argument is Python's own error, as with every function."""
    for name in NEEDED[kind]:
        with pytest.raises(TypeError, match=name):
            kind(**{key: value for key, value in NEEDED[kind].items() if key != name})


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_named_never_counted(kind) -> None:
    """Nobody has to remember which number comes first."""
    with pytest.raises(TypeError):
        kind(*NEEDED[kind].values())


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_entry_does_not_have_is_no_argument_of_it(kind) -> None:
    """A misspelt name does not get lost."""
    with pytest.raises(TypeError, match="fatige"):
        made(kind, fatige=3)


def test_the_worst_pain_of_a_run_is_that_in_it_or_that_after_it() -> None:
    """An unknown next morning adds nothing."""
    assert made(RunReport).worst_pain == 0
    assert made(RunReport, pain=2).worst_pain == 2
    assert made(RunReport, pain=2, pain_next_morning=0).worst_pain == 2
    assert made(RunReport, pain=2, pain_next_morning=5).worst_pain == 5
    assert made(RunReport, pain_next_morning=1).worst_pain == 1


def test_the_worst_pain_is_worked_out_never_given() -> None:
    """It follows the pain when a report is made anew."""
    with pytest.raises(TypeError):
        made(RunReport, worst_pain=5)
    assert evolve(made(RunReport, pain=2), pain=7).worst_pain == 7
    assert "worst_pain" not in repr(RUN)


# --- days ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_recorded_on_its_own_day_unless_it_says_otherwise(kind) -> None:
    """Most people report on the day."""
    assert made(kind).recorded_on == made(kind).day
    assert made(kind, recorded_on=None) == made(kind)
    later = made(kind, recorded_on="2027-02-01")
    assert later.recorded_on == dt.date(2027, 2, 1)
    assert later.day == made(kind).day
    assert later != made(kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "day",
    ["2027-01-03", dt.date(2027, 1, 3), pendulum.date(2027, 1, 3), pd.Timestamp("2027-01-03")],
    ids=["text", "date", "pendulum", "timestamp"],
)
def test_a_day_can_be_said_in_several_ways(kind, day) -> None:
    """A moment is no day, whichever library made it."""
    if isinstance(day, dt.datetime):
        refused(InvalidType, kind, day=day)
        return
    entry = made(kind, day=day)
    assert entry == made(kind, day="2027-01-03")
    assert type(entry.day) is type(entry.recorded_on) is pendulum.Date


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_about_a_day_after_it_was_recorded(kind) -> None:
    """On the day itself it is fine, a day ahead is refused with both days named."""
    assert made(kind, day="2027-01-03", recorded_on="2027-01-03").day == dt.date(2027, 1, 3)
    line = refused(InvalidValue, kind, day="2027-01-04", recorded_on="2027-01-03")
    assert line == (
        "an entry must not be about a day after it was recorded, 2027-01-03 (was '2027-01-04'): "
        "log it when it has happened"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["day", "recorded_on"])
@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("1969-12-31", InvalidValue),
        ("2200-01-01", InvalidValue),
        (dt.date(1066, 10, 14), InvalidValue),
        ("0000-01-01", InvalidValue),
        ("2027-02-29", InvalidValue),
        ("2027-1-3", InvalidValue),
        ("20270103", InvalidValue),
        ("03.01.2027", InvalidValue),
        ("2027-01-03T09:00", InvalidValue),
        (" 2027-01-03", InvalidValue),
        ("2027-01-03\n", InvalidValue),
        ("٢٠٢٧-٠١-٠٣", InvalidValue),
        ("", InvalidValue),
        ("sunday", InvalidValue),
        ("2027-01-03\0", InvalidValue),
        ("\ud800", InvalidValue),
        ("x" * 5000, InvalidValue),
        (dt.datetime(2027, 1, 3, 9), InvalidType),
        (pendulum.datetime(2027, 1, 3), InvalidType),
        (1_800_000_000, InvalidType),
        (True, InvalidType),
        (b"2027-01-03", InvalidType),
        (["2027-01-03"], InvalidType),
    ],
)
def test_what_is_no_day_is_refused(kind, name, day, error) -> None:
    """Years before 1970 and beyond 2199 are slips."""
    line = refused(error, kind, **{name: day})
    assert line.startswith("a day must be a date from 1970 to 2199 (was ")
    assert len(line) < 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_is_never_missing(kind) -> None:
    """Only when it was recorded may be left to the day."""
    refused(InvalidType, kind, day=None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", ["1970-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_can_be_logged(kind, day) -> None:
    """The edges belong to it."""
    assert made(kind, day=day).recorded_on.isoformat() == day


# --- numbers ---------------------------------------------------------------------------------

SCALES = [
    (RunReport, "pain"),
    (RunReport, "pain_next_morning"),
    (RunReport, "fatigue"),
    (MorningReport, "pain"),
    (StrengthReport, "pain"),
    (StrengthReport, "pain_next_morning"),
]
NO_INTEGERS = [True, False, 2.0, 0.0, float("nan"), float("inf"), "2", "", b"2", [2], (2,), {}, 2j]


@pytest.mark.parametrize(("kind", "name"), SCALES)
def test_the_scale_goes_from_none_to_the_worst_imaginable(kind, name) -> None:
    """0 and 10 are on it, -1 and 11 are not."""
    for value in range(11):
        assert getattr(made(kind, **{name: value}), name) == value
    for value in (-1, 11, 10**30):
        line = refused(InvalidValue, kind, **{name: value})
        assert line == f"{name} {SCALE} (was {value}): give a number from 0 to 10"


@pytest.mark.parametrize(("kind", "name"), SCALES)
@pytest.mark.parametrize("value", NO_INTEGERS)
def test_only_whole_numbers_are_on_the_scale(kind, name, value) -> None:
    """True is no pain of 1, and 2.0 no 2."""
    assert refused(InvalidType, kind, **{name: value}).startswith(f"{name} {SCALE} (was ")


@pytest.mark.parametrize(("kind", "name"), SCALES)
def test_unknown_is_said_of_the_next_morning_only(kind, name) -> None:
    """None is no number for anything that was felt already."""
    if name == "pain_next_morning":
        assert getattr(made(kind, **{name: None}), name) is None
    else:
        refused(InvalidType, kind, **{name: None})


def test_a_run_takes_a_minute_to_ten_hours() -> None:
    """0 minutes are no run, more than 600 a slip of the finger."""
    assert [made(RunReport, minutes=minutes).minutes for minutes in (1, 600)] == [1, 600]
    for minutes in (0, -45, 601, 4500):
        assert refused(InvalidValue, RunReport, minutes=minutes) == (
            f"minutes must be a whole number of minutes from 1 to 600 (was {minutes}): "
            "give a number from 1 to 600"
        )


@pytest.mark.parametrize("value", [*NO_INTEGERS, None, dt.timedelta(minutes=45)])
def test_only_whole_minutes_are_minutes(value) -> None:
    """A stopwatch's seconds are rounded by whoever reads it."""
    assert refused(InvalidType, RunReport, minutes=value).startswith("minutes must be")


def test_pain_begins_in_the_run() -> None:
    """From its first minute to its last, and not a minute beyond."""
    for minute in (0, 1, 44, 45):
        assert made(RunReport, pain=1, pain_from=minute).pain_from == minute
    assert refused(InvalidValue, RunReport, pain=1, pain_from=46) == (
        "pain_from must not be beyond the end of the run, 45 minutes (was 46): "
        "give the minute of the run in which it began"
    )


def test_pain_that_was_not_felt_cannot_have_begun() -> None:
    """Neither in minute 0 nor later; pain on the next morning did not begin in the run."""
    for values in ({}, {"pain": 0}, {"pain_next_morning": 4}):
        for minute in (0, 30, 99):
            line = refused(InvalidValue, RunReport, pain_from=minute, **values)
            assert line == (
                f"pain_from must be given only with pain (was {minute}): "
                "give the pain as well, or leave it out"
            )


@pytest.mark.parametrize("value", NO_INTEGERS)
def test_only_whole_minutes_are_when_pain_began(value) -> None:
    """None says that nobody looked at the watch."""
    assert made(RunReport, pain=1, pain_from=None).pain_from is None
    line = refused(InvalidType, RunReport, pain=1, pain_from=value)
    assert line.startswith("pain_from must be a whole number of minutes from 0 to 600")


@pytest.mark.parametrize("value", [-1, 601])
def test_pain_begins_neither_before_any_run_nor_after_every_one(value) -> None:
    """Its own range is told first."""
    line = refused(InvalidValue, RunReport, minutes=600, pain=1, pain_from=value)
    assert line.startswith("pain_from must be a whole number of minutes from 0 to 600")


def test_a_new_baseline_is_one_that_can_be_planned_with() -> None:
    """From 10 minutes to six hours, or none."""
    for minutes in (None, 10, 360):
        assert made(Clearance, baseline_min=minutes).baseline_min == minutes
    for minutes in (9, 0, -10, 361):
        assert refused(InvalidValue, Clearance, baseline_min=minutes) == (
            f"baseline_min must be a whole number of minutes from 10 to 360 (was {minutes}): "
            "give a number from 10 to 360"
        )


@pytest.mark.parametrize("value", NO_INTEGERS)
def test_only_whole_minutes_are_a_baseline(value) -> None:
    """0.0 is no way of saying none."""
    assert refused(InvalidType, Clearance, baseline_min=value).startswith("baseline_min must be")


@pytest.mark.parametrize(
    ("kind", "error", "part"),
    [
        ("lang", UnknownName, 'did you mean "long"?'),
        ("othr", UnknownName, 'did you mean "other"?'),
        ("LONG", UnknownName, 'write it like "long"'),
        ("", UnknownName, 'write it like "long"'),
        (None, InvalidType, 'write it like "long"'),
        (True, InvalidType, 'write it like "long"'),
        (["long"], InvalidType, 'write it like "long"'),
    ],
)
def test_a_run_is_the_long_one_or_another(kind, error, part) -> None:
    """A misspelt kind names the nearest."""
    assert [made(RunReport, kind=each).kind for each in ("long", "other")] == ["long", "other"]
    line = refused(error, RunReport, kind=kind)
    assert line.startswith("kind must be one of long, other (was ")
    assert part in line


# --- red flags -------------------------------------------------------------------------------

REPORTS = (RunReport, MorningReport, StrengthReport)


@pytest.mark.parametrize("kind", REPORTS)
def test_red_flags_are_written_by_name_as_people_write_names(kind) -> None:
    """Capitals, spaces and underscores do not matter; each stands once, in the list's order."""
    said = ["fever", "Chest pain", " chest_pain ", RedFlag.CHEST_PAIN, "FEVER"]
    flags = made(kind, red_flags=said).red_flags
    assert flags == (RedFlag.CHEST_PAIN, RedFlag.FEVER)
    assert made(kind, red_flags=iter(said)).red_flags == flags
    assert made(kind, red_flags=set(said)) == made(kind, red_flags=tuple(reversed(said)))


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize(
    ("flag", "nearest"),
    [
        ("chest", 'did you mean "chest-pain"?'),
        ("chestpain", 'did you mean "chest-pain"?'),
        ("feber", 'did you mean "fever"?'),
        ("weigt loss", 'did you mean "weight-loss"?'),
        ("Lumb", 'did you mean "lump"?'),
        ("night pain", 'did you mean "rest-or-night-pain"?'),
    ],
)
def test_an_unknown_red_flag_names_the_nearest(kind, flag, nearest) -> None:
    """It is told as it was written."""
    line = refused(UnknownName, kind, red_flags=["fever", flag])
    assert line == f"a red flag must be one of the list (was {flag!r}): {nearest}"


@pytest.mark.parametrize("flag", ["", "zzz", "💥", "\ud800", "\x00", "chest\npain\x1b[31m"])
def test_a_red_flag_like_no_other_is_answered_with_the_list(flag) -> None:
    """Or with the nearest one; whatever it was, the answer is one line."""
    line = refused(UnknownName, RunReport, red_flags=[flag])
    assert "chest-pain" in line


def test_a_red_flag_far_from_all_is_answered_with_every_one() -> None:
    """So that one can be chosen."""
    line = refused(UnknownName, RunReport, red_flags=["zzz"])
    assert line.endswith(f"choose from {', '.join(flag.value for flag in RedFlag)}")


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("flags", ["fever", "", RedFlag.FEVER, None, 5, True], ids=repr)
def test_one_red_flag_is_still_a_list(kind, flags) -> None:
    """The letters of a name are no red flags."""
    line = refused(InvalidType, kind, red_flags=flags)
    assert line.startswith("red_flags must be a list of red flags (was ")
    assert line.endswith('write it like ["chest-pain"]')


@pytest.mark.parametrize("flag", [5, None, True, b"fever", ["fever"], 1.5])
def test_what_is_no_name_is_no_red_flag(flag) -> None:
    """Also what could not even stand in a set."""
    line = refused(InvalidType, RunReport, red_flags=[flag])
    assert line.startswith("a red flag must be a RedFlag or its name (was ")


def test_the_red_flags_have_tiers_in_order_and_words() -> None:
    """The most pressing come first."""
    tiers = [flag.tier for flag in RedFlag]
    assert [tier for tier, _ in itertools.groupby(tiers)] == ["emergency", "urgent", "routine"]
    assert [tiers.count(tier) for tier in ("emergency", "urgent", "routine")] == [8, 10, 1]
    assert len({flag.words for flag in RedFlag}) == len(RedFlag) == 19
    for flag in RedFlag:
        assert flag.value == flag.name.lower().replace("_", "-")
        assert RedFlag(flag.value) is flag
        assert repr(flag) == repr(flag.value)
        assert flag.words == flag.words.strip()
        assert not flag.words.endswith(".")


def test_a_clearance_has_no_red_flags_and_no_pain() -> None:
    """It is somebody else's word."""
    for name in ("red_flags", "pain"):
        with pytest.raises(TypeError, match=name):
            made(Clearance, **{name: 0})


# --- free text -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("", ""),
        ("flat, slow", "flat, slow"),
        ("  two\r\nlines\tand a tab ", "two lines and a tab"),
        ("red \x1b[31m alarm \x07", "red [31m alarm"),
        ("nul\0byte", "nul byte"),
        ("BEGIN:VEVENT\r\nSUMMARY:x", "BEGIN:VEVENT SUMMARY:x"),
        ("next\u0085line \u2028 and \u2029 paragraph", "next line and paragraph"),
        ("half \ud83d of a pair", "half of a pair"),
        ("עבר \u200f mark", "עבר \u200f mark"),
        ("\u202eoverride\u202c, \u2067isolate\u2069", "override, isolate"),
        ("\x9b31mC1\x9d", "31mC1"),
        ("👩‍🏃 e\u0301 \u200d", "👩‍🏃 e\u0301 \u200d"),
        ('"; DROP TABLE runs; -- \\', '"; DROP TABLE runs; -- \\'),
        ("x" * 1000, "x" * 1000),
    ],
)
def test_a_note_is_one_line_of_any_script(kind, note, kept) -> None:
    """Controls become spaces, what is no text is dropped, letters stay."""
    assert made(kind, note=note).note == kept


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("note", ["x" * 1001, "🏃" * 2000])
def test_a_note_has_an_end(kind, note) -> None:
    """The error does not repeat it."""
    line = refused(InvalidValue, kind, note=note)
    assert line == (
        f"note must have at most 1000 characters (was '{len(note)} characters'): shorten it"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("note", [None, 5, b"flat", ["flat"], True])
def test_a_note_is_text(kind, note) -> None:
    """Nothing is turned into text behind anybody's back."""
    assert refused(InvalidType, kind, note=note).startswith("note must be text (was ")


@pytest.mark.parametrize("note", [" ", "\n", "\0", "\ud800", "\u2028"])
def test_a_note_of_nothing_visible_is_no_note(note) -> None:
    """A note may be empty, so one that is blank is the same and no mistake."""
    assert made(RunReport, note=note).note == ""


@pytest.mark.parametrize("by", ["", " ", "\n\t", "\0", "\ud800\udfff"])
def test_a_clearance_is_by_somebody(by) -> None:
    """Nothing visible is nobody."""
    line = refused(InvalidValue, Clearance, by=by)
    assert line.startswith("by must not be empty (was ")


@pytest.mark.parametrize("by", [None, 5, b"Anna", ["Anna"], UUID(int=5)])
def test_who_gave_a_clearance_is_text(by) -> None:
    """A name, or what they are."""
    assert refused(InvalidType, Clearance, by=by).startswith("by must be text (was ")


def test_who_gave_a_clearance_is_one_line_with_an_end() -> None:
    """200 characters are a long name."""
    assert made(Clearance, by=" Dr.\nAnna  Å ").by == "Dr. Anna Å"
    assert len(made(Clearance, by="x" * 200).by) == 200
    assert "at most 200 characters" in refused(InvalidValue, Clearance, by="x" * 201)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (RUN, "long run of 45 min, no pain"),
        (
            RunReport(
                day="2027-01-03",
                minutes=45,
                pain=4,
                pain_from=38,
                pain_next_morning=0,
                fatigue=6,
                red_flags=["fever"],
                note="hot",
            ),
            (
                "long run of 45 min, pain 4 of 10 from minute 38, no pain the next morning, "
                "fatigue 6 of 10, fever or feeling ill, hot"
            ),
        ),
        (
            RunReport(day="2027-01-03", minutes=9, pain=1, pain_from=0, kind="other"),
            "run of 9 min, pain 1 of 10 from minute 0",
        ),
        (MORNING, "morning after the run, no pain"),
        (
            MorningReport(day="2027-01-03", pain=3, red_flags=["cough"], note="stiff"),
            (
                "morning after the run, pain 3 of 10, pain that is worse when coughing or "
                "sneezing, stiff"
            ),
        ),
        (STRENGTH, "strength session, no pain"),
        (
            StrengthReport(day="2027-01-06", pain=2, pain_next_morning=3, note="rows"),
            "strength session, pain 2 of 10, pain 3 of 10 the next morning, rows",
        ),
        (CLEARANCE, "clearance by physiotherapist"),
        (
            Clearance(day="2027-01-20", by="Anna", baseline_min=35, note="gently"),
            "clearance by Anna, new baseline 35 min, gently",
        ),
    ],
)
def test_an_entry_reads_as_a_sentence(entry, said) -> None:
    """As calendars and the command line show it."""
    assert str(entry) == said


# --- values ----------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", EACH)
def test_an_entry_never_changes_and_can_be_a_key(entry) -> None:
    """Equal entries are one in a set; a repr makes the same again."""
    for name in fields_dict(type(entry)):
        with pytest.raises(FrozenInstanceError):
            setattr(entry, name, 5)
    assert eval(repr(entry)) == entry  # noqa: S307 (it is our own)
    assert {entry, evolve(entry), *EACH} == set(EACH)
    assert hash(entry) == hash(evolve(entry))


@pytest.mark.parametrize("entry", EACH)
def test_every_value_of_an_entry_tells_it_from_others(entry) -> None:
    """No field is forgotten when two are compared."""
    others = {
        "day": "2027-01-02",
        "recorded_on": "2027-02-01",
        "minutes": 50,
        "pain": 3,
        "pain_next_morning": 3,
        "fatigue": 3,
        "red_flags": ["fever"],
        "kind": "other",
        "note": "else",
        "by": "else",
        "baseline_min": 30,
    }
    for name in fields_dict(type(entry)):
        if name in others:
            assert evolve(entry, **{name: others[name]}) != entry
    painful = made(RunReport, pain=3, pain_from=4)
    assert evolve(painful, pain_from=5) != painful


def test_a_morning_is_not_a_strength_session_with_the_same_values() -> None:
    """What kind of entry it is belongs to it."""
    one = MorningReport(day="2027-01-03", pain=0)
    other = StrengthReport(day="2027-01-03", pain=0)
    assert one != other
    assert len(Log([one, other])) == 2


# --- the log ---------------------------------------------------------------------------------

MANY = (
    RunReport(day="2026-12-06", minutes=40),
    RunReport(day="2026-12-06", minutes=40, recorded_on="2026-12-09"),
    RunReport(day="2026-12-06", minutes=41),
    RunReport(day="2026-12-06", minutes=40, kind="other"),
    MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07"),
    StrengthReport(day="2026-12-02"),
    StrengthReport(day="2026-12-06"),
    Clearance(day="2026-12-06", by="Anna"),
    Clearance(day="2026-12-01", by="Anna", recorded_on="2027-01-01"),
)


def test_a_log_is_empty_to_begin_with() -> None:
    """And an empty one is no error anywhere."""
    assert Log() == Log([]) == Log(())
    assert (list(Log()), len(Log()), Log().rows(), Log().entries) == ([], 0, [], ())


@given(st.permutations(MANY), st.lists(st.sampled_from(MANY)))
def test_order_and_duplicates_of_a_log_do_not_matter(entries, again) -> None:
    """However it was put together, it is the same log."""
    log = Log([*entries, *again])
    assert log == Log(MANY)
    assert hash(log) == hash(Log(MANY))
    assert log.entries == Log(MANY).entries
    assert repr(log) == repr(Log(MANY))


def test_a_log_is_in_the_order_of_days_and_of_kinds_within_a_day() -> None:
    """Runs, their mornings, strength, clearances; then by when they were recorded."""
    log = Log(reversed(MANY))
    assert [each.day for each in log] == sorted(each.day for each in MANY)
    days = [each for each in log if each.day == dt.date(2026, 12, 6)]
    assert [type(each) for each in days] == [
        *([RunReport] * 4),
        MorningReport,
        StrengthReport,
        Clearance,
    ]
    assert [each.recorded_on.day for each in days[:4]] == [6, 6, 6, 9]
    assert tuple(log) == log.entries
    assert len(log) == len(MANY)


def test_a_log_takes_any_iterable() -> None:
    """A list, a generator, another log."""
    assert Log(each for each in MANY) == Log(Log(MANY)) == Log(set(MANY)) == Log(MANY)
    assert Log(entries=MANY) == Log(MANY)


@pytest.mark.parametrize(
    "entries", [RUN, MORNING, STRENGTH, CLEARANCE, "log", "", None, 5, b"log", {"day": 1}, ["x"]]
)
def test_what_holds_no_entries_is_no_log(entries) -> None:
    """One report alone is not a list of them."""
    with pytest.raises(InvalidType) as caught:
        Log(entries)
    assert caught.value.must == "a log must hold reports, activities, clearances, changes and moves"


def test_one_wrong_thing_in_a_log_is_told_with_what_belongs_there() -> None:
    """Also if it cannot be hashed."""
    for wrong in (None, {"day": "2027-01-03"}, [RUN], RunReport, "run"):
        with pytest.raises(InvalidType) as caught:
            Log([RUN, wrong])
        assert caught.value.remedy == "give a RunReport or another entry"
        assert caught.value.given == wrong


def test_adding_makes_a_new_log() -> None:
    """The one that was there stays as it was."""
    log = Log([RUN])
    more = log.add(MORNING, STRENGTH)
    assert log == Log([RUN])
    assert more == Log([RUN, MORNING, STRENGTH])
    assert more.add(RUN) == more
    assert log.add() == log
    with pytest.raises(InvalidType):
        log.add([MORNING])


def test_a_log_never_changes_and_can_be_a_key() -> None:
    """What it was made of may change, the log does not."""
    entries = [RUN]
    log = Log(entries)
    entries.append(MORNING)
    assert len(log) == 1
    assert {log: "mine"}[Log([RUN])] == "mine"
    with pytest.raises(FrozenInstanceError):
        log.entries = ()
    assert isinstance(log.entries, tuple)


# --- rows ------------------------------------------------------------------------------------


def test_rows_say_everything_that_the_entries_say() -> None:
    """One flat dict an entry."""
    log = Log(
        [
            RunReport(
                day="2026-12-06",
                minutes=40,
                pain=2,
                pain_from=30,
                pain_next_morning=1,
                fatigue=4,
                red_flags=["fever", "cough"],
                note="hot",
                recorded_on="2026-12-07",
            ),
            RunReport(day="2026-12-08", minutes=20, kind="other"),
            MorningReport(day="2026-12-09", pain=3, red_flags=["lump"]),
            StrengthReport(day="2026-12-10", pain=1, pain_next_morning=0),
            StrengthReport(day="2026-12-10", skipped=True, recorded_on="2026-12-11"),
            StrengthReport(day="2026-12-11", exercises=["Push-up"], reps={"Renegade row": [8, 7]}),
            Clearance(day="2026-12-11", by="Anna", baseline_min=35, note="gently"),
        ]
    )
    nothing = dict.fromkeys(
        ["minutes", "pain", "pain_from", "pain_next_morning", "fatigue", "baseline_min"]
    )
    nothing |= {"retracted_on": None, "red_flags": "", "by": "", "note": ""}
    nothing |= {"skipped": False, "exercises_done": ""}
    rows = log.rows()
    assert [row.pop("details") for row in rows] == [str(each) for each in log]
    assert rows == [
        nothing
        | {
            "day": dt.date(2026, 12, 6),
            "recorded_on": dt.date(2026, 12, 7),
            "entry": "long run",
            "minutes": 40,
            "pain": 2,
            "pain_from": 30,
            "pain_next_morning": 1,
            "fatigue": 4,
            "red_flags": "fever, cough",
            "note": "hot",
        },
        nothing
        | {
            "day": dt.date(2026, 12, 8),
            "recorded_on": dt.date(2026, 12, 8),
            "entry": "other run",
            "minutes": 20,
            "pain": 0,
            "fatigue": 0,
        },
        nothing
        | {
            "day": dt.date(2026, 12, 9),
            "recorded_on": dt.date(2026, 12, 9),
            "entry": "morning",
            "pain": 3,
            "red_flags": "lump",
        },
        nothing
        | {
            "day": dt.date(2026, 12, 10),
            "recorded_on": dt.date(2026, 12, 10),
            "entry": "strength",
            "pain": 1,
            "pain_next_morning": 0,
        },
        nothing
        | {
            "day": dt.date(2026, 12, 10),
            "recorded_on": dt.date(2026, 12, 11),
            "entry": "strength",
            "skipped": True,
        },
        nothing
        | {
            "day": dt.date(2026, 12, 11),
            "recorded_on": dt.date(2026, 12, 11),
            "entry": "strength",
            "pain": 0,
            "exercises_done": "Push-up; Renegade row 8 + 7 reps",
        },
        nothing
        | {
            "day": dt.date(2026, 12, 11),
            "recorded_on": dt.date(2026, 12, 11),
            "entry": "clearance",
            "by": "Anna",
            "baseline_min": 35,
            "note": "gently",
        },
    ]


def test_rows_all_have_the_same_keys_and_types() -> None:
    """Flat, in one order, with None for the numbers that an entry does not have."""
    numbers = {"minutes", "pain", "pain_from", "pain_next_morning", "fatigue", "baseline_min"}
    rows = Log([*MANY, *EACH]).rows()
    assert {tuple(row) for row in rows} == {tuple(LogRow.__annotations__)}
    for row in rows:
        for name, value in row.items():
            text = dt.date if name in {"day", "recorded_on", "retracted_on"} else str
            optional = name in numbers or name == "retracted_on"
            wanted = bool if name == "skipped" else int if name in numbers else text
            assert type(value) in ((wanted, type(None)) if optional else (wanted,))


def test_rows_make_a_data_frame_as_they_are() -> None:
    """A row an entry, a column a value."""
    frame = pd.DataFrame(Log(MANY).rows())
    assert frame.shape == (len(MANY), len(LogRow.__annotations__))
    assert frame.loc[frame["entry"] == "long run", "minutes"].tolist() == [40, 41, 40]


def test_only_an_entry_of_the_log_can_be_withdrawn():
    """Another runner's, or one with a slip in it, is not."""
    log = Log([RunReport(day="2026-12-06", minutes=40)])
    with pytest.raises(InvalidValue, match="an entry that is withdrawn must be in the log"):
        log.retract(RunReport(day="2026-12-06", minutes=41), on="2026-12-07")
