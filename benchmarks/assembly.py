"""Assembly of a film: our cut against MoviePy alone, on the same timeline, in one run.

    python benchmarks/assembly.py [--seconds 60] [--width 1280 --height 720] [--repeat 1]

Prints CPU seconds and ratios. Each way runs in an interpreter of its own; its start and imports are
left out for both sides, its children are counted (MoviePy decodes and encodes in ffmpeg children).
MoviePy writes with the same encoder settings: libx264, veryfast, crf 18, AAC at 192 kbit/s.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

import numpy as np

from photoplay.render.cut.assemble import assemble
from photoplay.render.cut.encoding import Encoder
from photoplay.render.cut.facts import film_facts
from photoplay.render.requests import Raster
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import Clip, Timeline
from photoplay.storyboard.vocabulary import Opening

RATE = Rate()
SHOTS = 12
OVERLAP = 12


def main() -> None:
    """Measure all four, each in an interpreter of its own."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--width", type=int, default=1280)
    asked.add_argument("--height", type=int, default=720)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    given = asked.parse_args()
    raster = Raster(width=given.width, height=given.height)
    frames = given.seconds * RATE.num // SHOTS
    if given.way:
        import moviepy  # noqa: F401

        began = used()
        WAYS[given.way](given.folder, raster, frames)
        print(used() - began)
        return
    with tempfile.TemporaryDirectory() as folder:
        shoot(Path(folder), raster, frames)
        report(Path(folder), sys.argv[1:], given.seconds, raster, frames)


def report(folder: Path, arguments: list[str], seconds: int, raster: Raster, frames: int) -> None:
    """Run each way and print what it cost."""
    spent: dict[str, float] = {}
    print(f"Assembly of {SHOTS} shots, {seconds} s of {raster.width}x{raster.height} at {RATE} fps")
    for way in WAYS:
        wall = time.monotonic()
        command = [sys.executable, __file__, *arguments, "--folder", str(folder), "--way", way]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
        spent[way] = float(ran.stdout.split()[-1])
        made = film_facts(folder / f"{way}.mp4")
        count, wanted = made["frames"], frames * SHOTS
        print(
            f"  {way:18} {spent[way]:8.2f} CPU s {time.monotonic() - wall:8.2f} s, {count} frames of {wanted}"
        )
    for kind, aim in (("cuts", 50), ("dissolves", 8)):
        ratio = spent[f"moviepy-{kind}"] / spent[f"ours-{kind}"]
        print(f"  {kind}: {ratio:.1f} times less CPU than MoviePy alone (aim {aim})")


def used() -> float:
    """CPU seconds of this process and of its children that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def shoot(folder: Path, raster: Raster, frames: int) -> None:
    """Takes that pan on twos over grained paper, with handles; and a sound."""
    for number in range(SHOTS):
        random = np.random.default_rng(number)
        coarse = random.integers(0, 255, (raster.height // 40 + 1, raster.width // 40 + 1, 3), dtype=np.uint8)
        plate = np.kron(coarse, np.ones((40, 40, 1), np.uint8))[: raster.height, : raster.width]
        grain = random.integers(-5, 6, plate.shape[:2])[:, :, None]
        plate = np.clip(plate.astype(int) + grain, 0, 255).astype(np.uint8)
        with Encoder(folder / f"s{number}.mp4", raster, RATE) as encoder:
            for at in range((frames + OVERLAP + 1) // 2):
                encoder.write(np.ascontiguousarray(np.roll(plate, at * 2, axis=1)), hold=2)
    with wave.open(str(folder / "sound.wav"), "wb") as sound:
        sound.setparams((2, 2, 48_000, 0, "NONE", ""))
        at = np.arange(frames * SHOTS * 2000) / 48_000
        chord = sum(np.sin(2 * np.pi * hertz * at) for hertz in (220, 277.2, 329.6, 440, 880))
        breath = np.random.default_rng(0).standard_normal((len(at), 2)) * 400
        sound.writeframes((chord[:, None] * 2500 + breath).astype("<i2").tobytes())


def ours(folder: Path, raster: Raster, frames: int, opens: Opening, name: str) -> None:
    overlap = OVERLAP if opens is Opening.dissolve else 0
    clips = tuple(
        Clip(item=f"s{i}", start=i * frames, frames=frames, opens=opens, overlap=overlap if i else 0)
        for i in range(SHOTS)
    )
    timeline = Timeline(rate=RATE, frames=frames * SHOTS, clips=clips, cues=())
    takes = {clip.item: folder / f"{clip.item}.mp4" for clip in clips}
    assemble(timeline, takes, folder / "sound.wav", None, folder / f"{name}.mp4", folder / name, raster)


def moviepy(folder: Path, frames: int, overlap: int, name: str) -> None:
    """The same timeline by MoviePy: the outgoing take goes on under the incoming one."""
    from moviepy import AudioFileClip, CompositeVideoClip, VideoFileClip, concatenate_videoclips, vfx

    fps = RATE.num
    takes = [VideoFileClip(str(folder / f"s{i}.mp4"), audio=False) for i in range(SHOTS)]
    if overlap:
        layers = []
        for number, take in enumerate(takes):
            length = frames + (overlap if number + 1 < SHOTS else 0)
            clip = take.subclipped(0, length / fps).with_start(number * frames / fps)
            layers.append(clip.with_effects([vfx.CrossFadeIn(overlap / fps)]) if number else clip)
        film = CompositeVideoClip(layers)
    else:
        film = concatenate_videoclips([take.subclipped(0, frames / fps) for take in takes])
    film = film.with_audio(AudioFileClip(str(folder / "sound.wav")))
    film.write_videofile(
        str(folder / f"{name}.mp4"),
        fps=fps,
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        audio_bitrate="192k",
        ffmpeg_params=["-crf", "18", "-pix_fmt", "yuv420p"],
        threads=1,
        logger=None,
    )
    film.close()
    for take in takes:
        take.close()


WAYS = {
    "ours-cuts": lambda folder, raster, frames: ours(folder, raster, frames, Opening.cut, "ours-cuts"),
    "ours-dissolves": lambda folder, raster, frames: ours(
        folder, raster, frames, Opening.dissolve, "ours-dissolves"
    ),
    "moviepy-cuts": lambda folder, raster, frames: moviepy(folder, frames, 0, "moviepy-cuts"),
    "moviepy-dissolves": lambda folder, raster, frames: moviepy(folder, frames, OVERLAP, "moviepy-dissolves"),
}


if __name__ == "__main__":
    main()
