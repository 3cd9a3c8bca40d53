"""Look at the board before anything is drawn, change what you like, then shoot.

    python examples/review_before_shooting.py films/heron               30 seconds, 1280x720
    python examples/review_before_shooting.py films/heron 12 320 180    12 seconds, 320x180

The question waits in the film's folder: the answer may come days later, from another process.
"""

import sys
from pathlib import Path

from photoplay import Storyboard, Studio
from photoplay.storyboard.edit_types import Restyle, SetCamera
from photoplay.storyboard.timeline import timeline
from photoplay.storyboard.vocabulary import Angle, Move, Style


def show(board: Storyboard) -> None:
    """Print when each shot begins, how the camera stands, and what happens."""
    shots = {shot.id: shot for shot in board.shots}
    for clip in timeline(board).clips:
        if clip.item in shots:
            shot, at = shots[clip.item], float(board.settings.rate.seconds(clip.start))
            print(f"{at:6.1f} s  {shot.id}  {shot.camera.size:14} {shot.event.sentence}")


def main(out: Path, seconds: int = 30, width: int = 1280, height: int = 720) -> None:
    studio = Studio(size=(width, height))
    studio.make("A heron teaches a boy to wait", out=out, seconds=seconds, review=True)
    # Nothing is spoken or drawn yet.

    film = studio.open(out)
    show(film.storyboard)
    first = film.storyboard.shots[0]
    film.approve([Restyle(style=Style.ink), SetCamera(shot=first.id, angle=Angle.low, move=Move.push_in)])
    show(film.storyboard)  # with edits it is shown again and waits
    film.approve()
    print(f"The film: {film.path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
