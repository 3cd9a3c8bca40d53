"""Film with a renderer of your own: twenty lines, in this very interpreter, with nothing registered.

    python examples/renderer_of_your_own.py films/colours               20 seconds, 1280x720
    python examples/renderer_of_your_own.py films/colours 12 320 180    12 seconds, 320x180

It paints each shot in the colour of its hour, with a disc for everybody in it. Registered by an entry
point instead (``docs/add-a-renderer.md``) it would also be there for the command line and for workers.
"""

import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from photoplay import Studio
from photoplay.render.contract import check_renderer
from photoplay.render.protocol import Capabilities, Frame, Job, Output, Tick
from photoplay.render.requests import Between, Raster
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.picture import picture

LIGHT = {"dawn": 150, "morning": 200, "noon": 235, "afternoon": 215, "dusk": 120, "evening": 80, "night": 35}
ACROSS = {"far-left": 0.12, "left": 0.3, "centre": 0.5, "right": 0.7, "far-right": 0.88}


class Colours:
    name, weights, pixels = "colours", "none", 1

    def capabilities(self) -> Capabilities:
        return Capabilities(requests=frozenset({"between"}))

    def load(self, device: str, budget_mb: int | None) -> None: ...
    def unload(self) -> None: ...

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        for number, job in enumerate(jobs):
            request = job.request
            if not isinstance(request, Between) or request.inputs():
                raise Refused("The colours renderer paints whole clips from their pictures alone.")
            y, x = np.mgrid[0 : request.raster.height, 0 : request.raster.width] / request.raster.height
            for n in range(request.frames):
                canvas = np.full((*x.shape, 3), LIGHT[request.picture.hour], np.uint8)
                for figure in request.picture.figures:
                    centre = ACROSS[figure.side] * x.max() + 0.05 * np.sin(n / 12)
                    canvas[(x - centre) ** 2 + (y - 0.6) ** 2 < 0.02] = colour(figure.id)
                yield Frame(number, canvas)
                tick(number, (n + 1) / request.frames)


def colour(name: str) -> tuple[int, int, int]:
    """Red, green and blue of somebody, the same in every shot."""
    digits = zlib.crc32(name.encode())
    return 60 + digits % 180, 60 + digits // 180 % 180, 60 + digits // 32400 % 180


def main(out: Path, seconds: int = 20, width: int = 1280, height: int = 720) -> None:
    studio = Studio(renderer=Colours(), size=(width, height), seconds=seconds)
    film = studio.make("A lighthouse keeper befriends a lost whale", out=out)
    print(f"The film: {film.path}")

    shown = picture(film.storyboard, film.storyboard.shots[0])
    check_renderer(Colours(), Between(picture=shown, raster=Raster(width=128, height=72), frames=12))
    print("The renderer keeps the contract.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
