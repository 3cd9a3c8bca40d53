"""Exports of a film: read back by OpenTimelineIO, and rendered by ``melt`` against our own cut.

``python benchmarks/interchange.py [DIR]``. Without a film's folder a short one is made. Needs
``photoplay[interchange]``; without ``melt`` (Debian: ``apt install melt``) the second half is left out, and said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from photoplay import Studio
from photoplay.agent.production import open_film
from photoplay.render.cut.footage import open_footage
from photoplay.storyboard.timeline import timeline
from photoplay.studio.export import formats, write_as

ADAPTERS = {"otio": None, "otioz": None, "fcp7xml": "fcp_xml"}


def clips_of(path: Path, form: str) -> list[tuple[str, int]]:
    """Names and lengths on the video track, as OpenTimelineIO reads them."""
    import opentimelineio as otio

    found = otio.adapters.read_from_file(str(path), adapter_name=ADAPTERS[form])
    found = found if isinstance(found, otio.schema.Timeline) else found[0]
    clips = found.video_tracks()[0].find_clips()
    return [(clip.name, round(clip.source_range.duration.value)) for clip in clips]


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Decibels; 99 where the frames are equal."""
    error = np.mean((one.astype(float) - other.astype(float)) ** 2)
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def melted(folder: Path, scratch: Path) -> int:
    """Render the MLT export by ``melt`` and print how near it is; 0 where the length is equal."""
    if shutil.which("melt") is None:
        print("melt is not installed: not compared")
        return 0
    production = open_film(folder)
    laid = timeline(production.film)
    path, _ = write_as(production, "mlt", None)
    out = scratch / "melted.mp4"
    order = f"avformat:{out} vcodec=libx264 crf=0 preset=ultrafast pix_fmt=yuv420p an=1".split()
    subprocess.run(
        ["melt", "-silent", path.name, "-consumer", *order],
        check=True, capture_output=True, cwd=path.parent, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    near: dict[bool, list[float]] = {False: [], True: []}
    mixed = {
        n for c in laid.clips for n in range(c.start - c.overlap * (c.opens == "fade"), c.start + c.overlap)
    }
    with open_footage(folder / "out" / "film.mp4") as ours, open_footage(out) as theirs:
        print(f"melt: {theirs.count} frames, our cut {ours.count}, timeline {laid.frames}")
        equal = theirs.count == ours.count == laid.frames
        for n in sorted({*range(0, min(ours.count, theirs.count), 5), *mixed}):
            near[n in mixed].append(psnr(ours.frame(n), theirs.frame(n)))
    for inside, values in near.items():
        where = "in dissolves and fades" if inside else "elsewhere"
        if values:
            print(
                f"  {len(values):4} frames {where:22} PSNR least {min(values):.1f} dB, mean {np.mean(values):.1f} dB"
            )
    return 0 if equal else 1


def main() -> int:
    """Print sizes, times and agreement; 0 where everything reads back equal."""
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
        else:
            folder = Path(scratch) / "whale"
            idea = "A lighthouse keeper befriends a lost whale"
            Studio().make(idea, out=folder, seconds=20, size="640x360", fps="23.976")
        production = open_film(folder)
        cut = [(clip.item, clip.frames) for clip in timeline(production.film).clips]
        for form, kind in formats().items():
            begun = time.perf_counter()
            path, _ = write_as(production, form, Path(scratch) / f"cut{kind.suffix}")
            took = time.perf_counter() - begun
            told = ""
            if form in ADAPTERS:
                equal = clips_of(path, form) == cut
                wrong += not equal
                told = f"  read back {'equal' if equal else 'NOT EQUAL'}: {len(cut)} clips"
            print(f"{form:9} {path.stat().st_size:10,} bytes {took:6.2f} s{told}")
        wrong += melted(folder, Path(scratch))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
