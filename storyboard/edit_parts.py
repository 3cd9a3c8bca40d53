"""What the edits are made of: changed copies of things, and the parts of a film they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .credits import credits_card
from .errors import BadInput, UnknownName
from .film import Film, Shot, Story
from .schema import Data

M = TypeVar("M", bound=Data)


def first_fault(error: ValidationError) -> str:
    """The first fault of a validation error, in one line, with where it is."""
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    words = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {words}" if where else words


def changed(thing: M, changes: Mapping[str, Any]) -> M:
    """A validated copy with some fields changed; the very same object where nothing differs.

    Not ``model_copy``: that validates nothing and carries cached properties over.
    """
    fields = {name: getattr(thing, name) for name in type(thing).model_fields}
    if all(fields[name] == value for name, value in changes.items()):
        return thing
    return type(thing)(**(fields | dict(changes)))


def named(edit: BaseModel, *names: str) -> dict[str, Any]:
    """The fields of an edit that are named (not None); the empty text of an id stands for None."""
    nothing = {"actor", "target", "focus", "speaker", "renderer"}
    return {
        name: (None if value == "" and name in nothing else value)
        for name in names
        if (value := getattr(edit, name)) is not None
    }


@singledispatch
def on(edit: Any, film: Film) -> Film:
    """The film after ``edit``: each kind of edit registers its function here."""
    raise BadInput(f"There is no edit of the kind {type(edit).__name__}.")


def story_of(film: Film) -> Story:
    """The film's story. Raises ``BadInput`` where there is none yet."""
    if film.story is None:
        raise BadInput("There is no story yet, so there is nothing to change in it. Write one first.")
    return film.story


def with_story(film: Film, **changes: Any) -> Film:
    """The film with parts of its story changed."""
    return changed(film, {"story": changed(story_of(film), changes)})


def swapped(things: tuple[M, ...], old: M, new: M) -> tuple[M, ...]:
    """The things with one of them exchanged, in its place."""
    return tuple(new if thing is old else thing for thing in things)


def with_shot(film: Film, shot_id: str, changes: Mapping[str, Any]) -> Film:
    """The film with parts of one shot changed. Raises ``UnknownName``."""
    shot = film.shot(shot_id)
    new = changed(shot, changes)
    return film if new is shot else changed(film, {"shots": swapped(film.shots, shot, new)})


def with_decisions(film: Film, **changes: Any) -> Film:
    """Only decisions change, so the shots are not checked again: a long film records thousands."""
    return _unchecked(film, decisions=changed(film.decisions, changes))


def with_bound(film: Film, shot: Shot, changes: Mapping[str, Any]) -> Film:
    """Only what a shot is bound to changes, so the others are not checked again: all are bound one by one."""
    new = changed(shot, changes)
    return film if new is shot else _unchecked(film, shots=swapped(film.shots, shot, new))


def _unchecked(film: Film, **parts: Any) -> Film:
    return Film.model_construct(**({name: getattr(film, name) for name in Film.model_fields} | parts))


def released(film: Film, items: Iterable[str]) -> Film:
    """The film with no choice of these items pinned."""
    pinned = tuple(item for item in film.decisions.pinned if item not in set(items))
    return film if pinned == film.decisions.pinned else with_decisions(film, pinned=pinned)


def reshot(film: Film, shot_id: str, changes: Mapping[str, Any]) -> Film:
    """As ``with_shot``, for what is seen: where it differs, a pinned take of the shot is let go."""
    after = with_shot(film, shot_id, changes)
    return film if after is film else released(after, [shot_id])


def forget(film: Film, items: Iterable[str] = (), lines: Iterable[str] = ()) -> Film:
    """Without the chosen takes of ``items`` and the measured lengths of ``lines``."""
    decided = film.decisions
    drop, unsay = set(items), set(lines)
    film = released(film, drop)
    if not (drop & decided.chosen.keys() or unsay & (decided.spoken.keys() | decided.spoken_words.keys())):
        return film
    return with_decisions(
        film,
        chosen={k: v for k, v in decided.chosen.items() if k not in drop},
        spoken={k: v for k, v in decided.spoken.items() if k not in unsay},
        spoken_words={k: v for k, v in decided.spoken_words.items() if k not in unsay},
    )


def item_ids(film: Film) -> list[str]:
    """Ids of the cards and shots, in order."""
    seen = (film.opening, *film.shots, film.ending, credits_card(film))
    return [i.id for i in seen if i is not None]


def present(shot: Shot) -> set[str]:
    """Ids of the characters and props in a shot."""
    return {member.entity for member in shot.cast} | {use.entity for use in shot.props}


def home_of_line(film: Film, line_id: str) -> Shot:
    """The shot in which a line is heard. Raises ``UnknownName``."""
    for shot in film.shots:
        if any(line.id == line_id for line in shot.lines):
            return shot
    raise UnknownName("line", line_id, [line.id for shot in film.shots for line in shot.lines])


def placed_after(things: Sequence[M], new: M, after: str | None, ids: list[str], what: str) -> tuple[M, ...]:
    """The things with a new one after that of the id ``after``, or first. Raises ``UnknownName``."""
    if after is None:
        return (new, *things)
    if after not in ids:
        raise UnknownName(what, after, ids)
    at = ids.index(after) + 1
    return (*things[:at], new, *things[at:])


def known(things: Mapping[str, M], what: str, name: str) -> M:
    """The thing of that id. Raises ``UnknownName``."""
    if name not in things:
        raise UnknownName(what, name, list(things))
    return things[name]
