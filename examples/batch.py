"""Many films from one program, with models loaded once for all of them.

    python examples/batch.py films/three               three films of 20 seconds, 1280x720
    python examples/batch.py films/three 12 320 180    of 12 seconds, 320x180

Run it again after an interruption: finished films are left as they are.
"""

import sys
from pathlib import Path

from photoplay import Studio
from photoplay.agent.batch import BatchNews

ROWS = [
    "A lighthouse keeper befriends a lost whale",
    {"idea": "A heron teaches a boy to wait", "style": "ink-wash"},
    {"idea": "A baker bakes bread for the moon", "name": "moon-bread", "seed": 7},
]


def hear(news: BatchNews) -> None:
    """Print what becomes of each film."""
    if news.kind == "ended" and news.result is not None:
        print(f"{news.done} of {news.of}: {news.film}: {news.result.state}")


out = Path(sys.argv[1])
seconds, width, height = map(int, sys.argv[2:5] or (20, 1280, 720))
result = Studio(seconds=seconds, size=(width, height)).batch(ROWS, out, listener=hear)
for film in result.films:
    print(f"{film.title}: {film.folder}")
sys.exit(result.exit_code)
