"""Lists of activities as CSV, in the languages of their accounts."""

import pytest
from support.exports import (
    GARMIN_HEADERS,
    GARMIN_RUNS,
    STRAVA,
    STRAVA_DATES,
    STRAVA_HEADERS,
    STRAVA_RUNS,
    garmin_csv,
    garmin_row,
    strava_csv,
    strava_row,
)

from runplan import InvalidValue

SUNDAY = ["2027-01-03 09:05 45"]


@pytest.mark.parametrize("language", STRAVA_HEADERS)
def test_strava_writes_in_the_language_of_the_account(shown, language):
    row = strava_row(STRAVA_DATES[language], sport=STRAVA_RUNS[language])
    assert shown(strava_csv(row, header=STRAVA_HEADERS[language])) == SUNDAY


@pytest.mark.parametrize("language", GARMIN_HEADERS)
def test_garmin_writes_in_the_language_of_the_account(shown, language):
    row = garmin_row(sport=GARMIN_RUNS[language])
    assert shown(garmin_csv(row, header=GARMIN_HEADERS[language])) == SUNDAY


def test_intervals_writes_local_times_in_seconds(read_file):
    text = (
        "id,start_date_local,name,type,moving_time,elapsed_time\n"
        "i1,2027-01-03T09:05:09,Sunday,TrailRun,2700,3000\n"
        "i2,2027-01-03T12:05:09,Bike,Ride,2700,3000\n"
    )
    found = read_file(text)
    assert [str(each) for each in found] == [
        "recorded run of 45 min, at 09:05, from intervals.icu, Sunday"
    ]
    assert found.notes == ("Left out as other sports: 1 Ride.",)


def test_an_evening_run_in_america_belongs_to_that_evening(shown):
    text = strava_csv(strava_row('"Jan 4, 2027, 2:30:00 AM"'))
    assert shown(text, timezone="America/Denver") == ["2027-01-03 19:30 45"]


def test_a_list_of_garmin_is_in_local_time_wherever_the_plan_is(shown):
    text = garmin_csv(garmin_row("2027-01-03 23:30:00"))
    assert shown(text, timezone="Asia/Tokyo") == ["2027-01-03 23:30 45"]


def test_a_run_over_midnight_belongs_to_the_day_it_began(shown):
    assert shown(garmin_csv(garmin_row("2027-01-03 23:50:00"))) == ["2027-01-03 23:50 45"]


def test_the_moving_time_counts_or_else_the_first_other_time(shown):
    rows = [
        strava_row('"Jan 3, 2027, 8:05:09 AM"', moving="2699.9"),
        strava_row('"Jan 4, 2027, 8:05:09 AM"', moving="0.0"),
        strava_row('"Jan 5, 2027, 8:05:09 AM"', moving=""),
    ]
    assert [each[-2:] for each in shown(strava_csv(*rows))] == ["45", "50", "50"]


def test_a_treadmill_run_without_moving_time_has_its_time(shown):
    rows = [garmin_row(moving="--"), garmin_row("2027-01-04 09:00:00", moving="00:00:00")]
    assert [each[-2:] for each in shown(garmin_csv(*rows))] == ["47", "47"]


def test_columns_are_found_by_name_however_many_there_are(shown):
    more = ",".join(f"Weather {number}" for number in range(89))
    row = strava_row() + ",1.5" * 89
    assert shown(strava_csv(row, header=f"{STRAVA},{more}")) == SUNDAY
    header = "Moving Time,Activity Type,Activity Date"
    assert shown(strava_csv('2700,Run,"Jan 3, 2027, 8:05:09 AM"', header=header)) == SUNDAY


def test_other_sports_are_left_out_and_counted(read_file):
    rows = [strava_row(sport=sport) for sport in ("Ride", "Swim", "Ride", "", "Run")]
    found = read_file(strava_csv(*rows))
    assert len(found) == 1
    assert found.notes == ("Left out as other sports: 2 Ride, 1 Swim, 1 without a sport.",)


def test_many_other_sports_are_summed_up(read_file):
    rows = [strava_row(sport=f"Sport {letter}") for letter in "abcdefg"]
    (note,) = read_file(strava_csv(*rows)).notes
    assert note.endswith("1 Sport e, 2 more.")


def test_rows_that_cannot_be_read_are_left_out_with_their_numbers(read_file):
    rows = [
        strava_row("someday"),
        strava_row(elapsed="", moving="").replace("3000.0", ""),
        strava_row(elapsed="10", moving="10"),
        strava_row(moving="90000"),
        "",
        strava_row("1850-01-01"),
        strava_row("0001-01-01T00:00:00Z"),
    ]
    found = read_file(strava_csv(*rows))
    assert len(found) == 0
    assert found.notes == (
        "Row 2, row 7, row 8: cut off, or no date that can be read.",
        "Row 3: no duration.",
        "Row 4: shorter than a minute.",
        "Row 5: longer than a day.",
    )


def test_many_rows_with_one_fault_are_summed_up(read_file):
    (note,) = read_file(strava_csv(*[strava_row("someday")] * 7)).notes
    assert note.startswith("Row 2, row 3, row 4, row 5, row 6, 2 more: cut off")


def test_a_row_that_was_cut_off_is_left_out(read_file):
    text = strava_csv(strava_row())
    found = read_file(text[: text.rindex("2700.0") + 2])
    assert len(found) == 0
    assert found.notes == ("Row 2: cut off, or no date that can be read.",)


def test_descriptions_may_have_commas_quotes_and_lines(shown):
    row = strava_row(name='"Long, ""easy""\nrun"', description='"a\r\nb"')
    assert shown(strava_csv(row)) == SUNDAY


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(shown, encoding):
    row = strava_row(STRAVA_DATES["German"], sport="Lauf", name="Größe")
    text = strava_csv(row, header=STRAVA_HEADERS["German"])
    assert shown(text.encode(encoding)) == SUNDAY


def test_bytes_that_are_no_text_are_replaced(read_file):
    found = read_file(strava_csv(strava_row(name="a\u00ffb")).encode("latin-1"))
    assert found[0].note == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_are_read(shown, mark):
    text = garmin_csv("Running,2027-01-03 09:05:09,false,Sunday,8,500,00:47:00,--,00:45:10,1")
    assert shown(text.replace(",", mark)) == SUNDAY


@pytest.mark.parametrize(
    "text", ["Date,Steps\n2027-01-03,9000\n", "nothing\n", "Activity Type,Date\nRunning,2027\n"]
)
def test_another_list_is_refused(read_file, text):
    with pytest.raises(InvalidValue, match="must be a list of activities from Strava, Garmin"):
        read_file(text)


def test_a_cell_without_end_is_refused(read_file):
    with pytest.raises(InvalidValue, match="field larger than field limit"):
        read_file(strava_csv(strava_row(name='"' + "a" * 200_000)))


def test_more_rows_than_anyone_runs_are_refused(read_file):
    text = "Activity Type,Date,Time\n" + "Ride,,\n" * 50_001
    with pytest.raises(InvalidValue, match="must hold at most 50000 activities"):
        read_file(text)


def test_a_run_exported_twice_counts_once_with_its_least_minutes(read_file):
    found = read_file(strava_csv(strava_row(), strava_row(moving="2640")))
    assert [each.minutes for each in found] == [44]
    assert found.notes == ("Recorded twice: 1, of which the shorter one counts.",)


def test_a_day_without_a_time_is_taken_as_it_is(shown):
    text = strava_csv(strava_row('"Jan 3, 2027"'))
    assert shown(text, timezone="America/Denver") == ["2027-01-03 None 45"]


def test_long_names_are_cut(read_file):
    assert len(read_file(strava_csv(strava_row(name="a" * 5000)))[0].note) == 200


def test_a_list_without_names_is_read(read_file):
    text = "Activity Type,Date,Time\nRunning,2027-01-03 09:05:09,00:45:00\n"
    assert read_file(text)[0].note == ""
