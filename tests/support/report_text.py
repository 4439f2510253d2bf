"""Reports in words: what a runner may type, and the text for an entry."""

from hypothesis import strategies as st

from runplan import Entry, MorningReport, RedFlag, RunReport, StrengthReport

WORDS = (
    *("45", "40", "0", "2", "10", "450", "2@40", "1:05", "45min", "min", "km", "@", "2/10", "-5"),
    *("ok", "okay", "pain", "tired", "morning", "strength", "ill", "until", "back", "flag"),
    *("long", "other", "note:", "note", ",", ";", ".", '"', "fever", "chest", "chest-pain"),
    *("today", "yesterday", "tomorrow", "sunday", "sun", "2026-12-06", "2026-02-30", "tird"),
    *("４５", "²", "\x00", "\u202e", "İ", "\ud800", "٣"),
)

# Texts made of words of reports, and any others.
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.text(max_size=40),
)

_scale = st.integers(0, 10)
_notes = st.sampled_from(["", "hot", "Hot: and 45,5 km, note: hilly!"])
_flags = st.lists(st.sampled_from(RedFlag), max_size=2, unique=True)


@st.composite
def entries(draw, today):
    """Return an entry that a report in words can be about, recorded today."""
    common = {
        "day": today.subtract(days=draw(st.integers(1, 40))),
        "recorded_on": today,
        "red_flags": draw(_flags),
        "note": draw(_notes),
    }
    kind = draw(st.sampled_from(["run", "morning", "strength"]))
    if kind == "morning":
        return MorningReport(pain=draw(_scale), **common)
    pain = draw(_scale)
    if kind == "strength":
        return StrengthReport(pain=pain, **common)
    minutes = draw(st.integers(1, 600))
    return RunReport(
        minutes=minutes,
        pain=pain,
        pain_from=draw(st.none() | st.integers(0, minutes)) if pain else None,
        pain_next_morning=draw(st.none() | _scale),
        fatigue=draw(_scale),
        kind=draw(st.sampled_from(["long", "other"])),
        **common,
    )


def as_text(entry: Entry) -> str:
    """Return the report in words for an entry."""
    words = [entry.day.isoformat()]
    if isinstance(entry, RunReport):
        onset = "" if entry.pain_from is None else f"@{entry.pain_from}"
        words += [entry.kind, str(entry.minutes), f"{entry.pain}{onset}", f"tired {entry.fatigue}"]
        if entry.pain_next_morning is not None:
            words.append(f"morning {entry.pain_next_morning}")
    else:
        words += [entry.type, str(entry.pain)]
    words += [f"flag {flag.value}" for flag in entry.red_flags]
    return " ".join([*words, f"note: {entry.note}" if entry.note else ""])
