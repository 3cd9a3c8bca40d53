"""Assembly of a film: our cut against MoviePy alone and one ffmpeg graph, on the same timeline, in one run.

    python benchmarks/assembly.py [--seconds 60] [--width 1280 --height 720]
    python benchmarks/assembly.py --shots 10 100 500 [--most-mb 6000] [--most-seconds 600]

The first prints CPU seconds and ratios for twelve shots. Each way runs in an interpreter of its own; its start
and imports are left out for both sides, its children are counted (MoviePy decodes and encodes in ffmpeg
children). MoviePy writes with the same encoder settings: libx264, veryfast, crf 18, AAC at 192 kbit/s.

With ``--shots`` the film grows: so many shots of two seconds at 320x180, every fourth opening with a dissolve.
Printed are seconds, CPU seconds, the peak memory of the whole tree of processes (proportional set size, looked
at ten times a second, without the interpreter's own start) and the most files open at once. A way that
would take more than ``--most-mb`` or ``--most-seconds`` is stopped, and that is said. ffmpeg is MoviePy's own:
one graph of so many inputs, xfade where there is a dissolve and concat elsewhere.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

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
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--shots", type=int, nargs="+", help="the film of so many shots, and of so many")
    asked.add_argument("--most-mb", type=int, default=6000)
    asked.add_argument("--most-seconds", type=int, default=600)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--width", type=int, default=1280)
    asked.add_argument("--height", type=int, default=720)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--way", choices=[*WAYS, *GROWING], help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.shots:
        if given.way:
            GROWING[given.way](given.folder, given.shots[0])
        else:
            grow(given.shots, given.most_mb, given.most_seconds)
        return
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


SMALL, EACH, EVERY = Raster(width=320, height=180), 48, 4
"""Of the film that grows: its raster, the frames of a shot, and how many shots there are to a dissolve."""


def grow(counts: list[int], most_mb: int, most_seconds: int) -> None:
    """Cut films of so many shots in each way, and print what it took."""
    print(f"{EACH} frames a shot at {SMALL.width}x{SMALL.height}, a dissolve every {EVERY} shots")
    took: dict[str, list[Watched]] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            begin_film(Path(folder), count)
            for way in GROWING:
                command = [sys.executable, __file__, "--folder", folder, "--way", way, "--shots", str(count)]
                seen = watched(command, most_mb, most_seconds)
                took.setdefault(way, []).append(seen)
                film = Path(folder) / f"{way}.mp4"
                end = seen.end or f"{film_facts(film)['frames']} frames of {count * EACH}"
                print(
                    f"  {count:4} shots {way:8} {seen.seconds:7.1f} s {seen.cpu:7.1f} CPU s, peak "
                    f"{seen.peak_mb:6.0f} MB, {seen.files:5} open files, {seen.processes:4} processes: {end}"
                )
    for way, found in took.items():
        if len(found) > 1 and not found[-1].end and not found[0].end:
            more = found[-1].peak_mb / found[0].peak_mb, found[-1].files - found[0].files
            print(
                f"  {way}: {more[0]:.2f} times the memory and {more[1]:+} files, {counts[0]} to {counts[-1]} shots"
            )
    ours = took["ours"]
    flat = ours[-1].peak_mb < 1.25 * ours[0].peak_mb + 20 and ours[-1].files <= ours[0].files + 4
    print(f"  ours is {'flat' if flat else 'NOT FLAT'} in memory and open files")


@dataclass
class Watched:
    """What a tree of processes took. ``end`` is empty where it came to its end."""

    seconds: float
    cpu: float
    peak_mb: float
    files: int
    processes: int
    end: str


def watched(command: list[str], most_mb: int, most_seconds: int) -> Watched:
    """Run it and look at it and its children ten times a second; stop it where it takes too much."""
    began, peak, files, most, cpu, end = time.monotonic(), 0.0, 0, 0, 0.0, ""
    child = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    base = 0.0
    while child.poll() is None and not end:
        tree, now, opened, spent = [], 0.0, 0, 0.0
        with contextlib.suppress(psutil.Error):
            tree = [child, *child.children(recursive=True)]
        for process in tree:
            with contextlib.suppress(psutil.Error):
                now += process.memory_full_info().pss / 1e6
                opened += process.num_fds()
                times = process.cpu_times()
                spent += times.user + times.system + times.children_user + times.children_system
        if time.monotonic() - began < 0.2:
            base = now
        peak, files, most, cpu = max(peak, now), max(files, opened), max(most, len(tree)), max(cpu, spent)
        if now > most_mb:
            end = f"stopped: it took more than {most_mb} MB"
        if time.monotonic() - began > most_seconds:
            end = f"stopped after {most_seconds} s"
        time.sleep(0.1)
    if end:
        for process in [*child.children(recursive=True), child]:
            with contextlib.suppress(psutil.Error):
                process.kill()
    said = child.communicate()[1].decode(errors="replace").strip().splitlines()
    if not end and child.returncode:
        end = f"failed: {said[-1][:120] if said else child.returncode}"
    return Watched(time.monotonic() - began, cpu, peak - base, files, most, end)


def begin_film(folder: Path, count: int) -> None:
    """Takes, each a file of its own, of eight kinds; and a sound."""
    for kind in range(8):
        random = np.random.default_rng(kind)
        coarse = random.integers(0, 255, (SMALL.height // 20, SMALL.width // 20, 3), dtype=np.uint8)
        plate = np.kron(coarse, np.ones((20, 20, 1), np.uint8))
        with Encoder(folder / f"kind{kind}.mp4", SMALL, RATE) as encoder:
            for at in range((EACH + OVERLAP + 1) // 2):
                encoder.write(np.ascontiguousarray(np.roll(plate, at, axis=1)), hold=2)
    for number in range(count):
        shutil.copyfile(folder / f"kind{number % 8}.mp4", folder / f"s{number}.mp4")
    with wave.open(str(folder / "sound.wav"), "wb") as sound:
        sound.setparams((2, 2, 48_000, 0, "NONE", ""))
        breath = np.random.default_rng(0).integers(-400, 400, (96_000, 2)).astype("<i2").tobytes()
        for _ in range(count):
            sound.writeframes(breath)


def dissolves(count: int) -> list[int]:
    """The shots that open with a dissolve."""
    return [n for n in range(1, count) if n % EVERY == 0]


def grow_ours(folder: Path, count: int) -> None:
    opened = set(dissolves(count))
    clips = tuple(
        Clip(
            item=f"s{n}", start=n * EACH, frames=EACH, overlap=OVERLAP if n in opened else 0,
            opens=Opening.dissolve if n in opened else Opening.cut,
        )
        for n in range(count)
    )  # fmt: skip
    laid = Timeline(rate=RATE, frames=EACH * count, clips=clips, cues=())
    takes = {clip.item: folder / f"{clip.item}.mp4" for clip in clips}
    assemble(laid, takes, folder / "sound.wav", None, folder / "ours.mp4", folder / "work", SMALL)


def grow_moviepy(folder: Path, count: int) -> None:
    from moviepy import AudioFileClip, CompositeVideoClip, VideoFileClip, vfx

    fps, opened, layers = RATE.num, set(dissolves(count)), []
    for n in range(count):
        take = VideoFileClip(str(folder / f"s{n}.mp4"), audio=False)
        length = EACH + (OVERLAP if n + 1 in opened else 0)
        clip = take.subclipped(0, length / fps).with_start(n * EACH / fps)
        layers.append(clip.with_effects([vfx.CrossFadeIn(OVERLAP / fps)]) if n in opened else clip)
    film = CompositeVideoClip(layers).with_audio(AudioFileClip(str(folder / "sound.wav")))
    film.write_videofile(
        str(folder / "moviepy.mp4"), fps=fps, codec="libx264", preset="veryfast", audio_codec="aac",
        audio_bitrate="192k", ffmpeg_params=["-crf", "18", "-pix_fmt", "yuv420p"], threads=1, logger=None,
    )  # fmt: skip
    film.close()


def grow_ffmpeg(folder: Path, count: int) -> None:
    """One graph: shots between dissolves are put end to end, and the stretches crossfaded."""
    import imageio_ffmpeg

    opened = dissolves(count)
    starts = [0, *opened, count]
    graph, lengths = [], []
    for part, (first, stop) in enumerate(itertools.pairwise(starts)):
        for n in range(first, stop):
            length = EACH + (OVERLAP if n + 1 in opened else 0)
            graph.append(f"[{n}:v]trim=end_frame={length},setpts=PTS-STARTPTS[t{n}]")
        names = "".join(f"[t{n}]" for n in range(first, stop))
        graph.append(f"{names}concat=n={stop - first}:v=1:a=0,settb=AVTB,fps={RATE.num}[p{part}]")
        lengths.append((stop - first) * EACH)
    film, at = "p0", lengths[0]
    for part in range(1, len(lengths)):
        fade = f"xfade=duration={OVERLAP / RATE.num}:offset={at / RATE.num}"
        graph.append(f"[{film}][p{part}]{fade}[x{part}]")
        film, at = f"x{part}", at + lengths[part]
    script = folder / "graph.txt"
    script.write_text(";".join(graph))
    inputs = [word for n in range(count) for word in ("-i", str(folder / f"s{n}.mp4"))]
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-nostdin", *inputs,
            "-i", str(folder / "sound.wav"), "-/filter_complex", str(script), "-map", f"[{film}]",
            "-map", f"{count}:a", "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p",
            "-c:a", "aac", "-b:a", "192k", "-threads", "1", "-filter_complex_threads", "1",
            str(folder / "ffmpeg.mp4"),
        ],
        check=True,
    )  # fmt: skip


GROWING = {"ours": grow_ours, "moviepy": grow_moviepy, "ffmpeg": grow_ffmpeg}
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
