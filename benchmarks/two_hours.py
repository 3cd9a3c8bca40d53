"""A film of two hours, cut from tiny pictures: whether picture and sound still meet at its end.

    python benchmarks/two_hours.py [--rates 23.976 29.97] [--seconds 7200] [--folder F]

At each rate a film of 240 shots (64x64, bodies copied, every eighth shot opens with a dissolve) is cut with a
sound of the same length, and then delivered as ``web``. In the middle frame of the first, the middle and the
last shot the picture is white, and at the sample of that frame (``samples_of``) the sound clicks. Read back
from both files: frames, the lengths of picture and sound, and by how much the click is off the first white
frame. Each rate runs in an interpreter of its own: its time and peak memory are those of cut and delivery.
Needs 1.4 GB of scratch for two hours of sound. Exits with 1 where anything is off by a frame or more.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from photoplay.render.cut.assemble import assemble
from photoplay.render.cut.encoding import Encoder
from photoplay.render.cut.release import Chapter, release
from photoplay.render.requests import Raster
from photoplay.render.sound.mix import samples_of
from photoplay.storyboard.rate import Rate, read_rate
from photoplay.storyboard.timeline import Clip, Timeline
from photoplay.storyboard.vocabulary import Opening

SIZE = Raster(width=64, height=64)
SHOTS, OVERLAP, HANDLE = 240, 12, 18
SOUND_HZ = 48_000


def laid_out(rate: Rate, seconds: int) -> tuple[Timeline, list[int]]:
    """The timeline, and the frames at which it flashes."""
    total = rate.frames(seconds)
    starts = [n * total // SHOTS for n in range(SHOTS + 1)]
    clips = tuple(
        Clip(
            item=f"{'flash' if n in (0, SHOTS // 2, SHOTS - 1) else 'plain'}-{starts[n + 1] - starts[n]}",
            start=starts[n], frames=starts[n + 1] - starts[n],
            opens=Opening.dissolve if n % 8 == 7 and n < SHOTS - 1 else Opening.cut,
            overlap=OVERLAP if n % 8 == 7 and n < SHOTS - 1 else 0,
        )
        for n in range(SHOTS)
    )  # fmt: skip
    flashes = [starts[n] + (starts[n + 1] - starts[n]) // 2 for n in (0, SHOTS // 2, SHOTS - 1)]
    return Timeline(rate=rate, frames=total, clips=clips, cues=()), flashes


def shoot(folder: Path, timeline: Timeline) -> dict[str, Path]:
    """A take for every item: grey that changes; in those that flash one white frame in the middle."""
    takes = {}
    for item in {clip.item for clip in timeline.clips}:
        kind, length = item.split("-")
        takes[item] = folder / f"{item}.mp4"
        with Encoder(takes[item], SIZE, timeline.rate) as encoder:
            for index in range(int(length) + HANDLE):
                white = kind == "flash" and index == int(length) // 2
                level = 255 if white else 30 + index % 90
                encoder.write(np.full((SIZE.height, SIZE.width, 3), level, np.uint8))
    return takes


def record(path: Path, timeline: Timeline, flashes: list[int]) -> None:
    """Two hours of soft noise, with a click at the sample of every flash."""
    samples, block = samples_of(timeline.frames, timeline.rate), SOUND_HZ * 10
    clicks = [samples_of(frame, timeline.rate) for frame in flashes]
    noise = np.random.default_rng(0).integers(-40, 41, (block, 2)).astype("<i2")
    with wave.open(str(path), "wb") as sound:
        sound.setparams((2, 2, SOUND_HZ, 0, "NONE", ""))
        for first in range(0, samples, block):
            part = noise[: min(block, samples - first)].copy()
            for click in clicks:
                if first <= click < first + len(part):
                    part[click - first : click - first + 48] = 24_000
            sound.writeframes(part.tobytes())


def read_back(path: Path, rate: Rate, flashes: list[int]) -> dict[str, object]:
    """Lengths of both tracks in seconds, and how far each click is off its flash, in frames."""
    with av.open(str(path)) as file:
        picture, heard = file.streams.video[0], file.streams.audio[0]
        found: dict[str, object] = {
            "frames": picture.frames,
            "rate": str(picture.average_rate),
            "picture_s": float(picture.duration * picture.time_base),
            "sound_s": float(heard.duration * heard.time_base),
        }
        found["offsets"] = [round(_off(path, Fraction(f) / rate.fps) * float(rate.fps), 3) for f in flashes]
    return found


def _off(path: Path, near: Fraction) -> float:
    """Seconds from the first white frame to the click, near that time."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        file.seek(int((near - 2) / stream.time_base), stream=stream)
        shown = next(
            float(f.pts * f.time_base)
            for f in file.decode(stream)
            if f.pts * f.time_base > near - 1 and f.to_ndarray(format="gray").mean() > 200
        )
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        file.seek(int((near - 2) / stream.time_base), stream=stream)
        loudest, at = 0.0, 0.0
        for frame in file.decode(stream):
            begins = float(frame.pts * frame.time_base)
            if begins > near + 2:
                break
            level = np.abs(frame.to_ndarray()).max(axis=0)
            if level.max() > loudest:
                loudest = float(level.max())
                at = begins + int(np.argmax(level > 0.5 * loudest)) / SOUND_HZ
    return at - shown


def one(rate: Rate, seconds: int, folder: Path) -> dict[str, object]:
    """Cut and deliver the film at one rate, in this interpreter."""
    timeline, flashes = laid_out(rate, seconds)
    takes = shoot(folder, timeline)
    sound, film, web = folder / "sound.wav", folder / "film.mp4", folder / "web.mp4"
    record(sound, timeline, flashes)
    wall, cpu = time.monotonic(), time.process_time()
    cut = assemble(timeline, takes, sound, None, film, folder / "work", SIZE)
    spent = {"cut_s": round(time.monotonic() - wall, 1)}
    wall = time.monotonic()
    release(film, sound, web, "web", [Chapter(0, timeline.frames, "all")], {"title": "Two hours"})
    spent |= {"deliver_s": round(time.monotonic() - wall, 1), "cpu_s": round(time.process_time() - cpu, 1)}
    return {
        "wanted": {"frames": timeline.frames, "seconds": float(rate.seconds(timeline.frames))},
        "copied": cut.copied_frames, "film": read_back(film, rate, flashes),
        "web": read_back(web, rate, flashes), **spent,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "last_timecode": rate.timecode(timeline.frames - 1),
    }  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--rates", nargs="+", default=["23.976", "29.97"])
    asked.add_argument("--seconds", type=int, default=7200)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--only", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.only:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            print(json.dumps(one(read_rate(given.only), given.seconds, Path(folder))))
        return
    wrong = False
    for name in given.rates:
        rate = read_rate(name)
        where = ["--folder", str(given.folder)] if given.folder else []
        command = [sys.executable, __file__, "--only", name, "--seconds", str(given.seconds), *where]
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        told = json.loads(ran.stdout.splitlines()[-1])
        wanted = told["wanted"]
        print(
            f"{name} ({rate}): {wanted['frames']} frames, {wanted['seconds']:.6f} s; {told['copied']} copied"
        )
        for kind in ("film", "web"):
            found = told[kind]
            print(
                f"  {kind:5} {found['frames']} frames at {found['rate']}, picture {found['picture_s']:.6f} s, sound "
                f"{found['sound_s']:.6f} s; click after flash by {found['offsets']} frames (start, middle, end)"
            )
            late = max(abs(off) for off in found["offsets"])
            ends = abs(found["sound_s"] - found["picture_s"]) * float(rate.fps)
            wrong |= found["frames"] != wanted["frames"] or late >= 1 or ends >= 1
            wrong |= abs(found["picture_s"] - wanted["seconds"]) * float(rate.fps) >= 1
        print(
            f"  cut in {told['cut_s']} s, delivered in {told['deliver_s']} s, {told['cpu_s']} s of CPU, peak "
            f"{told['peak_mb']} MB; last timecode {told['last_timecode']} (non-drop)"
        )
    print("off by a frame or more" if wrong else "all within one frame")
    sys.exit(wrong)


if __name__ == "__main__":
    main()
