"""log.jsonl: what was logged is read in full, or the reader stops and says where."""

import json
import random
import warnings
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from support.effort import effort, examples
from support.record_strategies import FULL_CHANGE, entries

from runplan import (
    Activity,
    Change,
    Clearance,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Move,
    Rebuild,
    RunplanError,
    RunReport,
    StrengthReport,
    UnknownName,
    UnusableFile,
    build,
    load_log,
)
from runplan._base.dates import to_day, to_moment
from runplan.storage.log_file import (
    cut_off_line,
    entry_line,
    read_journal,
    rebuild_line,
    retract_line,
)

AT = to_moment("2027-01-03T10:30:00+01:00").add(microseconds=123456)
EACH = (
    RunReport(
        day="2027-01-03",
        minutes=45,
        pain=2,
        pain_from=38,
        red_flags=["fever"],
        note="Föhn 🏃 עבר \\ \"quoted\" {'a': 1}",
    ),
    RunReport(day="2027-01-05", minutes=20, kind="other", fatigue=7, pain_next_morning=0),
    MorningReport(day="2027-01-03", pain=1, recorded_on="2027-01-04", note="stiff"),
    StrengthReport(day="2027-01-06", pain=3, pain_next_morning=0),
    Clearance(day="2027-01-20", by="Ånna", baseline_min=35),
    Change(day="2027-02-01", recorded_on="2027-01-25", target_min=90),
    FULL_CHANGE,
    Move(day="2027-02-07", to="2027-02-08", recorded_on="2027-02-05"),
    Activity(day="2027-01-03", minutes=47, at="09:05", source="strava", note="Föhn"),
)
RUN, OTHER, MORNING = EACH[:3]
LINES = tuple(entry_line(entry, AT) for entry in EACH)
REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
HALF = LINES[1][:40]


def line(**values) -> bytes:
    """Return a line of a log, an ordinary one but for these values."""
    usual = {"schema": 2, "type": "run", "day": "2027-01-03", "minutes": 45}
    return json.dumps(usual | values).encode() + b"\n"


def bare(**values) -> bytes:
    """Return a line of a log that holds these values."""
    return json.dumps(values).encode() + b"\n"


def journal(*lines):
    """Return what a log file of these lines holds."""
    return read_journal(b"".join(lines), name="log.jsonl")


def log_of(*lines) -> Log:
    """Return the log that a whole file of these lines holds."""
    read = journal(*lines)
    assert read.skipped == ""
    return read.log


def id_of(data: bytes) -> str:
    """Return the id of the entry of a line."""
    (each,) = journal(data).recorded
    return each.id


def withdrawal(data: bytes, day="2027-01-08") -> bytes:
    """Return the line that withdraws the entry of a line."""
    return retract_line(id_of(data), to_day(day), AT)


def refused(error, *lines, name="log.jsonl") -> str:
    """Read a log that must be refused, and return the one line that says why."""
    with pytest.raises(error) as caught:
        read_journal(b"".join(lines), name=name)
    assert isinstance(caught.value, RunplanError)
    text = str(caught.value)
    assert text.isprintable()
    return text


@pytest.fixture
def path(tmp_path) -> Path:
    """Where a log is kept."""
    return tmp_path / "log.jsonl"


# --- what a line says ------------------------------------------------------------------------


def test_an_entry_is_one_line_of_json_with_its_version_and_moment() -> None:
    """The moment is in UTC, so precise that no two are the same; letters stay letters."""
    record = json.loads(LINES[0])
    assert LINES[0].endswith(b"}\n")
    assert LINES[0].count(b"\n") == 1
    assert "Föhn 🏃 עבר".encode() in LINES[0]
    assert list(record)[:3] == ["schema", "recorded_at", "type"]
    assert record == {
        "schema": 2,
        "recorded_at": "2027-01-03T09:30:00.123456Z",
        "type": "run",
        "day": "2027-01-03",
        "recorded_on": "2027-01-03",
        "retracted_on": None,
        "minutes": 45,
        "pain": 2,
        "pain_from": 38,
        "pain_next_morning": None,
        "fatigue": 0,
        "red_flags": ["fever"],
        "kind": "long",
        "note": RUN.note,
    }


def test_a_withdrawal_names_an_entry_by_its_id() -> None:
    """Nothing is ever rubbed out."""
    data = retract_line("0123abcd", to_day("2027-01-05"), AT)
    assert json.loads(data) == {
        "schema": 2,
        "recorded_at": "2027-01-03T09:30:00.123456Z",
        "type": "retract",
        "id": "0123abcd",
        "retracted_on": "2027-01-05",
    }


def test_a_request_as_it_was_seen_is_a_line() -> None:
    """All of it, as in a record."""
    record = json.loads(rebuild_line(REBUILD, AT))
    assert record["recorded_at"] == "2027-01-03T09:30:00.123456Z"
    assert record["type"] == "rebuild"
    assert (record["baseline_min"], record["keep_weeks"], record["last_day"]) == (40, 0, None)


def test_a_line_that_was_cut_off_is_marked_by_a_hash_of_it() -> None:
    """A whole line needs no mark, and neither does a blank one."""
    assert json.loads(cut_off_line(HALF, AT)) == {
        "schema": 2,
        "recorded_at": "2027-01-03T09:30:00.123456Z",
        "type": "cut-off",
        "id": json.loads(cut_off_line(HALF, AT.add(days=1)))["id"],
    }
    assert json.loads(cut_off_line(HALF, AT))["id"] != json.loads(cut_off_line(HALF[:-1], AT))["id"]
    assert cut_off_line(LINES[1].rstrip(), AT) is None
    assert cut_off_line(b"  ", AT) is None


@given(st.lists(entries, max_size=4))
@example(list(EACH))
def test_what_is_written_is_read_again(logged) -> None:
    """Every kind of entry, every script, withdrawn or not."""
    read = journal(*(entry_line(entry, AT) for entry in logged))
    assert [each.entry for each in read.recorded] == logged
    assert {each.recorded_at for each in read.recorded} <= {"2027-01-03T09:30:00.123456Z"}
    assert read.log == Log(logged)


# --- what is read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\n\n \n\t\n", b"\r\n"], ids=["nothing", "a line", "blanks", "Windows"]
)
def test_an_empty_file_is_an_empty_log(path, data) -> None:
    """Blank lines are nothing."""
    path.write_bytes(data)
    assert load_log(path) == Log()


def test_a_log_is_loaded_from_a_text_or_a_path(path) -> None:
    """As every file is."""
    path.write_bytes(b"".join(LINES))
    assert load_log(str(path)) == load_log(path) == Log(EACH)


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "missing/log.jsonl", "a\0b"])
def test_a_log_that_cannot_be_read_is_reported_with_its_path(tmp_path, name) -> None:
    """Missing, a folder, or no name at all."""
    with pytest.raises(UnusableFile) as caught:
        load_log(f"{tmp_path}/{name}")
    assert caught.value.given == f"{tmp_path}/{name}"


@pytest.mark.parametrize("path", [None, 5, b"log.jsonl"])
def test_only_a_path_is_a_path(path) -> None:
    """Anything else is refused."""
    with pytest.raises(InvalidType, match="a path must be text or a Path"):
        load_log(path)


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n".join([*(each.rstrip() for each in LINES), b""]),
        b"\n\n".join(LINES),
        b"\xef\xbb\xbf" + b"".join(LINES),
        b"".join(LINES).rstrip(b"\n"),
        b"".join(b"  " + each for each in LINES),
        b"".join(reversed(LINES)),
    ],
    ids=["Windows", "blank lines", "a byte-order mark", "no last line end", "indented", "sorted"],
)
def test_what_editors_do_to_a_file_does_no_harm(data) -> None:
    """It still holds the same log, with the same ids."""
    assert log_of(data) == Log(EACH)
    assert {each.id for each in journal(data).recorded} == {id_of(each) for each in LINES}


def test_a_line_needs_no_more_than_its_entry_needs() -> None:
    """A line that was written by hand may leave out what has a default."""
    (each,) = journal(line()).recorded
    assert each.entry == RunReport(day="2027-01-03", minutes=45)
    assert each.recorded_at == ""


def test_the_same_line_twice_is_one_entry() -> None:
    """Copies do not matter."""
    assert log_of(LINES[0], LINES[0]) == Log([RUN])


# --- a last line that was cut off ------------------------------------------------------------


@pytest.mark.parametrize("entry", EACH, ids=lambda entry: type(entry).__name__)
def test_a_last_line_that_was_cut_off_is_skipped_wherever_that_was(entry) -> None:
    """With a message that names it; only without its line end it is whole already."""
    before, cut = b"".join(LINES), entry_line(entry, AT)
    for length in range(1, len(cut) - 1):
        read = read_journal(before + cut[:length], name="log.jsonl")
        assert read.log == Log(EACH)
        where = f"log.jsonl, line {len(LINES) + 1}"
        assert read.skipped.startswith(f"{where} is not whole and was skipped: ")
        assert read.skipped.isprintable()
    assert log_of(cut.rstrip(b"\n")) == Log([entry])


def test_loading_a_log_warns_of_a_line_that_was_cut_off(path) -> None:
    """Once, at the line that loads it."""
    path.write_bytes(LINES[0] + HALF)
    with pytest.warns(UserWarning, match=r"log\.jsonl, line 2 is not whole") as warned:
        assert load_log(path) == Log([RUN])
    assert [each.filename for each in warned] == [__file__]


def test_a_file_that_is_only_half_a_line_is_an_empty_log() -> None:
    """The very first entry was lost."""
    read = journal(HALF)
    assert read.log == Log()
    assert read.skipped.startswith("log.jsonl, line 1 is not whole")


def test_a_line_that_is_marked_as_cut_off_is_skipped_silently() -> None:
    """It was reported when it was the last one; what was logged after it counts."""
    mark = cut_off_line(HALF, AT)
    assert log_of(LINES[0], HALF, b"\n", mark, LINES[2]) == Log([RUN, MORNING])
    assert log_of(LINES[0], HALF, b"\n", LINES[2], mark) == Log([RUN, MORNING])
    # An editor has changed the line ends.
    assert log_of(LINES[0], HALF, b"\r\n", mark, LINES[2]) == Log([RUN, MORNING])


def test_a_log_may_have_been_cut_off_more_than_once() -> None:
    """Each time there is a mark, and at last a message."""
    other = LINES[3][:70]
    data = [LINES[0], HALF, b"\n", cut_off_line(HALF, AT), LINES[2], other, b"\n"]
    assert log_of(*data, cut_off_line(other, AT), LINES[4]) == Log([RUN, MORNING, EACH[4]])
    read = journal(*data, cut_off_line(other, AT), LINES[4][:20])
    assert read.log == Log([RUN, MORNING])
    assert read.skipped.startswith("log.jsonl, line 7 is not whole")


def test_a_mark_is_about_one_line_only() -> None:
    """Another broken line stops the reader, mark or not."""
    mark = cut_off_line(HALF, AT)
    said = refused(InvalidValue, LINES[0], HALF, b"\n", mark, LINES[1][:39], b"\n", LINES[2])
    assert said.startswith("log.jsonl, line 4 must be whole: it may hold pain that pauses the plan")


def test_half_a_withdrawal_withdraws_nothing() -> None:
    """It is skipped like any other half line."""
    whole = withdrawal(LINES[0])
    read = journal(LINES[0], whole[:-20])
    assert read.log == Log([RUN])
    assert read.skipped.startswith("log.jsonl, line 2 is not whole")


BROKEN = {
    "latin": b'{"schema": 2, "type": "run", "day": "2027-01-10", "minutes": 45, "note": "F\xf6hn"}',
    "mark": b"\xff\xfe\x00",
    "zeros": b"\x00" * 512,
    "half a letter": LINES[1][:-3] + b"\xf0\x9f",
    "half a line": HALF,
    "two lines in one": LINES[1].rstrip() + LINES[2].rstrip(),
    "words": b"nonsense",
    "quotes": b"{'day': '2027-01-10'}",
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "long": b"9" * 6000,
    "longer": b'{"minutes": ' + b"9" * 6000 + b"}",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_line_that_is_not_the_last_stops_the_reader(broken) -> None:
    """Only a crash cuts a line off, and only the last one; anything else may hold pain."""
    said = refused(InvalidValue, LINES[0], b"\n", BROKEN[broken], b"\n", LINES[2])
    assert said.startswith("log.jsonl, line 3 must be whole: it may hold pain that pauses the plan")
    assert said.endswith("correct that line, or empty it if it holds nothing")
    assert len(said) < 400


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_last_line_that_has_an_end_stops_the_reader(broken) -> None:
    """It was not cut off while it was written: somebody ended it."""
    said = refused(InvalidValue, LINES[0], BROKEN[broken], b"\n")
    assert said.startswith("log.jsonl, line 2 must be whole")


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_last_line_without_an_end_is_skipped(broken) -> None:
    """Zeros, for one, are what some file systems leave of a line after a power cut."""
    read = journal(LINES[0], BROKEN[broken])
    assert read.log == Log([RUN])
    assert read.skipped.startswith("log.jsonl, line 2 is not whole and was skipped: ")
    assert read.skipped.isprintable()


def test_a_broken_line_that_is_emptied_is_no_longer_in_the_way() -> None:
    """As the error says."""
    assert log_of(LINES[0], b"\n", LINES[2]) == Log([RUN, MORNING])


# --- a key twice -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (
            b'{"schema": 2, "type": "run", "day": "2027-01-03", "minutes": 45, "minutes": 4}',
            "minut",
        ),
        (b'{"schema": 2, "type": "run", "pain": 7, "day": "2027-01-03", "pain": 0}', "pain"),
        (b'{"schema": 2, "schema": 2, "type": "run"}', "schema"),
        (b'{"schema": 2, "type": "undo", "type": "run"}', "type"),
        (b'{"schema": 2, "type": "change", "long_run": {"at": "9:00", "at": "8:00"}}', "at"),
        (b'{"schema": 2, "a\\nb": 1, "a\\nb": 2}', "a"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"", b"\n" + LINES[2]], ids=["last", "no end", "middle"])
def test_a_key_twice_in_a_line_is_an_error(data, key, end) -> None:
    """Which of the two holds the pain? The error names the key and the line."""
    said = refused(InvalidValue, LINES[0], data, end)
    assert said.startswith(f"log.jsonl, line 2 must have each key once (was '{key}")
    assert "twice'" in said
    assert said.endswith("remove one of them")


# --- lines of somebody else ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("foreign", "error", "part"),
    [
        (b"5", InvalidType, "must be an entry of a log (was 5)"),
        (b"null", InvalidType, "must be an entry of a log (was None)"),
        (b'["run"]', InvalidType, "must be an entry of a log"),
        (b'"run"', InvalidType, "must be an entry of a log"),
        (b"NaN", InvalidType, "must be an entry of a log"),
        (b"{}", InvalidValue, "must have a schema of at most 2 (was 'left out')"),
        (b'{"level": "info", "msg": "hi"}', InvalidValue, "must have a schema of at most 2"),
        (line(schema="1"), InvalidType, "must have a schema of at most 2 (was '1')"),
        (line(schema=1.0), InvalidType, "must have a schema of at most 2 (was 1.0)"),
        (line(schema=True), InvalidType, "must have a schema of at most 2 (was True)"),
        (line(schema=0), InvalidType, "must have a schema of at most 2 (was 0)"),
        (line(schema=None), InvalidValue, "must have a schema of at most 2"),
        (bare(schema=2), InvalidValue, "must have a type among rebuild, run, activity, morning, "),
        (line(type="runs"), UnknownName, 'did you mean "run"?'),
        (line(type="clearence"), UnknownName, 'did you mean "clearance"?'),
        (line(type="chanje"), UnknownName, 'did you mean "change"?'),
        (line(type="Undo"), UnknownName, 'did you mean "undo"?'),
        (line(type="retracted"), UnknownName, 'did you mean "retract"?'),
        (line(type="cutoff"), UnknownName, 'did you mean "cut-off"?'),
        (line(type="log"), UnknownName, "must have a type among"),
        (line(type="policy"), UnknownName, "must have a type among"),
        (line(type=None), InvalidValue, "must have a type among"),
        (line(type=5), InvalidType, "must have a type among"),
        (line(type=["run"]), InvalidType, "must have a type among"),
        (line(type={"run": 1}), InvalidType, "must have a type among"),
        (line(minuts=45), UnknownName, 'did you mean "minutes"?'),
        (line(pain_form=3), UnknownName, 'did you mean "pain_from"?'),
        (line(xyzzy=3), UnknownName, "leave it out"),
        (line(by="Anna"), UnknownName, "keys must be among day, recorded_on, retracted_on, minut"),
        (bare(schema=2, type="run", day="2027-01-03"), InvalidValue, "must hold minutes"),
        (bare(schema=2, type="run", minutes=45), InvalidValue, "must hold day"),
        (line(minutes=0), InvalidValue, "from 1 to 600 (was 0)"),
        (line(minutes="45"), InvalidType, "from 1 to 600 (was '45')"),
        (line(minutes=45.0), InvalidType, "from 1 to 600 (was 45.0)"),
        (line(minutes=float("nan")), InvalidType, "from 1 to 600 (was nan)"),
        (line(minutes=10**400), InvalidValue, "from 1 to 600"),
        (line(minutes=None), InvalidType, "from 1 to 600 (was None)"),
        (line(minutes=True), InvalidType, "from 1 to 600 (was True)"),
        (line(day=None), InvalidType, "a day must be a date"),
        (line(day=20270103), InvalidType, "a day must be a date"),
        (line(day="2027-02-30"), InvalidValue, "(was '2027-02-30')"),
        (line(recorded_on="2027-01-02"), InvalidValue, "after it was recorded"),
        (line(retracted_on="2027-01-02"), InvalidValue, "not be withdrawn before it was recorded"),
        (line(retracted_on=5), InvalidType, "a day must be a date"),
        (line(recorded_at=5), InvalidType, "must have a moment in UTC as its recorded_at (was 5)"),
        (line(recorded_at=None), InvalidType, "must have a moment in UTC as its recorded_at"),
        (line(pain=11), InvalidValue, "pain must be"),
        (line(pain_from=3), InvalidValue, "pain_from must be given only with pain"),
        (line(red_flags="fever"), InvalidType, "red_flags must be a list"),
        (line(red_flags=["feber"]), UnknownName, 'did you mean "fever"?'),
        (line(red_flags=[["fever"]]), InvalidType, "a red flag must be"),
        (line(kind="short"), UnknownName, "kind must be one of long, other"),
        (line(note=None), InvalidType, "note must be text"),
        (line(note="x" * 1001), InvalidValue, "at most 1000 characters"),
        (bare(schema=2, type="change", day="2027-01-03"), InvalidValue, "must give a new value"),
        (
            bare(schema=2, type="change", day="2027-01-03", baseline_min="40"),
            InvalidType,
            "baseline_min must be",
        ),
        (
            bare(schema=2, type="change", day="2027-01-03", policy={"name": "x", "rules": ["y"]}),
            UnknownName,
            "policy: a rule must be one of runplan's",
        ),
        (
            bare(schema=2, type="move", day="2027-01-03", to="2027-01-03"),
            InvalidValue,
            "must name two days",
        ),
        (bare(schema=2, type="retract"), InvalidValue, "must hold id (was 'left out')"),
        (
            bare(schema=2, type="retract", id="0123abcd"),
            InvalidValue,
            "must hold retracted_on (was 'left out')",
        ),
        (
            bare(schema=2, type="retract", id=5, retracted_on="2027-01-03"),
            InvalidType,
            "must have a text as its id (was 5)",
        ),
        (
            bare(schema=2, type="retract", id=["x"], retracted_on="2027-01-03"),
            InvalidType,
            "must have a text as its id",
        ),
        (
            bare(schema=2, type="retract", id="0123abcd", retracted_on="2027-01-03", dya=1),
            UnknownName,
            "must have keys among schema, recorded_at, type, id, retracted_on (was 'dya')",
        ),
        (bare(schema=2, type="cut-off"), InvalidValue, "must hold id (was 'left out')"),
        (bare(schema=2, type="cut-off", id=None), InvalidType, "must have a text as its id"),
        (bare(schema=2, type="cut-off", id="0123abcd", line=3), UnknownName, "(was 'line')"),
        (bare(schema=1, type="undo"), InvalidValue, "must hold line (was 'left out')"),
        (bare(schema=1, type="undo", line=1, id="x"), UnknownName, "(was 'id')"),
        (
            bare(schema=2, recorded_at="2027-01-03T09:30:00Z", type="rebuild", baseline_min=40),
            InvalidValue,
            "must hold target_min, start, timezone",
        ),
        (
            rebuild_line(REBUILD, AT).replace(b'"UTC"', b'"Berlin"').replace(b"60", b"30"),
            InvalidValue,
            "target_min must not be below baseline_min",
        ),
    ],
)
def test_a_line_that_is_not_ours_stops_the_reader_with_its_number(foreign, error, part) -> None:
    """Nothing is guessed."""
    said = refused(error, LINES[1], b"\n", foreign.rstrip(), b"\n", LINES[2])
    assert said.startswith("log.jsonl, line 3")
    assert part in said
    assert len(said) < 600


def test_reading_a_log_that_is_refused_leaves_it_as_it_is(path) -> None:
    """The error is of the family, and the file byte for byte the same."""
    data = LINES[0] + HALF + b"\n" + LINES[2]
    path.write_bytes(data)
    with pytest.raises(InvalidValue, match=r"^log\.jsonl, line 2 must be whole"):
        load_log(path)
    assert path.read_bytes() == data


def test_a_log_with_an_odd_name_still_makes_one_line() -> None:
    """The name stands in the error and in the message."""
    refused(InvalidType, b"5\n", name="lo\ng.jsonl")
    assert read_journal(b"{", name="lo\ng.jsonl").skipped.isprintable()


@pytest.mark.parametrize(
    "newer",
    [
        line(schema=3),
        line(schema=3, type="swim", day=5),
        line(schema=3, mood="fine"),
        line(schema=10**30, type="undo"),
    ],
)
def test_a_line_of_a_newer_runplan_asks_for_an_upgrade(newer) -> None:
    """Whatever else it holds."""
    said = refused(InvalidValue, LINES[0], newer, LINES[1])
    assert said.startswith("log.jsonl, line 2 must have a schema of at most 2 (was ")
    assert said.endswith("upgrade runplan: a newer one wrote it")


# --- ids -------------------------------------------------------------------------------------


def test_an_id_is_a_hash_of_what_its_line_says() -> None:
    """The same in every version, for files have it in them."""
    run = b'{"schema": 2, "type": "run", "day": "2027-01-03", "minutes": 45}\n'
    assert id_of(run) == "78151615"


def test_an_id_does_not_depend_on_place_order_or_version() -> None:
    """Of a line within a file, of keys within a line, and of the format."""
    record = json.loads(LINES[6])
    turned = json.dumps(dict(reversed(record.items())) | {"schema": 1}, ensure_ascii=True).encode()
    inner = record | {"long_run": dict(reversed(record["long_run"].items()))}
    ids = [id_of(LINES[6]), id_of(turned), id_of(json.dumps(inner, indent=None).encode())]
    assert len(set(ids)) == 1
    places = [journal(*lines).recorded for lines in (LINES, LINES[::-1])]
    assert {each.id: each.entry for each in places[0]} == {
        each.id: each.entry for each in places[1]
    }


def test_entries_that_differ_have_other_ids() -> None:
    """Also if only the moment differs: two machines may have logged the same run."""
    later = [entry_line(entry, AT.add(microseconds=1)) for entry in EACH]
    ids = [id_of(each) for each in (*LINES, *later)]
    assert len(set(ids)) == len(ids)
    assert all(len(each) == 8 and set(each) <= set("0123456789abcdef") for each in ids)


def test_an_entry_is_found_by_the_beginning_of_its_id() -> None:
    """Whether it is withdrawn or not, in letters of any size."""
    read = journal(*LINES, withdrawal(LINES[0]))
    for number, data in enumerate(LINES):
        found = read.find(id_of(data))
        assert found == read.recorded[number]
        assert read.find(id_of(data).upper()) == found
        others = {id_of(each)[:4] for each in LINES} - {id_of(data)[:4]}
        assert len(others) == len(LINES) - 1
        assert read.find(id_of(data)[:4]) == found


def test_copies_of_a_line_are_one_entry_to_find() -> None:
    """As they are one in the log."""
    read = journal(LINES[0], LINES[1], LINES[0])
    assert read.find(id_of(LINES[0])).entry == RUN


@pytest.mark.parametrize(
    ("id_", "given_"), [("", ""), ("xyz", "xyz"), ("01234567ff", "01234567ff")]
)
def test_an_id_that_no_entry_has_is_refused(id_, given_) -> None:
    """With the command that lists them."""
    with pytest.raises(UnknownName) as caught:
        journal(*LINES).find(id_)
    assert caught.value.given == given_
    assert caught.value.remedy == "look it up with: runplan log --list"


def test_an_id_that_two_entries_begin_with_is_refused() -> None:
    """It says how many there are."""
    lines = [line(minutes=minutes) for minutes in range(1, 18)]
    firsts = [id_of(each)[0] for each in lines]
    twice = next(first for first in firsts if firsts.count(first) > 1)
    with pytest.raises(UnknownName) as caught:
        journal(*lines).find(twice)
    assert caught.value.given == f"{twice}, which matches {firsts.count(twice)}"


# --- withdrawing -----------------------------------------------------------------------------


def test_a_withdrawn_entry_stays_with_the_day_it_was_withdrawn() -> None:
    """It is known until then."""
    read = journal(LINES[0], LINES[1], withdrawal(LINES[0]))
    gone = evolve(RUN, retracted_on="2027-01-08")
    assert [each.entry for each in read.recorded] == [gone, OTHER]
    assert read.log == Log([RUN, OTHER]).retract(RUN, on="2027-01-08")
    assert [each.id for each in read.recorded] == [id_of(LINES[0]), id_of(LINES[1])]


@pytest.mark.parametrize("number", range(len(EACH)))
def test_every_kind_of_entry_can_be_withdrawn(number) -> None:
    """Changes and moves included."""
    read = journal(*LINES, withdrawal(LINES[number], "2027-03-01"))
    assert read.log == Log(EACH).retract(EACH[number], on="2027-03-01")


def test_a_withdrawal_may_stand_above_what_it_withdraws() -> None:
    """As it may after two files have been joined."""
    lines = [LINES[0], LINES[1], withdrawal(LINES[0])]
    assert log_of(*lines) == log_of(*reversed(lines))


def test_of_two_withdrawals_the_earlier_day_counts() -> None:
    """Whichever comes first; two machines may have withdrawn the same entry."""
    early, late = withdrawal(LINES[0], "2027-01-08"), withdrawal(LINES[0], "2027-01-10")
    expected = Log([evolve(RUN, retracted_on="2027-01-08")])
    for lines in ((early, late), (late, early), (early, early, late)):
        assert log_of(LINES[0], *lines) == expected
    own = entry_line(evolve(RUN, retracted_on="2027-01-05"), AT)
    assert log_of(own, withdrawal(own, "2027-01-08")) == Log(
        [evolve(RUN, retracted_on="2027-01-05")]
    )


def test_withdrawing_a_line_withdraws_its_copies() -> None:
    """They are one entry."""
    expected = Log([evolve(RUN, retracted_on="2027-01-08"), OTHER])
    assert log_of(LINES[0], LINES[1], withdrawal(LINES[0]), LINES[0]) == expected


def test_an_equal_entry_of_another_moment_is_not_withdrawn() -> None:
    """It was logged again."""
    again = entry_line(RUN, AT.add(days=5))
    read = log_of(LINES[0], again, withdrawal(LINES[0]))
    assert set(read) == {evolve(RUN, retracted_on="2027-01-08"), RUN}


@pytest.mark.parametrize("id_", ["0123abcd", "", "xyz"])
def test_withdrawing_an_unknown_entry_stops_the_reader(id_) -> None:
    """Its file may be missing."""
    said = refused(InvalidValue, LINES[0], retract_line(id_, to_day("2027-01-08"), AT))
    assert said == (
        f"log.jsonl, line 2 must withdraw an entry of this file (was {id_!r}): "
        "add the lines of the file that has it, or empty that line"
    )


def test_a_withdrawal_names_the_whole_id() -> None:
    """Only people abbreviate."""
    short = retract_line(id_of(LINES[0])[:6], to_day("2027-01-08"), AT)
    assert "must withdraw an entry" in refused(InvalidValue, LINES[0], short)


@pytest.mark.parametrize(
    ("day", "error", "part"),
    [
        ("2027-01-02", InvalidValue, "must not be withdrawn before it was recorded, 2027-01-03"),
        ("yesterday", InvalidValue, "a day must be a date"),
        (None, InvalidType, "a day must be a date"),
        (5, InvalidType, "a day must be a date"),
        ([], InvalidType, "a day must be a date"),
    ],
)
def test_a_withdrawal_on_a_wrong_day_stops_the_reader(day, error, part) -> None:
    """With the number of its own line."""
    record = json.loads(withdrawal(LINES[0])) | {"retracted_on": day}
    said = refused(error, LINES[0], LINES[1], bare(**record))
    assert said.startswith("log.jsonl, line 3: ")
    assert part in said


# --- the request as it was seen --------------------------------------------------------------


def test_requests_are_in_the_order_in_which_they_were_seen() -> None:
    """Whatever the order of lines; the latest is the last one."""
    longer = evolve(REBUILD, target_min=90)
    lines = [
        rebuild_line(longer, AT.add(days=7)),
        LINES[0],
        rebuild_line(REBUILD, AT),
        rebuild_line(REBUILD, AT.add(microseconds=1)),
    ]
    for order in (lines, lines[::-1]):
        read = journal(*order)
        assert [each.rebuild for each in read.seen] == [REBUILD, REBUILD, longer]
        assert [each.recorded_at for each in read.seen] == [
            "2027-01-03T09:30:00.123456Z",
            "2027-01-03T09:30:00.123457Z",
            "2027-01-10T09:30:00.123456Z",
        ]
        assert read.log == Log([RUN])


def test_a_request_is_no_entry() -> None:
    """It is not in the log, and has no id."""
    read = journal(rebuild_line(REBUILD, AT))
    assert read.recorded == ()
    assert read.log == Log()


@pytest.mark.parametrize(
    "moment",
    ["", "yesterday", "2027-01-03", "2027-01-03T09:30:00", "2027-01-03T09:30:00+01:00"],
)
def test_a_request_needs_the_moment_it_was_seen(moment) -> None:
    """In UTC, for the last one that was seen is the one that counts."""
    record = json.loads(rebuild_line(REBUILD, AT))
    said = refused(InvalidValue, bare(**record | {"recorded_at": moment}))
    assert said.startswith("log.jsonl, line 1 must have a moment in UTC as its recorded_at")
    del record["recorded_at"]
    refused(InvalidValue, bare(**record))


def test_the_moment_of_an_entry_is_for_people() -> None:
    """Whatever it says, the entry counts from its recorded_on."""
    (each,) = journal(line(recorded_at="on Sunday")).recorded
    assert each.recorded_at == "on Sunday"
    assert each.entry == RunReport(day="2027-01-03", minutes=45)


# --- two machines ----------------------------------------------------------------------------


def test_the_files_of_two_machines_are_joined_in_either_order() -> None:
    """Each has withdrawn something, one an entry that both have."""
    phone = [LINES[0], LINES[1], withdrawal(LINES[1], "2027-01-09"), rebuild_line(REBUILD, AT)]
    laptop = [
        LINES[0],
        LINES[3],
        withdrawal(LINES[0], "2027-01-07"),
        rebuild_line(evolve(REBUILD, target_min=90), AT.add(days=1)),
    ]
    expected = Log(
        [
            evolve(RUN, retracted_on="2027-01-07"),
            evolve(OTHER, retracted_on="2027-01-09"),
            EACH[3],
        ]
    )
    for both in ([*phone, *laptop], [*laptop, *phone]):
        read = journal(*both)
        assert read.log == expected
        assert [each.rebuild.target_min for each in read.seen] == [60, 90]


def test_withdrawals_of_one_machine_count_for_the_entries_of_the_other() -> None:
    """The phone's file was copied to the laptop, and corrected there."""
    phone = [LINES[0], LINES[1]]
    laptop = [withdrawal(LINES[1]), LINES[2]]
    refused(InvalidValue, *laptop)
    expected = Log([RUN, evolve(OTHER, retracted_on="2027-01-08"), MORNING])
    assert log_of(*phone, *laptop) == log_of(*laptop, *phone) == expected


def test_a_file_that_was_cut_off_can_be_joined_with_another() -> None:
    """Marks count wherever they stand; a line end must go between the two files."""
    phone = [LINES[0], HALF, b"\n", cut_off_line(HALF, AT)]
    laptop = [LINES[2], HALF]
    assert log_of(*laptop, b"\n", *phone) == Log([RUN, MORNING])
    assert journal(*phone, *laptop).log == Log([RUN, MORNING])
    said = refused(InvalidValue, *laptop, *phone)
    assert said.startswith("log.jsonl, line 2 must be whole")


@given(st.lists(entries, min_size=1, max_size=4), st.randoms())
def test_the_order_of_lines_does_not_matter(logged, shuffler) -> None:
    """With withdrawals among them."""
    lines = [entry_line(entry, AT.add(seconds=number)) for number, entry in enumerate(logged)]
    lines += [withdrawal(each, "2199-12-31") for each in lines if shuffler.random() < 0.4]
    before = log_of(*lines)
    shuffler.shuffle(lines)
    assert log_of(*lines, lines[0]) == before


# --- version 1 -------------------------------------------------------------------------------

VERSION_1 = b"""\
{"schema": 1, "recorded_at": "2026-12-06T11:02:41Z", "type": "run", "day": "2026-12-06", "recorded_on": "2026-12-06", "minutes": 40, "pain": 2, "pain_from": 31, "pain_next_morning": null, "fatigue": 4, "red_flags": [], "kind": "long", "note": ""}
{"schema": 1, "recorded_at": "2026-12-07T06:40:12Z", "type": "morning", "day": "2026-12-06", "recorded_on": "2026-12-07", "pain": 0, "red_flags": [], "note": ""}
{"schema": 1, "recorded_at": "2026-12-09T18:10:55Z", "type": "strength", "day": "2026-12-09", "recorded_on": "2026-12-09", "pain": 0, "pain_next_morning": null, "red_flags": [], "note": "wide feet"}
{"schema": 1, "recorded_at": "2026-12-09T18:12:30Z", "type": "undo", "line": 3}
{"schema": 1, "recorded_at": "2026-12-11T15:00:00Z", "type": "clearance", "day": "2026-12-11", "recorded_on": "2026-12-11", "by": "physiotherapist", "baseline_min": 35, "note": ""}
"""  # noqa: E501 (as it was written)
MEANT = (
    RunReport(day="2026-12-06", minutes=40, pain=2, pain_from=31, fatigue=4),
    MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07"),
    Clearance(day="2026-12-11", by="physiotherapist", baseline_min=35),
)


def undo(number) -> bytes:
    """Return the line with which version 1 took back the entry of a line."""
    return bare(schema=1, recorded_at="2027-01-03T09:30:00Z", type="undo", line=number)


def test_a_file_of_version_1_still_means_the_same() -> None:
    """What was taken back was never made; nothing is withdrawn."""
    read = journal(VERSION_1)
    assert read.log == Log(MEANT)
    assert [each.entry.retracted_on for each in read.recorded] == [None, None, None]
    assert read.seen == ()
    assert read.skipped == ""


def test_a_file_of_version_1_goes_on_in_version_2() -> None:
    """New lines are added below, and old entries can be withdrawn by their ids."""
    ids = [each.id for each in journal(VERSION_1).recorded]
    gone = retract_line(ids[0], to_day("2026-12-12"), AT)
    read = journal(VERSION_1, rebuild_line(REBUILD, AT), LINES[0], gone)
    assert read.log == Log([evolve(MEANT[0], retracted_on="2026-12-12"), *MEANT[1:], RUN])
    assert [each.id for each in read.recorded][:3] == ids


def test_blank_lines_count_where_version_1_counts_lines() -> None:
    """An undo names a line as an editor numbers it."""
    assert log_of(b"\n", LINES[0], b"\n", LINES[1], undo(4)) == Log([RUN])


def test_of_two_copies_version_1_takes_one_back() -> None:
    """The other one still stands."""
    assert log_of(LINES[0], LINES[0], undo(2)) == Log([RUN])
    assert log_of(LINES[0], LINES[0], undo(2), undo(1)) == Log()


def test_what_was_taken_back_can_be_logged_and_taken_back_again() -> None:
    """As often as you like."""
    assert log_of(LINES[0], undo(1), LINES[0]) == Log([RUN])
    assert log_of(LINES[0], undo(1), LINES[0], undo(3)) == Log()


@pytest.mark.parametrize("undone", [0, 2, 3, 99, -1, None, "1", 1.0, True, [1], {}])
def test_only_an_entry_above_can_be_taken_back(undone) -> None:
    """Not the line itself, none below it, none that is no number."""
    said = refused(InvalidValue, LINES[0], undo(undone), LINES[1])
    assert said.startswith("log.jsonl, line 2 must undo an entry above it (was ")


def test_an_entry_is_taken_back_once_and_an_undo_never() -> None:
    """Each of these names what is no entry any more, or never was."""
    for lines in (
        (LINES[0], undo(1), undo(1)),
        (LINES[0], undo(1), undo(2)),
        (rebuild_line(REBUILD, AT), LINES[0], undo(1)),
    ):
        assert "line 3 must undo an entry" in refused(InvalidValue, *lines)


def test_what_was_taken_back_must_still_be_an_entry() -> None:
    """Nobody knows what a line that cannot be read has meant."""
    said = refused(InvalidValue, line(minutes=0), undo(1))
    assert said.startswith("log.jsonl, line 1: minutes must be")


def test_what_was_taken_back_cannot_be_withdrawn() -> None:
    """It was never made."""
    said = refused(InvalidValue, LINES[0], undo(1), withdrawal(LINES[0]))
    assert said.startswith("log.jsonl, line 3 must withdraw an entry of this file")


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_line_in_a_file_of_version_1_stops_the_reader(broken) -> None:
    """Version 1 skipped it; the line may hold pain, so somebody has to look at it once."""
    lines = VERSION_1.splitlines(keepends=True)
    said = refused(InvalidValue, *lines[:2], BROKEN[broken], b"\n", *lines[2:])
    assert said.startswith("log.jsonl, line 3 must be whole: it may hold pain that pauses the plan")
    assert said.endswith("correct that line, or empty it if it holds nothing")
    # Emptied, it still counts as a line.
    lines[3] = undo(4)
    assert log_of(*lines[:2], b"\n", *lines[2:]) == Log(MEANT)


def test_a_plan_of_a_file_of_version_1_can_be_built() -> None:
    """The pain in it counts."""
    plan = build(REBUILD, journal(VERSION_1).log, "2026-12-12")
    assert plan.weeks[0].report.pain == 2


# --- anything --------------------------------------------------------------------------------

VALID = (
    *LINES,
    withdrawal(LINES[0], "2027-01-09"),
    rebuild_line(REBUILD, AT),
    cut_off_line(HALF, AT),
    undo(1),
    *VERSION_1.splitlines(keepends=True),
)


def read_or_refused(data: bytes) -> None:
    """Read what may be anything: it is a log, or an error of the family in one line."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            read = read_journal(data, name="log.jsonl")
        except RunplanError as error:
            assert str(error).isprintable()  # noqa: PT017 (most of it is refused)
            assert str(error).startswith("log.jsonl, line ")  # noqa: PT017
        else:
            assert isinstance(read.log, Log)
            assert read.skipped.isprintable()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data) -> None:
    """Whatever a disk, a sync or a stranger has made of the file."""
    read_or_refused(data)


@examples(60, 300)
@given(st.randoms(use_true_random=False))
def test_any_damage_to_a_log_is_read_or_refused(damage: random.Random) -> None:
    """Bytes changed, lost, doubled; lines cut, joined and turned around."""
    lines = damage.sample(VALID, k=damage.randint(1, 5))
    data = bytearray(b"".join(lines))
    for _ in range(damage.randint(0, 3)):
        place = damage.randrange(len(data) + 1)
        data[place : place + damage.randint(0, 9)] = damage.choice(
            [b"", b"\n", b"\x00", b'"', b"{", b"}", b"null", b"1e999", b"-5", b"\xff", b'"day":5,']
        )
    read_or_refused(bytes(data))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@examples(60, 300)
@given(st.sampled_from(VALID), st.data(), json_values)
def test_any_value_in_any_place_of_a_line_is_read_or_refused(data, draws, odd) -> None:
    """Of every kind of line."""
    record = json.loads(data)
    record[draws.draw(st.sampled_from([*record, "xyzzy"]))] = odd
    read_or_refused(LINES[0] + json.dumps(record).encode() + b"\n" + LINES[1])


@pytest.mark.parametrize("depth", [50, 500, 900, 960, 1000, 5000])
def test_a_line_of_lists_within_lists_is_refused(depth) -> None:
    """However deep; it is no entry, or no line at all."""
    odd = b"[" * depth + b"]" * depth
    read_or_refused(LINES[0] + odd + b"\n")
    read_or_refused(LINES[0] + line(minutes=0).replace(b": 0", b": " + odd))


def test_the_log_of_a_lifetime_is_read() -> None:
    """Ten entries a day for a lifetime, some of them withdrawn, some taken back by version 1."""
    count = effort(10_000, 100_000)
    days = [
        f"{2027 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        for number in range(3360)
    ]
    runs = [
        line(day=days[number % len(days)], minutes=number // len(days) + 1, note=str(number))
        for number in range(count * 8 // 10)
    ]
    undone = [undo(number) for number in range(1, count // 10 + 1)]
    gone = [
        retract_line(each.id, to_day("2199-12-31"), AT)
        for each in journal(*runs[-count // 10 :]).recorded
    ]
    read = journal(*runs, *undone, *gone)
    assert len(runs) + len(undone) + len(gone) == count
    assert len(read.log) == count * 7 // 10
    assert sum(each.retracted_on is not None for each in read.log) == count // 10


# --- the documentation -----------------------------------------------------------------------


def test_the_file_in_the_documentation_is_a_log() -> None:
    """Its withdrawal finds its entry."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "log-jsonl.md"
    _, _, rest = page.read_text(encoding="utf-8").partition("```json\n")
    read = journal(rest.partition("```")[0].encode())
    assert read.log == Log(
        [
            RunReport(day="2026-12-06", minutes=40, pain=2, pain_from=31, fatigue=4),
            MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07"),
            StrengthReport(day="2026-12-09", note="wide feet", retracted_on="2026-12-09"),
            Clearance(day="2026-12-11", by="physiotherapist", baseline_min=35),
            Change(day="2026-12-14", recorded_on="2026-12-12", target_min=90),
            Move(day="2026-12-20", to="2026-12-21", recorded_on="2026-12-17"),
        ]
    )
    assert [each.rebuild.id for each in read.seen] == ["anna-winter-2026"]
