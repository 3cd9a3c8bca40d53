"""Undo and redo: the film as if some entries had not been made, with the facts kept.

What came out while making (takes, measured lines, bound references) is no step of undo. Each fact
is carried over to the rebuilt film where what it is about is the same there; where it is not, the
fact that held before comes back with the film that it held for. So an undo renders nothing: the
takes of the earlier film are chosen again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..storyboard.edits import Bind, Choose, Decide, Edit, Retime, Spoken, apply, apply_all
from ..storyboard.errors import BadInput
from ..storyboard.film import Card, Film, Shot
from ..storyboard.picture import picture
from ..storyboard.timeline import voice_of
from ..storyboard.vocabulary import Opening
from .journal import Entry

STEPS = frozenset({"edit", "hand"})
"""Kinds of entries that undo takes back."""


def stacks(entries: Sequence[Entry]) -> tuple[list[int], list[int]]:
    """Numbers of the entries that can be undone (the last last) and redone (the next last)."""
    done: list[int] = []
    undone: list[int] = []
    for entry in entries:
        if entry.kind in STEPS:
            done.append(entry.number)
            undone.clear()
        elif entry.kind == "undo":
            for number in entry.steps:
                done.remove(number)
                undone.append(number)
        elif entry.kind == "redo":
            for number in entry.steps:
                undone.remove(number)
                done.append(number)
    return done, undone


def rebuilt(entries: Sequence[Entry], kept: Collection[int]) -> Film:
    """The film with only the steps numbered in ``kept``, and every fact that fits it.

    Raises ``BadInput`` where a kept step needs one that is not kept.
    """
    then: Film | None = None
    now: Film | None = None
    for entry in entries:
        if then is None or now is None:
            first = entry.edits[0]
            assert first.op == "replace"
            then = now = apply_all(first.film, entry.edits)
            continue
        if entry.kind == "fact":
            for edit in entry.edits:
                now = _with_fact(now, then, edit)
                then = apply(then, edit)
            continue
        then = apply_all(then, entry.edits)
        if entry.kind in STEPS and entry.number in kept:
            now = apply_all(now, entry.edits)
    if now is None:
        raise BadInput("There is no history to go back in.")
    return now


def _with_fact(now: Film, then: Film, edit: Edit) -> Film:
    """``now`` with as much of a fact as fits it; it was recorded of ``then``."""
    if now is then:
        return apply(now, edit)
    fitting = fitting_part(now, then, edit)
    return now if fitting is None else apply(now, fitting)


def fitting_part(now: Film, then: Film, edit: Edit) -> Edit | None:
    """The part of a fact about things that are the same in both films; None where there is none."""
    if isinstance(edit, Choose):
        takes = {item: key for item, key in edit.takes.items() if _same_item(now, then, item)}
        return Choose(takes=takes) if takes else None
    if isinstance(edit, Spoken):
        lines = {line: said for line, said in edit.lines.items() if _same_line(now, then, line)}
        return Spoken(lines=lines) if lines else None
    if isinstance(edit, Retime):
        same = {item for item in {*edit.frames, *edit.leads} if _same_words(now, then, item)}
        frames = {item: n for item, n in edit.frames.items() if item in same}
        leads = {item: n for item, n in edit.leads.items() if item in same}
        return Retime(frames=frames, leads=leads) if frames or leads else None
    if isinstance(edit, Bind):
        uses = _uses(now, edit.shot)
        bound = {
            x: keys for x, keys in edit.references.items() if x in uses and _same_use(now, then, edit.shot, x)
        }
        return Bind(shot=edit.shot, references=bound) if bound else None
    return edit if isinstance(edit, Decide) else None


def _item(film: Film, item: str) -> Shot | Card | None:
    return next((i for i in (film.opening, *film.shots, film.ending) if i is not None and i.id == item), None)


_OWN = ("seed", "renderer", "settings", "frames", "opens", "overlap")
_MADE = ("width", "height", "rate", "seed", "style", "renderer", "values")


def _same_item(now: Film, then: Film, item: str) -> bool:
    """Whether a shot or card asks for the same picture in both films."""
    if any(getattr(now.settings, field) != getattr(then.settings, field) for field in _MADE):
        return False
    one, other = _item(now, item), _item(then, item)
    if isinstance(one, Card) and isinstance(other, Card):
        moods = [film.story and film.story.mood for film in (now, then)]
        return one == other and moods[0] == moods[1]
    # A shot that goes on from the one before is made of that one's last frames: look at it, too.
    while isinstance(one, Shot) and isinstance(other, Shot):
        same = one.id == other.id and all(getattr(one, field) == getattr(other, field) for field in _OWN)
        if not same or picture(now, one) != picture(then, other):
            return False
        if one.opens is not Opening.continue_:
            return True
        one, other = _before(now, one), _before(then, other)
    return one is None and other is None


def _before(film: Film, shot: Shot) -> Shot | None:
    at = [other.id for other in film.shots].index(shot.id)
    return film.shots[at - 1] if at else None


def _same_words(now: Film, then: Film, item: str) -> bool:
    """Whether a shot says the same lines in both films; for a card, whether it reads the same."""
    one, other = _item(now, item), _item(then, item)
    if isinstance(one, Card) and isinstance(other, Card):
        return (one.heading, one.body) == (other.heading, other.body)
    if not isinstance(one, Shot) or not isinstance(other, Shot):
        return False
    said = [[_said(f, shot, n) for n in range(len(shot.lines))] for f, shot in ((now, one), (then, other))]
    return said[0] == said[1]


def _said(film: Film, shot: Shot, number: int) -> tuple[object, ...]:
    line = shot.lines[number]
    return (line.words, line.delivery, line.kind, voice_of(film, line))


def _same_line(now: Film, then: Film, line_id: str) -> bool:
    """Whether a line sounds the same in both films."""
    found = []
    for film in (now, then):
        for shot in film.shots:
            found += [_said(film, shot, n) for n, line in enumerate(shot.lines) if line.id == line_id]
    return len(found) == 2 and found[0] == found[1]


def _uses(film: Film, shot_id: str) -> dict[str, str | None]:
    shot = _item(film, shot_id)
    if not isinstance(shot, Shot):
        return {}
    return {m.entity: m.state for m in shot.cast} | {u.entity: u.state for u in shot.props}


def _same_use(now: Film, then: Film, shot: str, entity: str) -> bool:
    """Whether an entity is in the shot in the same state and with the same look in both films."""
    looks = [(f.characters.get(entity) or f.props.get(entity)) for f in (now, then)]
    seen = [x and (x.words, x.look, x.states) for x in looks]
    return seen[0] == seen[1] and _uses(now, shot).get(entity) == _uses(then, shot).get(entity)
