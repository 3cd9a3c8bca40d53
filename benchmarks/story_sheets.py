"""Contact sheets of stories: three frames of every shot, drawn by the animatic, for looking at.

    python benchmarks/story_sheets.py OUT [NUMBER ...] [--style S] [--text FILE]

Writes ``OUT/NN.png`` for each story of ``benchmarks/stories.txt`` (or those numbered), without words, and
``OUT/NN.txt`` with what each shot should show; prints how long drawing took, by CPU. The films are boarded
by the outline writer and never rendered: only the frames on the sheet are drawn.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

import photoplay
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.film import Settings
from photoplay.storyboard.picture import picture

HERE = Path(__file__).parent
WIDTH, HEIGHT, MOMENTS, COLUMNS, GAP = 384, 216, (0.12, 0.5, 0.9), 2, 6


def sheet_of(film: photoplay.Storyboard) -> Image.Image:
    """Three frames of every shot, a shot beside the next, in reading order."""
    rows = -(-len(film.shots) // COLUMNS)
    each = WIDTH * len(MOMENTS) + 2 * GAP
    sheet = Image.new("RGB", (COLUMNS * (each + 3 * GAP), rows * (HEIGHT + 2 * GAP)), "#202020")
    for n, shot in enumerate(film.shots):
        seconds = float(film.settings.rate.seconds(shot.frames))
        screen = Screen(picture(film, shot), (WIDTH, HEIGHT), shot.seed, seconds)
        for k, part in enumerate(MOMENTS):
            frame = drawn(screen, part * seconds)
            at = (n % COLUMNS) * (each + 3 * GAP) + k * (WIDTH + GAP), n // COLUMNS * (HEIGHT + 2 * GAP)
            sheet.paste(Image.fromarray(frame), at)
    return sheet


def drawn(screen: Screen, seconds: float) -> np.ndarray:
    """One frame, height x width x 3, 0 to 255."""
    from photoplay.render.animatic.renderer import _drawn

    return np.asarray(_drawn(screen, seconds))[..., :3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--style")
    parser.add_argument("--text", type=Path, default=HERE / "stories.txt")
    parser.add_argument("--shots", type=int)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    stories = [line for line in given.text.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, story in enumerate(stories, 1):
        if given.numbers and number not in given.numbers:
            continue
        begun = time.process_time()
        settings = Settings(style=given.style) if given.style else Settings()
        with tempfile.TemporaryDirectory() as folder:
            made = photoplay.make(
                story, out=Path(folder) / "film", settings=settings, until="board", shots=given.shots
            )
            film = made.film
        sheet_of(film).save(given.out / f"{number:02}.png")
        rows = [f"{n}. {shot.event.sentence}" for n, shot in enumerate(film.shots, 1)]
        (given.out / f"{number:02}.txt").write_text("\n".join([story, *rows]) + "\n", encoding="utf-8")
        print(f"{number:02} {len(film.shots)} shots, {time.process_time() - begun:.1f} CPU s: {story}")


if __name__ == "__main__":
    main()
