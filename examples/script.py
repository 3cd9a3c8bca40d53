"""A film from a script of one's own: make it, follow it, change it by words, take that back.

    python examples/script.py films/whale               30 seconds, 1280x720
    python examples/script.py films/whale 12 320 180    12 seconds, 320x180

There is no ``if __name__ == "__main__"``: workers are processes of their own and never import this file.
"""

import sys
from pathlib import Path

from photoplay import Studio
from photoplay.studio.events import Notice, StageBegan, TakeMade

out = Path(sys.argv[1])
seconds, width, height = map(int, sys.argv[2:5] or (30, 1280, 720))

studio = Studio(renderer="animatic", size=(width, height))
events = studio.events("A lighthouse keeper befriends a lost whale", seconds=seconds, out=out)
for event in events:
    if isinstance(event, StageBegan):
        print(f"{event.stage}: {event.words}")
    elif isinstance(event, TakeMade):
        print(f"  {event.made}/{event.total} {event.item}")
    elif isinstance(event, Notice):
        print(f"  note: {event.words}")

film = events.film
turn = film.revise("scene 1 at night")
print(f"Made again: {', '.join(turn.made) or 'nothing'}")
film.undo()  # renders nothing: the takes are still there
print(f"The film: {film.path}")
