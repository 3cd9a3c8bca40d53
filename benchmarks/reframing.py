"""Re-framing of the animatic's shots: how often whom a shot is about lies in the narrower frame.

    python benchmarks/reframing.py [NUMBER ...] [--aspects 9:16 1:1 2.39:1] [--sheets OUT] [--shots N]

For the stories of ``benchmarks/stories.txt`` that are numbered, boarded by the outline writer at 16:9, every
shot's window is found as ``photoplay deliver --aspect`` finds it, and looked through at frames of the shot
that the window was not found by. Of the segments guide, in which everybody has a colour of their own: the
share of frames in which at least 98 % of the pixels of whom the shot is about lie in the window, and of those
in which their face does; against a window in the middle, and against one found by measuring drawn pixels only
(``measured``: as for takes of other renderers, with the staging as a guess, and ``blind`` without any).
Shots without anybody count for none. With ``--sheets``, a row for each shot: whole, and through each window.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import photoplay
from photoplay.render.animatic.guides import colours, drawn_guide
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.render.cut.reframe import Window, window_of
from photoplay.render.cut.subject import about, measured_sights, moments, sights_of
from photoplay.render.requests import Raster, Staged
from photoplay.storyboard.aspects import size_of
from photoplay.storyboard.film import Settings
from photoplay.storyboard.picture import picture

HERE = Path(__file__).parent
SIZE = (640, 360)
FRAMES_SEEN = 9
MOMENTS = (0.1, 0.5, 0.9)
WAYS = ("staged", "measured", "blind", "centre")


class Drawn:
    """The animatic's frames of a shot, as footage."""

    def __init__(self, screen: Screen, frames: int, fps: float) -> None:
        self._screen, self.count, self._fps = screen, frames, fps

    def frame(self, index: int) -> np.ndarray:
        return np.ascontiguousarray(np.asarray(_drawn(self._screen, index / self._fps))[..., :3])

    def frames(self, start: int, stop: int) -> object:
        return map(self.frame, range(start, stop))


def windows(staged: Staged, raster: Raster, ways: tuple[str, ...], drawn: Drawn) -> dict[str, Window]:
    """The window of each way."""
    fps = float(staged.rate.fps)
    times = moments(staged.frames, fps)
    few = times[::2]
    alone = staged.model_copy(
        update={"picture": staged.picture.model_copy(update={"figures": (), "things": ()})}
    )
    share = raster.width / raster.height
    window = min(1.0, share * SIZE[1] / SIZE[0]), min(1.0, SIZE[0] / share / SIZE[1])
    sights = {
        "staged": lambda: sights_of(drawn, staged, times, window),
        "measured": lambda: measured_sights(drawn, staged, few, window),
        "blind": lambda: measured_sights(drawn, alone, few, window),
        "centre": lambda: [],
    }
    size = (staged.raster.width, staged.raster.height)
    return {way: window_of(sights[way](), size, raster, staged.frames, fps) for way in ways}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("numbers", type=int, nargs="*", default=[1, 4, 7, 12, 18, 25, 33, 40])
    asked.add_argument("--aspects", nargs="+", default=["9:16", "1:1", "2.39:1"])
    asked.add_argument("--ways", nargs="+", choices=WAYS, default=["staged", "centre"])
    asked.add_argument("--sheets", type=Path)
    asked.add_argument("--shots", type=int, default=12)
    given = asked.parse_args()
    stories = [
        line for line in (HERE / "stories.txt").read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    found: dict[tuple[str, str], list[tuple[bool, bool, bool]]] = {}
    spent, moving, shots = 0.0, 0, 0
    for number in given.numbers:
        with tempfile.TemporaryDirectory() as folder:
            film = photoplay.make(
                stories[number - 1], out=Path(folder) / "film", until="board",
                settings=Settings(width=SIZE[0], height=SIZE[1]),
            ).film  # fmt: skip
        rows = []
        for shot in film.shots[: given.shots]:
            staged = Staged(
                picture=picture(film, shot), raster=Raster(width=SIZE[0], height=SIZE[1]), seed=shot.seed,
                frames=shot.frames, rate=film.settings.rate, drawn=True,
            )  # fmt: skip
            fps = float(staged.rate.fps)
            screen = Screen(staged.picture, SIZE, shot.seed, shot.frames / fps, apart=True)
            drawn = Drawn(Screen(staged.picture, SIZE, shot.seed, shot.frames / fps), shot.frames, fps)
            shots += 1
            seen = {}
            for aspect in given.aspects:
                width, height = size_of(aspect, SIZE[1])
                began = time.process_time()
                seen[aspect] = windows(staged, Raster(width=width, height=height), tuple(given.ways), drawn)
                spent += time.process_time() - began
                moving += not seen[aspect][given.ways[0]].stands
                for way in given.ways:
                    found.setdefault((aspect, way), []).extend(measure(screen, staged, seen[aspect][way]))
            rows.append((shot, seen, drawn))
        if given.sheets:
            given.sheets.mkdir(parents=True, exist_ok=True)
            sheet(rows, given.aspects, given.ways[0]).save(given.sheets / f"{number:02}.png")
    print(
        f"{len(given.numbers)} stories, {shots} shots, {moving} windows of {shots * len(given.aspects)} move"
    )
    print(f"{spent / (shots * len(given.aspects)) * 1000:.0f} ms a window and shot, all ways together")
    for (aspect, way), rows in found.items():
        fits = [whole for whole, _, could in rows if could]
        print(
            f"  {aspect:7} {way:9} face in frame {share([face for _, face, _ in rows])}, whole subject "
            f"{share([whole for whole, _, _ in rows])} (where it fits into the window: {share(fits)}), "
            f"{len(rows)} frames"
        )


def share(of: list[bool]) -> str:
    return f"{100 * sum(of) / len(of):5.1f} %" if of else "none"


def measure(screen: Screen, staged: Staged, window: Window) -> list[tuple[bool, bool, bool]]:
    """(whole subject inside, face inside, whether it could be inside) at frames between the moments."""
    fps = float(staged.rate.fps)
    ids = about(staged, screen.staging.subject.id if screen.staging.subject else None)
    if not ids:
        return []
    code = np.array([int(colours(screen)[ids[0]][k : k + 2], 16) for k in (1, 3, 5)])
    placed = next(p for p in (*screen.staging.figures, *screen.staging.things) if p.id == ids[0])
    found = []
    for n in range(FRAMES_SEEN):
        index = int((n + 0.37) * staged.frames / FRAMES_SEEN)
        mask = (drawn_guide(screen, "segments", index / fps, index / fps)[..., :3] == code).all(axis=-1)
        if mask.mean() < 1e-3:
            continue
        left, top = window.left[index], window.top[index]
        row, column = np.nonzero(mask)
        inside = (column >= left - 1) & (column < left + window.width + 1)
        inside &= (row >= top - 1) & (row < top + window.height + 1)
        pose = screen.path(index / fps)
        side = placed.walked(index / fps, screen.length) + placed.extent.face_x
        eyes = placed.up + (placed.extent.eyes or 0.85 * placed.extent.top)
        x, y = pose.at(side, eyes * screen.staging.squash, placed.depth)
        x, y = min(max(x, column.min()), column.max()), min(max(y, row.min()), row.max())
        face = left <= x < left + window.width and top <= y < top + window.height
        could = np.ptp(column) < window.width and np.ptp(row) < window.height
        found.append((bool(inside.mean() >= 0.98), bool(face), bool(could)))
    return found


def sheet(rows: list, aspects: list[str], way: str) -> Image.Image:
    """Three moments of every shot whole, with the windows drawn in, and through each window."""
    high = 150
    whole = high * SIZE[0] // SIZE[1]
    widths = {a: round(high * w / h) for a, (w, h) in ((a, size_of(a, SIZE[1])) for a in aspects)}
    paper = Image.new(
        "RGB", ((whole + sum(widths.values()) + 4 * len(widths) + 8) * len(MOMENTS), (high + 6) * len(rows))
    )
    for row, (shot, seen, drawn) in enumerate(rows):
        x = 0
        for moment in MOMENTS:
            index = int(moment * (shot.frames - 1))
            frame = Image.fromarray(drawn.frame(index))
            marked = frame.copy()
            pen = ImageDraw.Draw(marked)
            for n, aspect in enumerate(aspects):
                w = seen[aspect][way]
                box = (w.left[index], w.top[index], w.left[index] + w.width, w.top[index] + w.height)
                pen.rectangle(box, outline=("#ff4040", "#40ff60", "#50a0ff")[n % 3], width=2)
            paper.paste(marked.resize((whole, high)), (x, row * (high + 6)))
            x += whole + 4
            for aspect in aspects:
                w = seen[aspect][way]
                box = (w.left[index], w.top[index], w.left[index] + w.width, w.top[index] + w.height)
                paper.paste(frame.resize((widths[aspect], high), box=box), (x, row * (high + 6)))
                x += widths[aspect] + 4
            x += 4
    return paper


if __name__ == "__main__":
    main()
