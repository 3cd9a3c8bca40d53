"""Wishes that put a thing into a hand."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, Recast, Rewrite
from ...storyboard.film import PropUse
from .bodies import parts
from .draft import Cannot, Draft
from .newcomers import new_thing, sort_of
from .wish import Wish, one_of


def handed(wish: Wish, draft: Draft) -> bool:
    """``give her the lantern``, ``have him hold the book``: a thing in a hand."""
    text = wish.text
    found = (
        re.search(
            (
                r"\bgive (?P<who>@b\d+) (?P<what>@o\d+|(?:a|an|the|his|her) (?:[a-z'-]+ ){0,2}?[a-z'-]+)(?= "
                r"(?:in|to|for|at|there|during)\b| ,|$)"
            ),
            text,
        )
        or re.search(
            r"\b(?:give|hand|pass) (?P<what>@o\d+|(?:a|"
            r"an) (?:[a-z'-]+ ){0,2}?[a-z'-]+) to (?P<who>@b\d+)(?! 's)",
            text,
        )
        or re.search(
            (
                r"(?P<who>@b\d+)(?: \w+)?? (?:holds?|holding|carr(?:y|ies|ying)|has|with) (?P<what>@o\d+|"
                r"(?:a|an) (?:[a-z'-]+ ){0,2}?[a-z'-]+)(?: in (?:@b\d+ 's )?(?:\w+ )?hands?)?(?= (?:in|to|at|"
                r"there|during|up)\b| ,|$)"
            ),
            text,
        )
    )
    if not found or re.search(r"\bvoice\b", found["what"]):
        return False
    what = found["what"]
    entity = None
    if what.startswith("@o"):
        entity = one_of(wish.ref(what), draft.film)[0]
    else:
        noun = re.sub(r"^(?:a|an|the|his|her) ", "", what)
        words = noun.split()
        if any(w in parts() for w in (noun, words[-1])) or sort_of(noun) != "thing":
            return False
    if re.search(r"\b(?:takes?|steals?)\b", text):
        return False
    film = draft.film
    who = one_of(wish.ref(found["who"]), film)[0]
    local = wish.local(film) or wish.thread.shots or wish.talk.shots[:1]
    if not local and entity is None:
        shots = tuple(s.id for s in film.shots if any(m.entity == who for m in s.cast))
    elif not local:
        shots = wish.shots(film)
    else:
        shots = local
    here = tuple(s for s in shots if any(m.entity == who for m in film.shot(s).cast))
    if not here:
        raise Cannot(f"{film.characters[who].name} is not in {', '.join(shots)}.")
    if entity is None:
        entity = new_thing(draft, wish.raw(found, "what")).id
    for shot_id in here:
        into_hand(draft, shot_id, who, entity)
    draft.read_as.append(
        f"{', '.join(here)}: {film.characters[who].name} holds the {draft.film.props[entity].name}"
    )
    draft.about(here, (who, entity))
    wish.spend_all()
    return True


def into_hand(draft: Draft, shot_id: str, who: str, entity: str) -> None:
    shot = draft.film.shot(shot_id)
    holder = next(m for m in shot.cast if m.entity == who)
    if entity in holder.holds:
        return
    cast = tuple(
        m.model_copy(update={"holds": (*m.holds, entity)[-2:]})
        if m.entity == who
        else m.model_copy(update={"holds": tuple(h for h in m.holds if h != entity)})
        for m in shot.cast
    )
    props = tuple(u for u in shot.props if u.entity != entity)
    use = next((u for u in shot.props if u.entity == entity), PropUse(entity=entity))
    use = use.model_copy(update={"side": holder.side, "distance": holder.distance})
    name = draft.film.props[entity].name
    sentence = shot.event.sentence.rstrip(" .")
    edits: list[Edit] = [Recast(shot=shot_id, cast=cast, props=(*props, use))]
    if name.lower() not in sentence.lower():
        edits.append(Rewrite(shot=shot_id, sentence=f"{sentence}, with the {name} in hand."))
    draft.do(*edits)
