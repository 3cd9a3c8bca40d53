"""Before anything is made: are those who speak and play here, and do they have the voices asked for?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..storyboard.errors import BadInput
from ..storyboard.film import Film
from ..storyboard.looks import Voice
from .preflight import preflight
from .protocol import Renderer
from .registry import find_renderer

NARRATOR = "narrator"


def check_sound(film: Film, find: Callable[[str], Renderer]) -> None:
    """Raise ``BadInput`` where a maker of a voice that is heard, or of the music, is missing or cannot run.

    Nothing is made then, and nobody else speaks in its place.
    """
    story = film.story
    if story is None:
        return
    speakers = {line.speaker for shot in film.shots for line in shot.lines}
    heard = {(film.characters[s].name, film.characters[s].voice) for s in speakers if s is not None}
    heard |= {(NARRATOR, story.narrator)} if None in speakers else set()
    for name, voice in sorted(heard, key=lambda found: found[0]):
        try:
            check_voice(voice, find)
        except BadInput as error:
            raise BadInput(f"The voice of {name}: {error}") from None
    if film.settings.music.player:
        preflight([film.settings.music.player], find)


def check_voice(voice: Voice, find: Callable[[str], Renderer] = find_renderer) -> None:
    """Raise ``BadInput`` for a voice whose maker is not there, cannot run here, or has no such voice."""
    renderer: Any = find(voice.maker)
    preflight([voice.maker], lambda name: renderer)
    if "speak" not in renderer.capabilities().requests:
        raise BadInput(f"{voice.maker} speaks no lines.")
    check = getattr(renderer, "check_voice", None)
    if check is not None:
        check(voice)
