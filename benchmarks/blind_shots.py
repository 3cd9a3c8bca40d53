"""A shot of every story, shuffled and without a word, for eyes that have the pictures alone.

    python benchmarks/blind_shots.py OUT [--seed N] [--text FILE]

Writes ``OUT-1.png``, ``OUT-2.png`` ... with three frames of a numbered shot each, 24 shots a sheet, and
``OUT.txt`` with what the storyboard says of every number, to be opened afterwards: name subject, place and
action of each shot first, then count. The films are boarded by the outline writer; nothing is rendered.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from story_sheets import MOMENTS, drawn

import photoplay
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.picture import picture

HERE = Path(__file__).parent
WIDTH, HEIGHT, COLUMNS, GAP, A_SHEET = 320, 180, 2, 8, 24


def shot_of(story: str, rng: random.Random) -> tuple[str, list[Image.Image]]:
    """The sentence of a shot in which somebody acts, and its three frames."""
    with tempfile.TemporaryDirectory() as folder:
        film = photoplay.make(story, out=Path(folder) / "film", until="board").film
    shot = rng.choice([s for s in film.shots if s.event.actor])
    seconds = float(film.settings.rate.seconds(shot.frames))
    screen = Screen(picture(film, shot), (WIDTH, HEIGHT), shot.seed, seconds)
    return shot.event.sentence, [Image.fromarray(drawn(screen, part * seconds)) for part in MOMENTS]


def sheet(shots: list[list[Image.Image]], first: int) -> Image.Image:
    """Shots beside each other, numbered from ``first``."""
    each = len(MOMENTS) * WIDTH
    page = Image.new("RGB", (COLUMNS * (each + GAP), -(-len(shots) // COLUMNS) * (HEIGHT + GAP)), "#202020")
    pen = ImageDraw.Draw(page)
    for n, frames in enumerate(shots):
        x, y = n % COLUMNS * (each + GAP), n // COLUMNS * (HEIGHT + GAP)
        for k, frame in enumerate(frames):
            page.paste(frame, (x + k * WIDTH, y))
        pen.text((x + 5, y + 4), str(first + n), fill="#ff4030", font_size=22)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", type=Path, default=HERE / "stories.txt")
    given = parser.parse_args()
    rng = random.Random(given.seed)
    stories = [line for line in given.text.read_text(encoding="utf-8").splitlines() if line.strip()]
    shown = [shot_of(story, rng) for story in stories]
    rng.shuffle(shown)
    for page, first in enumerate(range(0, len(shown), A_SHEET), 1):
        frames = [images for _, images in shown[first : first + A_SHEET]]
        sheet(frames, first + 1).save(given.out.with_name(f"{given.out.name}-{page}.png"))
    told = "\n".join(f"{n}. {sentence}" for n, (sentence, _) in enumerate(shown, 1))
    given.out.with_name(f"{given.out.name}.txt").write_text(told + "\n", encoding="utf-8")
    print(f"{len(shown)} shots")


if __name__ == "__main__":
    main()
