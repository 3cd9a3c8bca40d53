"""Wishes about how somebody is in some shots only: states, added to and taken away."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.edit_types import ChangeCharacter, Edit, SetState
from ...storyboard.film import CastMember, PropUse, state_of
from ...storyboard.lexicon import state as state_in_words
from ...storyboard.looks import Character, Prop, State
from ...storyboard.vocabulary import Hat, Mark, Worn
from .bodies import parts
from .cues import either
from .draft import Cannot, Draft
from .wish import Wish

BODY_MARKS = frozenset(
    (
        Mark.wet,
        Mark.wounded,
        Mark.dirty,
        Mark.snowy,
        Mark.glowing,
        Mark.transparent,
        Mark.frozen,
        Mark.burning,
    )
)
MARKED = re.compile(
    r"\b(?:wet|soaked|soaking|drenched|dripping|wounded|hurt|injured|bleeding|bruised|dirty|"
    r"muddy|dusty|sooty|filthy|grimy|snowy|snow-covered|covered in \w+|glowing|shining|luminous|"
    r"sparkling|transparent|invisible|see-through|ghostly|broken|cracked|smashed|shattered|torn|"
    r"damaged|lit|alight|switched on|turned on|on|lit up|burning|on fire|unlit|switched off|"
    r"turned off|off|out|extinguished|open|closed|shut|locked|empty|full|frozen|icy|rusty|ruined|"
    r"destroyed|in ruins|flooded|overgrown|festive|decorated|deserted|crowded|bandaged|limping|"
    r"burn|lights? up|go(?:es)? out|blown out|put out)\b"
)
DRY = re.compile(
    r"\b(?:dry|dried off|clean|healed|unhurt|not wet|not dirty|not wounded|normal again|as (?:he|"
    r"she|it|@\w+) (?:was|is) (?:always|normally|usually)|as usual|no longer (?:wet|dirty|"
    r"wounded|hurt|lit|open|broken))\b"
)
NOT_SO = re.compile(
    r"(?:\b(?:not|never|no longer|stop being)|n't)(?: (?:be|look|so|that|being|get|all))* "
    r"(?:wet|soaked|drenched|wounded|hurt|injured|dirty|muddy|dusty|snowy|glowing|bleeding)\b"
)


_IN_A_STATE = frozenset(("dress", "dress_colour", "hat", "worn", "age"))


def colour_words(value: str) -> list[str]:
    from ...storyboard.lexicon.store import data

    return [name for name, code in data("colours").items() if code == value]


def in_a_state(
    wish: Wish,
    draft: Draft,
    who: Character,
    shots: tuple[str, ...],
    fields: dict[str, Any],
    marks: tuple[Mark, ...],
    text: str,
) -> None:
    """The character is otherwise in these shots only: by a state, added to the one it is in there."""
    others = [f for f in fields if f not in _IN_A_STATE and f != "trim_colour"]
    if others:
        raise Cannot(
            f"{who.name} can wear other things or be {', '.join(sorted(m.value for m in BODY_MARKS))} "
            f"in single shots, but "
            f"{', '.join(o.replace('_', ' ') for o in others)} stay the same in the whole film. The "
            f"nearest: say it without naming shots."
        )
    if "worn" in fields and set(who.look.worn) - set(fields["worn"]):
        raise Cannot(
            f"What {who.name} always wears cannot be left off in single shots. The nearest: take it off "
            f"everywhere."
        )
    worn = tuple(w for w in fields.get("worn", ()) if w not in who.look.worn)
    words = _state_words(fields, worn, marks, text)
    for shot_id in shots:
        who = draft.film.characters[who.id]
        member = next(m for m in draft.film.shot(shot_id).cast if m.entity == who.id)
        old = state_of(who, member.state)
        new = _merged(old, words, fields, worn, marks)
        edits: list[Edit] = []
        if state_of(who, new.name) is None:
            edits.append(ChangeCharacter(character=who.id, states=(*who.states, new)))
        edits.append(SetState(entity=who.id, state=new.name, shot=shot_id))
        draft.do(*edits)
    draft.read_as.append(f"{who.name} in {', '.join(shots)}: {words}")
    draft.about(shots, (who.id,))


def _state_words(fields: dict[str, Any], worn: tuple[Worn, ...], marks: tuple[Mark, ...], text: str) -> str:
    names = [m.value for m in marks]
    plain = re.sub(r"@\w+|·", " ", text)
    found = re.search(rf"\b((?:a |an |the )?(?:[a-z-]+ ){{0,2}}(?:{either(parts())}))\b", plain)
    if worn or "dress" in fields or "hat" in fields:
        if fields.get("hat") is Hat.none:
            names.append("without a hat")
        elif found:
            phrase = re.sub(
                (
                    r"^(?:(?:give|her|him|wears?|wearing|has|have|with|in|should|wear|them|be|put|on|only|there|"
                    r"a|an|the|let) )+"
                ),
                "",
                found[1],
            )
            if bare := re.match(r"(?:no|without)(?: an?| the)? (.+)", phrase):
                names.append(f"without {bare[1]}")
                phrase = ""
            else:
                names.append(
                    f"with {'' if phrase.endswith('s') and not phrase.endswith('ss') else 'a '}{phrase}"
                )
        else:
            names.append("with " + ", ".join(w.value for w in worn))
    elif "dress_colour" in fields:
        tint = next(iter(colour_words(fields["dress_colour"])), "another")
        names.append(f"in {tint}")
    if "age" in fields:
        names.append(
            {"elder": "old", "child": "as a child", "youth": "young", "adult": "grown up"}[fields["age"]]
        )
    return " and ".join(names)


def _merged(
    old: State | None, words: str, fields: dict[str, Any], worn: tuple[Worn, ...], marks: tuple[Mark, ...]
) -> State:
    whole = f"{old.words} and {words}" if old and old.words and words not in old.words else words
    base = state_in_words(whole)
    every = {*marks, *(old.marks if old else ())}
    more = {*worn, *(old.worn if old else ())}
    return State(
        name=base.name,
        words=whole,
        marks=tuple(m for m in Mark if m in every),
        worn=tuple(w for w in Worn if w in more),
        dress=fields.get("dress") or (old.dress if old else None),
        dress_colour=fields.get("dress_colour") or (old.dress_colour if old else None),
        hat=fields.get("hat") or (old.hat if old else None),
        age=fields.get("age") or (old.age if old else None),
    )


def undo_state(wish: Wish, draft: Draft, who: Character | Prop, local: tuple[str, ...]) -> bool:
    shots = local or tuple(s.id for s in draft.film.shots)
    edits = []
    for shot_id in shots:
        shot = draft.film.shot(shot_id)
        uses: list[CastMember | PropUse] = [*shot.cast, *shot.props]
        if any(use.entity == who.id and use.state for use in uses):
            edits.append(SetState(entity=who.id, state="", shot=shot_id))
    draft.do(
        *edits,
        said=f"{who.name} in {len(edits) or 'no'} shot{'s' if len(edits) != 1 else ''}: as always",
        shots=tuple(e.shot for e in edits if e.shot),
        entities=(who.id,),
    )
    return True
