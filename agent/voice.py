"""What a person says of a voice: who speaks a character's lines, or the narrator's, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..render.speakers import NARRATOR, check_voice
from ..storyboard.edit_parts import first_fault
from ..storyboard.edits import ChangeCharacter, Edit, SetNarrator
from ..storyboard.errors import BadInput, Refused
from ..storyboard.film import Film
from ..storyboard.looks import Voice
from ..storyboard.voices import narrator_voice, voices
from .references import Changed, find_entity

if TYPE_CHECKING:
    from .production import Production


def voice_of(film: Film, who: str) -> tuple[str | None, str, Voice]:
    """(id or None for the narrator, name, voice). Raises ``UnknownName``."""
    if film.story is None:
        raise BadInput("The film has no story yet, and so no voices. Run `photoplay make` first.")
    if who.strip().casefold() in (NARRATOR, "the narrator"):
        return None, "the narrator", film.story.narrator
    found = find_entity(film, who)
    if found not in film.characters:
        raise BadInput(f"{who} is no character, and has no voice.")
    return found, film.characters[found].name, film.characters[found].voice


def set_voice(production: Production, who: str, asked: dict[str, Any]) -> Changed:
    """Give a character, or ``narrator``, another voice: parts of it by the names of ``Voice``'s fields.

    Another maker begins with an ordinary voice of its own; where espeak is asked for, they sound as they were
    cast.
    Journalled; undo takes it back. Raises ``BadInput``; then nothing was changed.
    """
    film = production.film
    one, name, old = voice_of(film, who)
    begin = old
    if asked.get("maker") == "espeak":
        begin = _first(film, one, old)
    elif asked.get("maker", old.maker) != old.maker:
        begin = Voice(language=old.language)
    try:
        new = Voice(**{**dict(begin), **asked})
    except ValidationError as error:
        raise BadInput(f"The voice of {name}: {first_fault(error)}. Nothing was changed.") from None
    check_voice(new)
    if new.maker == "espeak":
        _check_espeak(new)
    again = tuple(s.id for s in film.shots if any(line.speaker == one for line in s.lines))
    if new == old:
        return Changed(f"{_capital(name)} sounds so already: {told(old)}.")
    edit: Edit = SetNarrator(voice=new) if one is None else ChangeCharacter(character=one, voice=new)
    words = f"{_capital(name)} is spoken by {told(new)}."
    production.edit([edit], words)
    return Changed(words, again=again)


def told(voice: Voice) -> str:
    """A voice in a few words."""
    own = voice.named or voice.variant
    parts = [f"{voice.maker}{f' ({own})' if own else ''}", f"pitch {voice.pitch}", f"pace {voice.pace}"]
    parts += [f"size {voice.size}"] if voice.size != 100 else []
    parts += [f"melody {voice.melody}"] if voice.melody != 58 else []
    return ", ".join([*parts, voice.language])


def _check_espeak(voice: Voice) -> None:
    from ..render.sound.speech import manner_of

    try:
        manner_of(voice, "")
    except Refused as error:
        raise BadInput(f"{error} Nothing was changed.") from None


def _first(film: Film, one: str | None, old: Voice) -> Voice:
    """As they were cast, apart from all others that espeak speaks."""
    assert film.story is not None
    if one is None:
        return narrator_voice(film.story.language)
    others = [c.voice for c in film.story.characters if c.id != one and c.voice.maker == "espeak"]
    return voices([film.characters[one].look], film.story.language, others)[0]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
