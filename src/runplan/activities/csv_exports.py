"""Lists of activities as CSV: from Strava, Garmin Connect and intervals.icu."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from runplan.activities import cells
from runplan.activities.history import Activities
from runplan.activities.languages import plain
from runplan.activities.records import Record, local, runs
from runplan.errors import InvalidValue
from runplan.model.activity import Source


class _Export(NamedTuple):
    """A kind of list: the names of its columns, in several languages."""

    source: Source
    is_utc: bool  # whether its times are in UTC, unless they have a zone
    date: str
    sport: str
    name: str
    times: tuple[str, ...]  # the first that is not zero counts


# The names are as plain() returns them. Headers repeat some of them: "Elapsed Time", "Distance".
_EXPORTS = (
    _Export(
        source="intervals.icu",
        is_utc=False,
        date="start date local",
        sport="type",
        name="name",
        times=("moving time", "elapsed time"),
    ),
    _Export(
        source="strava",
        is_utc=True,
        date=(
            "activity date|aktivitatsdatum|fecha de la actividad|fecha de actividad"
            "|date de l activite|data dell attivita|data attivita|datum van activiteit"
            "|data da atividade"
        ),
        sport=(
            "activity type|aktivitatsart|aktivitatstyp|tipo de actividad|type d activite"
            "|tipo di attivita|tipo attivita|activiteitstype|tipo de atividade"
        ),
        name=(
            "activity name|name der aktivitat|nombre de la actividad|nom de l activite"
            "|nome dell attivita|nome attivita|naam van activiteit|naam activiteit"
            "|nome da atividade"
        ),
        times=(
            (
                "moving time|bewegungszeit|tiempo en movimiento|tiempo de movimiento"
                "|duree de deplacement|temps de deplacement|tempo in movimento|beweegtijd"
                "|tempo de movimentacao|tempo em movimento"
            ),
            (
                "elapsed time|verstrichene zeit|tiempo transcurrido|temps ecoule|tempo trascorso"
                "|verstreken tijd|tempo decorrido"
            ),
        ),
    ),
    _Export(
        source="garmin",
        is_utc=False,
        date="date|datum|fecha|data",
        sport=(
            "activity type|aktivitatstyp|tipo de actividad|type d activite|tipo di attivita"
            "|activiteittype|activiteitstype|tipo de atividade"
        ),
        name="title|titel|titulo|titre|titolo",
        times=(
            (
                "moving time|zeit in bewegung|bewegungszeit|tiempo en movimiento"
                "|temps de deplacement|tempo in movimento|tijd bewogen|tempo em movimento"
                "|tempo de movimento"
            ),
            (
                "time|activity time|zeit|gesamtzeit|tiempo|tiempo total|duree|temps|tempo|tijd"
                "|tempo total"
            ),
        ),
    ),
)


class _Columns(NamedTuple):
    """Where the columns of a list are."""

    export: _Export
    date: int
    sport: int
    name: int | None
    times: tuple[int, ...]
    width: int  # how many columns the list has


def read_csv(data: bytes, *, name: str, timezone: str) -> Activities:
    """
    Return the runs in a list of activities.

    Args:
        data: The file.
        name: Its name in error messages.
        timezone: The zone whose days count.

    Raises:
        InvalidValue: If it is not such a list.
    """
    encoding = _encoding(data)
    with io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="") as text:
        header = text.readline()
        text.seek(0)
        lines = csv.reader(text, delimiter=max(",;\t", key=header.count))
        try:
            columns = _columns(next(lines, []), name)
            return runs(_records(lines, columns, timezone), columns.export.source, name=name)
        except csv.Error as error:
            must = f"{name} must be a list of activities as CSV"
            raise InvalidValue(must, str(error), "export it again") from None


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data[1:2] == b"\0":
        return "utf-16-le"
    if data[:1] == b"\0":
        return "utf-16-be"
    try:
        data.partition(b"\n")[0].decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets on Windows write.
        return "cp1252"
    return "utf-8-sig"


def _columns(header: Sequence[str], name: str) -> _Columns:
    places: dict[str, list[int]] = {}
    for index, title in enumerate(header):
        places.setdefault(plain(title), []).append(index)
    for export in _EXPORTS:
        date, sport = _places(places, export.date), _places(places, export.sport)
        times = [place for names in export.times for place in _places(places, names)]
        if date and sport and times:
            names = _places(places, export.name)
            return _Columns(
                export=export,
                date=date[0],
                sport=sport[0],
                name=names[0] if names else None,
                times=tuple(times),
                width=len(header),
            )
    must = f"{name} must be a list of activities from Strava, Garmin Connect or intervals.icu"
    given = ", ".join(header[:4]) or "empty"
    raise InvalidValue(must, given, "export it again, or set the account to English first")


def _places(places: Mapping[str, list[int]], names: str) -> list[int]:
    return [place for name in names.split("|") for place in places.get(name, ())]


def _records(lines: Iterator[list[str]], columns: _Columns, timezone: str) -> Iterator[Record]:
    for number, row in enumerate(lines, start=2):
        if not any(row):
            continue
        place = f"row {number}"
        if len(row) < columns.width:
            # It was cut off, and perhaps in the middle of a number.
            yield Record(place, None, None, None)
            continue
        times = (cells.seconds(row[each]) for each in columns.times)
        yield Record(
            place=place,
            sport=row[columns.sport],
            start=_start(row[columns.date], columns.export, timezone),
            seconds=next(filter(None, times), None),
            name="" if columns.name is None else row[columns.name],
        )


def _start(cell: str, export: _Export, timezone: str) -> dt.datetime | dt.date | None:
    start = cells.moment(cell)
    if not isinstance(start, dt.datetime):
        return start
    if not export.is_utc:
        return start.replace(tzinfo=None)
    return local(start if start.tzinfo else start.replace(tzinfo=dt.UTC), timezone)
