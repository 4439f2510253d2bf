"""A file that was exported, and what is read from it."""

import pytest

from runplan.activities import read


@pytest.fixture
def read_file(tmp_path):
    """Return what writes a file and reads it."""

    def read_it(content, name="export", timezone="Europe/Berlin"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, timezone=timezone)

    return read_it


@pytest.fixture
def shown(read_file):
    """Return what reads a file, and returns the day, the time and the minutes of its runs."""

    def show(content, **how):
        found = read_file(content, **how)
        return [
            f"{each.day} {each.at and each.at.format('HH:mm')} {each.minutes}" for each in found
        ]

    return show
