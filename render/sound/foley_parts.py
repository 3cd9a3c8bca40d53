"""What effects are made of: noise bursts, struck bodies, voices and whistles, with numpy.

Everything gives mono samples of about full strength, and draws its chances from the generator that it is
given. Recipes (``recipes.json``) put these together: see ``effects.py`` and ``ambience.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .wav import SAMPLE_RATE, Samples

Chance = np.random.Generator
Points = Sequence[Sequence[float]]
"""``(share of the length 0..1, value)`` pairs, rising in the first."""
_TAU = 2.0 * np.pi


def shaped_noise(count: int, curve: Points, chance: Chance) -> Samples:
    """``count`` samples of noise whose spectrum follows ``(Hz, dB)`` points; RMS 1, without a seam."""
    return shaped_noises(1, count, curve, chance)[0]


def shaped_noises(sides: int, count: int, curve: Points, chance: Chance) -> list[Samples]:
    """So many of ``shaped_noise``, of one curve, that have nothing else in common.

    The spectrum of noise is noise itself, so that it is drawn as such. In single precision: what is rounded
    lies 120 dB under the sound, and half a minute costs a quarter.
    """
    size = 1 << max(8, (count - 1).bit_length())
    hertz = np.maximum(np.fft.rfftfreq(size, 1.0 / SAMPLE_RATE), 1.0)
    points = np.array(curve, np.float64)
    level = np.interp(np.log(hertz), np.log(points[:, 0]), points[:, 1], left=-90.0, right=-90.0)
    strength = (10.0 ** (level / 20.0)).astype(np.float32)
    noises = []
    for _ in range(sides):
        drawn = chance.random(2 * len(strength), dtype=np.float32)  # a sum of so many waves is normal anyway
        drawn -= np.float32(0.5)
        spectrum = drawn.view(np.complex64)
        spectrum *= strength
        noises.append(_even(np.fft.irfft(spectrum, size)[:count]).astype(np.float32, copy=False))
    return noises


def burst(row: dict[str, Any], pitch: float, chance: Chance) -> Samples:
    """``{"noise": curve, "s": seconds, "rise": seconds, "fall": seconds}``: noise that rises and dies."""
    count = _count(row["s"])
    curve = [(hz * pitch, db) for hz, db in row["noise"]]
    time = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    rise, fall = float(row.get("rise", 0.002)), float(row.get("fall", row["s"] / 4))
    shape = np.minimum(1.0, time / max(rise, 1e-4)) * np.exp(-np.maximum(time - rise, 0.0) / fall)
    grain = float(row.get("grain", 0.0))
    if grain:  # crackling: the strength jumps many times a second
        hops = chance.random(_hops(count, row.get("grains", 180.0))) ** 3
        shape *= 1.0 - grain + grain * 2.0 * _spread(hops, count)
    sound: Samples = (shaped_noise(count, curve, chance) * 0.35 * shape).astype(np.float32)
    return sound


def strike(row: dict[str, Any], pitch: float, chance: Chance) -> Samples:
    """``{"modes": [[Hz, gain, decay seconds], ...], "s": seconds}``: a struck body, each mode dying away."""
    count = _count(row["s"])
    time = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    out = np.zeros(count, np.float32)
    for hertz, gain, decay in row["modes"]:
        phase = np.float32(_TAU * hertz * pitch * (1.0 + 0.01 * chance.standard_normal()))
        out += np.float32(gain) * np.sin(phase * time) * np.exp(-time / np.float32(decay))
    return out * np.minimum(1.0, time / np.float32(0.0012))


def whistle(row: dict[str, Any], pitch: float, chance: Chance) -> Samples:
    """``{"sine": [[share, Hz], ...], "s": seconds, "shape": [[share, gain], ...]}``: one gliding tone.

    ``trill`` (Hz) and ``deep`` (0..1) let it beat; ``wobble`` (Hz, depth) lets the pitch sway.
    """
    count = _count(row["s"])
    share = np.linspace(0.0, 1.0, count, dtype=np.float64)
    hertz = _smooth(row["sine"], share) * pitch
    if "wobble" in row:
        rate, depth = row["wobble"]
        hertz = hertz * (1.0 + depth * np.sin(_TAU * rate * share * row["s"]))
    phase = _TAU * np.cumsum(hertz) / SAMPLE_RATE
    tone = np.sin(phase) + 0.18 * np.sin(2 * phase + 0.4)
    return (0.8 * tone * _envelope(row, share)).astype(np.float32)


def voice(row: dict[str, Any], pitch: float, chance: Chance) -> Samples:
    """``{"voice": [[share, Hz], ...], "s": seconds, "formants": [[Hz, dB, width], ...]}``: a throat.

    A sum of harmonics (``tilt``: how fast they fall) through formants, that glide to ``to`` where given;
    ``rough`` (0..1) shakes pitch and strength, ``breath`` (0..1) mixes in air.
    """
    count = _count(row["s"])
    share = np.linspace(0.0, 1.0, count, dtype=np.float64)
    rough = float(row.get("rough", 0.1))
    sway = _spread(chance.standard_normal(_hops(count, 60.0)), count)
    hertz = _smooth(row["voice"], share) * pitch * (1.0 + 0.04 * rough * sway)
    # Within one turn, single precision is exact enough.
    phase = np.mod(_TAU * np.cumsum(hertz) / SAMPLE_RATE, _TAU).astype(np.float32)
    harmonics = int(np.clip(9000.0 / max(1.0, float(hertz.min())), 3, 36))
    source = np.zeros(count)
    for n in range(1, harmonics + 1):
        source += np.sin(n * phase) * n ** -float(row.get("tilt", 0.9)) * (n * hertz < 20_000)
    source += float(row.get("breath", 0.1)) * 1.5 * chance.standard_normal(count)
    source *= 1.0 + rough * 0.8 * _spread(chance.standard_normal(_hops(count, 90.0)), count)
    out = _formed(source, row["formants"], pitch)
    if "to" in row:
        out = out * (1.0 - share) + _formed(source, row["to"], pitch) * share
    sound: Samples = (0.3 * _even(out) * _envelope(row, share)).astype(np.float32)
    return sound


MAKERS: dict[str, Callable[[dict[str, Any], float, Chance], Samples]] = {
    "noise": burst,
    "modes": strike,
    "sine": whistle,
    "voice": voice,
}
"""The field of a part that says what makes it -> its maker."""


def made(part: dict[str, Any], pitch: float, chance: Chance) -> Samples:
    """A part of a recipe, at ``pitch`` times its own, with its ``gain`` (dB)."""
    maker = next(maker for name, maker in MAKERS.items() if name in part)
    sound = maker(part, pitch, chance) * np.float32(10.0 ** (float(part.get("gain", 0.0)) / 20.0))
    fade = min(len(sound) // 2, 240)
    sound[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    return sound


def _formed(source: npt.NDArray[np.float64], formants: Points, pitch: float) -> npt.NDArray[np.float64]:
    size = 1 << max(8, (len(source) - 1).bit_length())
    hertz = np.fft.rfftfreq(size, 1.0 / SAMPLE_RATE)
    level = np.full(len(hertz), 0.02)
    for centre, db, width in formants:
        level += 10.0 ** (db / 20.0) / (1.0 + ((hertz - centre * pitch**0.5) / width) ** 2)
    made_: npt.NDArray[np.float64] = np.fft.irfft(np.fft.rfft(source, size) * level, size)[: len(source)]
    return made_


def _envelope(row: dict[str, Any], share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    shape = _smooth(row.get("shape", [[0, 0], [0.12, 1], [0.7, 0.8], [1, 0]]), share)
    if "trill" in row:
        beat = 0.5 + 0.5 * np.sin(_TAU * float(row["trill"]) * share * float(row["s"]))
        shape = shape * (1.0 - float(row.get("deep", 0.8)) * beat)
    return shape


def _smooth(points: Points, share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Through the points by half cosines: no corner is heard."""
    table = np.array(points, np.float64)
    place = np.clip(np.searchsorted(table[:, 0], share, side="right") - 1, 0, max(0, len(table) - 2))
    if len(table) == 1:
        return np.full(len(share), table[0, 1])
    low, high = table[place], table[place + 1]
    along = np.clip((share - low[:, 0]) / np.maximum(high[:, 0] - low[:, 0], 1e-9), 0.0, 1.0)
    turned: npt.NDArray[np.float64] = low[:, 1] + (high[:, 1] - low[:, 1]) * (
        0.5 - 0.5 * np.cos(np.pi * along)
    )
    return turned


def _spread(values: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    """A few values stretched over ``count`` samples, straight between them."""
    return np.interp(np.linspace(0, len(values) - 1, count), np.arange(len(values)), values)


def _hops(count: int, per_second: float) -> int:
    return max(2, int(count * per_second / SAMPLE_RATE) + 2)


def _count(seconds: float) -> int:
    return max(64, int(seconds * SAMPLE_RATE))


def _even(sound: npt.NDArray[Any]) -> npt.NDArray[Any]:
    evened: npt.NDArray[Any] = sound / max(float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))), 1e-9)
    return evened
