"""The ``runplan`` command, whole."""

import io
import os
import sys
from collections.abc import Sequence

import click

from runplan.cli.log import log, undo, what_if
from runplan.cli.plan import baseline, demo, exercises, export, init, show, why
from runplan.errors import RunplanError


def run(arguments: Sequence[str]) -> int:
    """
    Run one command and return its exit status: 0, or 2 for what the user can mend.

    Args:
        arguments: What stands behind ``runplan`` on the command line.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal's encoding lacks is no reason to stop.
            stream.reconfigure(errors="replace")
    try:
        main.main(list(arguments), prog_name="runplan", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return _fail("stopped, nothing was written")
    except click.ClickException as error:
        return _fail(error.format_message())
    except RunplanError as error:
        return _fail(str(error))
    except (BrokenPipeError, SystemExit):
        # Whoever read the output has seen enough, as in `runplan show | head`. click and rich
        # leave by SystemExit then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _fail(f"the output cannot be written: {error.strerror}")
    return 0


def _fail(message: str) -> int:
    sys.stderr.write(f"runplan: {' '.join(message.split())}\n")
    return 2


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="runplan")
@click.pass_context
def main(context: click.Context) -> None:
    """
    Rebuild your long run after upper-back pain, five minutes at a time.

    Describe the rebuild in a rebuild.toml (runplan init), look at the plan (runplan show), and
    put it into your calendar (runplan export). Tell how each run went (runplan log), and the plan
    answers. runplan plans training; it is no medical advice.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (init, show, export, log, undo, what_if, why, baseline, exercises, demo):
    main.add_command(command)
