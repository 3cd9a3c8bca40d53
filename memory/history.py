"""Undo and redo: the film as if some entries had not been made, with the facts kept.

What came out while making (takes, measured lines, bound references) is no step of undo. Each fact
is carried over to the rebuilt film where what it is about is the same there; where it is not, the
fact that held before comes back with the film that it held for. So an undo renders nothing: the
takes of the earlier film are chosen again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..storyboard.constraints import timed
from ..storyboard.edits import Bind, Choose, Decide, Edit, Retime, SetNarrator, Spoken, apply, apply_all
from ..storyboard.film import Film
from .journal import Entry
from .likeness import Likeness

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

    Lengths that were set for another film are left out where the asked length would not hold with them.
    Raises ``BadInput`` where a kept step needs one that is not kept.
    """
    first = entries[0].edits[0]
    assert first.op == "replace"
    then = now = apply_all(first.film, entries[0].edits)
    alike = Likeness(now, then)
    for entry in entries[1:]:
        if entry.kind != "fact":
            together = now is then and entry.kind in STEPS and entry.number in kept
            then = apply_all(then, entry.edits)
            if together:
                now = then
            elif entry.kind in STEPS and entry.number in kept:
                now = apply_all(now, entry.edits)
            continue
        for edit in entry.edits:
            if now is then:
                now = then = apply(then, edit)
                continue
            if not alike.is_of(now, then):
                alike = Likeness(now, then)
            fitting = fitting_part(edit, alike, now)
            after = now if fitting is None else apply(now, fitting)
            if not isinstance(edit, Retime) or timed(after) or not timed(now):
                now = after
            then = apply(then, edit)
    return now


def fitting_part(edit: Edit, alike: Likeness, now: Film) -> Edit | None:
    """The part of a fact about things that are the same in both films (one is ``now``); None for none."""
    if isinstance(edit, Choose):
        pinned = now.decisions.pinned
        takes = {x: key for x, key in edit.takes.items() if x not in pinned and alike.item(x)}
        return Choose(takes=takes) if takes else None
    if isinstance(edit, Spoken):
        lines = {line: said for line, said in edit.lines.items() if alike.line(line)}
        return Spoken(lines=lines) if lines else None
    if isinstance(edit, Retime):
        same = {item for item in {*edit.frames, *edit.leads} if alike.words(item)}
        frames = {item: n for item, n in edit.frames.items() if item in same}
        leads = {item: n for item, n in edit.leads.items() if item in same}
        return Retime(frames=frames, leads=leads) if frames or leads else None
    if isinstance(edit, Bind):
        bound = {x: keys for x, keys in edit.references.items() if alike.use(edit.shot, x)}
        loras = {x: keys for x, keys in edit.loras.items() if alike.use(edit.shot, x)}
        return Bind(shot=edit.shot, references=bound, loras=loras) if bound or loras else None
    if isinstance(edit, SetNarrator):
        return edit if alike.narrator() else None
    return edit if isinstance(edit, Decide) else None
