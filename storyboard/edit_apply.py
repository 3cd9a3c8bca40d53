"""``apply``: one pure function per edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from . import edit_types as e
from .edit_rename import rename
from .errors import BadInput, UnknownName
from .film import CastMember, Decisions, Film, PropUse, Scene, Shot, Story
from .looks import Character, Place, Prop
from .schema import Data

M = TypeVar("M", bound=Data)


def apply(film: Film, edit: e.Edit) -> Film:
    """The film after ``edit``. Pure; parts that the edit does not name are the same objects.

    Raises ``BadInput`` where the result would not be a whole film and ``UnknownName`` for an id
    that does not exist.
    """
    try:
        return _apply(edit, film)
    except ValidationError as error:
        raise BadInput(f"The edit {edit.op!r} does not fit this film: {first_fault(error)}") from None


def apply_all(film: Film, edits: Iterable[e.Edit]) -> Film:
    """The film after all edits in order. Raises as ``apply``; then none of them is done."""
    for edit in edits:
        film = apply(film, edit)
    return film


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
def _apply(edit: e.Edit, film: Film) -> Film:
    raise BadInput(f"There is no edit of the kind {type(edit).__name__}.")


def _story(film: Film) -> Story:
    if film.story is None:
        raise BadInput("There is no story yet, so there is nothing to change in it. Write one first.")
    return film.story


def _with_story(film: Film, **changes: Any) -> Film:
    return changed(film, {"story": changed(_story(film), changes)})


def _swap(things: tuple[M, ...], old: M, new: M) -> tuple[M, ...]:
    return tuple(new if thing is old else thing for thing in things)


def _with_shot(film: Film, shot_id: str, changes: Mapping[str, Any]) -> Film:
    shot = film.shot(shot_id)
    new = changed(shot, changes)
    return film if new is shot else changed(film, {"shots": _swap(film.shots, shot, new)})


def _with_decisions(film: Film, **changes: Any) -> Film:
    """Only decisions change, so the shots are not checked again: a long film records thousands."""
    decisions = changed(film.decisions, changes)
    fields = {name: getattr(film, name) for name in Film.model_fields}
    return Film.model_construct(**(fields | {"decisions": decisions}))


def forget(film: Film, items: Iterable[str] = (), lines: Iterable[str] = ()) -> Film:
    """Without the chosen takes of ``items`` and the measured lengths of ``lines``."""
    decided = film.decisions
    drop, unsay = set(items), set(lines)
    if not (drop & decided.chosen.keys() or unsay & (decided.spoken.keys() | decided.spoken_words.keys())):
        return film
    return _with_decisions(
        film,
        chosen={k: v for k, v in decided.chosen.items() if k not in drop},
        spoken={k: v for k, v in decided.spoken.items() if k not in unsay},
        spoken_words={k: v for k, v in decided.spoken_words.items() if k not in unsay},
    )


def _item_ids(film: Film) -> list[str]:
    return [i.id for i in (film.opening, *film.shots, film.ending) if i is not None]


def _present(shot: Shot) -> set[str]:
    return {member.entity for member in shot.cast} | {use.entity for use in shot.props}


def _line_home(film: Film, line_id: str) -> Shot:
    for shot in film.shots:
        if any(line.id == line_id for line in shot.lines):
            return shot
    raise UnknownName("line", line_id, [line.id for shot in film.shots for line in shot.lines])


def _place_after(things: Sequence[M], new: M, after: str | None, ids: list[str], what: str) -> tuple[M, ...]:
    if after is None:
        return (new, *things)
    if after not in ids:
        raise UnknownName(what, after, ids)
    at = ids.index(after) + 1
    return (*things[:at], new, *things[at:])


@_apply.register
def _(edit: e.Tell, film: Film) -> Film:
    fields = {name: getattr(film, name) for name in Film.model_fields}
    told = {name: getattr(edit, name) for name in ("story", "shots", "opening", "ending", "wrote")}
    return Film(**(fields | told | {"decisions": Decisions(recorded=film.decisions.recorded)}))


@_apply.register
def _(edit: e.Rewrite, film: Film) -> Film:
    shot = film.shot(edit.shot)
    parts = named(edit, "sentence", "actor", "action", "verb", "target", "manner", "known")
    event = changed(shot.event, parts)
    return _with_shot(film, shot.id, {"event": event, **named(edit, "opening", "closing", "notes")})


@_apply.register
def _(edit: e.Recast, film: Film) -> Film:
    return _with_shot(film, edit.shot, named(edit, "cast", "props"))


def _change_entity(film: Film, kind: str, old: Any, edit: Any, *names: str) -> Film:
    parts = named(edit, *names)
    if edit.look is not None:
        parts["look"] = changed(old.look, named(edit.look, *type(edit.look).model_fields))
    new = changed(old, parts)
    if new is old:
        return film
    after = _with_story(film, **{kind: _swap(getattr(_story(film), kind), old, new)})
    seen = ("look", "words", "noun", "states")
    if any(getattr(old, part, None) != getattr(new, part, None) for part in seen):
        after = _unbound(after, old.id)
    return after


def _unbound(film: Film, entity: str) -> Film:
    """Without references to an entity whose look is no longer theirs."""
    shots = tuple(
        changed(
            shot,
            {
                "cast": tuple(changed(m, {"references": ()}) if m.entity == entity else m for m in shot.cast),
                "props": tuple(
                    changed(p, {"references": ()}) if p.entity == entity else p for p in shot.props
                ),
            },
        )
        for shot in film.shots
    )
    return changed(film, {"shots": shots})


@_apply.register
def _(edit: e.ChangeCharacter, film: Film) -> Film:
    old = _known(film.characters, "character", edit.character)
    after = _change_entity(film, "characters", old, edit, "noun", "words", "states", "voice", "locked")
    if edit.voice is None or edit.voice == old.voice:
        return after
    return forget(after, lines=[ln.id for s in film.shots for ln in s.lines if ln.speaker == old.id])


@_apply.register
def _(edit: e.ChangePlace, film: Film) -> Film:
    old = _known(film.places, "place", edit.place)
    return _change_entity(film, "places", old, edit, "words", "states")


@_apply.register
def _(edit: e.ChangeProp, film: Film) -> Film:
    old = _known(film.props, "prop", edit.prop)
    return _change_entity(film, "props", old, edit, "words", "states")


def _known(things: Mapping[str, M], what: str, name: str) -> M:
    if name not in things:
        raise UnknownName(what, name, list(things))
    return things[name]


@_apply.register
def _(edit: e.Add, film: Film) -> Film:
    story = _story(film)
    parts: dict[str, Any] = {}
    if edit.character is not None:
        parts["characters"] = (*story.characters, edit.character)
    if edit.place is not None:
        parts["places"] = (*story.places, edit.place)
    if edit.prop is not None:
        parts["props"] = (*story.props, edit.prop)
    if edit.scene is not None:
        ids = [scene.id for scene in story.scenes]
        last = ids[-1] if ids else None
        parts["scenes"] = _place_after(story.scenes, edit.scene, edit.after or last, ids, "scene")
    if not parts:
        raise BadInput("Nothing to add: name a character, a place, a prop or a scene.")
    return _with_story(film, **parts)


@_apply.register
def _(edit: e.Restyle, film: Film) -> Film:
    after = changed(film, {"settings": changed(film.settings, named(edit, "style"))})
    words = named(edit, "look_words", "era", "season", "mood")
    return _with_story(after, **words) if words else after


@_apply.register
def _(edit: e.Insert, film: Film) -> Film:
    ids = [shot.id for shot in film.shots]
    return changed(film, {"shots": _place_after(film.shots, edit.shot, edit.after, ids, "shot")})


@_apply.register
def _(edit: e.Remove, film: Film) -> Film:
    gone = film.shot(edit.shot)
    after = changed(film, {"shots": tuple(shot for shot in film.shots if shot is not gone)})
    return forget(after, [gone.id], [line.id for line in gone.lines])


@_apply.register
def _(edit: e.MoveShot, film: Film) -> Film:
    shot = film.shot(edit.shot)
    if edit.after == shot.id:
        raise BadInput(f"Shot {shot.id!r} cannot go after itself.")
    rest = [other for other in film.shots if other is not shot]
    moved = _place_after(rest, shot, edit.after, [other.id for other in rest], "shot")
    return changed(film, {"shots": moved})


@_apply.register
def _(edit: e.Retime, film: Film) -> Film:
    if unknown := sorted(edit.frames.keys() - set(_item_ids(film))):
        raise UnknownName("shot or card", unknown[0], _item_ids(film))
    if unknown := sorted(edit.leads.keys() - {shot.id for shot in film.shots}):
        raise UnknownName("shot", unknown[0], [shot.id for shot in film.shots])

    def timed(item: M) -> M:
        item_id = getattr(item, "id", "")
        changes = {"frames": edit.frames[item_id]} if item_id in edit.frames else {}
        if item_id in edit.leads:
            changes["lead"] = edit.leads[item_id]
        return changed(item, changes)

    return changed(
        film,
        {
            "shots": tuple(timed(shot) for shot in film.shots),
            "opening": timed(film.opening) if film.opening else None,
            "ending": timed(film.ending) if film.ending else None,
        },
    )


@_apply.register
def _(edit: e.Trim, film: Film) -> Film:
    shot = film.shot(edit.shot)
    if edit.cut >= shot.frames:
        raise BadInput(
            f"Shot {shot.id!r} is {shot.frames} frames long; {edit.cut} cannot be cut from it. "
            f"At most {shot.frames - 1}, or remove the shot."
        )
    return _with_shot(film, shot.id, {"frames": shot.frames - edit.cut})


@_apply.register
def _(edit: e.Retake, film: Film) -> Film:
    shot = film.shot(edit.shot)
    seed = (shot.seed + 1) % 2**31 if edit.seed is None else edit.seed
    return forget(_with_shot(film, shot.id, {"seed": seed}), [shot.id])


@_apply.register
def _(edit: e.Choose, film: Film) -> Film:
    if unknown := sorted(edit.takes.keys() - set(_item_ids(film))):
        raise UnknownName("shot or card", unknown[0], _item_ids(film))
    return _with_decisions(film, chosen=film.decisions.chosen | edit.takes)


@_apply.register
def _(edit: e.Spoken, film: Film) -> Film:
    lines = [line.id for shot in film.shots for line in shot.lines]
    if unknown := sorted(edit.lines.keys() - set(lines)):
        raise UnknownName("line", unknown[0], lines)
    said = film.decisions
    return _with_decisions(
        film,
        spoken=said.spoken | {k: v.milliseconds for k, v in edit.lines.items()},
        spoken_words=said.spoken_words | {k: v.words for k, v in edit.lines.items()},
    )


@_apply.register
def _(edit: e.Rename, film: Film) -> Film:
    _story(film)
    after = rename(film, edit.what, edit.id, edit.name)
    said = {line.id: line.words for shot in after.shots for line in shot.lines}
    return forget(after, lines=[ln.id for s in film.shots for ln in s.lines if said[ln.id] != ln.words])


@_apply.register
def _(edit: e.SetState, film: Film) -> Film:
    entities: dict[str, Character | Place | Prop] = {**film.characters, **film.places, **film.props}
    entity = _known(entities, "character, place or prop", edit.entity)
    states = [state.name for state in entity.states]
    if edit.state and edit.state not in states:
        raise UnknownName(f"state of {entity.name!r}", edit.state, states)
    state = edit.state or None
    if isinstance(entity, Place):
        if edit.scene is None and edit.shot is None:
            raise BadInput(f"Say in which scene {entity.name!r} is to be so.")
        scene = _known(film.scenes, "scene", edit.scene or film.shot(edit.shot or "").scene)
        if scene.place != entity.id:
            raise BadInput(f"Scene {scene.id!r} is not at {entity.name!r}.")
        return _with_scene(film, scene, {"place_state": state})
    if edit.shot is None:
        raise BadInput(f"Say in which shot {entity.name!r} is to be so.")
    shot = film.shot(edit.shot)
    if entity.id not in _present(shot):
        raise BadInput(f"{entity.name!r} is not in shot {shot.id!r}.")

    def so(use: M) -> M:
        if getattr(use, "entity", None) != entity.id or getattr(use, "state", None) == state:
            return use
        return changed(use, {"state": state, "references": ()})

    cast = tuple(so(member) for member in shot.cast)
    return _with_shot(film, shot.id, {"cast": cast, "props": tuple(so(use) for use in shot.props)})


@_apply.register
def _(edit: e.SetCamera, film: Film) -> Film:
    shot = film.shot(edit.shot)
    parts = named(edit, "size", "angle", "view", "move", "lens", "focus", "words")
    return _with_shot(film, shot.id, {"camera": changed(shot.camera, parts)})


@_apply.register
def _(edit: e.SetLight, film: Film) -> Film:
    words = {} if edit.words is None else {"light_words": edit.words}
    return _with_shot(film, edit.shot, {**named(edit, "light"), **words})


@_apply.register
def _(edit: e.Join, film: Film) -> Film:
    return _with_shot(film, edit.shot, {"opens": edit.opens, "overlap": edit.overlap})


def _with_scene(film: Film, scene: Scene, changes: Mapping[str, Any]) -> Film:
    new = changed(scene, changes)
    return film if new is scene else _with_story(film, scenes=_swap(_story(film).scenes, scene, new))


@_apply.register
def _(edit: e.SetScene, film: Film) -> Film:
    scene = _known(film.scenes, "scene", edit.scene)
    if edit.place is not None:
        _known(film.places, "place", edit.place)
    parts = named(edit, "beat", "place", "hour", "weather", "mood", "words")
    if edit.place not in (None, scene.place):
        parts["place_state"] = None
    return _with_scene(film, scene, parts)


def _with_lines(film: Film, shot: Shot, change: Callable[[], tuple[Any, ...]]) -> Film:
    return _with_shot(film, shot.id, {"lines": change()})


@_apply.register
def _(edit: e.SetLine, film: Film) -> Film:
    shot = _line_home(film, edit.line)
    line = next(line for line in shot.lines if line.id == edit.line)
    new = changed(line, named(edit, "words", "speaker", "kind", "delivery"))
    if new is line:
        return film
    return forget(_with_shot(film, shot.id, {"lines": _swap(shot.lines, line, new)}), lines=[line.id])


@_apply.register
def _(edit: e.AddLine, film: Film) -> Film:
    shot = film.shot(edit.shot)
    ids = [line.id for line in shot.lines]
    return _with_shot(film, shot.id, {"lines": _place_after(shot.lines, edit.line, edit.after, ids, "line")})


@_apply.register
def _(edit: e.RemoveLine, film: Film) -> Film:
    shot = _line_home(film, edit.line)
    rest = tuple(line for line in shot.lines if line.id != edit.line)
    return forget(_with_shot(film, shot.id, {"lines": rest}), lines=[edit.line])


@_apply.register
def _(edit: e.SetNarrator, film: Film) -> Film:
    if _story(film).narrator == edit.voice:
        return film
    after = _with_story(film, narrator=edit.voice)
    return forget(after, lines=[ln.id for s in film.shots for ln in s.lines if ln.speaker is None])


@_apply.register
def _(edit: e.SetCard, film: Film) -> Film:
    old = getattr(film, edit.where)
    after = changed(film, {edit.where: edit.card})
    return after if old is None or old.id in _item_ids(after) else forget(after, [old.id])


@_apply.register
def _(edit: e.Setting, film: Film) -> Film:
    parts = named(edit, "width", "height", "rate", "seed", "style", "renderer", "writer")
    parts["values"] = film.settings.values | edit.values
    return changed(film, {"settings": changed(film.settings, parts)})


@_apply.register
def _(edit: e.ShotSetting, film: Film) -> Film:
    values = {} if edit.values is None else {"settings": edit.values}
    return _with_shot(film, edit.shot, {**named(edit, "renderer", "seed"), **values})


@_apply.register
def _(edit: e.Decide, film: Film) -> Film:
    return _with_decisions(film, recorded=(*film.decisions.recorded, edit.decision))


@_apply.register
def _(edit: e.Bind, film: Film) -> Film:
    shot = film.shot(edit.shot)
    present = _present(shot)
    if unknown := sorted(edit.references.keys() - present):
        raise UnknownName(f"character or prop in shot {shot.id!r}", unknown[0], list(present))

    def bound(use: M) -> M:
        entity = getattr(use, "entity", "")
        return changed(use, {"references": edit.references[entity]}) if entity in edit.references else use

    cast: tuple[CastMember, ...] = tuple(bound(member) for member in shot.cast)
    props: tuple[PropUse, ...] = tuple(bound(use) for use in shot.props)
    return _with_shot(film, shot.id, {"cast": cast, "props": props})


@_apply.register
def _(edit: e.SetBrief, film: Film) -> Film:
    return changed(film, {"brief": edit.brief})


@_apply.register
def _(edit: e.Replace, film: Film) -> Film:
    return edit.film
