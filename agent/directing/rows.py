"""Rows: each edit as one line in a film maker's words ("shot 6 at 0:31: size medium -> close")."""

from __future__ import annotations

import re

from ...storyboard.edit_types import (
    Edit,
    Insert,
    MoveShot,
    Recast,
    Remove,
    Retime,
    SetBrief,
    Trim,
)
from ...storyboard.edits import describe
from ...storyboard.film import CastMember, Film, Shot
from ...storyboard.schema import Data
from ...storyboard.timeline import items
from ...storyboard.told_shot import told as seen

_REGULAR_SHOT = re.compile(r"s0*(\d+)")
_REGULAR_SCENE = re.compile(r"scene-(\d+)")
_SHOT_AT = re.compile(r"^shot ([a-z0-9-]+)(?=[:, ])")
_SCENE_AT = re.compile(r"^scene scene-(\d+)(?=:)")


def row(film: Film, edit: Edit) -> str:
    """What ``edit`` does to ``film`` (the film before it), in one line."""
    if isinstance(edit, SetBrief):
        return _brief(film, edit)
    if isinstance(edit, Recast):
        return f"{shot_name(film, edit.shot)}: {_recast(film, edit)}"
    if isinstance(edit, Retime):
        return _retimed(film, edit)
    if isinstance(edit, Trim):
        return f"{shot_name(film, edit.shot)}: {_long(film, edit.cut)} cut from its end"
    if isinstance(edit, Insert):
        shot = edit.shot
        told = f"{_long(film, shot.frames)}: {seen(film, shot)}"
        return f"new shot {shot.id} {_after(film, edit.after)}, {told}"
    if isinstance(edit, MoveShot):
        return f"{shot_name(film, edit.shot)} is moved {_after(film, edit.after)}"
    if isinstance(edit, Remove):
        shown = next((seen(film, s) for s in film.shots if s.id == edit.shot), "")
        return f"{shot_name(film, edit.shot)} is taken out: {shown}"
    return _named(film, describe(film, edit))


def shot_name(film: Film, shot: str) -> str:
    """How people call a shot or card: ``shot 6 at 0:31``; with its id where its number is another."""
    at = 0
    for item in items(film):
        if item.id == shot:
            when = clock(film, at)
            number = next((n for n, s in enumerate(film.shots, 1) if s.id == shot), None)
            if number is None:
                return f"card {shot} at {when}"
            regular = _REGULAR_SHOT.fullmatch(shot)
            if regular and int(regular[1]) == number:
                return f"shot {number} at {when}"
            return f"shot {shot} ({number} of {len(film.shots)}) at {when}"
        at += item.frames
    return f"shot {shot}"


def scene_name(scene: str) -> str:
    """``scene 2`` for the id ``scene-2``; else ``scene`` and the id."""
    regular = _REGULAR_SCENE.fullmatch(scene)
    return f"scene {regular[1]}" if regular else f"scene {scene}"


def clock(film: Film, frames: int) -> str:
    """Frames as ``0:31``."""
    seconds = int(film.settings.rate.seconds(frames))
    return f"{seconds // 60}:{seconds % 60:02}"


def _named(film: Film, words: str) -> str:
    at_shot = _SHOT_AT.match(words)
    if at_shot:
        return shot_name(film, at_shot[1]) + words[at_shot.end() :]
    return _SCENE_AT.sub(r"scene \1", words)


def _after(film: Film, after: str | None) -> str:
    return "to the start" if after is None else f"after {shot_name(film, after)}"


def _long(film: Film, frames: int) -> str:
    return f"{float(film.settings.rate.seconds(frames)):.1f} s".replace(".0 s", " s")


def _retimed(film: Film, edit: Retime) -> str:
    lengths = {item.id: item.frames for item in items(film)}
    if len(edit.frames) > 3:
        trimmed = f", {len(edit.heads)} of them trimmed at their start" if edit.heads else ""
        return f"new lengths for {len(edit.frames)} shots and cards{trimmed}"
    parts = [
        f"{shot_name(film, item)}: length {_long(film, lengths.get(item, 0))} -> {_long(film, frames)}"
        for item, frames in edit.frames.items()
    ]
    parts += [f"{shot_name(film, s)}: first line after {_long(film, n)}" for s, n in edit.leads.items()]
    parts += [f"{shot_name(film, s)}: from frame {n} of its take on" for s, n in edit.heads.items()]
    return "; ".join(parts) or describe(film, edit)


def _brief(film: Film, edit: SetBrief) -> str:
    called = {
        "seconds": ("length", " s", "set by its shots"), "shots": ("number of shots", "", "free"),
        "characters": ("most characters", "", "free"), "dialogue": ("dialogue", "", ""),
        "style": ("style", "", "free"),
    }  # fmt: skip
    # A whole script or story has no place in a line.
    parts = ["the new version of the text"] if film.brief.idea != edit.brief.idea else []
    for name, (label, unit, nothing) in called.items():
        was, now = getattr(film.brief, name), getattr(edit.brief, name)
        if was != now:
            parts.append(f"{label} {_value(was, unit, nothing)} -> {_value(now, unit, nothing)}")
    return f"asked for: {', '.join(parts) or 'the same as before'}"


def _value(value: object, unit: str, nothing: str) -> str:
    if value is None:
        return nothing
    if isinstance(value, bool):
        return "yes" if value else "none"
    words = str(value)
    return f"{words}{unit}" if len(words) <= 40 else f"{words[:39]}…"


def _recast(film: Film, edit: Recast) -> str:
    shot = next((s for s in film.shots if s.id == edit.shot), None)
    parts: list[str] = []
    if shot is not None and edit.cast is not None:
        parts += _members(film, shot, edit.cast)
    if shot is not None and edit.props is not None:
        before, after = {p.entity: p for p in shot.props}, {p.entity: p for p in edit.props}
        parts += [f"with {_who(film, e)}" for e in after if e not in before]
        parts += [f"without {_who(film, e)}" for e in before if e not in after]
        parts += [
            f"{_who(film, e)} {words}"
            for e, prop in after.items()
            if e in before and (words := _differing(before[e], prop))
        ]
    return ", ".join(parts) or "staged otherwise"


def _members(film: Film, shot: Shot, cast: tuple[CastMember, ...]) -> list[str]:
    before, after = {m.entity: m for m in shot.cast}, {m.entity: m for m in cast}
    parts = [f"{_who(film, e)} comes in" for e in after if e not in before]
    parts += [f"{_who(film, e)} goes out" for e in before if e not in after]
    for entity, member in after.items():
        if entity in before and (words := _differing(before[entity], member)):
            parts.append(f"{_who(film, entity)} {words}")
    return parts


def _differing(before: Data, after: Data) -> str:
    """``action stand -> wave, holds nothing -> lamp`` of two of one type."""
    parts = []
    for name in type(after).model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if was != now and name not in ("references", "loras"):
            parts.append(f"{name} {_plain(was)} -> {_plain(now)}")
    return ", ".join(parts)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(map(str, value)) or "nothing"
    return "none" if value is None else str(value)


def _who(film: Film, entity: str) -> str:
    known = film.characters.get(entity) or film.props.get(entity) or film.places.get(entity)
    return known.name if known is not None else entity
