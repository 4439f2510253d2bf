"""Small exports, as Strava, Garmin Connect and watches write them."""

import datetime as dt

# The beginning of Strava's header, which repeats two names, and Garmin's, in several languages.
STRAVA = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Filename,Elapsed Time,Moving Time,Distance,Calories"
)
STRAVA_HEADERS = {
    "English": STRAVA,
    "German": (
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,"
        "Verstrichene Zeit,Distanz,Dateiname,Verstrichene Zeit,Bewegungszeit,Distanz,Kalorien"
    ),
    "Spanish": (
        "ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,"
        "Descripción,Tiempo transcurrido,Distancia,Nombre del archivo,Tiempo transcurrido,"
        "Tiempo en movimiento,Distancia,Calorías"
    ),
    "French": (
        "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description,"
        "Temps écoulé,Distance,Nom du fichier,Temps écoulé,Durée de déplacement,Distance,Calories"
    ),
    "Italian": (
        "ID attività,Data dell’attività,Nome attività,Tipo attività,Descrizione,"
        "Tempo trascorso,Distanza,Nome del file,Tempo trascorso,Tempo in movimento,Distanza,Calorie"
    ),
    "Dutch": (
        "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Beschrijving,"
        "Verstreken tijd,Afstand,Bestandsnaam,Verstreken tijd,Beweegtijd,Afstand,Calorieën"
    ),
    "Portuguese": (
        "ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Descrição,"
        "Tempo decorrido,Distância,Nome do arquivo,Tempo decorrido,Tempo de movimentação,"
        "Distância,Calorias"
    ),
}

# How accounts write 3 January 2027, 08:05:09 in UTC, and call a run.
STRAVA_DATES = {
    "English": '"Jan 3, 2027, 8:05:09 AM"',
    "German": '"03.01.2027, 08:05:09"',
    "Spanish": '"3 ene. 2027, 8:05:09"',
    "French": '"3 janv. 2027, 08:05:09"',
    "Italian": '"3 gen 2027, 08:05:09"',
    "Dutch": '"3 jan. 2027 08:05:09"',
    "Portuguese": '"3 de jan. de 2027, 08:05:09"',
}
STRAVA_RUNS = {
    "English": "Run",
    "German": "Lauf",
    "Spanish": "Carrera",
    "French": "Course à pied",
    "Italian": "Corsa",
    "Dutch": "Hardloopsessie",
    "Portuguese": "Corrida",
}

GARMIN = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Moving Time,Elapsed Time"
GARMIN_HEADERS = {
    "English": GARMIN,
    "German": (
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Zeit in Bewegung,"
        "Verstrichene Zeit"
    ),
    "Spanish": (
        "Tipo de actividad,Fecha,Favorito,Título,Distancia,Calorías,Tiempo,FC media,"
        "Tiempo en movimiento,Tiempo transcurrido"
    ),
    "French": (
        "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,FC moyenne,"
        "Temps de déplacement,Temps écoulé"
    ),
    "Italian": (
        "Tipo di attività,Data,Preferita,Titolo,Distanza,Calorie,Tempo,FC Media,"
        "Tempo in movimento,Tempo trascorso"
    ),
    "Dutch": (
        "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd,Gem. HS,Tijd bewogen,"
        "Verstreken tijd"
    ),
    "Portuguese": (
        "Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo total,FC Média,"
        "Tempo em movimento,Tempo transcorrido"
    ),
}
GARMIN_RUNS = {
    "English": "Treadmill Running",
    "German": "Laufbandtraining",
    "Spanish": "Carrera en cinta",
    "French": "Course à pied sur tapis roulant",
    "Italian": "Corsa su tapis roulant",
    "Dutch": "Hardlopen op loopband",
    "Portuguese": "Corrida em esteira",
}


def strava_row(
    date: str = '"Jan 3, 2027, 8:05:09 AM"',
    *,
    name: str = "Sunday",
    sport: str = "Run",
    elapsed: str = "3000",
    moving: str = "2700.0",
    description: str = "",
) -> str:
    """Return a row of Strava's list."""
    return (
        f"7,{date},{name},{sport},{description},{elapsed},8.1,a.fit.gz,3000.0,{moving},8100.0,500"
    )


def strava_csv(*rows: str, header: str = STRAVA) -> str:
    """Return Strava's list of activities."""
    return "\n".join([header, *rows]) + "\n"


def garmin_row(
    date: str = "2027-01-03 09:05:09",
    *,
    sport: str = "Running",
    time: str = "00:47:00",
    moving: str = "00:45:10",
) -> str:
    """Return a row of Garmin's list."""
    return f'{sport},{date},false,"Sunday, long",8.10,"1,002",{time},--,{moving},00:50:00'


def garmin_csv(*rows: str, header: str = GARMIN) -> str:
    """Return Garmin's list of activities."""
    return "\n".join([header, *rows]) + "\n"


def _moment(start: dt.datetime, seconds: float) -> str:
    return (start + dt.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def gpx(
    start: dt.datetime,
    *,
    minutes: int = 45,
    pause_min: int = 0,
    sport: str | None = "running",
    step_m: float = 15,
) -> str:
    """Return a GPX file with a point every five seconds, and a pause in the middle."""
    points, north, at = [], 52.0, 0
    for index in range(minutes * 12 + 1):
        points.append(
            f'<trkpt lat="{north:.6f}" lon="13.4"><time>{_moment(start, at)}</time></trkpt>'
        )
        at += 5 + (pause_min * 60 if index == minutes * 6 else 0)
        north += step_m / 111_195
    kind = "" if sport is None else f"<type>{sport}</type>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<metadata><time>{_moment(start, 0)}</time></metadata>"
        f"<trk><name>Sunday</name>{kind}<trkseg>{''.join(points)}</trkseg></trk></gpx>"
    )


def tcx(
    start: dt.datetime,
    *,
    minutes: int = 45,
    pause_min: int = 0,
    sport: str = "Running",
    step_m: float | None = 15,
    has_points: bool = True,
) -> str:
    """Return the activity of a TCX file, with distances as a treadmill has them."""
    points, at = [], 0
    for index in range((minutes * 12 + 1) * has_points):
        far = "" if step_m is None else f"<DistanceMeters>{index * step_m}</DistanceMeters>"
        points.append(f"<Trackpoint><Time>{_moment(start, at)}</Time>{far}</Trackpoint>")
        at += 5 + (pause_min * 60 if index == minutes * 6 else 0)
    return (
        f'<Activity Sport="{sport}"><Id>{_moment(start, 0)}</Id><Lap>'
        f"<TotalTimeSeconds>{minutes * 60}</TotalTimeSeconds><Track>{''.join(points)}</Track>"
        "</Lap></Activity>"
    )


def tcx_file(*activities: str) -> str:
    """Return a TCX file."""
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f"<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>"
    )
