"""``python -m runplan``, and the ``runplan`` command."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    try:
        from runplan.cli import run  # noqa: PLC0415 (its libraries come with the extra "cli")
    except ModuleNotFoundError as error:
        if error.name not in {"click", "filelock", "rich", "tomlkit"}:
            raise
        sys.stderr.write('runplan: the command line needs its extra: pip install "runplan[cli]"\n')
        return 2
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
