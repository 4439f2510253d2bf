"""Files that are damaged or made up: they are read as far as possible, or refused."""

import datetime as dt
import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples
from support.exports import (
    GARMIN_HEADERS,
    STRAVA_HEADERS,
    garmin_csv,
    garmin_row,
    gpx,
    strava_csv,
    strava_row,
    tcx,
    tcx_file,
)
from support.fit_files import crc, run_fit

from runplan import RunplanError
from runplan.activities import Activities, read

MORNING = dt.datetime(2027, 1, 3, 8, 5, 9, tzinfo=dt.UTC)


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/activities.csv", strava_csv(strava_row()))
    return file.getvalue()


VALID = {
    "strava": [strava_csv(strava_row(), header=each).encode() for each in STRAVA_HEADERS.values()],
    "garmin": [garmin_csv(garmin_row(), header=each).encode() for each in GARMIN_HEADERS.values()],
    "fit": [run_fit(MORNING)],
    "gpx": [gpx(MORNING, minutes=1).encode(), gpx(MORNING, minutes=1).encode("utf-16")],
    "tcx": [tcx_file(tcx(MORNING, minutes=1), tcx(MORNING, minutes=1)).encode()],
    "gzip": [gzip.compress(strava_csv(strava_row()).encode())],
    "zip": [archive()],
}

# Pieces that readers may stumble over.
PIECES = st.sampled_from(
    [
        *(
            b"\0",
            b"\xff",
            b"\xfe\xff",
            b'"',
            b",",
            b";",
            b"\n",
            b"\r\n",
            b"<",
            b">",
            b"&#0;",
            b"]]>",
        ),
        *(
            b"-1",
            b"1e400",
            b"nan",
            b"9" * 400,
            b"0001-01-01T00:00:00Z",
            b"9999-12-31T23:59:59-12:00",
        ),
        *(b"<!DOCTYPE a [", b"<trk>", b"</trk>", b"<Trackpoint>", b"\x40\0\0\x12\0", b"PK\x05\x06"),
    ]
) | st.binary(max_size=8)


@st.composite
def mutated(draw, kind):
    """Return a valid file with some of its bytes replaced, removed or repeated."""
    data = draw(st.sampled_from(VALID[kind]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        data = (
            data[:start] + draw(PIECES) + draw(st.sampled_from([b"", data[start:end]])) + data[end:]
        )
    if kind == "fit" and draw(st.booleans()):
        # With right checksums, more of the file is read.
        head = data[:4] + max(0, len(data) - 16).to_bytes(4, "little") + data[8:12]
        data = head + crc(head).to_bytes(2, "little") + data[14:-2]
        data += crc(data).to_bytes(2, "little")
    return data


def reads_or_refuses(path, data):
    path.write_bytes(data)
    try:
        found = read(path, timezone="America/New_York")
    except RunplanError:
        return
    assert isinstance(found, Activities)
    assert all(note.isprintable() for note in found.notes)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile") / "export"


@pytest.mark.parametrize("kind", VALID)
@given(data=st.data())
@examples(20, 1500)
def test_a_damaged_file_is_read_or_refused(kind, data, path):
    reads_or_refuses(path, data.draw(mutated(kind)))


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@examples(50, 1500)
def test_bytes_at_random_are_read_or_refused(data, path):
    reads_or_refuses(path, data)


@given(
    beginning=st.sampled_from([each[:30] for files in VALID.values() for each in files]),
    data=st.binary(),
)
@examples(50, 1500)
def test_bytes_at_random_after_a_right_beginning_are_read_or_refused(beginning, data, path):
    reads_or_refuses(path, beginning + data)
