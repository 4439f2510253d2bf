"""FIT files."""

import datetime as dt

import pytest
from support.fit_files import (
    UINT16,
    UINT32,
    fit_bytes,
    local_time,
    message,
    point,
    run_fit,
    session,
    stamp,
)

from runplan import InvalidValue

MORNING = dt.datetime(2027, 1, 3, 8, 5, 9, tzinfo=dt.UTC)
SUNDAY = ["2027-01-03 09:05 45"]


def test_the_time_of_the_timer_counts_without_pauses(shown, read_file):
    assert shown(run_fit(MORNING)) == SUNDAY
    assert read_file(run_fit(MORNING))[0].source == "fit"


def test_the_local_time_of_the_watch_counts(shown):
    evening = dt.datetime(2027, 1, 4, 2, 30, tzinfo=dt.UTC)
    assert shown(run_fit(evening, offset_h=-7)) == ["2027-01-03 19:30 45"]


def test_without_it_the_zone_of_the_plan_counts(shown):
    assert shown(run_fit(MORNING, offset_h=None), timezone="Asia/Tokyo") == ["2027-01-03 17:05 45"]


@pytest.mark.parametrize("offset_h", [99, -200])
def test_a_local_time_that_cannot_be_is_ignored(shown, offset_h):
    assert shown(run_fit(MORNING, offset_h=offset_h)) == SUNDAY


def test_a_local_time_without_a_moment_is_ignored(shown):
    odd = message(34, (5, UINT32, stamp(MORNING)), (1, UINT16, 1))
    assert shown(fit_bytes(session(MORNING), odd)) == SUNDAY


def test_several_sports_in_one_file_are_kept_apart(read_file):
    parts = [
        session(MORNING, sport="cycling"),
        session(MORNING + dt.timedelta(hours=1), sport="transition"),
        session(MORNING + dt.timedelta(hours=2), timer_s=1800),
    ]
    found = read_file(fit_bytes(*parts, local_time(MORNING, 1)))
    assert [(each.minutes, each.at.format("HH:mm")) for each in found] == [(30, "11:05")]
    assert found.notes == ("Left out as other sports: 1 cycling, 1 transition.",)


def test_a_session_without_sport_or_start_is_told(read_file):
    bare = message(18, (8, UINT32, 2_700_000))
    assert read_file(fit_bytes(bare)).notes == (
        "Activity 1: cut off, or no date that can be read.",
    )


def test_a_session_without_time_is_told(read_file):
    bare = message(18, (2, UINT32, stamp(MORNING)))
    assert read_file(fit_bytes(bare)).notes == ("Activity 1: no duration.",)


def test_a_file_without_a_session_is_refused(read_file):
    with pytest.raises(InvalidValue, match="must hold an activity"):
        read_file(fit_bytes(point(MORNING)))


@pytest.mark.parametrize("cut", [-1, -9, 60, 20, 13])
def test_a_file_that_was_cut_off_is_refused(read_file, cut):
    with pytest.raises(InvalidValue, match="must be a whole FIT file"):
        read_file(run_fit(MORNING)[:cut])


def test_a_file_with_a_wrong_checksum_is_refused(read_file):
    data = bytearray(run_fit(MORNING))
    data[-1] ^= 1
    with pytest.raises(InvalidValue, match="must be a whole FIT file"):
        read_file(bytes(data))


def test_a_definition_that_contradicts_itself_is_refused(read_file):
    odd = bytes([0x40, 0, 0, 18, 0, 1, 2, 3, 0x86]) + b"\0\1\2\3"
    with pytest.raises(InvalidValue, match="must be a whole FIT file"):
        read_file(fit_bytes(odd))


def test_a_file_with_more_sessions_than_a_day_has_is_refused(read_file):
    with pytest.raises(InvalidValue, match="more than 1000 sessions"):
        read_file(fit_bytes(*[session(MORNING)] * 1001))


def test_a_file_far_larger_than_a_day_is_refused(read_file):
    with pytest.raises(InvalidValue, match="must not be larger than 8 MB"):
        read_file(run_fit(MORNING) + bytes(8 * 2**20))
