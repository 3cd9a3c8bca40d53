"""Draw the page's picture of the styles: ``python docs/draw_styles.py``.

One frame of one story in each style, side by side, becomes ``styles.jpg``. No film is made.
"""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import photoplay
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import picture
from photoplay.storyboard.vocabulary import Style

PAGE = Path(__file__).with_name("styles.jpg")
STORY, SHOT, PART = "A lighthouse keeper befriends a lost whale", 9, 0.5
"""The story, its shot counted from 0, and the moment in it as a share of its length."""
WIDTH, HEIGHT, GAP = 320, 180, 4
"""Of a frame and the gap between two, in pixels."""


def styles() -> Image.Image:
    """The frame in every style, in a row."""
    sheet = Image.new("RGB", (len(Style) * (WIDTH + GAP) - GAP, HEIGHT), "white")
    with tempfile.TemporaryDirectory() as folder:
        film = photoplay.make(STORY, out=Path(folder) / "film", until="board").film
    shot = film.shots[SHOT]
    seconds = float(film.settings.rate.seconds(shot.frames))
    for n, style in enumerate(Style):
        settings = film.settings.model_copy(update={"style": style})
        styled = film.model_copy(update={"settings": settings})
        screen = Screen(picture(styled, shot), (WIDTH, HEIGHT), shot.seed, seconds)
        frame = np.asarray(_drawn(screen, PART * seconds))[..., :3]
        sheet.paste(Image.fromarray(frame), (n * (WIDTH + GAP), 0))
    return sheet


if __name__ == "__main__":
    styles().save(PAGE, quality=88)
