"""Wishes about how somebody or something looks: everywhere, or in some shots by a state."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.edit_types import ChangeCharacter, ChangePlace, ChangeProp, Edit, SetState
from ...storyboard.film import CastMember, Film, PropUse, state_of
from ...storyboard.lexicon import colour, describe
from ...storyboard.lexicon import state as state_in_words
from ...storyboard.look_changes import BodyLookChange, PlaceLookChange, ThingLookChange
from ...storyboard.looks import Character, Place, Prop, State
from ...storyboard.vocabulary import Being, Hat, Mark, Stature, Worn
from .bodies import PART, changes, names_a_part, parts
from .cues import either
from .draft import Cannot, Draft, Unclear
from .wish import Wish, one_of

_IN_A_STATE = frozenset(("dress", "dress_colour", "hat", "worn", "age"))
_BODY_MARKS = frozenset(
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
_MARKED = re.compile(
    r"\b(?:wet|soaked|soaking|drenched|dripping|wounded|hurt|injured|bleeding|bruised|dirty|"
    r"muddy|dusty|sooty|filthy|grimy|snowy|snow-covered|covered in \w+|glowing|shining|luminous|"
    r"sparkling|transparent|invisible|see-through|ghostly|broken|cracked|smashed|shattered|torn|"
    r"damaged|lit|alight|switched on|turned on|on|lit up|burning|on fire|unlit|switched off|"
    r"turned off|off|out|extinguished|open|closed|shut|locked|empty|full|frozen|icy|rusty|ruined|"
    r"destroyed|in ruins|flooded|overgrown|festive|decorated|deserted|crowded|bandaged|limping|"
    r"burn|lights? up|go(?:es)? out|blown out|put out)\b"
)
_DRY = re.compile(
    r"\b(?:dry|dried off|clean|healed|unhurt|not wet|not dirty|not wounded|normal again|as (?:he|"
    r"she|it|@\w+) (?:was|is) (?:always|normally|usually)|as usual|no longer (?:wet|dirty|"
    r"wounded|hurt|lit|open|broken))\b"
)
_BACK_ON = {
    "on": "lit",
    "burn": "lit",
    "lights up": "lit",
    "light up": "lit",
    "go out": "unlit",
    "goes out": "unlit",
    "off": "unlit",
    "out": "unlit",
    "burning": "lit",
}


def look(wish: Wish, draft: Draft) -> bool:
    """Everything about looks, states and colours."""
    if wish.refs("quote", "narrator", "music", "card") or wish.see(
        r"\b(?:voice|line|says?|music|title|called|camera|angle|zoom|lens)\b"
    ):
        return False
    stranger = next((r for r in wish.refs("being") if r.new and not r.ids), None)
    if stranger is not None and not [r for r in wish.refs("being", "thing") if r.ids]:
        one_of(stranger, draft.film)
    targets = _targets(wish, draft.film)
    if not targets:
        return False
    done = False
    for entity in targets:
        if entity in draft.film.characters:
            done = _character(wish, draft, draft.film.characters[entity]) or done
        elif entity in draft.film.props:
            done = _thing(wish, draft, draft.film.props[entity]) or done
        else:
            done = _place(wish, draft, draft.film.places[entity]) or done
    if done:
        _spend(wish)
        draft.about(entities=targets)
    return done


def _spend(wish: Wish) -> None:
    """Take the words that looks are told in."""
    text = wish.text
    for pattern in (
        PART,
        _MARKED,
        _DRY,
        re.compile(
            r"\b(?:older|younger|taller|shorter|bigger|smaller|thinner|fatter|slimmer|larger|longer|"
            r"stronger|wear|wears|wearing|put|paint|dye|dress|dressed|shave|grow|age|aged|years?|old|"
            r"young|man|woman|boy|girl|too|seventy|sixty|eighty|fifty|forty|thirty|twenty|ninety|least|"
            r"good|deal|off|on|take|lose|remove|colou?r|bright|dark|light|pale|deep|big|small|little|"
            r"huge|long|short|thick|bushy|grey|greyer)\b"
        ),
    ):
        for found in pattern.finditer(text):
            wish.spend(found.start(), found.end())
    for n, item in enumerate(wish.marked.items):
        word = item.text
        if (
            item.ref is None
            and word.isalpha()
            and (colour(word) or (describe(word) and word not in ("make", "let")) or describe(f"{word} hair"))
        ):
            wish.used.add(n)


def _targets(wish: Wish, film: Film) -> tuple[str, ...]:
    """Who or what the wish is about: named, meant by "it", or the one who wears what is spoken of."""
    text = wish.text
    owner = re.search(r"(@[bop]\d+) 's", text)
    if owner:
        return one_of(wish.ref(owner[1]), film)
    found = [r for r in wish.refs("being", "thing") if not r.new]
    if found and not names_a_part(text):
        first = found[0]
        return one_of(first, film)
    if beings := [r for r in found if r.sort == "being"]:
        return one_of(beings[0], film)
    if found:
        return one_of(found[0], film)
    places = [
        r
        for r in wish.refs("place")
        if not re.search(rf"\b(?:in|at|on|by) @p{wish.marked.refs.index(r)}\b", text)
    ]
    if places:
        return one_of(places[0], film)
    if wish.refs("it") and any(r.words in ("it", "they") for r in wish.refs("it")):
        if wish.thread.entities:
            return (wish.thread.entities[-1],)
        if wish.talk.entities and not wish.thread.shots:
            return wish.talk.entities[:1]
        return ()
    if wish.thread.topic == "look" and wish.thread.entities:
        return (wish.thread.entities[-1],)
    if names_a_part(text):
        return _wearer(wish, film, text)
    return ()


def _wearer(wish: Wish, film: Film, text: str) -> tuple[str, ...]:
    """Whose cap, coat or beard is spoken of, where nobody is named."""
    match = PART.search(text)
    assert match is not None
    kind, value = parts()[match[1]]

    def has(character: Character) -> bool:
        look = character.look
        if kind == "hat":
            return look.hat is not Hat.none and (look.hat == value or value == "brimmed")
        if kind == "worn":
            return value in look.worn
        if kind == "dress":
            return look.dress == value
        return (kind in ("hair", "part") and look.being is Being.person) or (
            kind == "beard" and look.beard != "none"
        )

    fit = [i for i, c in film.characters.items() if has(c)]
    if len(fit) == 1:
        return (fit[0],)
    people = [i for i, c in film.characters.items() if c.look.being is Being.person]
    pool = fit or people
    if len(pool) == 1:
        return (pool[0],)
    for entity in wish.talk.entities:
        if entity in pool:
            return (entity,)
    if len(pool) > 1:
        raise Unclear(f"Whose {match[1]}?", tuple(film.characters[i].name for i in pool))
    return ()


def _free(character: Character) -> None:
    if character.locked:
        raise Cannot(f'{character.name} is locked, so its look stays. Say "unlock {character.name}" first.')


def _character(wish: Wish, draft: Draft, who: Character) -> bool:
    text = wish.text
    fields, said = changes(text, who.look)
    marks = (
        tuple(m for m in state_in_words(_marks_text(text)).marks if m in _BODY_MARKS)
        if _MARKED.search(text)
        else ()
    )
    local = wish.local(draft.film)
    dry = _DRY.search(text)
    if dry and not marks:
        return _undo_state(wish, draft, who, local)
    if not fields and not marks:
        if said:
            draft.read_as.append(f"{who.name}: {', '.join(said)} (it is so already)")
            return True
        if (
            (tint := colour(re.sub(r"@\w+", " ", text)))
            and re.search(r"\b(?:make|be|paint|turn|colour|should)\b", text)
            and who.look.being is Being.person
        ):
            del tint
            raise Unclear(
                f"What of {who.name} is to have that colour?", ("the clothes", "the hair", "the hat")
            )
        return False
    _free(who)
    if local or marks:
        shots = local or tuple(s.id for s in draft.film.shots)
        here = tuple(i for i in shots if any(m.entity == who.id for m in draft.film.shot(i).cast))
        if not here:
            raise Cannot(f"{who.name} is not in {', '.join(shots[:6])}. Put {who.name} into it first.")
        _state(wish, draft, who, here, fields, marks, text)
        return True
    change = BodyLookChange(**fields)
    words = _reworded(who.words, fields, said, who)
    draft.do(
        ChangeCharacter(character=who.id, look=change, words=words if words != who.words else None),
        said=f"{who.name}, everywhere: {', '.join(said) or ', '.join(fields)}",
        entities=(who.id,),
    )
    if "hair_colour" in fields and "beard" in text and "hair " not in text:
        draft.notice("Beard and hair are drawn in one colour.")
    return True


def _marks_text(text: str) -> str:
    return re.sub(r"@\w+|\b(?:not|never|no longer) \w+", " ", text)


_TELLING = {
    "age": {"child": "a child", "youth": "young", "adult": "in middle age", "elder": "old"},
    "hat": {"none": "bare-headed"},
    "beard": {
        "none": "clean-shaven",
        "full": "with a full beard",
        "short": "with a short beard",
        "moustache": "with a moustache",
    },
    "hair": {"bald": "bald"},
    "build": {"slight": "slight of build", "sturdy": "sturdy", "average": "of average build"},
}


def _reworded(words: str, fields: dict[str, Any], said: list[str], who: Character) -> str:
    """The description without what is no longer so, and with what is."""
    if not words:
        return words
    kept = []
    body = words.rstrip(" .")
    for chunk in re.split(r",\s*", body):
        pieces = [p for p in re.split(r"\s+and\s+", chunk) if not _gone(p, fields, who)]
        if pieces:
            kept.append(" and ".join(pieces))
    for field, value in fields.items():
        kept.append(_telling(field, value, fields, said, who))
    kept = [k for k in dict.fromkeys(kept) if k]
    text = ", ".join(kept)
    return (text[:1].upper() + text[1:] + ".") if text else words


def _gone(piece: str, fields: dict[str, Any], who: Character) -> bool:
    """Whether a piece of a description speaks of what changes (and not also of what the character is)."""
    told = describe(piece, "person" if who.look.being is Being.person else who.look.being)
    told.pop("presents", None)
    hit = told.keys() & fields.keys()
    if "worn" in hit:
        hit = hit - {"worn"} if set(told["worn"]) <= set(fields["worn"]) else hit
    if not hit:
        return False
    noun = (who.noun or who.name).split()[-1].lower()
    return noun not in piece.lower() or (len(told.keys() - hit) == 0 and noun not in piece.lower())


def _telling(field: str, value: Any, fields: dict[str, Any], said: list[str], who: Character) -> str:
    if field in _TELLING and str(value) in _TELLING[field]:
        return _TELLING[field][str(value)]
    if field.endswith("_colour"):
        source = next((s for s in said if any(w in s for w in _colour_words(value))), "")
        tint = next((w for w in _colour_words(value) if w in source), "")
        part = {
            "hair_colour": "hair",
            "dress_colour": str(fields.get("dress", who.look.dress)),
            "hat_colour": str(fields.get("hat", who.look.hat)),
            "eye_colour": "eyes",
            "coat_colour": "colour",
            "trim_colour": "trim",
        }[field]
        return f"with {tint or 'another colour of'} {part}" if tint else (source if source else "")
    if field == "hair":
        return f"hair {value}"
    if field == "hat":
        return f"in a {value} hat"
    if field == "dress":
        return f"in a {value}"
    if field == "worn":
        new = [w for w in value if w not in who.look.worn]
        return f"with {', '.join(new)}" if new else ""
    return str(value) if field in ("stature", "skin") and field != "skin" else ""


def _colour_words(value: str) -> list[str]:
    from ...storyboard.lexicon.store import data

    return [name for name, code in data("colours").items() if code == value]


def _state(
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
            f"{who.name} can wear other things or be {', '.join(sorted(m.value for m in _BODY_MARKS))} "
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
            names.append(f"with {'' if phrase.endswith('s') and not phrase.endswith('ss') else 'a '}{phrase}")
        else:
            names.append("with " + ", ".join(w.value for w in worn))
    elif "dress_colour" in fields:
        tint = next(iter(_colour_words(fields["dress_colour"])), "another")
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


def _undo_state(wish: Wish, draft: Draft, who: Character | Prop, local: tuple[str, ...]) -> bool:
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


def _thing(wish: Wish, draft: Draft, thing: Prop) -> bool:
    text = wish.text
    plain = " ".join(re.sub(r"@\w+|·|\b(?:not|instead of|rather than) (?:the |a )?\w+", " ", text).split())
    local = wish.local(draft.film)
    if _DRY.search(text):
        return _undo_state(wish, draft, thing, local)
    change: dict[str, Any] = {}
    if tint := colour(plain):
        change["colour"] = tint
    order = list(Stature)
    at = order.index(thing.look.stature)
    if size := re.search(
        r"\b(much |a lot |far )?(bigger|larger|taller|huge|enormous|giant|too small|big|too little)\b", text
    ):
        change["stature"] = (
            Stature.giant
            if size[2] in ("huge", "enormous", "giant")
            else Stature.large
            if size[2] == "big"
            else order[min(len(order) - 1, at + (2 if size[1] else 1))]
        )
    elif size := re.search(
        r"\b(much |a lot |far )?(smaller|tiny|tinier|too big|too large|small|little)\b", text
    ):
        change["stature"] = (
            Stature.tiny
            if size[2] == "tiny"
            else Stature.small
            if size[2] in ("small", "little")
            else order[max(0, at - (2 if size[1] else 1))]
        )
    marked = _MARKED.search(text)
    marks: tuple[Mark, ...] = ()
    if marked and not change:
        words = _BACK_ON.get(marked[0], marked[0])
        if words == "unlit" or words == "lit":
            if not re.search(
                (
                    r"\b(?:lit|alight|on|off|out|unlit|burn|burning|light|lights|switched|turned|extinguished|"
                    r"lit up)\b"
                ),
                text,
            ):
                return False
            if marked[0] in ("on", "off", "out") and not re.search(
                (
                    r"\b(?:be|is|turn(?:ed)?|switch(?:ed)?|go(?:es)?|put|blow|blown|burns?) (?:\S+ )?"
                    r"(?:on|off|out)\b"
                ),
                text,
            ):
                return False
        if re.search(rf"\b(?:not|never|n't|no longer) (?:be )?{re.escape(marked[0])}\b", text):
            words = {
                "lit": "unlit",
                "open": "closed",
                "closed": "open",
                "full": "empty",
                "empty": "full",
            }.get(words, words)
        marks = state_in_words(words).marks
        if not marks:
            return False
        return _thing_state(draft, thing, local, words, wish)
    if not change:
        return False
    if local and "colour" in change:
        raise Cannot(
            f"{thing.name} keeps its colour and size in the whole film. The nearest: say it without "
            f"naming shots."
        )
    new = {k: v for k, v in change.items() if getattr(thing.look, k) != v}
    draft.do(
        ChangeProp(
            prop=thing.id, look=ThingLookChange(**new), words=_thing_words(thing, plain, new) if new else None
        ),
        said=f"{thing.name}, everywhere: {', '.join(f'{k} {v}' for k, v in change.items())}",
        entities=(thing.id,),
    )
    return True


def _thing_words(thing: Prop, plain: str, change: dict[str, Any]) -> str | None:
    if "colour" not in change:
        return None
    tint = next((w for w in plain.split() if colour(w)), "")
    bare = re.sub(
        r"\b[a-z-]+\b",
        lambda m: (
            "" if colour(m[0]) and m[0] not in ("brass", "copper", "bronze", "gold", "silver") else m[0]
        ),
        thing.words,
    )
    bare = " ".join(re.sub(r"^(?:a|an|the)\s+", "", bare).split()) or thing.name
    article = "an" if tint[:1] in "aeiou" else "a"
    return f"{article} {tint} {bare}"


def _thing_state(draft: Draft, thing: Prop, local: tuple[str, ...], words: str, wish: Wish) -> bool:
    film = draft.film
    shots = (
        local
        or (tuple(i for i in wish.talk.shots[:1]) if wish.refs("it") else ())
        or tuple(s.id for s in film.shots)
    )
    here = tuple(i for i in shots if any(u.entity == thing.id for u in film.shot(i).props))
    if not here:
        where = [s.id for s in film.shots if any(u.entity == thing.id for u in s.props)]
        raise Cannot(
            f"{thing.name} is not in {', '.join(shots[:6])}; it is in {', '.join(where) or 'no shot'}. "
            f'Say "put the {thing.name} into {shots[0]}" first.'
        )
    new = state_in_words(words)
    edits: list[Edit] = []
    if state_of(thing, new.name) is None:
        edits.append(ChangeProp(prop=thing.id, states=(*thing.states, new)))
    edits += [SetState(entity=thing.id, state=new.name, shot=s) for s in here]
    draft.do(*edits, said=f"{thing.name} in {', '.join(here)}: {words}", shots=here, entities=(thing.id,))
    return True


def _place(wish: Wish, draft: Draft, place: Place) -> bool:
    text = wish.text
    plain = " ".join(re.sub(r"@\w+|·", " ", text).split())
    if (tint := colour(plain)) and re.search(r"\b(?:make|paint|be|colour|turn|should|with)\b", text):
        word = next(w for w in plain.split() if colour(w))
        draft.do(
            ChangePlace(
                place=place.id,
                look=PlaceLookChange(tint=tint),
                words=f"{place.words.rstrip('.')}, {word} all over",
            ),
            said=f"{place.name}, everywhere: {word}",
            entities=(place.id,),
        )
        return True
    marked = _MARKED.search(text)
    if not marked:
        return False
    loose = marked[0] in ("on", "off", "out", "full", "open", "closed", "lit", "burn")
    if loose and not re.search(r"\b(?:be|is)\b", text):
        return False
    new = state_in_words(marked[0])
    if not new.marks:
        return False
    local = wish.local(draft.film)
    scenes = tuple(dict.fromkeys(draft.film.shot(i).scene for i in local)) or tuple(draft.film.scenes)
    scenes = tuple(s for s in scenes if draft.film.scenes[s].place == place.id)
    if not scenes:
        raise Cannot(f"{place.name} is not where that is.")
    edits: list[Edit] = []
    if state_of(place, new.name) is None:
        edits.append(ChangePlace(place=place.id, states=(*place.states, new)))
    edits += [SetState(entity=place.id, state=new.name, scene=s) for s in scenes]
    draft.do(*edits, said=f"{place.name} in {', '.join(scenes)}: {marked[0]}", entities=(place.id,))
    return True
