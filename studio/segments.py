"""A film's storyboard in three-second segments, a paragraph each: what ``agent/segments.py`` reads.

The form of "One-Minute Video Generation with Test-Time Training" (arXiv 2504.05298, section 3.3,
"Format 3"), for models that were trained on it and for people who like to write so.
"""

from __future__ import annotations

from ..agent.segments import SEGMENT_SECONDS
from ..storyboard.errors import BadInput
from ..storyboard.film import Film, Scene, Shot
from ..storyboard.picture import picture
from ..storyboard.vocabulary import Move

_MOVES = {
    Move.static: "stays still",
    Move.push_in: "pushes in",
    Move.pull_out: "pulls back",
    Move.pan_left: "pans left",
    Move.pan_right: "pans right",
    Move.tilt_up: "tilts up",
    Move.tilt_down: "tilts down",
    Move.follow: "follows",
    Move.zoom_in: "zooms in",
    Move.zoom_out: "zooms out",
}
"""Moves as the form has them; others are told by their own name."""


def segments_of(film: Film) -> str:
    """Title, and each scene between its marks; a shot has one paragraph for every three seconds begun.

    Every paragraph names who is seen and how they look, the place, its light and the camera, for each
    is drawn by itself. Raises ``BadInput`` where the film has no shots yet.
    """
    if film.story is None or not film.shots:
        raise BadInput("The film has no storyboard yet. Run `photoplay render` first.")
    said = [f"Title: {film.story.title}"]
    scene = None
    for shot in film.shots:
        if shot.scene != scene:
            said += ["<end_scene>"] * (scene is not None) + ["<start_scene>"]
            scene = shot.scene
        said += _paragraphs(film, shot, film.scenes[shot.scene])
    return "\n\n".join([*said, "<end_scene>"])


def _paragraphs(film: Film, shot: Shot, scene: Scene) -> list[str]:
    rate = film.settings.rate
    length = rate.frames(SEGMENT_SECONDS)
    count = max(1, -(-shot.frames // length))
    found = []
    for n in range(count):
        happens = [_happens(film, shot)]
        if n == 0 and shot.opening:
            happens = [shot.opening, *happens]
        if n == count - 1 and shot.closing:
            happens.append(shot.closing)
        if 0 < n < count - 1:
            happens = [f"{_happens(film, shot).rstrip('.')}, as before"]
        found.append(
            " ".join(map(_sentence, (*happens, *_seen(film, shot), _where(film, scene), _camera(shot))))
        )
    return found


def _happens(film: Film, shot: Shot) -> str:
    """What happens; who speaks, where a shot has no more."""
    who = film.characters.get(shot.event.actor or "")
    return shot.event.sentence or (f"{who.name} speaks" if who and shot.lines else "A quiet moment")


def _seen(film: Film, shot: Shot) -> list[str]:
    """Who is there and how they look."""
    told = []
    for member in shot.cast:
        who = film.characters[member.entity]
        state = f", {member.state}" if member.state else ""
        told.append(f"{who.name} is {who.words.strip().rstrip('.').lower() or who.noun}{state}")
    return told


def _where(film: Film, scene: Scene) -> str:
    place = film.places[scene.place]
    shown = picture(film, next(s for s in film.shots if s.scene == scene.id)).place
    words = shown.words.strip().rstrip(".") or place.name
    return f"The background is {words}, in {scene.weather.value} weather, {_hour(scene)}"


def _hour(scene: Scene) -> str:
    return (
        f"at {scene.hour.value}"
        if scene.hour.value in ("dawn", "noon", "dusk", "night")
        else (f"in the {scene.hour.value}")
    )


def _camera(shot: Shot) -> str:
    size = shot.camera.size.value.replace("-", " ")
    move = _MOVES.get(shot.camera.move, f"makes a {shot.camera.move.value.replace('-', ' ')} move")
    return f"The camera {move}: {'an' if size[0] in 'aeiou' else 'a'} {size} shot"


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return f"{words[:1].upper()}{words[1:].rstrip('.!? ')}." if words else ""
