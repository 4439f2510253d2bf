"""The command line at a given moment. As a script: MOMENT ZONE ARGUMENTS…"""

import sys
from itertools import count

import pendulum

from runplan.__main__ import main
from runplan.cli import workspace

moment, zone, *arguments = sys.argv[1:]
start = pendulum.parse(moment, tz=zone)
ticks = count()
# The clock goes on, so no two entries are of one moment.
workspace.here_and_now = lambda: start.add(microseconds=next(ticks))
sys.argv = ["runplan", *arguments]
sys.exit(main())
