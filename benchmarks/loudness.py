"""Loudness and true peak of ten films, how far music makes way for words, and how much of them sounds.

Ten stories are made into films (pictures are slates; voices, music, ambience and effects as in any film). The
sound of each finished MP4 is measured by ffmpeg's meter (``ebur128``), which is not ours. From the stems:

* ducking: what the music is turned down by while somebody speaks, against where nobody does (medians);
* words over the rest: RMS of the dialogue stem against the sum of the others, where somebody speaks;
* the sum: the largest difference between the stems added up and ``mix.wav``, in steps of 16 bits.

Prints a line a film and a line for all.

    python benchmarks/loudness.py [--films N] [--seconds S]
"""

import argparse
import re
import subprocess
import tempfile
import wave
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np

from photoplay.agent.soundtrack import soundtrack, told_sounds
from photoplay.agent.stems import write_stems_of
from photoplay.render.crew import SoloCrew
from photoplay.storyboard.timeline import timeline
from photoplay.studio.beginning import Beginning, MakeOptions, begin

HERE = Path(__file__).parent
HOP = 4800
"""Samples in which levels are compared: 100 ms."""


def by_ffmpeg(path):
    """(LUFS, dBTP) as ffmpeg measures the sound of a file."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-i", f"file:{path}", "-vn"]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = words[words.rindex("Summary:") :]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak"))


def floats(path):
    with av.open(str(path)) as file:
        return np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in file.decode(audio=0)])


def levels(sound):
    """dB of each hop."""
    hops = sound[: len(sound) // HOP * HOP].reshape(-1, HOP * 2)
    return 10 * np.log10((hops.astype(np.float64) ** 2).mean(axis=1) + 1e-12)


def measured(production, work):
    """What is found of one finished film."""
    film, laid = production.film, timeline(production.film)
    lufs, peak = by_ffmpeg(production.delivered.film)
    folder, _ = write_stems_of(production, work)
    stems = {
        name: floats(folder / f"{name}.wav") for name in ("dialogue", "music", "effects", "ambience", "mix")
    }
    parts = [stems[name] for name in ("dialogue", "music", "effects", "ambience")]
    score = soundtrack(production.project, production.plan(), laid).score.path
    with wave.open(str(score)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767.0
    spoken, played = levels(stems["dialogue"]) > -50, levels(raw) > -50
    spoken, played = spoken[: len(played)], played[: len(spoken)]
    gain = levels(stems["music"])[: len(played)] - levels(raw)[: len(played)]
    still = ~np.convolve(spoken, np.ones(31), "same").astype(bool)  # a second and a half from any word
    deep = np.convolve(spoken, np.ones(5), "same") > 4
    rest = levels(sum(parts[1:]))[: len(spoken)]
    sound = told_sounds(film, laid)
    shots = len(film.shots)
    return {
        "lufs": lufs,
        "peak": peak,
        "ducking": float(np.median(gain[deep & played]) - np.median(gain[still & played]))
        if (still & played).any() and deep.any()
        else None,
        "over": float(np.median((levels(stems["dialogue"])[: len(spoken)] - rest)[deep]))
        if deep.any()
        else None,
        "sum": float(np.abs(sum(parts) - stems["mix"]).max() * 32767),
        "ambience": sound["shots_with_ambience"] / shots,
        "effects": sound["shots_with_an_effect"] / shots,
        "shots": shots,
        "names": sorted({*sound["ambience"], *sound["sounds"]}),
    }


def said(value):
    return "   -" if value is None else f"{value:5.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--films", type=int, default=10, help="how many of benchmarks/stories.txt (10)")
    parser.add_argument("--seconds", default="60", help="length of each (60)")
    asked = parser.parse_args()
    stories = [s for s in (HERE / "stories.txt").read_text(encoding="utf-8").splitlines() if s]
    found = []
    with tempfile.TemporaryDirectory() as kept:
        for number, story in enumerate(stories[: asked.films]):
            folder = Path(kept) / f"film-{number}"
            options = MakeOptions(seconds=asked.seconds, size="128x72", renderer="slate")
            production = begin(
                Beginning(story, options, folder, environment={}, folder=HERE), crew=SoloCrew()
            )
            production.make()
            one = measured(production, Path(kept) / f"stems-{number}")
            found.append(one)
            print(
                f"{story[:44]:44} {one['lufs']:6.1f} LUFS {one['peak']:5.1f} dBTP  ducking {said(one['ducking'])}"
                f"  words over the rest {said(one['over'])} dB  sum {one['sum']:.2f} LSB"
                f"  ambience {one['ambience']:4.0%} effects {one['effects']:4.0%} of {one['shots']}"
                f"  {', '.join(one['names'])}",
                flush=True,
            )
    shots = sum(one["shots"] for one in found)
    share = {name: sum(one[name] * one["shots"] for one in found) / shots for name in ("ambience", "effects")}
    print(
        f"{len(found)} films: {min(o['lufs'] for o in found)} to {max(o['lufs'] for o in found)} LUFS, peak at most "
        f"{max(o['peak'] for o in found)} dBTP; ambience in {share['ambience']:.0%}, an effect in "
        f"{share['effects']:.0%} of {shots} shots"
    )


if __name__ == "__main__":
    main()
