"""Effects: a sound that something makes, from its recipe in ``recipes.json``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from .foley_parts import Chance, made, shaped_noise
from .wav import SAMPLE_RATE, Samples

PEAK = 0.7
"""Of a finished effect, against full scale."""
_FADE = SAMPLE_RATE // 25
_PITCH, _LEVEL_DB = 0.06, 2.0
"""How far one step or stroke differs from the next, where the recipe does not say."""


@cache
def recipes(kind: str) -> dict[str, Any]:
    """The recipes of ``effects``, ``ambiences`` or ``grounds``, by name. Callers must not change them."""
    text = files(__package__).joinpath("recipes.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)[kind]
    return found


def recipe_of(name: str) -> dict[str, Any] | None:
    """The recipe of an effect; of ``steps-<ground>-<gait>`` that of the ground in the gait. None: unknown."""
    found: dict[str, Any] | None = recipes("effects").get(name)
    if found is None and name.startswith("steps-"):
        ground, _, gait = name.removeprefix("steps-").rpartition("-")
        parts, way = recipes("grounds").get(ground), recipes("gaits").get(gait)
        found = {**way, "parts": parts} if parts and way else None
    return found


def effect(name: str, samples: int, chance: Chance) -> Samples:
    """The effect, stereo, exactly ``samples`` long, with the small room that it is in.

    Raises ``KeyError`` for a name without a recipe.
    """
    recipe = recipe_of(name)
    if recipe is None:
        raise KeyError(name)
    dry = performed(recipe, samples, chance)
    wet = _in_room(dry, float(recipe.get("room", 0.12)), chance)
    wet *= np.float32(PEAK / max(float(np.abs(wet).max()), 1e-6))
    edge = min(_FADE, samples // 4)
    wet[: edge // 8] *= np.linspace(0.0, 1.0, edge // 8, dtype=np.float32)[:, None]
    wet[-edge:] *= np.cos(np.linspace(0.0, np.pi / 2, edge, dtype=np.float32))[:, None]
    return wet


def performed(recipe: dict[str, Any], samples: int, chance: Chance) -> Samples:
    """The recipe's parts, as often as it says, mono: no two times are quite the same."""
    out = np.zeros(samples, np.float32)
    pitches, levels = float(recipe.get("pitch", _PITCH)), float(recipe.get("levels", _LEVEL_DB))
    for n, at in enumerate(_times(recipe, samples, chance)):
        pitch = float(np.exp(pitches * chance.standard_normal()))
        gain = 10.0 ** (levels * chance.uniform(-1.0, 0.5) / 20.0)
        for part in recipe["parts"]:
            if "nth" in part and n % int(part["of"]) != int(part["nth"]):
                continue
            start = at + int(float(part.get("at", 0.0)) * SAMPLE_RATE)
            if start < samples:
                sound = made(part, pitch, chance)[: samples - start]
                out[start : start + len(sound)] += sound * np.float32(gain)
    return out


def _times(recipe: dict[str, Any], samples: int, chance: Chance) -> list[int]:
    """When it begins, each time: ``times`` times, or to the end where that is 0, ``every`` seconds apart."""
    times, every = recipe.get("times", 1), float(recipe.get("every", 0.5))
    if isinstance(times, list):
        times = int(chance.integers(times[0], times[1] + 1))
    most = int(samples / SAMPLE_RATE / every) + 1
    count = most if times == 0 else min(int(times), most)
    jitter = float(recipe.get("jitter", 0.03)) * every
    places = np.arange(count) * every + chance.uniform(-jitter, jitter, count)
    return [int(max(0.0, place) * SAMPLE_RATE) for place in places]


def _in_room(dry: Samples, send: float, chance: Chance) -> Samples:
    """Both sides of the sound in a small room: the same in the middle, the echo different left and right."""
    taps = SAMPLE_RATE * 2 // 5
    time = np.arange(taps, dtype=np.float32) / SAMPLE_RATE
    size = 1 << (len(dry) + taps - 1).bit_length()
    spectrum = np.fft.rfft(dry, size)
    sides = []
    for _ in range(2):
        echo = shaped_noise(taps, ((100, -12), (300, 0), (3000, -4), (9000, -24)), chance) * np.exp(
            -time / 0.09
        )
        echo[: SAMPLE_RATE // 150] = 0.0
        echo *= send / np.sqrt(np.sum(echo**2))
        sides.append(np.fft.irfft(spectrum * np.fft.rfft(echo, size), size)[: len(dry)])
    return (np.stack(sides, axis=1) + dry[:, None]).astype(np.float32)
