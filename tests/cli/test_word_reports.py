"""A report in words on the command line, as a runner types it."""

import pytest

from runplan import Away, Change, MorningReport, RunReport, StrengthReport, load_rebuild
from runplan.cli import run

SUNDAY = "2026-12-06"


@pytest.mark.parametrize("words", [["45 2@40"], ["45", "2@40"], ["45,", "2", "@", "40"]], ids=str)
def test_a_run_is_logged_in_one_line_with_quotes_or_without(
    plan, answer, logged, id_of, words
) -> None:
    """The answer is that of the options."""
    options = answer("what-if", "--minutes", "45", "--pain", "2", "--pain-from", "40")
    out = answer("log", *words)
    assert logged() == [RunReport(day=SUNDAY, minutes=45, pain=2, pain_from=40)]
    assert out.startswith(
        f"Logged {id_of('45 min')}: Sun 6 Dec 2026, long run of 45 min, pain 2 of 10 from minute "
        "40. Counts as the long run of week 1, planned for Sun 6 Dec. Next long run: "
    )
    assert "Held at 40 min: pain of 2 of 10 from minute 40 in Sunday's run." in out
    assert options.removeprefix("If: ").startswith(out.removeprefix(f"Logged {id_of('45 min')}: "))


def test_several_sessions_are_logged_at_once_each_with_its_id(
    plan, clock, answer, logged, id_of
) -> None:
    """They can be corrected one by one."""
    clock("2026-12-07")
    out = answer("log", "40 ok, morning 1, strength 0")
    assert logged() == [
        RunReport(day=SUNDAY, minutes=40, pain_next_morning=1, recorded_on="2026-12-07"),
        StrengthReport(day="2026-12-07"),
    ]
    assert f"Logged {id_of('40 min')}: Sun 6 Dec 2026, long run of 40 min, no pain" in out
    assert f"Logged {id_of('strength')}: Mon 7 Dec 2026, strength session, no pain." in out


@pytest.mark.parametrize(
    "words", [["strength 0"], ["strength", "0"], ["strength", "ok", "today"]], ids=str
)
def test_strength_in_words_does_not_get_in_the_way_of_the_command(
    plan, answer, logged, words
) -> None:
    """The command takes options, the words do not."""
    answer("log", *words)
    answer("log", "strength", "--pain", "1")
    assert [each.pain for each in logged()] == [0, 1]


def test_the_morning_completes_the_long_run(plan, clock, answer, logged) -> None:
    """Only a run that is in the log."""
    answer("log", "40", "ok")
    clock("2026-12-07")
    answer("log", "morning", "1")
    assert MorningReport(day=SUNDAY, pain=1, recorded_on="2026-12-07") in logged()


def test_a_morning_without_its_run_in_the_log_is_refused(plan, clock, answer, refused) -> None:
    """Its day may be that of any run."""
    answer("log", "other 20 ok, note: easy")
    clock("2026-12-07")
    assert "a morning must complete a run" in refused("log", "2026-12-05", "morning", "1")
    answer("log", "2026-12-06", "morning", "1")


def test_two_reports_of_one_run_are_pointed_out(plan, answer, id_of) -> None:
    """As with options."""
    answer("log", "40 ok")
    first = id_of("40 min")
    assert f"was reported already, as {first}." in answer("log", "today long 40 2")


def test_the_file_may_be_named_before_the_words_or_after_them(plan, answer, folder, logged) -> None:
    """As for every command."""
    mine = folder / "mine"
    mine.mkdir()
    for path in (plan, folder / "log.jsonl"):
        path.rename(mine / path.name)
    answer("log", "-f", "mine/rebuild.toml", "40", "ok")
    answer("log", "other 20 ok", "-f", "mine/rebuild.toml")
    assert len(logged("mine/log.jsonl")) == 2


def test_runs_can_be_logged_in_words_before_anything_is_planned(clock, answer, logged) -> None:
    """For a baseline."""
    out = answer("log", "2026-11-29", "70", "4@52")
    assert "To plan from there: runplan init" in out
    assert logged() == [
        RunReport(day="2026-11-29", minutes=70, pain=4, pain_from=52, recorded_on=SUNDAY)
    ]


# --- ill and back ----------------------------------------------------------------------------


def test_being_ill_takes_days_off_and_updates_the_request(
    plan, answer, refused, logged, id_of
) -> None:
    """Like any other change."""
    out = answer("log", "ill", "until", "friday")
    week = Away(first=SUNDAY, last="2026-12-11")
    assert logged() == [Change(day=SUNDAY, away=[week], note="ill")]
    assert out.startswith(f"Logged {id_of('away')}: Sun 6 Dec 2026, change to away 2026-12-06 to ")
    assert "Do not run with a fever." in out
    assert load_rebuild(plan).away == (week,)
    assert "must not already be days off" in refused("log", "ill until friday")
    answer("undo")
    assert load_rebuild(plan).away == ()


def test_being_back_on_the_same_day_withdraws_the_days_off(plan, answer, logged, id_of) -> None:
    """Nothing remains of them."""
    answer("log", "ill")
    withdrawn = id_of("away")
    out = answer("log", "back")
    assert f"This restores the earlier values: {withdrawn} is withdrawn." in out
    assert logged() == []
    assert load_rebuild(plan).away == ()


def test_a_run_and_an_illness_can_be_reported_together(plan, answer, logged) -> None:
    """One line, two entries, one answer."""
    out = answer("log", "40 ok, ill tomorrow until friday")
    assert out.count("Logged ") == 2
    assert {each.type for each in logged()} == {"run", "change"}


def test_a_later_change_of_the_days_off_is_pointed_out(plan, answer, id_of) -> None:
    """It would win."""
    answer("log", "ill until friday")
    answer("edit", id_of("away"), "--day", "2026-12-08")
    assert f"Change {id_of('away')} sets away to another value" in answer("log", "ill until friday")


# --- numbers far from the plan ---------------------------------------------------------------


def test_a_number_far_from_the_plan_is_refused_where_nobody_can_be_asked(plan, refused) -> None:
    """The error says how to insist."""
    line = refused("log", "450", "ok")
    assert "(was '450 min is far over the 40 min planned'): correct it, or add --yes" in line


def test_a_number_far_from_the_plan_can_be_insisted_on(plan, answer, logged) -> None:
    """At the end, after the words."""
    assert "far-over" not in answer("log", "90", "ok", "--yes")
    assert logged()[0].minutes == 90


def test_at_a_terminal_a_number_far_from_the_plan_is_asked_about(
    plan, terminal, answer, logged
) -> None:
    """Until it is answered."""
    terminal(b"\nperhaps\ny\n")
    assert "450 min is far over the 40 min planned. Is that right? y or n" in answer(
        "log", "450", "ok"
    )
    assert [each.minutes for each in logged()] == [450]


def test_who_says_no_has_logged_nothing(plan, terminal, capsys, in_folder) -> None:
    """The typing error is not in the log."""
    before = in_folder()
    terminal(b"n\n")
    assert run(["log", "450", "ok"]) == 2
    assert capsys.readouterr().err.endswith("runplan: stopped: nothing was written\n")
    assert in_folder() == before


# --- what if ---------------------------------------------------------------------------------


def test_what_if_takes_the_same_words(plan, clock, answer, in_folder) -> None:
    """A run is supposed on the next long run's day, and nothing is asked."""
    clock("2026-12-09")
    before = in_folder()
    out = answer("what-if", "45", "4@30")
    assert out.startswith("If: Sun 13 Dec 2026, long run of 45 min, pain 4 of 10 from minute 30.")
    assert "Counts as the long run of week 2" in out
    assert "450 min is far over" in answer("what-if", "450 ok")
    assert in_folder() == before


def test_what_if_supposes_anything_else_today(plan, clock, answer) -> None:
    """Also where no long run is planned."""
    clock("2026-12-09")
    assert answer("what-if", "ill until friday").startswith("If: Wed 9 Dec 2026, change to away")
    assert answer("what-if", "strength 7").startswith("If: Wed 9 Dec 2026, strength session")
    answer("log", "strength 7")
    assert "run of 20 min" in answer("what-if", "other 20 ok")


# --- errors ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["log", "45", "2@40", "tird", "7"], 'did you mean "tired"? (after "45 2@40")'),
        (["log", "streng"], 'did you mean "strength"?'),
        (["log", ""], "a report must say how it went"),
        (["log", "20", "ok"], 'write "long 20 ok" or "other 20 ok"'),
        (
            ["log", "--day", "sunday", "40", "ok"],
            "must come without the options of a run (was '--d",
        ),
        (["log", "--list", "40", "ok"], "(was '--list before it'): leave them out"),
        (["log", "40", "ok", "--note", "hot"], """(was '--note'): did you mean "note:"?"""),
        (["log", "45", "-1"], "(was '-1')"),
        (["what-if", "45", "4@30", "--pain", "2"], "(was 'words and --pain')"),
        (["what-if", "45"], 'for example "40 ok" or "40 2@35"'),
    ],
    ids=str,
)
def test_words_that_cannot_be_used_write_nothing(plan, refused, arguments, part) -> None:
    """One line says what to type instead."""
    assert part in refused(*arguments)
