"""Files of all formats: packed, damaged, or no files at all."""

import datetime as dt
import gzip
import io
import os
import zipfile

import pytest
from support.exports import gpx, strava_csv, strava_row, tcx, tcx_file
from support.fit_files import run_fit

from runplan import InvalidType, InvalidValue, RunplanError, UnknownName, UnusableFile
from runplan.activities import read

MORNING = dt.datetime(2027, 1, 3, 8, 5, 9, tzinfo=dt.UTC)
SUNDAY = ["2027-01-03 09:05 45"]
FILES = {
    "fit": run_fit(MORNING),
    "gpx": gpx(MORNING).encode(),
    "tcx": tcx_file(tcx(MORNING)).encode(),
    "csv": strava_csv(strava_row()).encode(),
}


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", ["run", "run.txt", "run.csv", "run.gpx"])
def test_formats_are_recognised_by_content(shown, kind, name):
    assert shown(FILES[kind], name=name) == SUNDAY
    assert shown(gzip.compress(FILES[kind]), name=name) == SUNDAY


def test_the_list_in_strava_s_archive_is_read_and_not_the_tracks_beside_it(read_file):
    found = read_file(
        zipped(
            **{
                "export/activities/7.fit.gz": gzip.compress(FILES["fit"]),
                "export/old/activities.csv": b"another",
                "export/activities.csv": FILES["csv"],
            }
        )
    )
    assert [each.source for each in found] == ["strava"]


def test_an_archive_without_a_list_has_the_runs_of_its_files_each_once(read_file):
    found = read_file(
        zipped(
            **{
                "a.FIT": FILES["fit"],
                "b.gpx.gz": gzip.compress(gpx(MORNING, sport="cycling").encode()),
                "c.tcx": tcx_file(tcx(MORNING + dt.timedelta(days=1))).encode(),
                "d.gpx": FILES["gpx"],
                "photo.jpg": b"\xff",
            }
        )
    )
    assert [(each.day.isoformat(), each.source) for each in found] == [
        ("2027-01-03", "fit"),
        ("2027-01-04", "tcx"),
    ]
    assert found.notes == ("Left out as other sports: 1 cycling.",)


def test_an_archive_with_nothing_to_read_is_refused(read_file):
    with pytest.raises(InvalidValue, match=r"must hold activities\.csv, or FIT, GPX or TCX files"):
        read_file(zipped(**{"photo.jpg": b"\xff"}))


@pytest.mark.parametrize("name", ["activities.csv", "a.gpx"])
def test_an_archive_that_unpacks_to_far_too_much_is_refused(read_file, name):
    bomb = zipped(**{name: bytes(40 * 2**20)})
    assert len(bomb) < 100_000
    with pytest.raises(InvalidValue, match="must not be larger than 32 MB"):
        read_file(bomb)


def test_many_large_files_in_an_archive_are_refused(read_file):
    spaces = b"<gpx>" + b" " * (25 * 2**20) + b"<trk/></gpx>"
    with pytest.raises(InvalidValue, match="at most 5000 tracks, of at most 64 MB together"):
        read_file(zipped(**{f"{letter}.gpx": spaces for letter in "abc"}))


def test_a_compressed_file_that_unpacks_to_far_too_much_is_refused(read_file):
    with pytest.raises(InvalidValue, match="must not be larger than 32 MB"):
        read_file(gzip.compress(bytes(40 * 2**20)))


def test_an_archive_in_an_archive_is_not_unpacked(read_file):
    with pytest.raises(InvalidValue, match="must be a list of activities"):
        read_file(zipped(**{"a.fit": zipped(**{"a.fit": FILES["fit"]})}))
    with pytest.raises(InvalidValue, match="must be a list of activities"):
        read_file(gzip.compress(gzip.compress(FILES["csv"])))


def test_an_archive_of_countless_files_is_refused(read_file):
    end = b"PK\x05\x06" + bytes(8) + (5 * 2**20).to_bytes(4, "little") + bytes(6)
    with pytest.raises(InvalidValue, match="must hold fewer files"):
        read_file(b"PK\x03\x04" + bytes(100) + end)


@pytest.mark.parametrize("cut", [5, 50, -30])
def test_a_damaged_archive_is_refused(read_file, cut):
    with pytest.raises(InvalidValue, match="must be a whole archive without a password"):
        read_file(zipped(**{"activities.csv": FILES["csv"]})[:cut])


def test_a_damaged_compressed_file_is_refused(read_file):
    with pytest.raises(InvalidValue, match="must be a whole gzip file"):
        read_file(gzip.compress(FILES["csv"])[:-20])


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", bytes(100), gzip.compress(b"")],
    ids=["nothing", "blank lines", "zeros", "nothing, compressed"],
)
def test_an_empty_file_is_refused(read_file, data):
    with pytest.raises(InvalidValue, match="must hold something"):
        read_file(data)


def test_a_folder_a_pipe_and_a_missing_file_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(UnusableFile, match="it must be a file"):
            read(path, timezone="UTC")
    for path in (tmp_path / "none.csv", "\0"):
        with pytest.raises(UnusableFile, match="a file must exist and be readable"):
            read(path, timezone="UTC")


def test_arguments_of_another_kind_are_refused(tmp_path):
    with pytest.raises(InvalidType, match="a path must be text or a Path"):
        read(7, timezone="UTC")
    with pytest.raises(UnknownName, match="a time zone must be an IANA name"):
        read(tmp_path, timezone="Europe/Berln")


def test_an_error_names_the_file_on_one_line(tmp_path):
    path = tmp_path / "a\nb.csv"
    path.write_text("nothing")
    with pytest.raises(RunplanError) as caught:
        read(path, timezone="UTC")
    assert str(caught.value).startswith("'a\\nb.csv' must be")
