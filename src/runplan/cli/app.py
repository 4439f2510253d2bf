"""The ``runplan`` command and its subcommands."""

import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

import click

from runplan.cli.streams import discard, prepare_streams, tell
from runplan.errors import RunplanError


def run(arguments: Sequence[str]) -> int:
    """
    Run one command and return its exit status.

    0 if all went well, 1 if a check found a fault, 2 for an error that the user can fix.

    Args:
        arguments: The arguments after ``runplan`` on the command line.
    """
    prepare_streams()
    try:
        status = main.main(list(arguments), prog_name="runplan", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # The reader has closed the pipe, as in `runplan show | head`; click and rich then raise
        # SystemExit.
        discard(sys.stdout)
    except (click.Abort, click.ClickException, ModuleNotFoundError, OSError, RunplanError) as error:
        if isinstance(error, OSError) and not isinstance(error, RunplanError):
            discard(sys.stdout)
        tell(f"runplan: {_in_words(error)}")
        return 2
    else:
        # A command that ends with another status than 0 raises Exit, which click turns into this.
        return status or 0
    return 0


def _in_words(error: Exception) -> str:
    """Return the message of an error for users; raise any other error again."""
    if isinstance(error, RunplanError):
        return str(error)
    if isinstance(error, click.ClickException):
        context = error.ctx if isinstance(error, click.UsageError) else None
        where = f" See {context.command_path} --help." if context else ""
        return f"{error.format_message()}{where}"
    if isinstance(error, ModuleNotFoundError):
        # Commands import their libraries only when needed.
        name = str(error.name).partition(".")[0]
        if name not in _LIBRARIES:
            raise error
        return f'this command needs {name}: pip install "runplan[cli]"'
    if isinstance(error, OSError):
        return f"the output cannot be written: {error.strerror}"
    return "stopped: nothing was written"


# The libraries of the extra "cli", apart from click.
_LIBRARIES = ("filelock", "rich", "tomlkit")

# Each with its module and its short help, so that listing them imports none of them.
_COMMANDS = {
    "init": ("init_command", "Write a rebuild.toml."),
    "today": ("day_commands", "Show what comes next, what to do today, and what to report."),
    "show": ("plan_commands", "Show the plan: weeks, reports, reasons and findings."),
    "export": ("calendar_commands", "Write the calendar and list what changed."),
    "publish": ("publish_command", "Publish the plan for subscribers, and list what changed."),
    "log": ("log_commands", "Record how it went, like: runplan log 45 2@40."),
    "import": ("import_command", "Add runs recorded by a watch or an app to the log."),
    "edit": ("edit_commands", "Correct an entry in the log."),
    "undo": ("edit_commands", "Withdraw an entry from the log, by default the last one."),
    "change": ("change_commands", "Change the request from a given day on."),
    "move": ("change_commands", "Move one session to another day."),
    "away": ("interruption_commands", "Take days off: a holiday, travel, an illness."),
    "ill": ("interruption_commands", "Take days off for an illness, until you are back."),
    "back": ("interruption_commands", "End the days off that are running."),
    "again": (
        "interruption_commands",
        "Start again from a shorter long run.",
    ),
    "what-if": ("log_commands", "Show how a run would change the plan, without writing anything."),
    "why": ("plan_commands", "Explain the length of a long run."),
    "baseline": ("plan_commands", "Find a baseline from the runs in the log."),
    "exercises": ("plan_commands", "Show the strength exercises and how to do them."),
    "demo": ("plan_commands", "Plan a sample rebuild and write its calendar."),
}


class _Commands(click.Group):
    """The commands, each imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"runplan.cli.{_COMMANDS[cmd_name][0]}")
        name = cmd_name.replace("-", "_")
        # "import" is not a name in Python.
        command: click.Command = getattr(module, f"{name}_" if iskeyword(name) else name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="runplan")
@click.pass_context
def main(context: click.Context) -> None:
    """
    Rebuild your long run after upper-back pain, five minutes at a time.

    Describe the rebuild in a rebuild.toml (runplan init), look at the plan (runplan show), and
    put it into your calendar (runplan publish). After that, runplan alone is enough: it shows the
    day, asks how it went, adapts the plan and publishes it. runplan plans training; it is not
    medical advice.
    """
    if context.invoked_subcommand is None:
        # Imported only now, as its libraries take time.
        is_planned = import_module("runplan.cli.day_commands").run_the_day()
        if not is_planned:
            click.echo(context.get_help())
