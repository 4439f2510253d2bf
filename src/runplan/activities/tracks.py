"""GPX and TCX files: points with their times, of which the moving ones count."""

import datetime as dt
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from attrs import define, field

from runplan.activities import cells
from runplan.activities.history import Activities
from runplan.activities.libraries import library
from runplan.activities.records import MOST_ACTIVITIES, Record, local, runs, too_many
from runplan.errors import InvalidValue, RunplanError

# Slower than this is a pause. [m/s]
_MOVING_M_S = 0.5

# Speed is measured over at least this long, because positions waver. [s]
_WINDOW_S = 10

# Without any distance, as on a treadmill, a gap longer than this is a pause. [s]
_GAP_S = 60

_EARTH_M = 6_371_000

# Older files from Strava number the sports; 9 is running.
_NUMBERED = {"9": "run"}

# Elements with points lie seven deep, and their extensions a little deeper.
_DEEPEST = 50

# No text that counts is longer. [characters]
_LONGEST = 500


class _Point(NamedTuple):
    at: float  # when, in seconds since 1970 [s]
    latitude: float | None
    longitude: float | None
    distance: float | None  # since the start, if the file says so [m]


@define
class _Track:
    """What a file says about one activity."""

    sport: str | None = None
    name: str = ""
    begins: dt.datetime | None = None
    laps_s: float = 0
    pieces: list[list[_Point]] = field(factory=lambda: [[]])


class _Target:
    """Collects the activities while a file is parsed, without keeping its tree."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.tracks: list[_Track] = []
        self.is_tcx = False
        self._path: list[str] = []
        self._text: list[str] = []
        self._point: dict[str, float] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._path.append(name)
        self._text = []
        if len(self._path) > _DEEPEST:
            must = f"{self._name} must be a GPX or TCX file"
            raise InvalidValue(must, "nested too deeply", "export it again")
        if len(self.tracks) > MOST_ACTIVITIES:
            raise too_many(self._name)
        if name in {"trk", "Activity"}:
            self.tracks.append(_Track(sport=attributes.get("Sport")))
            self.is_tcx = name == "Activity"
        elif name in {"trkseg", "Track"} and self.tracks:
            self.tracks[-1].pieces.append([])
        elif name in {"trkpt", "Trackpoint"}:
            place = {key: attributes.get(key, "") for key in ("lat", "lon")}
            self._point = _numbers(place)

    def data(self, text: str) -> None:
        self._text.append(text[:_LONGEST])

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        text, self._text = "".join(self._text).strip()[:_LONGEST], []
        self._path.pop()
        if self.tracks:
            self._take(self.tracks[-1], self._path[-1] if self._path else "", name, text)

    def close(self) -> list[_Track]:
        return self.tracks

    def _take(self, track: _Track, parent: str, name: str, text: str) -> None:
        match parent, name:
            case "trk", "name":
                track.name = text
            case "trk", "type":
                track.sport = _NUMBERED.get(text, text) or None
            case "Activity", "Id":
                track.begins = _utc(text)
            case "Lap", "TotalTimeSeconds":
                track.laps_s += cells.seconds(text) or 0
            case (("trkpt" | "Trackpoint"), ("time" | "Time")):
                begins = _utc(text)
                self._point |= {"at": begins.timestamp()} if begins else {}
            case "Position", ("LatitudeDegrees" | "LongitudeDegrees"):
                self._point |= _numbers({name[:3].lower(): text})
            case "Trackpoint", "DistanceMeters":
                self._point |= _numbers({"distance": text})
            case _, ("trkpt" | "Trackpoint") if "at" in self._point:
                point = self._point
                track.pieces[-1].append(
                    _Point(point["at"], point.get("lat"), point.get("lon"), point.get("distance"))
                )


def _numbers(texts: dict[str, str]) -> dict[str, float]:
    found = {}
    for key, text in texts.items():
        try:
            number = float(text)
        except ValueError:
            continue
        if math.isfinite(number):
            found[key] = number
    return found


def _utc(text: str) -> dt.datetime | None:
    moment = cells.moment(text)
    if not isinstance(moment, dt.datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def read_tracks(data: bytes, *, name: str, timezone: str) -> Activities:
    """
    Return the runs in a GPX or TCX file.

    Args:
        data: The file.
        name: Its name in error messages.
        timezone: The zone whose days count.

    Raises:
        InvalidValue: If it is neither, is cut off, or holds no activity.
        MissingLibrary: If defusedxml is not installed.
    """
    parsers, common = library("defusedxml.ElementTree"), library("defusedxml.common")
    target = _Target(name)
    must = f"{name} must be a whole GPX or TCX file"
    do = "export it again"
    try:
        parser = parsers.DefusedXMLParser(target=target, forbid_dtd=True)
        parser.feed(data)
        parser.close()
    except RunplanError:
        raise
    except common.DefusedXmlException:
        must = f"{name} must not define entities, as no app does"
        raise InvalidValue(must, "a DTD", do) from None
    except (parsers.ParseError, ValueError, LookupError) as error:
        raise InvalidValue(must, str(error), do) from None
    if not target.tracks:
        raise InvalidValue(f"{name} must hold an activity", "none", do)
    return runs(_records(target.tracks, timezone), "tcx" if target.is_tcx else "gpx", name=name)


def _records(tracks: list[_Track], timezone: str) -> Iterator[Record]:
    for number, track in enumerate(tracks, start=1):
        points = [point for piece in track.pieces for point in piece]
        begins = track.begins
        if begins is None and points:
            begins = dt.datetime.fromtimestamp(points[0].at, dt.UTC)
        yield Record(
            place=f"activity {number}",
            sport=track.sport,
            start=local(begins, timezone) if begins else None,
            seconds=_moving(track) or track.laps_s or None,
            name=track.name,
        )


def _moving(track: _Track) -> float:
    """Return how long an activity was without its pauses; 0 if its points do not show that. [s]"""
    if moved := sum(map(_in_motion, track.pieces)):
        return moved
    return sum(map(_recorded, track.pieces))


def _in_motion(points: list[_Point]) -> float:
    total, before = 0.0, None
    for index, point in enumerate(points):
        if before is None:
            before = point
            continue
        passed = point.at - before.at
        if passed >= _WINDOW_S or (index == len(points) - 1 and passed > 0):
            total += passed if _metres(before, point) >= _MOVING_M_S * passed else 0
            before = point
    return total


def _recorded(points: list[_Point]) -> float:
    gaps = (later.at - point.at for point, later in pairwise(points))
    return sum(gap for gap in gaps if 0 < gap <= _GAP_S)


def _metres(one: _Point, other: _Point) -> float:
    """Return the distance between two points; 0 if it is not known. [m]"""
    if one.distance is not None and other.distance is not None:
        return other.distance - one.distance
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return 0
    # Close points lie on a plane.
    north, west = (math.radians(each or 0) for each in (one.latitude, one.longitude))
    to_north, to_west = (math.radians(each or 0) for each in (other.latitude, other.longitude))
    return _EARTH_M * math.hypot(to_north - north, (to_west - west) * math.cos(north))
