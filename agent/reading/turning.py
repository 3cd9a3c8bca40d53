"""Wishes that somebody or something becomes another kind: a whale a dragon, a lantern a candle."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.edit_types import ChangeCharacter, ChangePlace, ChangeProp, Edit, Rename
from ...storyboard.lexicon import colour, look_up
from ...storyboard.lexicon import place as place_kind
from ...storyboard.lexicon.store import data
from ...storyboard.look_changes import BodyLookChange, PlaceLookChange, ThingLookChange
from ...storyboard.looks import BodyLook, Character
from ...storyboard.vocabulary import Being, Dress
from .bodies import changes
from .draft import Cannot, Draft
from .wish import Wish, one_of

_INTO = re.compile(
    r"(?:\b(?:turn|make|change|transform|convert|switch) (?P<who>@[bop]\d+) (?:into |to |to be )?"
    r"|(?P<who2>@[bop]\d+) (?:should|must|could|has to|needs to|ought to|is to|can|shall|would "
    r"better|will) (?:rather |really |actually |now |instead )?(?:be|become|turn into) "
    r"|^(?P<who5>@[bop]\d+) (?:was|were) "
    r"|\breplace (?P<who3>@[bop]\d+) (?:with|by) |\binstead of (?P<who4>@[bop]\d+) ?,? ?(?:use|"
    r"take|have|put|show|i want|we need|let there be) )"
    r"(?P<what>(?:a|an|some) (?P<noun>[a-z][a-z' -]*?))(?= (?:instead|please|now|everywhere|"
    r"throughout|in @f\d+|with|in a|who)\b| ,|$)"
)
_PLAIN = frozenset(
    [
        "man",
        "woman",
        "boy",
        "girl",
        "child",
        "kid",
        "lady",
        "gentleman",
        "person",
        "adult",
        "youth",
        "teenager",
        "baby",
        "old",
        "young",
        "bit",
        "little",
        "lot",
    ]
)


def turn_into(wish: Wish, draft: Draft) -> bool:
    """Somebody or something is of another kind from now on, everywhere."""
    if wish.refs("quote", "time", "music"):
        return False
    found = _INTO.search(wish.text)
    if found is None or wish.refs("shot", "scene"):
        return False
    mark = next(g for n, g in found.groupdict().items() if n.startswith("who") and g)
    noun = found["noun"].strip()
    last = noun.split()[-1]
    instead = found["who3"] is not None
    if (last in _PLAIN and not instead) or colour(last) or (wish.ref(mark).new and not wish.ref(mark).ids):
        return False
    entity = one_of(wish.ref(mark), draft.film)[0]
    film = draft.film
    if entity in film.characters:
        return _being(wish, draft, film.characters[entity], noun)
    if entity in film.props:
        return _thing(wish, draft, entity, noun)
    return _place(wish, draft, entity, noun)


def _being(wish: Wish, draft: Draft, who: Character, noun: str) -> bool:
    creature, person = look_up(noun, "creature"), look_up(noun, "person")
    if creature is not None and creature.lemma not in noun and person is not None:
        creature = None
    if creature is None and person is None:
        if look_up(noun, "thing") is None:
            return False
        raise Cannot(f"{who.name} cannot become a thing ({noun}). It can become a person or an animal.")
    if who.locked:
        raise Cannot(f'{who.name} is locked. Say "unlock {who.name}" first.')
    fields: dict[str, Any] = {}
    if creature is not None:
        usual = {k: v for k, v in creature.attributes.items() if k in BodyLook.model_fields}
        fields = usual | {
            "being": Being(creature.being or "creature"),
            "species": creature.kind,
            "known": True,
        }
        if fields["being"] is not Being.person:
            fields |= {"dress": Dress.none, "hat": fields.get("hat", "none"), "worn": ()}
    else:
        assert person is not None
        fields = {
            k: tuple(v) if isinstance(v, list) else v
            for k, v in person.attributes.items()
            if k in BodyLook.model_fields
        }
        fields |= {"being": Being.person, "species": "person", "known": True}
        if fields.get("presents") == "person":
            fields.pop("presents")
    base = BodyLook.model_validate(who.look.model_dump() | fields)
    more, _ = changes(wish.text[wish.text.find(noun) :], base)
    fields |= {k: v for k, v in more.items() if k not in ("being", "species")}
    bare = re.sub(
        r"^(?:old|young|big|small|little|huge|giant|tiny|white|black|red|blue|green|grey|brown) ", "", noun
    )
    edits: list[Edit] = [
        ChangeCharacter(
            character=who.id, noun=bare, look=BodyLookChange.model_validate(fields), words=f"A {noun}."
        )
    ]
    if re.match(r"the ", who.name) and not who.name[4:5].isupper():
        edits.append(Rename(what="character", id=who.id, name=f"the {bare}"))
    draft.do(*edits, said=f"{who.name}: now a {noun}, everywhere", entities=(who.id,))
    wish.spend_all()
    return True


def _thing(wish: Wish, draft: Draft, entity: str, noun: str) -> bool:
    entry = look_up(noun, "thing")
    prop = draft.film.props[entity]
    if entry is None:
        if look_up(noun) is not None or not re.search(r"\b(?:replace|turn|into)\b", wish.text):
            return False
        draft.notice(f"No drawing is known of {noun!r}: it is drawn as a shape with its name.")
    look = ThingLookChange(
        kind=entry.kind if entry else re.sub(r"[^a-z0-9 -]", "", noun)[:40] or "thing",
        known=entry is not None,
        colour=colour(noun) or (entry.attributes["colour"] if entry else None),
        stature=entry.attributes["stature"] if entry else None,
    )
    draft.do(
        ChangeProp(prop=entity, look=look, words=f"a {noun}"),
        Rename(what="prop", id=entity, name=noun[:120]),
        said=f"{prop.name}: now a {noun}, everywhere",
        entities=(entity,),
    )
    wish.spend_all()
    return True


def _place(wish: Wish, draft: Draft, entity: str, noun: str) -> bool:
    kind = place_kind(noun)
    if kind is None:
        return False
    usual = data("places")[kind]
    place = draft.film.places[entity]
    draft.do(
        ChangePlace(
            place=entity,
            look=PlaceLookChange(kind=kind, interior=bool(usual["interior"]), tint=usual["tint"]),
            words=f"the {noun}",
        ),
        Rename(what="place", id=entity, name=f"the {noun}"[:120]),
        said=f"{place.name}: now the {noun}, everywhere",
        entities=(entity,),
    )
    wish.spend_all()
    return True
