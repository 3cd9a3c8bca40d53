"""Which takes the soundscape needs: a request for every sound that is not a person's own."""

from __future__ import annotations

from collections.abc import Iterator

from ..storyboard.film import Film
from ..storyboard.soundscape import soundscape
from ..storyboard.timeline import Timeline
from .nodes import node_id
from .requests import Effect

FOLEY = "foley"
"""The renderer of ambience and effects that comes with the program."""


def sound_node(name: str, variant: int) -> str:
    """The id of a sound's node."""
    return node_id("sound", name, str(variant))


def wanted_sounds(film: Film, laid: Timeline) -> Iterator[tuple[str, Effect]]:
    """(node id, request) for each sound to make; nothing of where it lies is in it."""
    for name, variant, milliseconds in soundscape(film, laid).wanted:
        if not own_sound(film, name)[0]:
            yield (
                sound_node(name, variant),
                Effect(name=name, milliseconds=milliseconds, seed=variant),
            )


def own_sound(film: Film, name: str) -> tuple[str, str]:
    """(its name, its digest) of the person's own sound heard in place of a sound; empty where there is none.

    ``steps-gravel-run`` is ``steps-gravel`` and ``steps`` too, where there is no nearer one.
    """
    while name:
        if name in film.settings.sounds:
            return name, film.settings.sounds[name].digest
        name = name.rpartition("-")[0]
    return "", ""
