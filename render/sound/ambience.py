"""Ambiences: what a place sounds like, layer over layer, from its recipe in ``recipes.json``."""

from __future__ import annotations

from typing import Any

import numpy as np

from .effects import performed, recipe_of, recipes
from .foley_parts import Chance, made, shaped_noises
from .wav import SAMPLE_RATE, Samples

RMS_DB = -26.0
"""Of a finished ambience, against full scale."""
_CEILING = 0.8
_EVENT = np.float32(4.5)
"""An event at 0 dB against air at 0 dB: it stands clear of it, since its strength is that of its peak."""
_DROP = np.float32(2.5)
_KNOT = 256
"""Samples from one value of a gain that moves slowly to the next: straight between them."""


def ambience(name: str, samples: int, chance: Chance) -> Samples:
    """The ambience, stereo, exactly ``samples`` long. Raises ``KeyError`` for a name without a recipe.

    It begins and ends in the middle of what goes on: whoever lays it makes the fades.
    """
    out = np.zeros((samples, 2), np.float32)
    for layer in recipes("ambiences")[name]:
        gain = np.float32(10.0 ** (float(layer.get("gain", 0.0)) / 20.0))
        out += _layer(layer, samples, chance) * gain
    power = float(np.sqrt(np.mean(np.square(out, dtype=np.float64))))
    out *= np.float32(10.0 ** (RMS_DB / 20.0) / max(power, 1e-9))
    size = np.abs(out)
    if size.max() > _CEILING:  # a call close by: held, and not cut off
        knee = np.float32(_CEILING * 0.6)
        over = np.maximum(size - knee, 0) / (_CEILING - knee)
        out = np.copysign(np.minimum(size, knee) + (_CEILING - knee) * np.tanh(over), out).astype(np.float32)
    return out


def _layer(layer: dict[str, Any], samples: int, chance: Chance) -> Samples:
    if "noise" in layer:
        return _air(layer, samples, chance)
    if "swell" in layer:
        return _waves(layer, samples, chance)
    if "drops" in layer:
        return _drops(layer, samples, chance)
    if "hum" in layer:
        return _hum(layer, samples, chance)
    return _events(layer, samples, chance)


def _air(layer: dict[str, Any], samples: int, chance: Chance) -> Samples:
    """Noise, ``wide`` between its sides, that swells by ``slow`` (dB, seconds)."""
    sides = _stereo_noise(layer["noise"], samples, float(layer.get("wide", 0.7)), chance)
    if "slow" in layer:
        depth, period = layer["slow"]
        sides *= _slowly(samples, float(depth), float(period), chance)[:, None]
    return sides


def _stereo_noise(curve: Any, samples: int, wide: float, chance: Chance) -> Samples:
    left, right = shaped_noises(2, samples, curve, chance)
    sides = np.empty((samples, 2), np.float32)
    sides[:, 0] = left
    sides[:, 1] = left * np.float32(1.0 - wide) + right * np.float32(wide)
    return sides


def _slowly(samples: int, depth_db: float, period_s: float, chance: Chance) -> Samples:
    """A gain that wanders by ``depth_db`` about 1, in ``period_s`` seconds each way."""
    count = max(4, int(samples / SAMPLE_RATE / period_s * 2) + 4)
    points = chance.standard_normal(count)
    knots = np.arange(0, samples + _KNOT, _KNOT)
    place = np.minimum(knots * (count - 1.001) / max(1, samples - 1), count - 1.001)
    low = place.astype(np.int64)
    along = 0.5 - 0.5 * np.cos(np.pi * (place - low))
    levels = points[low] * (1.0 - along) + points[low + 1] * along
    gains = 10.0 ** (depth_db / 2.0 * np.clip(levels, -2, 2) / 20.0)
    gain: Samples = np.interp(np.arange(samples), knots, gains).astype(np.float32)
    return gain


def _waves(layer: dict[str, Any], samples: int, chance: Chance) -> Samples:
    """Noise in waves: each rises, breaks and runs out, one side before the other."""
    sides = _stereo_noise(layer["swell"], samples, 0.8, chance)
    least, most = layer["every"]
    rise, fall = float(layer["rise"]), float(layer["fall"])
    gains = np.full((samples // _KNOT + 2, 2), float(layer.get("rest", 0.05)), np.float32)
    time = np.arange(len(gains)) * _KNOT / SAMPLE_RATE
    at = -chance.uniform(0, most)
    while at < samples / SAMPLE_RATE:
        strength, aside = chance.uniform(0.5, 1.0), chance.uniform(-0.4, 0.4)
        for side in range(2):
            since = time - at - (aside if side else 0.0)
            up = np.clip(since / rise, 0.0, 1.0) ** 2
            gains[:, side] += strength * up * np.exp(-np.maximum(since - rise, 0.0) / fall)
        at += chance.uniform(least, most)
    place = np.arange(samples)
    knots = np.arange(len(gains)) * _KNOT
    for side in range(2):
        sides[:, side] *= np.interp(place, knots, gains[:, side]).astype(np.float32)
    return sides


def _drops(layer: dict[str, Any], samples: int, chance: Chance) -> Samples:
    """``drops`` a second, each a small part of its own height, strength and place."""
    bank = [made(layer["part"], float(np.exp(0.35 * chance.standard_normal())), chance) for _ in range(24)]
    count = int(float(layer["drops"]) * samples / SAMPLE_RATE)
    at = np.sort(chance.integers(0, samples, count))
    strength = chance.random(count).astype(np.float32) ** 3
    return _placed(bank, at, strength * _DROP, float(layer.get("wide", 1.0)), samples, chance)


def _hum(layer: dict[str, Any], samples: int, chance: Chance) -> Samples:
    """Steady tones ``[Hz, gain]`` that beat slowly against each other, left and right apart."""
    time = np.arange(samples, dtype=np.float64) / SAMPLE_RATE
    sides = np.zeros((samples, 2), np.float32)
    for hertz, gain in layer["hum"]:
        for side in range(2):
            off = hertz * (1.0 + 0.0011 * chance.standard_normal())
            tone = np.sin(2 * np.pi * off * time + chance.uniform(0, 6.3))
            sides[:, side] += (gain * tone).astype(np.float32)
    depth, period = layer.get("slow", (1.5, 6.0))
    sides *= _slowly(samples, depth, period, chance)[:, None]
    return sides


def _events(layer: dict[str, Any], samples: int, chance: Chance) -> Samples:
    """Effects now and then, from anywhere: ``[least, most]`` dB, so many ``a-minute``."""
    recipe = recipe_of(layer["event"])
    if recipe is None:
        raise KeyError(layer["event"])
    length = int(float(layer.get("s", 2.0)) * SAMPLE_RATE)
    bank = [performed(recipe, length, chance) for _ in range(int(layer.get("bank", 4)))]
    bank = [one / max(float(np.abs(one).max()), 1e-6) for one in bank]
    count = max(1, round(float(layer["a-minute"]) * samples / SAMPLE_RATE / 60.0))
    loose = float(layer.get("loose", 0.45))  # 0 is a clock
    slots = (np.arange(count) + chance.uniform(0.5 - loose, 0.5 + loose, count)) / count
    least, most = layer.get("levels", (-12, 0))
    strength = (10.0 ** (chance.uniform(least, most, count) / 20.0)).astype(np.float32)
    at = (slots * samples).astype(np.int64)
    return _placed(bank, at, strength * _EVENT, float(layer.get("wide", 0.9)), samples, chance)


def _placed(
    bank: list[Samples], at: Any, strength: Samples, wide: float, samples: int, chance: Chance
) -> Samples:
    """Sounds of a bank at their places; one that runs over the end goes on at the beginning."""
    out = np.zeros((samples, 2), np.float32)
    angle = (chance.uniform(-wide, wide, len(at)) + 1.0) * np.pi / 4.0
    gains = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32) * strength[:, None]
    which = chance.integers(0, len(bank), len(at))
    for start, one, gain in zip(at.tolist(), which.tolist(), gains, strict=True):
        sound = bank[one][:samples]
        first = min(len(sound), samples - start)
        out[start : start + first] += sound[:first, None] * gain
        if first < len(sound):
            out[: len(sound) - first] += sound[first:, None] * gain
    return out
