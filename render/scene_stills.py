"""The pictures of a scene that its keyframes are drawn beside, so that they look alike.

StoryDiffusion (arXiv 2405.01434, section 3.1) draws a story's pictures as one batch whose self-attention
reads across it. Here a scene's first pictures are its identity pictures, and every keyframe of the scene is
drawn beside them; so a keyframe depends on them and on itself, not on how many are drawn together.
"""

from __future__ import annotations

from ..storyboard.errors import BadInput
from ..storyboard.film import Film, Shot
from .requests import Beside
from .shot_requests import MakeNode, ShotRequests, Using
from .stills import KEYFRAMES, NOBODY

IDENTITY = 3
"""Identity pictures of a scene, at most (the paper's code has four in a batch)."""
CONSISTENT = ("none", "scene")
"""What the setting ``consistent`` may be."""


def identity_pictures(
    film: Film, clips: Using, stills: Using | None, make: MakeNode
) -> dict[str, tuple[Beside, ...]]:
    """Scene id -> its identity pictures, where the film's settings ask for consistent keyframes.

    The openings of the scene's first shots with somebody in them. A scene with one such shot has none: there
    is nothing to be alike; nor has a film whose ``clips`` are of a renderer that reads no setting, such as
    the animatic: it keeps this one for another. Raises ``BadInput`` where who draws keyframes cannot do so.
    """
    asked = film.settings.values.get("consistent", CONSISTENT[0])
    if asked not in CONSISTENT:
        raise BadInput(f"The setting consistent is {str(asked)[:40]!r}; it must be none or scene.")
    if asked == "none":
        return {}
    if stills is None and clips[1].settings is not None and not clips[1].settings:
        return {}
    named = film.settings.values.get(KEYFRAMES, NOBODY)
    if stills is None and named != NOBODY:
        raise BadInput(
            f"The setting consistent=scene is for keyframes, and {clips[0]} takes none from {named}. Choose "
            "another --renderer, or leave it out with --unset consistent."
        )
    if stills is None:
        raise BadInput(
            "The setting consistent=scene is for keyframes, and nobody draws any. Name who does with "
            "--keyframes diffusion:sdxl-base."
        )
    if "beside" not in stills[1].inputs:
        raise BadInput(
            "The setting consistent=scene needs keyframes by a renderer that draws pictures beside each "
            f"other, such as diffusion:sdxl-base; {stills[0]} does not. Leave it out: references hold there."
        )
    scenes: dict[str, list[Shot]] = {}
    for shot in film.shots:
        if shot.cast:
            scenes.setdefault(shot.scene, []).append(shot)
    return {
        scene: tuple(_beside(film, shot, stills, make) for shot in shots[:IDENTITY])
        for scene, shots in scenes.items()
        if len(shots) > 1
    }


def _beside(film: Film, shot: Shot, stills: Using, make: MakeNode) -> Beside:
    return ShotRequests(film, shot, stills, stills, make).as_identity()
