"""How four-legged animals move: feet, height of the body, neck and tail for each action."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ....storyboard.vocabulary import Action
from ..easing import smoothstep
from .acting import Acting


@dataclass(frozen=True)
class Gait:
    """The body at a moment. Feet: near fore, far fore, near hind, far hind, as (ahead, lifted), -1 to 1."""

    feet: tuple[tuple[float, float], ...]
    tilt: float = 0.0
    """Degrees that the front of the trunk is raised."""
    sink: float = 0.0
    """Share of the leg that the trunk is lowered by."""
    lift: float = 0.0
    """Of the whole animal, in shoulder heights."""
    neck: float = 0.0
    """Degrees that the neck is raised from its usual carriage."""
    nod: float = 0.0
    wag: float = 2.2
    lying: bool = False
    sitting: bool = False
    air: bool = False
    paws: tuple[tuple[float, float] | None, tuple[float, float] | None] = (None, None)
    """Where the near and the far forepaw are held up, from the shoulder (ahead, down); None on the ground."""
    trunk: float = 0.0
    """How far an elephant's trunk is stretched out ahead, 0 to 1."""


_STILL = ((0.0, 0.0), (0.12, 0.0), (-0.05, 0.0), (0.16, 0.0))
_DOWN_TO = 0.5
"""Heights of its own head below which whom it touches is so low that an animal with paws lies down to it."""
_SNIFFS = -48.0
"""Degrees by which a neck is lowered to search the ground: ahead of the chest, where it is seen."""
_SCRATCHING = {Action.dig, Action.paint, Action.write, Action.work}
"""What an animal does with its forepaws on the ground."""
_HEAD_DOWN = _SCRATCHING | {
    Action.eat,
    Action.drink,
    Action.dig,
    Action.search,
    Action.take,
    Action.read,
    Action.write,
}
_HEAD_UP = {Action.sing, Action.look, Action.laugh, Action.reach, Action.point, Action.throw}


def _steps(
    t: float, rate: float, offsets: tuple[float, ...], stride: float, height: float
) -> tuple[tuple[float, float], ...]:
    out = []
    for offset in offsets:
        phase = (t * rate + offset) % 1.0
        if phase < 0.6:
            out.append((stride * (1 - phase / 0.6 * 2), 0.0))
        else:
            share = (phase - 0.6) / 0.4
            smooth = smoothstep(share)
            out.append((stride * (smooth * 2 - 1), height * math.sin(share * math.pi)))
    return tuple(out)


def _leap(t: float, seconds: float, height: float, seed: int) -> Gait:
    phase = ((t + seed % 5 * 0.2) / seconds) % 1.0
    if phase < 0.25:
        return Gait(_STILL, sink=0.3 * math.sin(phase / 0.25 * math.pi / 2), tilt=4, neck=8)
    share = (phase - 0.25) / 0.6
    if share < 1:
        arc = math.sin(share * math.pi)
        spread = 0.9 * arc
        feet = ((spread, 0.4), (spread * 0.8, 0.4), (-spread, 0.3), (-spread * 0.8, 0.3))
        return Gait(feet, lift=height * arc, tilt=18 * math.cos(share * math.pi), air=True, neck=6)
    return Gait(_STILL, sink=0.22, tilt=-3)


def _danced(t: float) -> Gait:
    """On all fours: a forepaw and the hind one across from it thrown high in turn, the body rocking."""
    beat = math.sin(t * 6.4)
    up, down = max(0.0, beat), max(0.0, -beat)
    fore = ((0.1 + 0.6 * up, 0.95 * up), (0.1 + 0.6 * down, 0.95 * down))
    hind = ((-0.1 - 0.4 * down, 0.6 * down), (0.1 - 0.4 * up, 0.6 * up))
    return Gait(
        (*fore, *hind), tilt=3 + 7 * beat, lift=0.16 * abs(beat), neck=16 + 10 * beat, nod=-12 * beat, wag=9
    )


def _touching(level: float, t: float, acts: bool) -> Gait:
    """Head to head with somebody whose head is that high, in heights of its own: one rubs along the other."""
    low, high = min(0.8, max(0.0, 1.0 - level)), min(0.5, max(0.0, level - 1.0))
    rub = math.sin(t * 3.0) if acts else 0.3 * math.sin(t * 3.0)
    bent = min(1.0, low / 0.6)
    return Gait(
        _STILL, neck=-105 * low + 36 * high + 4 * rub, nod=20 * bent - 14 * high + 3 * rub, tilt=-9 * bent,
        sink=0.08 * bent, wag=7 if acts else 3,
    )  # fmt: skip


def _gesture(action: Action, manner: str, t: float, hoofed: bool) -> Gait | None:
    """What is done with forepaws held up, or with the mouth; None for everything else."""
    beat = math.sin(t * 8.0)
    if action is Action.take:  # down to it, and up with it in the mouth
        up = min(1.0, max(0.0, (t - 1.2) / 0.7))
        up = smoothstep(up)
        return Gait(
            _STILL, neck=-84 + 96 * up, tilt=-10 * (1 - up), sink=0.06 * (1 - up), nod=26 * (1 - up), wag=6,
            trunk=0.5,
        )  # fmt: skip
    if action is Action.point:
        return Gait(
            ((0.5, 0.9), *_STILL[1:]) if hoofed else _STILL, tilt=0.0 if hoofed else 40.0, neck=-6, wag=0.6,
            sitting=not hoofed, paws=(None, None) if hoofed else ((0.95, 0.1 + 0.02 * beat), None), trunk=1.0,
        )  # fmt: skip
    if action in (Action.give, Action.hold, Action.throw, Action.reach):
        if action is Action.reach and not hoofed:
            return Gait(
                _STILL, tilt=40, neck=10, sitting=True, paws=((0.9, -0.05 + 0.12 * beat), None), trunk=0.9
            )
        if action is Action.hold:
            return Gait(_STILL, neck=14, wag=5, trunk=0.8)
        if action is Action.reach:  # a hoof raised, the neck stretched out
            return Gait(((0.62, 0.6 + 0.15 * beat), *_STILL[1:]), neck=-26 - 6 * beat, nod=-14, trunk=1.0)
        return None
    if action is Action.dance and hoofed:
        return _danced(t)
    if hoofed:
        return _leap(t, 0.9, 0.26, 0) if action is Action.perform else None
    if action in (Action.perform, Action.dance) or (action is Action.laugh and manner == "clap"):
        gap = 0.11 * (1 + beat)
        return Gait(
            _STILL, tilt=58, neck=12, sitting=True, paws=((0.42, 0.06 + gap), (0.46, 0.0 - gap)), wag=7
        )
    if action is Action.wave:
        return Gait(_STILL, tilt=42, neck=12, sitting=True, paws=((0.46, -0.34 + 0.1 * beat), None), wag=6)
    if action in (Action.open, Action.close, Action.fight):
        return Gait(
            _STILL,
            tilt=48,
            neck=4,
            sitting=True,
            paws=((0.5, -0.02 + 0.12 * beat), (0.48, -0.02 - 0.12 * beat)),
        )
    if action is Action.push:
        feet = _steps(t, 0.6, (0.0, 0.5, 0.75, 0.25), 0.4, 0.3)
        return Gait(feet, tilt=34, neck=-8, paws=((0.9, 0.12), (0.95, 0.02)), wag=1.0)
    return None


def gait(
    acting: Acting, t: float, seed: int, *, hop: bool = False, hoofed: bool = False, low: bool = False
) -> Gait:
    """The body ``t`` seconds into the action; ``hop`` animals leap where others walk.

    What is ``hoofed`` never sits like a dog: it lies with its legs folded, or stands. Neither does what is
    ``low``, with a trunk that would stand up like a plank.
    """
    action, t = acting.action, t * acting.pace
    if low and action is Action.dance:
        return _danced(t)
    if low and action is Action.hug:
        return Gait(_STILL, neck=16, nod=-6, wag=7)
    if action is Action.listen and acting.manner == "smell":  # along the ground, to and fro
        swing = math.sin(t * 2.2)
        return Gait(_STILL, neck=-78 + 8 * swing, tilt=-8, sink=0.06, nod=24 + 4 * math.sin(t * 9), wag=5)
    if (hoofed or low) and action in (Action.sit, Action.read):
        action = Action.lie
    elif hoofed and action in (Action.listen, Action.think, Action.wave, Action.hug):
        action = Action.stand
    if acting.manner in ("nose", "lick") and (acting.action is not Action.push or acting.level < 0.6):
        if acting.level < _DOWN_TO and not (hoofed or low or hop) and acting.manner == "nose":
            rub = math.sin(t * 3.0) if acting.action is not Action.stand else 0.0
            return Gait(_STILL, sink=0.98, neck=-30 + 4 * rub, nod=10 + 3 * rub, lying=True, wag=7)
        return _touching(acting.level, t, acting.action is not Action.stand)
    if acting.manner == "shoved":  # its feet slide, its weight is back
        back = ((0.5, 0.0), (0.7, 0.0), (0.1, 0.0), (0.3, 0.0))
        return Gait(back, tilt=7, sink=0.12, neck=16, nod=-8, wag=1.0)
    breath = 0.015 * math.sin(t * 2.3 + seed)
    if (shown := _gesture(action, acting.manner, t, hoofed)) is not None:
        return shown
    if action in (Action.walk, Action.sneak):
        if hop:
            return _leap(t, 0.8, 0.22, 0)
        rate, crouch = (0.45, 0.36) if action is Action.sneak else (1.0, 0.0)
        feet = _steps(t, rate, (0.0, 0.5, 0.75, 0.25), 0.62, 0.6)
        bob = abs(math.sin(t * rate * math.tau)) * 0.04
        return Gait(feet, sink=crouch + bob, neck=-34 if crouch else 3 * math.sin(t * rate * 12.57), nod=0)
    if action in (Action.run, Action.ride, Action.fight):
        if hop:
            return _leap(t, 0.55, 0.42, 0)
        phase = t * 2.1
        feet = _steps(t, 2.1, (0.0, 0.12, 0.5, 0.62), 1.15, 0.9)
        rock = math.sin(phase * math.tau)
        return Gait(feet, tilt=8 * rock, lift=max(0.0, rock) * 0.1, neck=-10 - 8 * rock, wag=9)
    if action is Action.play and not hop:  # bows with its hind up, then leaps
        phase = (t / 0.9) % 2.0
        if phase < 1.0:
            return Gait(((0.7, 0.0), (0.8, 0.0), *_STILL[2:]), tilt=-22, sink=0.12, neck=26, wag=10)
        return _leap(t, 0.9, 0.26, 0)
    if action in (Action.jump, Action.play, Action.dance, Action.climb, Action.dive):
        return _leap(t, 1.2 if action is Action.jump else 0.9, 0.5 if action is Action.jump else 0.26, 0)
    if action is Action.fall and acting.manner == "kneels":  # on its knees, not yet on its side
        feet = ((0.5, 0.5), (0.75, 0.4), (-0.5, 0.0), (-0.25, 0.1))
        return Gait(feet, tilt=-16, sink=0.34, neck=-26, nod=12, wag=1.0)
    if action in (Action.sleep, Action.lie, Action.fall):
        asleep = action is Action.sleep
        return Gait(
            _STILL,
            sink=0.98 + breath,
            neck=-52 if asleep else 16,
            nod=18 if asleep else 0,
            lying=True,
            wag=0.8,
        )
    if action in (Action.hide, Action.kneel, Action.cry):
        return Gait(_STILL, sink=0.98 + breath, neck=-24, nod=8, lying=True, wag=1.0)
    if action in (Action.sit, Action.listen, Action.think, Action.read, Action.wave, Action.hug):
        tilt = 38.0
        return Gait(_STILL, tilt=tilt, sink=0.0, neck=14 + 3 * math.sin(t * 1.4), sitting=True, nod=0)
    if action in (Action.swim, Action.fly, Action.float):
        feet = _steps(t, 1.3, (0.0, 0.5, 0.7, 0.2), 0.8, 0.6)
        return Gait(feet, lift=0.3 + 0.05 * math.sin(t * 2.2), neck=12, air=True, tilt=5)
    if action is Action.give:
        nudge = max(0.0, math.sin(t * 2.4))
        return Gait(_STILL, neck=-22 - 14 * nudge, nod=4 + 6 * nudge, tilt=-3, sink=0.04, wag=6)
    if action in _HEAD_DOWN:
        feet = _STILL
        if action in _SCRATCHING:
            scratch = math.sin(t * 11)
            feet = (
                (0.5 + 0.4 * scratch, max(0.0, scratch) * 0.6),
                (0.5 - 0.4 * scratch, max(0.0, -scratch) * 0.6),
                *_STILL[2:],
            )
        if action is Action.search and not hoofed:
            sway = math.sin(t * 2.2)
            return Gait(feet, neck=_SNIFFS + 7 * sway, tilt=-4, sink=0.04, nod=24 + 3 * sway, wag=5)
        return Gait(feet, neck=-84 + 6 * math.sin(t * 5), tilt=-10, sink=0.06, nod=26, wag=5)
    if action in (Action.push, Action.pull):
        feet = _steps(t, 0.6, (0.0, 0.5, 0.75, 0.25), 0.5, 0.4)
        return Gait(feet, neck=-34, nod=16, sink=0.1)
    if action is Action.sing and not (hop or hoofed or low):  # howls, its muzzle to the sky
        rise = 4 * math.sin(t * 2.1)
        return Gait(_STILL, neck=24 + rise, nod=-46 - rise, sink=breath, wag=2.0)
    if action in _HEAD_UP:
        return Gait(
            _STILL, neck=22 + 4 * math.sin(t * 2.1), nod=-16 if action is Action.sing else -4, sink=breath
        )
    wag = 8.0 if acting.expression in ("happy", "curious", "tender") else 2.0
    return Gait(_STILL, sink=breath + 0.01, neck=3 * math.sin(t * 1.3 + seed), wag=wag)
