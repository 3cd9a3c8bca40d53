"""Renaming: one display name replaced as a whole word in every text a person reads, but the brief."""

from __future__ import annotations

import re
from typing import Any, Literal

from .edit_parts import M, changed
from .errors import BadInput, UnknownName
from .film import Card, Film, Scene, Shot

What = Literal["title", "character", "place", "prop", "scene"]
_TEXTS = frozenset(
    {"body", "closing", "delivery", "heading", "light_words", "logline", "look_words"}
    | {"notes", "opening", "sentence", "title", "words"}
)


def rename(film: Film, what: What, item: str | None, name: str) -> Film:
    """The film with the new name. Ids, takes and the brief stay. Raises ``UnknownName``, ``BadInput``."""
    assert film.story is not None
    if what == "title":
        old = film.story.title
    else:
        things = {c.id: c.name for c in film.story.characters} if what == "character" else {}
        things |= {p.id: p.name for p in film.story.places} if what == "place" else {}
        things |= {p.id: p.name for p in film.story.props} if what == "prop" else {}
        things |= {s.id: s.title for s in film.story.scenes} if what == "scene" else {}
        if item is None:
            raise BadInput(f"Say which {what} is to be called {name!r}.")
        if item not in things:
            raise UnknownName(what, item, list(things))
        old = things[item]
    # A title or a scene's heading is no word of the story: only where it stands whole is it replaced.
    replaced = _Renaming(old, name, _longer_names(film, old), whole=what in ("title", "scene"))
    story = film.story
    entity = item if what not in ("title", "scene") else None
    parts = {
        "logline": replaced(story.logline),
        "look_words": replaced(story.look_words),
        "title": name if what == "title" else replaced(story.title),
        "characters": tuple(_named(c, entity, name, replaced) for c in story.characters),
        "places": tuple(_named(p, entity, name, replaced) for p in story.places),
        "props": tuple(_named(p, entity, name, replaced) for p in story.props),
        # Scenes of a script may share a heading: the others keep theirs.
        "scenes": tuple(
            s
            if what == "scene" and s.id != item
            else _scene(s, item if what == "scene" else None, name, replaced)
            for s in story.scenes
        ),
    }
    whole = {field: getattr(film, field) for field in Film.model_fields}
    whole["story"] = changed(story, parts)
    whole["shots"] = tuple(_shot(shot, replaced) for shot in film.shots)
    for where in ("opening", "ending"):
        card: Card | None = whole[where]
        whole[where] = None if card is None else _reworded(card, replaced)
    return Film(**whole)


class _Renaming:
    """Replaces a name as a whole word, with its capital at the start of a sentence kept.

    Longer names that hold the old one ("Anna Maria" for "Anna") are left alone.
    """

    def __init__(self, old: str, new: str, longer: list[str], whole: bool) -> None:
        self._old, self._new, self._whole = old, new, whole
        capital = old[:1].upper() + old[1:]
        keep = "|".join(re.escape(other) for other in longer)
        find = "|".join(re.escape(form) for form in dict.fromkeys((old, capital)))
        pattern = (
            rf"(?<!\w)(?:(?P<keep>{keep})|(?P<old>{find}))(?!\w)"
            if keep
            else rf"(?<!\w)(?P<old>{find})(?!\w)"
        )
        self._pattern = re.compile(pattern) if old else None

    def __call__(self, text: str) -> str:
        if self._whole or self._pattern is None:
            return self._new if text == self._old and text else text
        return self._pattern.sub(self._one, text)

    def _one(self, match: re.Match[str]) -> str:
        found = match["old"]
        if found is None:
            return match[0]
        return self._new if found == self._old else self._new[:1].upper() + self._new[1:]


def _longer_names(film: Film, old: str) -> list[str]:
    every = [e.name for group in (film.characters, film.places, film.props) for e in group.values()]
    return sorted((n for n in every if old in n and n != old), key=len, reverse=True)


def _reworded(thing: M, replaced: _Renaming) -> M:
    """The thing with the texts at its own level replaced."""
    texts = _TEXTS & type(thing).model_fields.keys()
    return changed(thing, {name: replaced(getattr(thing, name)) for name in texts})


def _named(entity: M, item: str | None, name: str, replaced: _Renaming) -> M:
    fields = type(entity).model_fields
    changes: dict[str, Any] = {"words": replaced(getattr(entity, "words", ""))}
    if item is not None and getattr(entity, "id", None) == item:
        changes["name"] = name
    if "states" in fields:
        changes["states"] = tuple(_reworded(state, replaced) for state in getattr(entity, "states", ()))
    return changed(entity, changes)


def _scene(scene: Scene, item: str | None, name: str, replaced: _Renaming) -> Scene:
    if scene.id == item:
        return changed(scene, {"title": name})
    return _reworded(scene, replaced)


def _shot(shot: Shot, replaced: _Renaming) -> Shot:
    worded = _reworded(shot, replaced)
    parts = {
        "event": _reworded(shot.event, replaced),
        "camera": _reworded(shot.camera, replaced),
        "lines": tuple(_reworded(line, replaced) for line in shot.lines),
        "plate": None if shot.plate is None else _reworded(shot.plate, replaced),
    }
    return changed(worded, parts)
