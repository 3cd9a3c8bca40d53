"""Wishes that somebody or something is not in a shot."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, Recast, Rewrite, SetCamera
from ...storyboard.film import Film, Shot
from ...storyboard.vocabulary import Action, Being
from .draft import Cannot, Draft, Unclear
from .index import everything
from .marks import Ref
from .wish import Wish, one_of


def take_out(wish: Wish, draft: Draft) -> bool:
    """Somebody or something is not in a shot any more."""
    text = wish.text
    if wish.refs("quote", "time", "narrator") or re.search(
        r"\b(?:line|lines|narration|dialogue|wear|wearing|dissolve|fade|wipe)\b", text
    ):
        return False
    parted = re.search(
        r"(?P<owner>@b\d+) (?:shouldn't|should not|doesn't|does not|mustn't|must not|can't) (?:have|"
        r"hold|carry|be holding) "
        r"(?P<who9>@[oi]\d+)",
        text,
    )
    found = parted or re.search(
        (
            r"\b(?:take|get|leave|keep|edit|kick|cut|throw) (?P<who>@[boi]\d+)(?: \w+)? (?:out|off|away)"
            r"\b|\b(?:take|get|leave|keep|cut) out (?P<who1>@[boi]\d+)|\b(?:remove|delete|drop|lose|"
            r"erase|get rid of|cut|hide|omit|leave out|take out|without|no) (?:all )?(?P<who2>@[boi]\d+)"
            r"(?! 's)|(?P<who3>@[boi]\d+) (?:should(?: not|n't)|must(?: not|n't)|isn't supposed to|"
            r"doesn't|does not|shouldn't|mustn't|can't|is not to|isn't to|need not|has no business|is "
            r"not)(?: (?:really|actually|even|also|ever|still|anywhere))?? (?:be (?:in |at |there|"
            r"seen|visible|here)|belong|appear|show up|in )|"
            r"(?P<who4>@[boi]\d+) (?:should|must|has to|needs to|can) (?:be (?:gone|out|left out|taken "
            r"out|removed)|go(?! out)|leave|disappear)\b|\bdon't (?:want|show|need) (?P<who5>@[boi]\d+)"
        ),
        text,
    )
    if not found:
        return False
    mark = next(g for n, g in found.groupdict().items() if g and n != "owner")
    ref = wish.ref(mark)
    if ref.sort == "it" and ref.words not in ("it", "they"):
        return False
    film = draft.film
    entities = _meant(wish, ref, film)
    if not entities:
        return False
    local = wish.local(film) or (wish.thread.shots if not wish.refs("film") else ())
    if not local and wish.talk.shots and (wish.refs("it") or ref.pronoun):
        local = wish.talk.shots[:1]
    if not local:
        where = [s.id for s in film.shots if entities[0] in shown_in(s)]
        if not wish.refs("film") and len(where) > 1:
            names = everything(film)
            raise Unclear(
                f"Out of which shots is {names[entities[0]].name} to be taken?",
                (*where[:8], "the whole film"),
            )
        local = tuple(where)
    done = []
    for shot_id in local:
        shot = film.shot(shot_id)
        for entity in entities:
            if entity in shown_in(shot):
                _without(draft, shot_id, entity)
                done.append(shot_id)
    names = everything(film)
    if not done:
        raise Cannot(f"{names[entities[0]].name} is not in {', '.join(local[:6])}.")
    draft.read_as.append(
        f"{', '.join(dict.fromkeys(done))}: without {' and '.join(names[e].name for e in entities)}"
    )
    draft.about(tuple(dict.fromkeys(done)), entities)
    wish.spend_all()
    return True


def shown_in(shot: Shot) -> set[str]:
    return {m.entity for m in shot.cast} | {u.entity for u in shot.props}


def _meant(wish: Wish, ref: Ref, film: Film) -> tuple[str, ...]:
    if ref.sort == "it":
        others = [
            e
            for e in wish.thread.entities
            if (e in film.characters and film.characters[e].look.being is not Being.person) or e in film.props
        ]
        if others:
            return (others[-1],)
        return wish.talk.entities[:1]
    return one_of(ref, film)


def _without(draft: Draft, shot_id: str, entity: str) -> None:
    """Take one out of a shot; who acts, what is framed and what is held follow."""
    film = draft.film
    shot = film.shot(shot_id)
    cast = tuple(m for m in shot.cast if m.entity != entity)
    lost = {h for m in shot.cast if m.entity == entity for h in m.holds}
    cast = tuple(
        m.model_copy(
            update={
                "holds": tuple(h for h in m.holds if h != entity),
                "gaze": None if m.gaze == entity else m.gaze,
            }
        )
        for m in cast
    )
    props = tuple(u for u in shot.props if u.entity != entity and u.entity not in lost)
    edits: list[Edit] = [Recast(shot=shot_id, cast=cast, props=props)]
    if shot.event.actor == entity:
        other = cast[0] if cast else None
        if other is not None:
            name = film.characters[other.entity].name
            here = [
                m.model_copy(update={"action": Action.stand, "gaze": None}) if m is other else m for m in cast
            ]
            edits[0] = Recast(shot=shot_id, cast=tuple(here), props=props)
            sentence = f"{name[:1].upper()}{name[1:]} is alone."
            edits.append(
                Rewrite(
                    shot=shot_id,
                    sentence=sentence,
                    actor=other.entity,
                    action=Action.stand,
                    verb="stand",
                    target="",
                )
            )
        else:
            place = film.places[film.scenes[shot.scene].place].name
            edits.append(
                Rewrite(
                    shot=shot_id,
                    sentence=f"{place[:1].upper()}{place[1:]}, empty.",
                    actor="",
                    action=Action.stand,
                    verb="",
                    target="",
                )
            )
        names = everything(film)
        draft.notice(
            f"{names[entity].name} was the one who acts in {shot_id}: what happens there is now "
            f"{'that the other is alone' if other else 'the empty place'}. Say what shall happen instead."
        )
    if shot.camera.focus == entity:
        edits.append(SetCamera(shot=shot_id, focus=cast[0].entity if cast else ""))
    draft.do(*edits)
