"""A person's own ambience and effects: files named after the sounds in whose place they are heard.

Every file is decoded whole before a film is begun or changed, so that one that is no sound is refused first.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from ..memory.files import plain_error
from ..memory.tracks import TrackBook
from ..storyboard.edits import Setting, ShotSetting
from ..storyboard.errors import BadInput, UnknownName
from ..storyboard.film import Effects, OwnSound, TakeSound
from ..storyboard.soundscape import sound_names
from .references import Changed

if TYPE_CHECKING:
    from .steps import Steps

LONGEST_S = 1800
"""Of a sound that is taken in."""
MOST_FILES = 200


@dataclass(frozen=True)
class Gathered:
    """Sounds that were looked at, by name, and where each lies for now. ``passed_over``: files not used."""

    sounds: dict[str, OwnSound] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()

    def give(self, production: Steps) -> Changed:
        """Let the film have them, in place of those that it would be given. Needs the lock. Makes nothing."""
        project = production.project
        book = TrackBook(project.folder, project.files)
        project.files.make_folder(project.work)
        for name, sound in self.sounds.items():
            part = project.work / "sound.wav"
            try:
                shutil.copyfile(self.paths[name], part)
            except OSError as error:
                raise plain_error(error, part) from error
            book.keep(sound.digest, sound.milliseconds, part)
        words = f"Your own sounds: {', '.join(sorted(self.sounds))}."
        kept = production.film.settings.sounds
        if any(kept.get(name) != sound for name, sound in self.sounds.items()):
            production.changed_by([Setting(sounds=dict(self.sounds))], words)
        left = (
            f" Not used, having no sound's name: {', '.join(self.passed_over)}." if self.passed_over else ""
        )
        return Changed(words + left)


@contextmanager
def gathered(folder: Path) -> Iterator[Gathered]:
    """Look at every sound of a folder whose name is that of a sound, or the beginning of one.

    Raises ``BadInput`` for the first that is no sound, for two of one name, and where none is to be used;
    nothing has been changed then. What was decoded is gone afterwards.
    """
    from ..render.sound.intake import SUFFIXES, take_in_sound

    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES)
    except (OSError, ValueError) as error:
        raise BadInput(f"{folder} is no folder of sounds ({getattr(error, 'strerror', error)}).") from None
    if len(files) > MOST_FILES:
        raise BadInput(f"{folder} has {len(files)} sounds; at most {MOST_FILES} are taken in.")
    named = {path: path.stem.lower() for path in files}
    used = {path: name for path, name in named.items() if is_sound(name)}
    if not used:
        raise BadInput(
            f"{folder} holds no file that is named after a sound. {_named_so(list(named.values()))}"
        )
    if len(set(used.values())) < len(used):
        twice = next(name for name in used.values() if list(used.values()).count(name) > 1)
        raise BadInput(f"{folder} holds {twice!r} twice. Which one is meant? Nothing was changed.")
    with tempfile.TemporaryDirectory(prefix="photoplay-") as work:
        found = Gathered(passed_over=tuple(path.name for path in files if path not in used))
        for number, (path, name) in enumerate(used.items()):
            out = Path(work) / f"{number}.wav"
            facts = take_in_sound(path, out, longest_s=LONGEST_S)
            found.sounds[name] = OwnSound(digest=facts.digest, milliseconds=max(1, facts.milliseconds))
            found.paths[name] = out
        yield found


def set_sounds(
    production: Steps,
    folder: Path | None,
    effects: Effects | None = None,
    forget: Collection[str] = (),
    take_sound: Mapping[str, TakeSound] | None = None,
) -> Changed:
    """Journal a folder of sounds, whether there are effects at all, whose own sounds are let go, and of which
    shots the sound that came with their take is kept or dropped.

    Undo takes it back. Raises ``BadInput`` or ``UnknownName``; then nothing was changed.
    """
    kept = production.film.settings
    for name in forget:
        if name not in kept.sounds:
            raise UnknownName("sound of your own", name, sorted(kept.sounds))
    for shot in take_sound or {}:
        production.film.shot(shot)
    said: list[str] = []
    if folder is not None:
        with gathered(folder) as found, production.project.lock():
            said.append(found.give(production).words)
        if (effects or kept.effects) == "off":
            said.append("They are not heard while ambience and effects are off (--effects on).")
    if forget or (effects is not None and effects != kept.effects):
        change = Setting(sounds=dict.fromkeys(forget), effects=effects)
        words = [f"Let go: {', '.join(sorted(forget))}."] if forget else []
        words += [f"Ambience and effects are {effects}."] if effects is not None else []
        with production.project.lock():
            production.changed_by([change], " ".join(words))
        said += words
    if take_sound:
        edits = [ShotSetting(shot=shot, take_sound=way) for shot, way in take_sound.items()]
        line = "Sound of takes: " + ", ".join(f"{shot} {way}" for shot, way in take_sound.items()) + "."
        with production.project.lock():
            production.changed_by(edits, line)
        said.append(line)
    return Changed(" ".join(said) or told(production))


def told(production: Steps) -> str:
    """What sounds the film has, in lines."""
    from ..storyboard.timeline import timeline
    from .soundtrack import told_sounds

    film = production.film
    if film.settings.effects == "off":
        return "Ambience and effects are off."
    if film.story is None:
        return "The film has no story yet, so nothing sounds in it."
    if not film.shots:
        return "The film has no shots yet, so nothing sounds in it."
    found = told_sounds(film, timeline(film))
    lines = [f"Ambience: {', '.join(found['ambience']) or 'none'}."]
    lines.append(f"Effects: {', '.join(found['sounds']) or 'none'}.")
    if film.settings.sounds:
        heard = found["your_own"]
        lines.append(
            f"Your own: {', '.join(sorted(film.settings.sounds))}; heard: {', '.join(heard) or 'none'}."
        )
    return "\n".join(lines)


def is_sound(name: str) -> bool:
    """Whether a sound has this name, or begins with it: ``steps`` is heard for steps on any ground."""
    return any(known == name or known.startswith(f"{name}-") for known in sound_names())


def _named_so(names: list[str]) -> str:
    near = [match for name in names for match in get_close_matches(name, sound_names(), 1)]
    hint = f"Did you mean {', '.join(near[:3])}? " if near else ""
    return f"{hint}Names are such as rain, forest, door or steps-gravel; docs/sound.md lists all."
