"""Make a film, follow its progress, change one shot, and have only that shot made again.

    python examples/edit_a_shot.py films/whale               a film of 30 seconds, 1280x720
    python examples/edit_a_shot.py films/whale 12 320 180    12 seconds, 320x180

All else is found in the film's folder and used as it is.
"""

import sys
from pathlib import Path

from photoplay import Studio
from photoplay.agent.stages import Told
from photoplay.storyboard.edit_types import Rewrite, SetCamera
from photoplay.storyboard.vocabulary import Action, ShotSize


def listener(told: Told) -> None:
    """Print the stages, and every shot, card, line and piece of music as it is finished."""
    if told.news is None:
        print(f"{told.stage}: {told.words}")
    elif told.news.kind == "made":
        print(f"  made {told.news.node.id}")


def main(out: Path, seconds: int = 30, width: int = 1280, height: int = 720) -> None:
    studio = Studio(size=(width, height))
    idea = "A lighthouse keeper befriends a lost whale"
    film = studio.make(idea, out=out, seconds=seconds, listener=listener)
    print(f"The film: {film.path}")

    shot = film.storyboard.shots[-1]
    edits = [
        Rewrite(shot=shot.id, sentence="The keeper dances by the sea.", action=Action.dance),
        SetCamera(shot=shot.id, size=ShotSize.wide),
    ]
    film.edit(edits, "let the keeper dance at the end").render()
    again = [node.id for node in film.production.outcome.made] if film.production.outcome else []
    print(f"Made again: {', '.join(again) or 'nothing'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
