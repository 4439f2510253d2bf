"""GPX and TCX files."""

import datetime as dt
import sys

import pytest
from support.exports import gpx, tcx, tcx_file

from runplan import InvalidValue, MissingLibrary

MORNING = dt.datetime(2027, 1, 3, 8, 5, 9, tzinfo=dt.UTC)
SUNDAY = ["2027-01-03 09:05 45"]


def test_a_gpx_file_is_read_in_the_zone_of_the_plan(read_file, shown):
    assert shown(gpx(MORNING)) == SUNDAY
    assert shown(gpx(MORNING), timezone="Pacific/Auckland") == ["2027-01-03 21:05 45"]
    assert str(read_file(gpx(MORNING))[0]).endswith("from gpx, Sunday")


def test_a_tcx_file_is_read_in_the_zone_of_the_plan(read_file, shown):
    assert shown(tcx_file(tcx(MORNING))) == SUNDAY
    assert read_file(tcx_file(tcx(MORNING)))[0].source == "tcx"


@pytest.mark.parametrize("step_m", [15, 0])
def test_pauses_do_not_count(shown, step_m):
    """On a treadmill without any distance, the gaps between points are the pauses."""
    assert shown(gpx(MORNING, pause_min=10, step_m=step_m)) == SUNDAY
    assert shown(tcx_file(tcx(MORNING, pause_min=10, step_m=step_m or None))) == SUNDAY


def test_standing_still_while_recording_is_a_pause(shown):
    moving, standing = gpx(MORNING), gpx(MORNING + dt.timedelta(minutes=45), minutes=10, step_m=1)
    points = standing.partition("<trkseg>")[2].partition("</trkseg>")[0]
    assert shown(moving.replace("</trkseg>", f"{points}</trkseg>")) == SUNDAY


def test_positions_in_a_tcx_file_count_where_it_has_no_distances(shown):
    file = tcx_file(tcx(MORNING, pause_min=10, step_m=None))
    for index in range(541):
        place = (
            f"<Position><LatitudeDegrees>{52 + index / 10_000}</LatitudeDegrees>"
            "<LongitudeDegrees>13.4</LongitudeDegrees></Position></Trackpoint>"
        )
        file = file.replace("</Time></Trackpoint>", f"</Time>{place}", 1)
    assert shown(file) == SUNDAY


def test_a_tcx_file_without_points_has_the_time_of_its_laps(shown):
    assert shown(tcx_file(tcx(MORNING, has_points=False))) == SUNDAY


def test_several_sports_in_one_file_are_kept_apart(read_file):
    later = MORNING + dt.timedelta(hours=2)
    found = read_file(tcx_file(tcx(MORNING, sport="Biking"), tcx(later, minutes=30)))
    assert [each.minutes for each in found] == [30]
    assert found.notes == ("Left out as other sports: 1 Biking.",)


def test_a_file_that_does_not_name_its_sport_is_taken_as_a_run_and_says_so(read_file):
    found = read_file(gpx(MORNING, sport=None))
    assert [each.minutes for each in found] == [45]
    assert found.notes == ("Activity 1: taken as a run, because the file does not name its sport.",)


def test_the_number_that_older_files_have_for_running_is_known(shown, read_file):
    assert shown(gpx(MORNING, sport="9")) == SUNDAY
    assert len(read_file(gpx(MORNING, sport="1"))) == 0


def test_points_without_time_or_place_and_times_that_go_back_are_passed_over(read_file, shown):
    odd = (
        "<trkseg><trkpt><time>2027-01-03T08:00:00</time></trkpt>"
        '<trkpt lat="nan" lon="x"><time>soon</time></trkpt><trkpt lat="1" lon="2"/></trkseg>'
        "<trkseg>"
    )
    assert shown(gpx(MORNING).replace("<trkseg>", odd, 1)) == ["2027-01-03 09:00 45"]
    found = read_file("<gpx><trk><type>running</type><trkseg></trkseg></trk></gpx>")
    assert found.notes == ("Activity 1: cut off, or no date that can be read.",)


def test_points_outside_of_any_track_count_for_none(read_file):
    with pytest.raises(InvalidValue, match="must hold an activity"):
        read_file("<gpx><trkseg><trkpt lat='1' lon='1'/></trkseg></gpx>")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read(shown, encoding):
    text = gpx(MORNING).replace('encoding="UTF-8"', 'encoding="UTF-16"' * ("16" in encoding))
    assert shown(text.encode(encoding)) == SUNDAY


def test_a_file_that_was_cut_off_is_refused(read_file):
    with pytest.raises(InvalidValue, match="must be a whole GPX or TCX file"):
        read_file(gpx(MORNING)[:5000])


def test_bytes_that_are_no_text_are_refused(read_file):
    with pytest.raises(InvalidValue, match="must be a whole GPX or TCX file"):
        read_file(gpx(MORNING).encode().replace(b"Sunday", b"\xff\xfe"))


def test_an_unknown_encoding_is_refused(read_file):
    with pytest.raises(InvalidValue, match="must be a whole GPX or TCX file"):
        read_file(gpx(MORNING).replace("UTF-8", "klingon"))


def test_entities_that_grow_are_refused(read_file):
    bomb = '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(InvalidValue, match="must not define entities"):
        read_file(f"<?xml version='1.0'?>{bomb}<gpx><trk><name>&b;</name></trk></gpx>")


def test_long_texts_are_cut_and_deep_trees_refused(read_file):
    text = gpx(MORNING).replace("Sunday", "long &amp; " * 100_000)
    assert len(read_file(text)[0].note) <= 200
    with pytest.raises(InvalidValue, match="nested too deeply"):
        read_file(f"<gpx>{'<a>' * 51}")


def test_tracks_without_number_are_refused(read_file):
    with pytest.raises(InvalidValue, match="must hold at most 50000 activities"):
        read_file(f"<gpx>{'<trk/>' * 50_002}</gpx>")


def test_a_library_that_is_missing_is_named_with_its_extra(read_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml.ElementTree", None)
    with pytest.raises(MissingLibrary, match=r'pip install "runplan\[activities\]"'):
        read_file(gpx(MORNING))
