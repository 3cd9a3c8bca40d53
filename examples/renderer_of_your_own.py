"""Film with a renderer of your own, in this very interpreter and with nothing registered.

    python examples/renderer_of_your_own.py films/colours               20 seconds, 1280x720
    python examples/renderer_of_your_own.py films/colours 12 320 180    12 seconds, 320x180

It paints each shot in the colours of its hour, with a disc for everybody in it. Registered by an entry
point instead (``docs/add-a-renderer.md``) it would also be there for the command line and for workers.
"""

import colorsys
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import photoplay
from photoplay.render.contract import check_renderer
from photoplay.render.crew import SoloCrew
from photoplay.render.protocol import Capabilities, Frame, Job, Output, Pixels, Tick
from photoplay.render.requests import Between, Raster
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.film import Settings
from photoplay.storyboard.picture import FigureIn, Picture, picture
from photoplay.storyboard.vocabulary import Distance, Hour, Side

SKY = {
    Hour.dawn: ((92, 104, 160), (250, 190, 160)),
    Hour.morning: ((120, 180, 230), (240, 235, 200)),
    Hour.noon: ((60, 150, 235), (200, 230, 245)),
    Hour.afternoon: ((90, 160, 220), (250, 225, 170)),
    Hour.dusk: ((60, 50, 110), (240, 130, 90)),
    Hour.evening: ((30, 30, 80), (150, 90, 120)),
    Hour.night: ((6, 8, 30), (40, 50, 90)),
}
"""Red, green and blue at the top of the frame and at the bottom."""
ACROSS = {Side.far_left: 0.12, Side.left: 0.3, Side.centre: 0.5, Side.right: 0.7, Side.far_right: 0.88}
RADIUS = {Distance.near: 0.22, Distance.middle: 0.14, Distance.far: 0.08}
"""Share of the frame's height."""


class Colours:
    """Paints shots in the colours of their hour."""

    name, weights, pixels = "colours", "none", 1

    def capabilities(self) -> Capabilities:
        return Capabilities(requests=frozenset({"between"}))

    def load(self, device: str, budget_mb: int | None) -> None:
        """There are no weights."""

    def unload(self) -> None:
        """There are no weights."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        for number, job in enumerate(jobs):
            request = job.request
            if not isinstance(request, Between) or request.inputs():
                raise Refused("The colours renderer paints whole clips from their pictures alone.")
            ground = _sky(request.picture, request.raster)
            for n in range(request.frames):
                share = n / request.frames
                canvas = ground.copy()
                for figure in request.picture.figures:
                    _disc(canvas, figure, share)
                yield Frame(number, canvas)
                tick(number, (n + 1) / request.frames)


def _sky(shown: Picture, raster: Raster) -> Pixels:
    top, bottom = (np.array(colour, float) for colour in SKY[shown.hour])
    down = np.linspace(0, 1, raster.height)[:, None]
    rows = (top + (bottom - top) * down).astype(np.uint8)
    return np.repeat(rows[:, None, :], raster.width, axis=1)


def _disc(canvas: Pixels, figure: FigureIn, share: float) -> None:
    """Whoever it is has the same colour in every shot, as it comes from the id alone."""
    height, width = canvas.shape[:2]
    hue = zlib.crc32(figure.id.encode()) % 360 / 360
    colour = [round(255 * level) for level in colorsys.hsv_to_rgb(hue, 0.65, 0.85)]
    x = (ACROSS[figure.side] + 0.04 * share) * width
    y = (0.62 - 0.05 * np.sin(share * 2 * np.pi)) * height
    rows, columns = np.ogrid[:height, :width]
    canvas[(columns - x) ** 2 + (rows - y) ** 2 < (RADIUS[figure.distance] * height) ** 2] = colour


def main(out: Path, seconds: int = 20, width: int = 1280, height: int = 720) -> None:
    production = photoplay.make(
        "A lighthouse keeper befriends a lost whale",
        out=out,
        seconds=seconds,
        settings=Settings(width=width, height=height, renderer="colours"),
        crew=SoloCrew(Colours()),
    )
    print(f"The film: {production.film_path}")

    shown = picture(production.film, production.film.shots[0])
    check_renderer(Colours(), Between(picture=shown, raster=Raster(width=128, height=72), frames=12))
    print("The renderer keeps the contract.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
