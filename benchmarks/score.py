"""The score against the cut: downbeats at scene cuts, loudness, the swell at the climax, the ending.

    python benchmarks/score.py [--stories 6] [--png OUT]

Stories of stories.txt are boarded and timed by estimate; their scores are composed and played, and what is heard is
measured: the distance of the nearest downbeat (the first note of a bar, as written) and of the nearest onset (as
heard: the steepest rise of energy under 300 Hz and over 1 kHz within 250 ms) to each scene cut, the spread of short-term
loudness (3 s windows, 10th to 95th percentile), the loudest 3 s of the climax over the mean, the level of the last 50 ms against the
last chord, and how much of the music is held down or stands still. ``--png`` writes a spectrogram and the loudness of the first.
"""

import argparse
import io
import tempfile
import wave
from pathlib import Path

import numpy as np

from photoplay import make
from photoplay.render.protocol import Job
from photoplay.render.sound.composition import compose
from photoplay.render.sound.score import Composer
from photoplay.storyboard.vocabulary import Beat

HERE, RATE = Path(__file__).parent, 48_000


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=int, default=6)
    parser.add_argument("--png", type=Path)
    asked = parser.parse_args()
    stories = (HERE / "stories.txt").read_text(encoding="utf-8").splitlines()[: asked.stories]
    rows = []
    for number, idea in enumerate(stories):
        request = request_of(idea)
        sound = played(request)
        if number == 0 and asked.png:
            draw(sound, request, asked.png)
        rows.append(measured(request, sound))
        print(f"{idea[:44]:44} " + " ".join(f"{name} {value:.1f}" for name, value in rows[-1].items()))
    for name in rows[0]:
        values = [row[name] for row in rows]
        print(f"{name:24} mean {np.nanmean(values):7.2f}   worst {np.nanmax(np.abs(values)):7.2f}")


def request_of(idea):
    with tempfile.TemporaryDirectory() as folder:
        return make(idea, out=Path(folder) / "film", until="board").plan().node("score").request


def played(request):
    (part,) = Composer().render([Job(request)], lambda job, share: None)
    with wave.open(io.BytesIO(part.data)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767


def measured(request, sound):
    composition = compose(request)
    cuts = [cue.at for cue in request.cues[1:]]
    bars = np.array([n.start / 48 for n in composition.notes if n.instrument == "bass"])
    written = [float(np.abs(bars - cut).min()) for cut in cuts]
    heard = [abs(onset(sound, cut)) for cut in cuts]
    short = loudness(sound)
    climax = next((c for c in request.cues if c.beat is Beat.climax), None)
    after = next((c.at for c in request.cues if climax and c.at > climax.at), request.milliseconds)
    swell = short[climax.at // 100 : after // 100].max() - power_mean(short) if climax else np.nan
    last = 10 * np.log10(np.mean(sound[-2400:] ** 2) + 1e-12)
    chord = 10 * np.log10(np.mean(sound[-4 * RATE : -3 * RATE] ** 2) + 1e-12)
    spread = np.percentile(short[15:-15], 95) - np.percentile(short[15:-15], 10)
    left, right = sound.T
    return {
        "written ms": max(written, default=0.0),
        "heard ms": float(np.median(heard)) if heard else 0.0,
        "range dB": float(spread),
        "swell dB": float(swell),
        "end dB": float(last - chord),
        "players": float(len({n.instrument for n in composition.notes})),
        "notes a s": len(composition.notes) / (request.milliseconds / 1000),
        "peak": float(np.abs(sound).max()),
        "sides": float(np.corrcoef(left, right)[0, 1]),
        "kink": float(np.abs(np.diff(sound, n=3, axis=0)).max()),
    }


def onset(sound, cut):
    """Milliseconds from a cut to the steepest rise of energy near it."""
    first = max(0, (cut - 250) * 48)
    part = sound[first : (cut + 250) * 48].mean(axis=1)
    hop = 96
    frames = np.lib.stride_tricks.sliding_window_view(part, 1024)[::hop] * np.hanning(1024)
    power = np.abs(np.fft.rfft(frames, axis=1))
    hertz = np.fft.rfftfreq(1024, 1 / RATE)
    rise = np.maximum(np.diff(np.log(power + 1e-3), axis=0), 0)[:, (hertz < 300) | (hertz > 1000)].sum(axis=1)
    return (first + 512 + hop * int(np.argmax(rise))) / 48 - cut


def loudness(sound):
    """Short-term level, 3 s windows every 100 ms, dB."""
    hop = RATE // 10
    power = (sound**2).mean(axis=1)[: len(sound) // hop * hop].reshape(-1, hop).mean(axis=1)
    whole = np.convolve(power, np.ones(30) / 30, "same")
    return 10 * np.log10(whole + 1e-12)


def power_mean(level):
    return 10 * np.log10(np.mean(10 ** (level / 10)))


def draw(sound, request, out):
    """Spectrogram (50 Hz to 12 kHz, log) over the loudness curve, with the cuts."""
    from PIL import Image, ImageDraw

    width, high, low = 1600, 600, 160
    size, mono = 8192, sound.mean(axis=1)
    starts = np.linspace(0, len(mono) - size, width).astype(int)
    power = np.array([np.abs(np.fft.rfft(mono[s : s + size] * np.hanning(size))) for s in starts])
    rows = np.geomspace(12_000, 50, high) / RATE * size
    level = 20 * np.log10(power[:, rows.astype(int)].T + 1e-3)
    shade = np.clip((level + 20) / 70, 0, 1)
    image = Image.new("L", (width, high + low))
    image.paste(Image.fromarray((shade * 255).astype(np.uint8)), (0, 0))
    pen = ImageDraw.Draw(image)
    short = loudness(sound)
    points = [(x, min(high + low - 1, high - 3.5 * short[int(x / width * len(short))])) for x in range(width)]
    pen.line(points, fill=255)
    for cue in request.cues:
        x = cue.at / request.milliseconds * width
        pen.line([(x, 0), (x, high + low)], fill=160)
        pen.text((x + 4, 4), f"{cue.mood} {cue.beat}", fill=255)
    image.save(out)


if __name__ == "__main__":
    main()
