"""The storyboard as a strip of text: a row a shot, with time, camera, sentence and the state of its take."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...storyboard.errors import BadInput
from ...storyboard.film import Shot
from ...storyboard.timeline import items
from ...storyboard.vocabulary import Angle
from ..steps import Steps
from .rows import clock, scene_name


@dataclass(frozen=True)
class Frame:
    """One shot of the strip, in words."""

    number: int
    shot: str
    at: str
    seconds: str
    scene: str
    """Set where the scene begins: "scene 2: the tower, night, clear"."""
    camera: str
    sentence: str
    take: str
    """made, older, missing; empty where it cannot be looked up here."""


_TAKES = {"current": "made", "stale": "older", "missing": "to make"}


def frames(production: Steps) -> list[Frame]:
    """The strip of the whole film, in order; empty where it has no shots yet."""
    film = production.film
    if not film.shots:
        return []
    try:
        states = {item: _TAKES[state] for item, (state, _) in production.takes().items()}
    except BadInput:  # a renderer that is not known here: the story can be read all the same
        states = {}
    found, at, number, scene = [], 0, 0, ""
    for item in items(film):
        if isinstance(item, Shot):
            number += 1
            begins = item.scene != scene
            scene = item.scene
            found.append(
                Frame(
                    number=number,
                    shot=item.id,
                    at=clock(film, at),
                    seconds=f"{float(film.settings.rate.seconds(item.frames)):.1f} s",
                    scene=_scene(production, scene) if begins else "",
                    camera=_camera(item),
                    sentence=item.event.sentence,
                    take=states.get(item.id, ""),
                )
            )
        at += item.frames
    return found


def _camera(shot: Shot) -> str:
    """Size and move, and the angle where it is not the usual one."""
    angle = "" if shot.camera.angle is Angle.eye else f", {shot.camera.angle}"
    return f"{shot.camera.size}{angle}, {shot.camera.move}"


def _scene(production: Steps, scene_id: str) -> str:
    film = production.film
    scene = film.scenes[scene_id]
    return f"{scene_name(scene_id)}: {film.places[scene.place].name}, {scene.hour}, {scene.weather}"


def strip(production: Steps, only: Collection[str] = ()) -> list[str]:
    """Lines of the strip; of the shots in ``only``, where there are some."""
    lines = []
    for frame in frames(production):
        if only and frame.shot not in only:
            continue
        if frame.scene:
            lines.append(frame.scene)
        state = f"  [{frame.take}]" if frame.take else ""
        head = f"{frame.number:>3} {frame.shot}  {frame.at}  {frame.seconds}"
        lines.append(f"{head}  {frame.camera}: {frame.sentence}{state}")
    return lines or ["The film has no shots yet."]
