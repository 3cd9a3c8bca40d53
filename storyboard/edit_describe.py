"""``describe``: one readable line for each edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from . import edit_types as e
from .film import Film
from .looks import Voice
from .told_shot import told

_ADDRESS = ("shot", "scene", "character", "place", "prop", "line")
"""The field that says what an edit is about, in the order of looking."""
_IN_PARTS = ("look", "voice")
"""Fields of which is told what differs in them."""


def describe(film: Film, edit: e.Edit) -> str:
    """What ``edit`` does to ``film``, in one line ("shot s04: size medium -> close").

    ``film`` is the film before it. Never raises for an id that is not there: ``apply`` does.
    """
    special = _SPECIAL.get(edit.op)
    if special is not None:
        return special(film, edit)
    subject, old = _subject(film, edit)
    parts = _differences(old, edit)
    return f"{subject}: {', '.join(parts) if parts else 'nothing changes'}"


def _subject(film: Film, edit: e.Edit) -> tuple[str, object]:
    if isinstance(edit, e.Restyle):
        return "film", SimpleNamespace(style=film.settings.style, **_feeling(film))
    if isinstance(edit, e.Setting):
        return "settings", film.settings
    for what in _ADDRESS:
        name = getattr(edit, what, None)
        if isinstance(name, str):
            return _known_as(film, what, name), _old(film, edit, what, name)
    return edit.op, None


def _feeling(film: Film) -> dict[str, object]:
    names = ("look_words", "era", "season", "mood")
    return {name: getattr(film.story, name) for name in names} if film.story else {}


def _known_as(film: Film, what: str, name: str) -> str:
    tables: Mapping[str, Mapping[str, Any]] = {
        "character": film.characters,
        "place": film.places,
        "prop": film.props,
    }
    entity = tables.get(what, {}).get(name)
    return f"{entity.name} ({name})" if entity is not None else f"{what} {name}"


def _old(film: Film, edit: e.Edit, what: str, name: str) -> BaseModel | None:
    if what == "line":
        return next((ln for shot in film.shots for ln in shot.lines if ln.id == name), None)
    if what != "shot":
        things: Mapping[str, BaseModel] = getattr(film, f"{what}s")
        return things.get(name)
    shot = next((shot for shot in film.shots if shot.id == name), None)
    if shot is not None and isinstance(edit, e.Rewrite):
        return shot.event
    return shot.camera if shot is not None and isinstance(edit, e.SetCamera) else shot


def _differences(old: object, edit: BaseModel) -> list[str]:
    """``field old -> new`` for each part of the edit that is named and differs."""
    parts = []
    for field in type(edit).model_fields:
        new = getattr(edit, field)
        if field == "op" or field in _ADDRESS[:1] or new is None:
            continue
        before = getattr(old, field, None)
        if isinstance(new, BaseModel) and isinstance(before, BaseModel) and field in _IN_PARTS:
            parts += _differences(before, new)
        elif new != before and not (field in _ADDRESS and before is None) and new != {}:
            label = field.replace("_", " ")
            parts.append(
                f"{label} {_say(before)} -> {_say(new)}" if before is not None else f"{label} {_say(new)}"
            )
    return parts


def _say(value: object, most: int = 40) -> str:
    """A value in a few words."""
    if isinstance(value, tuple | list):
        words = ", ".join(_say(v) for v in value) or "none"
    elif isinstance(value, BaseModel):
        names = ("name", "entity", "heading", "id", "kind")
        words = str(next((getattr(value, f) for f in names if hasattr(value, f)), value))
    elif isinstance(value, dict):
        words = ", ".join(f"{k} {_say(v)}" for k, v in value.items()) or "none"
    else:
        words = {"": "none", "True": "yes", "False": "no"}.get(str(value), str(value))
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _where(after: str | None) -> str:
    return "at the start" if after is None else f"after {after}"


def _add(film: Film, edit: e.Add) -> str:
    things = [(w, getattr(edit, w)) for w in ("character", "place", "prop", "scene")]
    return "added: " + ", ".join(
        f"{what} {thing.id}" + (f" ({thing.name})" if getattr(thing, "name", "") else "")
        for what, thing in things
        if thing is not None
    )


def _retime(film: Film, edit: e.Retime) -> str:
    lengths = {i.id: i.frames for i in (film.opening, *film.shots, film.ending) if i is not None}
    if len(edit.frames) > 3:
        return f"retimed: {_many(len(edit.frames), 'item')}"
    parts = [f"{item} {lengths.get(item, '?')} -> {frames} frames" for item, frames in edit.frames.items()]
    parts += [f"{shot} first line at frame {lead}" for shot, lead in list(edit.leads.items())[:3]]
    parts += [f"{shot} from frame {head} of its take" for shot, head in list(edit.heads.items())[:3]]
    return "retimed: " + (", ".join(parts) or "nothing")


def _choose(film: Film, edit: e.Choose) -> str:
    how = "pinned" if edit.pin else "chosen"
    if len(edit.takes) > 3:
        return f"takes {how} for {_many(len(edit.takes), 'item')}"
    return ", ".join(f"{item}: take {key[:8]} {how}" for item, key in edit.takes.items()) or "no take chosen"


def _rename(film: Film, edit: e.Rename) -> str:
    if edit.what == "title":
        return f"title: {_say(film.story.title if film.story else '')} -> {_say(edit.name)}"
    entity: Any = getattr(film, f"{edit.what}s").get(edit.id)
    old = getattr(entity, "name", None) or getattr(entity, "title", None) or edit.id
    return f"{edit.what} {old} is now called {_say(edit.name)}"


def _set_state(film: Film, edit: e.SetState) -> str:
    where = f"scene {edit.scene}" if edit.scene else f"shot {edit.shot}"
    return f"{where}: {edit.entity} is now {edit.state or 'as always'}"


def _plate(film: Film, edit: e.SetPlate) -> str:
    if edit.plate is None:
        return f"shot {edit.shot}: drawn again, without footage"
    plate = edit.plate
    what = f"{plate.kind} {plate.source[:8]}"
    if plate.use == "modify":
        return f"shot {edit.shot}: {what} changed by {plate.strength} %: {_say(plate.words, 60)}"
    return f"shot {edit.shot}: " + (f"opens on {what}" if plate.use == "opens" else f"is {what}")


def _narrator(film: Film, edit: e.SetNarrator) -> str:
    parts = _differences(film.story.narrator if film.story else Voice(), edit.voice)
    return f"narrator's voice: {', '.join(parts) if parts else 'nothing changes'}"


def _split(film: Film, edit: e.SplitEdit) -> str:
    sides = (("first line", "before", edit.early), ("last line", "after", edit.late))
    parts = [
        f"{line} " + (f"{_many(n, 'frame')} {side} its picture" if n else f"not {side} its picture")
        for line, side, n in sides
        if n is not None
    ]
    return f"shot {edit.shot}: {', '.join(parts) or 'nothing'}"


def _line_of(film: Film, line_id: str) -> str:
    return next((_say(ln.words) for shot in film.shots for ln in shot.lines if ln.id == line_id), line_id)


_SPECIAL: dict[str, Callable[[Film, Any], str]] = {
    "tell": lambda f, x: f"story told: {_say(x.story.title)}, {_many(len(x.shots), 'shot')}",
    "add": _add,
    "insert": lambda f, x: f"shot {x.shot.id} inserted {_where(x.after)}: {_say(told(f, x.shot), 60)}",
    "remove": lambda f, x: f"shot {x.shot} removed",
    "move": lambda f, x: f"shot {x.shot} moved {_where(x.after)}",
    "retime": _retime,
    "trim": lambda f, x: f"shot {x.shot}: {_many(x.cut, 'frame')} cut from its end",
    "retake": lambda f, x: (
        f"shot {x.shot}: to be made again" + ("" if x.seed is None else f" with seed {x.seed}")
    ),
    "choose": _choose,
    "spoken": lambda f, x: f"{_many(len(x.lines), 'line')} spoken and measured",
    "release": lambda f, x: f"take no longer pinned: {', '.join(x.items) or 'none'}",
    "rename": _rename,
    "set-state": _set_state,
    "join": lambda f, x: (
        f"shot {x.shot}: opens with a {x.opens}"
        + (f" ({x.wipe})" if x.wipe and x.opens == "wipe" else "")
        + (f" of {_many(x.overlap, 'frame')}" if x.overlap else "")
    ),
    "split": _split,
    "lower-third": lambda f, x: (
        f"shot {x.shot}: " + (f"lower third {_say(x.third.heading)}" if x.third else "no lower third")
    ),
    "add-line": lambda f, x: f"shot {x.shot}: line {x.line.id} added: {_say(x.line.words)}",
    "remove-line": lambda f, x: f"line {x.line} removed: {_line_of(f, x.line)}",
    "narrator": _narrator,
    "card": lambda f, x: f"{x.where} card: {_say(x.card.heading) if x.card else 'none'}",
    "plate": _plate,
    "decide": lambda f, x: f"decided about {x.decision.subject}: {_say(x.decision.words, 60)}",
    "credited": lambda f, x: f"credits: {', '.join(c.role for c in x.credits) or 'none'}",
    "bind": lambda f, x: f"shot {x.shot}: references bound for {', '.join(x.references) or 'nobody'}",
    "brief": lambda f, x: f"brief: {_say(x.brief.idea, 60)}",
    "replace": lambda f, x: (
        f"whole film: {_say(x.film.story.title) if x.film.story else 'no story yet'}, "
        f"{_many(len(x.film.shots), 'shot')}"
    ),
}
