"""How far apart the voices of a film are: pitch and timbre of its speakers, over the stories of stories.txt.

    python benchmarks/voices.py [--stories 40] [--table]

Each story is boarded by the built-in writer; its narrator and every character then say the same sentence in their own
voice. Pitch is the median F0 of the sentence by autocorrelation (numpy), timbre the mean spectrum in 24 bands of
equal loudness range (mel), its own level taken out. Two voices are told apart where their pitch differs by more than
``SEMITONES`` or their timbre by more than ``TIMBRE_DB``.
"""

import argparse
import itertools
import tempfile
from pathlib import Path

import numpy as np

from photoplay import make
from photoplay.render.requests import Speak
from photoplay.render.sound.speech import Espeak

HERE = Path(__file__).parent
SENTENCE = "We will never reach the far shore before the storm is over."
SEMITONES, TIMBRE_DB = 3.0, 3.0
RATE = 48_000


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=int, default=40)
    parser.add_argument("--table", action="store_true", help="every voice, not only the shares")
    asked = parser.parse_args()
    stories = (HERE / "stories.txt").read_text(encoding="utf-8").splitlines()[: asked.stories]
    espeak, known, pairs = Espeak(), {}, []
    espeak.load("cpu", None)
    for number, idea in enumerate(stories, 1):
        speakers = voices_of(idea)
        for _, voice in speakers:
            if voice not in known:
                known[voice] = measure(espeak, voice)
        if asked.table:
            print(f"{number:2} {idea}")
            for name, voice in speakers:
                print(
                    f"   {name[:24]:24} {voice.variant or '-':8} {voice.pitch:3} {voice.pace:3}  {known[voice][0]:5.0f} Hz"
                )
        for (name, one), (other_name, other) in itertools.combinations(speakers, 2):
            (f0, shape), (other_f0, other_shape) = known[one], known[other]
            tones = abs(12 * np.log2(f0 / other_f0))
            timbre = float(np.sqrt(np.mean((shape - other_shape) ** 2)))
            pairs.append((tones, timbre, "narrator" in (name, other_name), idea, name, other_name))
    report(pairs)


def report(pairs):
    for told, chosen in (("all pairs", pairs), ("with the narrator", [p for p in pairs if p[2]])):
        if chosen:
            tones, timbre = (np.array([p[n] for p in chosen]) for n in (0, 1))
            apart = (tones > SEMITONES) | (timbre > TIMBRE_DB)
            print(
                f"{told}: {len(chosen)}; pitch over {SEMITONES:g} semitones apart {np.mean(tones > SEMITONES):.1%}, timbre "
                f"over {TIMBRE_DB:g} dB apart {np.mean(timbre > TIMBRE_DB):.1%}, one or the other {np.mean(apart):.1%}, "
                f"both {np.mean((tones > SEMITONES) & (timbre > TIMBRE_DB)):.1%}; median {np.median(tones):.1f} "
                f"semitones, {np.median(timbre):.1f} dB"
            )
    nearest = sorted(pairs, key=lambda p: p[0] / SEMITONES + p[1] / TIMBRE_DB)[:5]
    for tones, timbre, _, idea, name, other in nearest:
        print(f"  nearest: {name} and {other}, {tones:.1f} semitones, {timbre:.1f} dB ({idea})")


def voices_of(idea):
    """(name, voice) of the narrator and of every character."""
    with tempfile.TemporaryDirectory() as folder:
        story = make(idea, out=Path(folder) / "film", until="board").film.story
    return [("narrator", story.narrator), *((c.name, c.voice) for c in story.characters)]


def measure(espeak, voice):
    """(median F0 in Hz, 24 mel bands in dB without their mean) of the sentence."""
    sound, _ = espeak._say(Speak(words=SENTENCE, voice=voice.model_copy(update={"language": "en-gb"})))
    return pitch_of(sound), bands_of(sound)


def pitch_of(sound):
    """Median F0 of the voiced 40 ms frames: the highest peak of the normalised autocorrelation, 40 to 700 Hz."""
    sound = sound[::4].astype(np.float64)
    rate, size = RATE // 4, RATE // 4 // 25
    found = []
    loudest = np.sqrt(np.mean(sound**2))
    for at in range(0, len(sound) - 2 * size, size // 2):
        frame = sound[at : at + 2 * size] * np.hanning(2 * size)
        if np.sqrt(np.mean(frame**2)) < 0.4 * loudest:
            continue
        auto = np.fft.irfft(np.abs(np.fft.rfft(frame, 4 * size)) ** 2)[: 2 * size]
        window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(2 * size), 4 * size)) ** 2)[: 2 * size]
        auto = auto / auto[0] / np.maximum(window / window[0], 0.05)
        low, high = rate // 700, min(rate // 40, int(1.4 * size))
        best = auto[low:high].max()
        if best > 0.6:
            peaks = np.flatnonzero(auto[low:high] > 0.87 * best)
            first = low + peaks[0]
            while first + 1 < high and auto[first + 1] > auto[first]:
                first += 1
            found.append(rate / first)
    return float(np.median(found)) if found else 0.0


def bands_of(sound):
    """Long-term spectrum of what is voiced, 100 Hz to 8 kHz, in dB, its mean taken out."""
    size = 2048
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[:: size // 2] * np.hanning(size)
    power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(axis=0)
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    mel = 2595 * np.log10(1 + hertz / 700)
    edges = np.linspace(2595 * np.log10(1 + 100 / 700), 2595 * np.log10(1 + 8000 / 700), 25)
    bands = [power[(mel >= a) & (mel < b)].mean() for a, b in itertools.pairwise(edges)]
    level = 10 * np.log10(np.maximum(bands, 1e-12))
    return level - level.mean()


if __name__ == "__main__":
    main()
