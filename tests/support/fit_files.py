"""Small FIT files, as a watch writes them."""

import datetime as dt
import struct

# FIT counts seconds from here.
_ZERO = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)

# Base types: their number and their format.
ENUM, UINT16, UINT32 = (0x00, "B"), (0x84, "H"), (0x86, "I")

_CRC = (
    *(0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401),
    *(0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400),
)

SPORTS = {"running": 1, "cycling": 2, "transition": 3, "swimming": 5, "walking": 11}


def crc(data: bytes) -> int:
    """Return the checksum that FIT files end with."""
    value = 0
    for byte in data:
        for part in (byte & 0xF, byte >> 4):
            value = (value >> 4) & 0x0FFF ^ _CRC[value & 0xF] ^ _CRC[part]
    return value


def stamp(moment: dt.datetime) -> int:
    """Return a moment as FIT counts it."""
    return int((moment - _ZERO).total_seconds())


def message(number: int, *fields: tuple[int, tuple[int, str], int]) -> bytes:
    """Return the definition of a message and the message."""
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    for field, (base, form), _ in fields:
        definition += struct.pack("<BBB", field, struct.calcsize(form), base)
    values = struct.pack(
        "<B" + "".join(form for _, (_, form), _ in fields), 0, *(v for *_, v in fields)
    )
    return definition + values


def fit_bytes(*messages: bytes) -> bytes:
    """Return a FIT file of messages."""
    body = message(0, (0, ENUM, 4), (1, UINT16, 1)) + b"".join(messages)
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    data = header + struct.pack("<H", crc(header)) + body
    return data + struct.pack("<H", crc(data))


def session(
    start: dt.datetime, *, timer_s: float = 2700, elapsed_s: float = 3000, sport: str = "running"
) -> bytes:
    """Return the summary of a session."""
    return message(
        18,
        (253, UINT32, stamp(start) + int(elapsed_s)),
        (2, UINT32, stamp(start)),
        (5, ENUM, SPORTS[sport]),
        (7, UINT32, round(elapsed_s * 1000)),
        (8, UINT32, round(timer_s * 1000)),
    )


def point(at: dt.datetime) -> bytes:
    """Return a point of a track."""
    return message(20, (253, UINT32, stamp(at)), (3, ENUM, 140))


def local_time(end: dt.datetime, offset_h: float) -> bytes:
    """Return the message that ends an activity, with the watch's local time."""
    return message(
        34,
        (253, UINT32, stamp(end)),
        (5, UINT32, stamp(end) + round(offset_h * 3600)),
        (1, UINT16, 1),
    )


def run_fit(start: dt.datetime, *, offset_h: float | None = 1, **how) -> bytes:
    """Return the file of one run."""
    end = start + dt.timedelta(seconds=how.get("elapsed_s", 3000))
    last = [] if offset_h is None else [local_time(end, offset_h)]
    return fit_bytes(point(start), session(start, **how), *last)
