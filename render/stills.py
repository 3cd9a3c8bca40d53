"""Which renderer makes a film's keyframes and reference sheets, and how many references it takes."""

from __future__ import annotations

from collections.abc import Callable

from ..storyboard.errors import BadInput
from ..storyboard.film import Film, Settings, Shot
from .protocol import Capabilities, Renderer

Known = Callable[[str], tuple[Renderer, Capabilities]]
"""A renderer by name with what it can do, such as ``Planner.renderer``."""
KEYFRAMES = "keyframes"
"""The setting of a film that names the renderer of its keyframes."""
NOBODY = "none"
"""What the setting says where none are to be drawn."""
FINISHERS = ("refine", "upscale")
"""Settings of a film that name the renderers which refine and enlarge its clips."""


def keyframes_renderer(film: Film, known: Known) -> str | None:
    """The renderer that the film's settings name for keyframes, else its own where that makes stills.

    None where neither does. Raises ``BadInput`` where the one that is named makes no stills, and
    ``UnknownName`` where there is none of that name.
    """
    named = film.settings.values.get(KEYFRAMES)
    if named == NOBODY:
        return None
    if named is None:
        own = film.settings.renderer
        return own if "still" in known(own)[1].requests else None
    if not isinstance(named, str):
        raise BadInput(
            f"The setting 'keyframes' is {named!r}; it names a renderer, such as diffusion:flux2-klein."
        )
    if "still" not in known(named)[1].requests:
        raise BadInput(
            f"The setting 'keyframes' names {named!r}, which makes no stills. Name another renderer."
        )
    return named


def renderers_of(settings: Settings) -> list[str]:
    """The renderers that the settings name: the film's, its keyframes', and those that finish clips."""
    named = (settings.values.get(name) for name in (KEYFRAMES, *FINISHERS))
    return [settings.renderer, *(n for n in named if isinstance(n, str) and n != NOBODY)]


def finishers_of(shot: Shot) -> list[str]:
    """The renderers that a shot's own settings name to refine and enlarge it."""
    named = (shot.settings.get(name) for name in FINISHERS)
    return [name for name in named if isinstance(name, str) and name != NOBODY]


def references_taken(film: Film, known: Known) -> int:
    """How many references a shot may be bound to: those of the keyframes, else of the film's renderer."""
    return known(keyframes_renderer(film, known) or film.settings.renderer)[1].references


def remembers(film: Film, known: Known) -> bool:
    """Whether references are made and bound by themselves before shooting.

    So it is where the film's renderer takes a keyframe or references, and keyframes are asked for or it
    runs on a GPU or a network. Films of other renderers, an animatic of the same film among them, have the
    references that a person binds, and cost nothing more.
    """
    can = known(film.settings.renderer)[1]
    drawn = can.requests <= {"still"} or bool(can.inputs & {"first", "references"})
    return drawn and (KEYFRAMES in film.settings.values or can.device in ("gpu", "network"))
