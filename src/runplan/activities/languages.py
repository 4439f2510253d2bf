"""
The words of exports in seven languages: sports, months, and how texts are compared.

Source: docs/how-to/import.md#what-was-checked
"""

import re
import unicodedata

_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTER = re.compile(r"[\W_]+")

# A sport is running if it has one of these words ...
_RUNNING = frozenset(
    """
    run running runs jog jogging trailrun trailrunning treadmill
    lauf laufen laufband laufbandtraining traillauf bahnlauf ultralauf
    correr carrera corrida corsa course
    hardlopen hardloopsessie hardloop trailhardlopen loopband
    """.split()
)
# ... and no others than these: "Course en fauteuil" is not.
_KINDS = frozenset(
    """
    indoor outdoor track trail trails street road ultra virtual easy long interval race
    auf auf dem der bahn im freien strasse virtuell virtueller virtuelles gelande
    a a pied de en sur tapis roulant sentier sentiers piste route virtuelle interieur exterieur
    al aire libre cinta pista montana por senderos calle interior
    su strada sentiero montagna virtuale
    em esteira trilha rua corredeira virtual ar livre na no
    op de baan virtuele binnen buiten weg
    """.split()
)
# French and Portuguese name trail runs by their trail alone.
_BY_ITSELF = frozenset({"trail"})

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar mrt",
            "apr avr abr",
            "may mai mag mei",
            "jun juin giu",
            "jul juil lug",
            "aug aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez dic",
        ),
        start=1,
    )
    for word in words.split()
}


def plain(text: str) -> str:
    """
    Return a text in lower case, without accents and with spaces for anything but letters.

    >>> plain("Date de l’activité"), plain("TrailRun")
    ('date de l activite', 'trail run')
    """
    split = _CAMEL_CASE.sub(" ", text)
    marked = unicodedata.normalize("NFKD", split.casefold())
    bare = "".join(char for char in marked if not unicodedata.combining(char))
    return _NO_LETTER.sub(" ", bare).strip()


def is_running(sport: str) -> bool:
    """
    Return whether the name of a sport means running.

    >>> [is_running(each) for each in ("Virtueller Lauf", "trail_running", "Course en fauteuil")]
    [True, True, False]
    """
    words = set(plain(sport).split())
    return words == _BY_ITSELF or (bool(words & _RUNNING) and words <= _RUNNING | _KINDS)


def month(name: str) -> int | None:
    """
    Return the number of a month by its name or short name; None if there is none.

    >>> month("févr."), month("juil."), month("Oktober"), month("Foo")
    (2, 7, 10, None)
    """
    word = plain(name)
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])
