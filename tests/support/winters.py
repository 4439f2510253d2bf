"""Winters that runners had, for the tests of plots and descriptions."""

from functools import cache

from attrs import evolve

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Clearance,
    Comparison,
    Forecast,
    Log,
    Plan,
    Policy,
    Rates,
    Rebuild,
    Rule,
    RunReport,
    StrengthReport,
    Verdict,
    build,
    compare,
    forecast,
)
from runplan._base.dates import days_after

ASKED = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "Europe/Berlin"}
SUNDAYS = ("2026-12-06", "2026-12-13", "2026-12-20", "2026-12-27", "2027-01-03", "2027-01-10")
CHRISTMAS = Away(first="2026-12-24", last="2026-12-27")
SKIING = Away(first="2027-01-11", last="2027-01-17")


def asked(**changes) -> Rebuild:
    """Return the usual request, with some changes."""
    return Rebuild(**ASKED | {"name": "Anna's way back"} | changes)


def ran(*hows: dict | None) -> Log:
    """Return a log of one Sunday after the other: how each run was, None for no report."""
    usual = {"minutes": 40, "pain_next_morning": 0}
    days = zip(SUNDAYS, hows, strict=False)
    return Log(RunReport(day=day, **usual | how) for day, how in days if how is not None)


_sore = {"minutes": 45, "pain": 4, "pain_from": 38, "pain_next_morning": 2}


@cache
def quiet() -> Plan:
    """Eight weeks before anything has happened."""
    return build(asked())


@cache
def painful() -> Plan:
    """Pain at minute 31, a short run, then pain at minute 38 and on the next morning."""
    log = ran({}, {"pain": 2, "pain_from": 31}, {"minutes": 36}, {}, _sore)
    return build(asked(), log, "2027-01-04")


@cache
def away() -> Plan:
    """Christmas, pain at some minute, a run that is missed, and a week in the snow."""
    request = asked(away=[CHRISTMAS, SKIING])
    log = ran({}, {}, {}, {}, {"pain": 3}, None)
    return build(request, log.add(StrengthReport(day="2026-12-02")), "2027-01-26")


@cache
def paused() -> Plan:
    """Severe pain in the fourth week, which stops strength as well."""
    log = ran({}, {}, {"pain_next_morning": 2}, {"pain": 7, "pain_from": 24})
    return build(asked(), log, "2027-01-01")


@cache
def not_helping() -> Plan:
    """Mild pain in three long runs, a pause in which strength goes on."""
    return build(asked(), ran(*[{"pain": 1, "pain_from": 30}] * 3), "2026-12-22")


@cache
def feverish() -> Plan:
    """A red flag in the first week, which stops strength as well."""
    return build(asked(), ran({"minutes": 30, "red_flags": ["fever"]}), "2026-12-08")


@cache
def sixty() -> Plan:
    """Sixty weeks and more, with holidays, and six reports at the beginning."""
    holidays = [CHRISTMAS, SKIING, Away(first="2027-06-28", last="2027-07-18")]
    request = asked(baseline_min=30, target_min=140, policy=CAUTIOUS, away=holidays)
    hows = [{"minutes": 30}, {"minutes": 30, "pain": 2, "pain_from": 25}, {"minutes": 30}]
    log = ran(*hows, {"minutes": 30, "pain_next_morning": 1}, None, {"minutes": 30, "pain": 1})
    return build(request, log, "2027-01-11")


@cache
def ten_years() -> Plan:
    """As long as a plan may be, always as far as at first, with pain in every fifth long run."""
    stay = Rule(
        name="stay",
        when="always",
        then="repeat",
        source="my own",
        evidence="house",
        decide=lambda now: Verdict("repeat", now.level_min, now.level_min, "Stay."),
    )
    request = asked(policy=Policy(name="stay", rules=[stay], step_min=5))
    log = Log(
        RunReport(
            day=days_after(request.start, 7 * week + 6),
            minutes=40,
            pain=2 if week % 5 == 0 else 0,
            pain_from=35 if week % 5 == 0 else None,
            pain_next_morning=1 if week % 11 == 0 else 0,
        )
        for week in range(300)
    )
    return build(request, log, days_after(request.start, 2100))


@cache
def six_pauses() -> Plan:
    """Severe pain, a pause and a clearance, six times over."""
    request = asked()
    log = Log()
    for turn in range(6):
        hurt = days_after(request.start, 14 * turn + 6)
        log = log.add(
            RunReport(day=hurt, minutes=20, pain=8, pain_next_morning=0),
            Clearance(day=days_after(hurt, 8), by="physiotherapist", baseline_min=40),
        )
    return build(request, log, days_after(request.start, 84))


def first_plan(plan: Plan) -> Plan:
    """Return what a plan may have been before anything happened."""
    return build(asked(baseline_min=plan.baseline_min, target_min=plan.target_min))


@cache
def likely() -> Forecast:
    """What is likely to come of the winter with pain."""
    log = ran({}, {"pain": 2, "pain_from": 31}, {"minutes": 36}, {}, _sore)
    return forecast(asked(), log, "2027-01-04", runs=200)


@cache
def certain() -> Forecast:
    """All runs will be clean."""
    return forecast(asked(), runs=10, prior=Rates(clean=1))


@cache
def hopeless() -> Forecast:
    """No run will be run."""
    return forecast(asked(), runs=5, prior=Rates(missed=1))


@cache
def arrived() -> Forecast:
    """The target was reached before the first simulated week."""
    request = asked(baseline_min=60, strength=None)
    return forecast(request, ran({"minutes": 60}), "2026-12-08", runs=5)


@cache
def side_by_side() -> Comparison:
    """Four ways to ninety minutes."""
    goal = {"baseline_min": 30, "target_min": 90}
    slow = evolve(FIVE_MINUTES, name="three minutes", step_min=3)
    return compare(
        {
            "five minutes": asked(**goal),
            "careful": asked(policy=CAUTIOUS, **goal),
            "three minutes a week, in no hurry at all": asked(policy=slow, **goal),
            "at once": asked(first_month="extend", **goal),
        },
        runs=20,
    )
