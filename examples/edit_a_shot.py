"""Make a film, follow its progress, change one shot, and have only that shot made again.

    python examples/edit_a_shot.py films/whale               a film of 30 seconds, 1280x720
    python examples/edit_a_shot.py films/whale 12 320 180    12 seconds, 320x180

All else is found in the film's folder and used as it is.
"""

import sys
from pathlib import Path

import photoplay
from photoplay.agent.stages import Told
from photoplay.storyboard.edit_types import Rewrite, SetCamera
from photoplay.storyboard.film import Settings
from photoplay.storyboard.vocabulary import Action, ShotSize


def listener(told: Told) -> None:
    """Print the stages, and every shot, card, line and piece of music as it is finished."""
    if told.news is None:
        print(f"{told.stage}: {told.words}")
    elif told.news.kind == "made":
        print(f"  made {told.news.node.id}")


def main(out: Path, seconds: int = 30, width: int = 1280, height: int = 720) -> None:
    production = photoplay.make(
        "A lighthouse keeper befriends a lost whale",
        out=out,
        seconds=seconds,
        settings=Settings(width=width, height=height),
        listener=listener,
    )
    print(f"The film: {production.film_path}")

    shot = production.film.shots[-1]
    edits = [
        Rewrite(shot=shot.id, sentence="The keeper dances by the sea.", action=Action.dance),
        SetCamera(shot=shot.id, size=ShotSize.wide),
    ]
    production.edit(edits, "let the keeper dance at the end")
    production.render()
    again = [node.id for node in production.outcome.made] if production.outcome else []
    print(f"Made again: {', '.join(again) or 'nothing'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
