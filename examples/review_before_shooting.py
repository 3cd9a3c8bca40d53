"""Look at the board before anything is drawn, change what you like, then shoot.

    python examples/review_before_shooting.py films/heron               30 seconds, 1280x720
    python examples/review_before_shooting.py films/heron 12 320 180    12 seconds, 320x180

The question waits in the film's folder: the answer may come days later, from another process.
"""

import sys
from pathlib import Path

import photoplay
from photoplay.storyboard.edit_types import Restyle, SetCamera
from photoplay.storyboard.film import Settings
from photoplay.storyboard.timeline import timeline
from photoplay.storyboard.vocabulary import Angle, Move, Style


def show(production: photoplay.Production) -> None:
    """Print when each shot begins, how the camera stands, and what happens."""
    film = production.film
    for clip in timeline(film).clips:
        shot = next((s for s in film.shots if s.id == clip.item), None)
        if shot is not None:
            at = float(film.settings.rate.seconds(clip.start))
            print(f"{at:6.1f} s  {shot.id}  {shot.camera.size:14} {shot.event.sentence}")


def main(out: Path, seconds: int = 30, width: int = 1280, height: int = 720) -> None:
    settings = Settings(width=width, height=height)
    photoplay.make(
        "A heron teaches a boy to wait", out=out, seconds=seconds, settings=settings, review=True
    )  # nothing is spoken or drawn yet

    production = photoplay.open_film(out)
    show(production)
    first = production.film.shots[0]
    production.approve(
        [Restyle(style=Style.ink), SetCamera(shot=first.id, angle=Angle.low, move=Move.push_in)]
    )
    show(production)  # with edits it is shown again and waits
    production.approve()
    print(f"The film: {production.film_path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
