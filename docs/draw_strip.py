"""Draw the README's picture strip from a finished film: ``python docs/draw_strip.py DIR``.

One frame from the middle of each of six shots, evenly chosen, in order, becomes ``strip.png``.
"""

import sys
from pathlib import Path

from PIL import Image

import photoplay
from photoplay.render.cut.footage import open_footage
from photoplay.storyboard.timeline import timeline

STRIP = Path(__file__).with_name("strip.png")
ACROSS, DOWN, WIDTH, GAP = 3, 2, 480, 6
"""Frames side by side and rows, and the width of a frame and the gap between two in pixels."""


def strip(folder: Path) -> Image.Image:
    """The strip of the film in ``folder``. Raises ``ProjectError`` or ``BadTake`` where there is none."""
    production = photoplay.open_film(folder)
    film = production.film
    shots = {shot.id for shot in film.shots}
    clips = [clip for clip in timeline(film).clips if clip.item in shots]
    count = min(ACROSS * DOWN, len(clips))
    chosen = [clips[(2 * n + 1) * len(clips) // (2 * count)] for n in range(count)]
    height = round(WIDTH * film.settings.height / film.settings.width)
    rows = -(-count // ACROSS)
    size = (min(count, ACROSS) * (WIDTH + GAP) - GAP, rows * (height + GAP) - GAP)
    sheet = Image.new("RGB", size, "white")
    with open_footage(production.film_path) as footage:
        for n, clip in enumerate(chosen):
            frame = Image.fromarray(footage.frame(clip.start + clip.frames // 2))
            place = (n % ACROSS * (WIDTH + GAP), n // ACROSS * (height + GAP))
            sheet.paste(frame.resize((WIDTH, height), Image.Resampling.LANCZOS), place)
    return sheet


if __name__ == "__main__":
    strip(Path(sys.argv[1])).save(STRIP, optimize=True)
