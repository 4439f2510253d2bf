"""Every command as a person types it: at a real terminal, with the mistakes that people make."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios

import pexpect
import pytest
from pexpect.fdpexpect import fdspawn

from runplan import RunReport

# The command line, on a machine whose clock has stopped.
CODE = """
import signal
import sys
import pendulum
# Shells turn Ctrl-C off for what runs in the background.
signal.signal(signal.SIGINT, signal.default_int_handler)
import runplan.cli.workspace
now = pendulum.parse(sys.argv.pop(1), tz="Europe/Berlin")
runplan.cli.workspace.here_and_now = lambda: now
from runplan.__main__ import main
sys.exit(main())
"""
FIRST_SUNDAY = "2026-12-06"
STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """A terminal of some width, in which a command runs."""

    def __init__(self, now: str, *arguments: str, columns: int) -> None:
        screen, keyboard = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
        environment.pop("COLUMNS", None)
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE, now, *arguments],
            stdin=keyboard,
            stdout=keyboard,
            stderr=keyboard,
            env=environment,
        )
        os.close(keyboard)
        self.screen = fdspawn(screen, timeout=60, encoding="utf-8", maxread=65536)
        self.text = ""

    def answer(self, question: str, *typed: str) -> None:
        """Type answers, each when the question is on the screen."""
        for each in typed:
            self.screen.expect_exact(question)
            self.text += self.screen.before + question
            self.screen.send(f"{each}\n")

    def end(self) -> tuple[int, list[str]]:
        """Return the status of the command, and the lines on the screen without colours."""
        self.screen.expect(pexpect.EOF)
        self.text += self.screen.before
        status = self.process.wait(timeout=60)
        self.screen.close()
        return status, STYLE.sub("", self.text).replace("\r\n", "\n").splitlines()


@pytest.fixture
def typed():
    """Return what types a command at a terminal, which goes away in the end."""
    terminals = []

    def run_it(*arguments: str, now: str = f"{FIRST_SUNDAY}T20:00", columns: int = 80) -> Terminal:
        terminals.append(Terminal(now, *arguments, columns=columns))
        return terminals[-1]

    yield run_it
    for each in terminals:
        each.process.kill()
        each.process.wait(timeout=60)


def told(lines: list[str]) -> str:
    """Return lines as one, whatever the width of the terminal."""
    return " ".join(" ".join(lines).split())


# --- questions -------------------------------------------------------------------------------


def test_a_first_evening_with_runplan(typed, folder, logged) -> None:
    """From nothing to a plan and a report, with a slip at each question."""
    init = typed("init", now="2026-11-25T20:00")
    init.answer("upper back, minutes: ", "about 40", "40 min", "5", "40")
    init.answer("get back to, minutes: ", "", "30", "60")
    init.answer("Weekday of the long run [sunday]: ", "sonntag", "")
    init.answer("Its time of day [09:00]: ", "9 o'clock", "")
    init.answer("or nothing) [everything]: ", "barbell", "two dumbbells")
    init.answer("First day [2026-11-30]: ", "soon", "30.11.2026", "")
    init.answer("Time zone", "Berlin", "CET+1", "Europe/Berlin")
    init.answer("(Enter if none did): ", "last week", "2026-11-12")
    status, lines = init.end()
    assert status == 0
    assert "rebuild.toml written. Next: runplan show" in lines
    assert "write it like 2026-11-30" in told(lines)

    log = typed("log")
    log.answer("Day [today]: ", "sonntag", "")
    log.answer("Minutes run: ", "40.5", "forty", "40")
    log.answer("y or n [y]: ", "sure", "y")
    log.answer("0 to 10 [0]: ", "4/10", "4")
    log.answer("(Enter if you do not know): ", "45", "35")
    log.answer("hold posture, 0 to 10 [0]: ", "little", "3")
    log.answer("(Enter for none): ", "20", "feber", "")
    status, lines = log.end()
    assert status == 0
    assert "Back to 25 min: pain of 4 of 10 began" in told(lines)
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40, pain=4, pain_from=35, fatigue=3)]


def test_a_clearance_asks_who_gave_it(plan, typed, logged) -> None:
    """Nobody is no answer."""
    clearance = typed("log", "clearance")
    clearance.answer("Who gave it: ", "", "Dr. Åsa")
    assert clearance.end()[0] == 0
    assert logged()[0].by == "Dr. Åsa"


@pytest.mark.parametrize("leave", ["\x04", signal.SIGINT])
def test_leaving_in_the_middle_writes_nothing(plan, typed, folder, leave) -> None:
    """With Ctrl-D or Ctrl-C, at any question."""
    before = (folder / "log.jsonl").read_bytes()
    log = typed("log")
    log.answer("Day [today]: ", "")
    log.screen.expect_exact("Minutes run: ")
    log.text += log.screen.before + log.screen.after
    if leave == signal.SIGINT:
        log.process.send_signal(leave)
    else:
        log.screen.send(leave)
    status, lines = log.end()
    assert status == 2
    assert lines[-2:] == ["Minutes run: ", "runplan: stopped: nothing was written"]
    assert (folder / "log.jsonl").read_bytes() == before


# --- one line, one answer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("log --morning 0", "Logged"),
        ("log strength --pain 1", "strength"),
        ("log --list", "long run of 40 min"),
        ("undo", "Withdrawn"),
        ("change --target-min 70", "rebuild.toml is updated: target_min 70 (was 60)."),
        ("move sunday saturday", "Sat 12 Dec"),
        ("away 2027-02-01", "away"),
        ("what-if --minutes 40 --pain 2", "Held at 40 min: pain of 2 of 10"),
        ("why", "Evidence"),
        ("show", "As of Monday, 7 December 2026"),
        ("export", "plan.ics: 26 added"),
        ("baseline", "Baseline: 40 min"),
        ("exercises", "Renegade row"),
        ("demo", "demo.ics: 25 added"),
    ],
)
def test_each_command_answers_within_the_terminal(plan, answer, typed, line, part) -> None:
    """On forty columns; the commands to copy are the only lines that may be longer."""
    answer("log", "--minutes", "40", "--fatigue", "2")
    status, lines = typed(*line.split(), now="2026-12-07T08:00", columns=40).end()
    assert status == 0
    assert part in told(lines)
    assert all(len(each) <= 40 for each in lines if "runplan " not in each), lines


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("lgo --minutes 40", "No such command"),
        ("log --minutes", "requires an argument"),
        ("log --minutes forty", "'forty' is not a valid integer"),
        ("log --minutes 40 --pain 11", "pain"),
        ("log --minutes 40 --pain -1", "pain"),
        ("log --minutes 40 --pain-from 20", "pain"),
        ("log --minutes 40 --day tomorow", "did you mean"),
        ("log --minutes 40 --red-flags", "--red-flag"),
        ("log 40", "a report must say how it went"),
        ("edit", "Missing argument"),
        ("edit 1234 --pain 1", "an id must match exactly one entry"),
        ("undo", "there must be an entry to withdraw"),
        ("change --target 30", "--target"),
        ("change --target-min 30", "target_min"),
        ("move sunday", "Missing argument"),
        ("move monday tuesday", "must"),
        ("away 2027-02-07 2027-02-01", "must"),
        ("why 1", "write it like 2026-11-30"),
        ("what-if --day 2027-03-01 --minutes 40", "the next long run comes first"),
        ("export -o .", "must be readable"),
        ("show rebuild.tom", "the request must exist"),
        ("init", "the file must not exist yet"),
    ],
)
def test_a_slip_gets_one_line_that_says_what_to_do(plan, refused, line, part) -> None:
    """The files stay as they are."""
    assert part in refused(*line.split())


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_the_plan_fits_the_terminal(plan, typed, columns) -> None:
    """Whole words, whole weeks, and nothing beyond the right edge."""
    status, lines = typed("show", columns=columns).end()
    assert status == 0
    assert max(map(len, lines)) <= columns
    text = told(lines)
    for part in ("Next long run: 40 min on Sun 6 Dec at 09:00.", "Sun 24 Jan", "worries you, see"):
        assert part in text
