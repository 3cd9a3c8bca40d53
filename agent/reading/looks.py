"""Wishes about how somebody or something looks: everywhere, or in some shots by a state."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.edit_types import ChangeCharacter
from ...storyboard.film import Film
from ...storyboard.lexicon import colour, describe
from ...storyboard.lexicon import state as state_in_words
from ...storyboard.look_changes import BodyLookChange
from ...storyboard.looks import Character
from ...storyboard.vocabulary import Being, Hat
from .bodies import PART, changes, names_a_part, parts
from .cues import either
from .draft import Cannot, Draft, Unclear
from .states import BODY_MARKS, DRY, MARKED, NOT_SO, colour_words, in_a_state, undo_state
from .thing_looks import look_of_place, look_of_thing
from .wish import Wish, one_of


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
            done = look_of_thing(wish, draft, draft.film.props[entity]) or done
        else:
            done = look_of_place(wish, draft, draft.film.places[entity]) or done
    if done:
        _spend(wish)
        draft.about(entities=targets)
    return done


def _spend(wish: Wish) -> None:
    """Take the words that looks are told in."""
    text = wish.text
    for pattern in (
        PART,
        MARKED,
        DRY,
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
    if wish.thread.part and not names_a_part(text):
        text = re.sub(r"\b(a|an) ((?:[a-z-]+ ){0,3})one\b", rf"\1 \2{wish.thread.part}", text)
    text = re.sub(rf"\b(?:the )?({either(parts())}) of (@b\d+)", r"\2 's \1", text)
    fields, said = changes(text, who.look)
    said = [re.sub(r" ?@\w+", "", words) for words in said]
    marks = (
        tuple(m for m in state_in_words(_marks_text(text)).marks if m in BODY_MARKS)
        if MARKED.search(text)
        else ()
    )
    local = wish.local(draft.film)
    dry = DRY.search(text) or (MARKED.search(text) and NOT_SO.search(text))
    if dry and NOT_SO.search(text):
        marks = ()
    if dry and not marks:
        return undo_state(wish, draft, who, local)
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
        in_a_state(wish, draft, who, here, fields, marks, text)
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


_MAN = (("man", "woman"), ("boy", "girl"), ("lad", "girl"), ("gentleman", "lady"))
_SEXES = {"woman": _MAN, "man": tuple((b, a) for a, b in _MAN if a != "lad")}


def _reworded(words: str, fields: dict[str, Any], said: list[str], who: Character) -> str:
    """The description without what is no longer so, and with what is."""
    if not words:
        return words
    kept = []
    body = words.rstrip(" .")
    for old, new in _SEXES.get(str(fields.get("presents")), ()):
        body = re.sub(rf"\b{old}\b", new, body)
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
        source = next((s for s in said if any(w in s for w in colour_words(value))), "")
        tint = next((w for w in colour_words(value) if w in source), "")
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
