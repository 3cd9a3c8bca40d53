"""What a character looks like, in words that casting can draw."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being
from .lore import YOUNG, trade_words
from .phrase import Phrase
from .words import with_article

_SIZES = ("small", "large", "slender", "round")

_COATS = (
    "pale grey",
    "deep blue-grey",
    "chestnut brown",
    "soft black",
    "warm rust red",
    "silver",
    "mossy green",
)

_FUR = ("pale grey", "chestnut brown", "soft black", "warm rust red", "white")
_COATS_OF = {
    "whale": ("pale grey", "deep blue-grey", "silver"),
    "cat": _FUR,
    "dog": _FUR,
    "horse": ("pale grey", "chestnut brown", "soft black"),
    "rabbit": ("pale grey", "chestnut brown", "white"),
    "dragon": ("deep blue-grey", "mossy green", "warm rust red", "silver"),
    "fish": ("silver", "deep blue-grey", "warm rust red", "golden"),
    "bird": ("soft black", "pale grey", "warm rust red"),
}
"""Coats by species, where one species has several; another known one keeps its own colour."""

_MARKS = (
    "with one white patch",
    "with bright amber eyes",
    "with a small notch in one ear",
    "with one long scar",
    "with dark curious eyes",
)

_BUILDS = ("tall thin", "short sturdy", "lean", "broad-shouldered", "slight", "round")

_SMALL_BUILDS = ("slight", "lean", "short")

_AGES = ("in the early thirties", "about thirty", "about forty", "past fifty")

_HAIR = {
    "she": (
        "long black hair",
        "long curly red hair",
        "long brown hair",
        "a blond ponytail",
        "a dark bun",
        "a black bob",
    ),
    "he": (
        "short black hair",
        "curly red hair",
        "short brown hair",
        "spiky brown hair",
        "short fair hair",
        "short black hair and a short beard",
        "curly dark hair and a moustache",
    ),
}
"""By the pronoun: what is said of somebody's hair does not work against what they are."""

_BOYS_HAIR = ("short black hair", "short red hair", "spiky brown hair", "short fair hair")

_GREY = {
    "she": ("white hair in a bun", "long white hair", "grey hair in a bun", "grey curls"),
    "he": (
        "short white hair and a white moustache",
        "short grey hair and a short beard",
        "grey curls and a full beard",
        "short white hair and a full beard",
    ),
}

_PAIRED = frozenset(
    ["tall", "short", "stout", "thin", "older", "younger", "eldest", "oldest", "middle", "youngest"]
)
"""Words that tell two of one trade apart: another build beside them would be one too many."""
_SEXED = re.compile(
    r"(?:man|men|boy|girl|father|mother|brother|sister|son|daughter|king|queen|prince|princess|lady|"
    r"aunt|uncle|wife|husband|widow|widower|nun|monk|grandpa|grandma|granny)$"
)

_KIN = re.compile(
    r"(?P<he>grandson|nephew|uncle|godson|stepson|father|brother|(?<!\w)son|husband|grandpa|boy"
    r"|(?<!wo)man(?<!human)|king|prince|widower|(?<!\w)monk)$"
    r"|(?:granddaughter|daughter|niece|aunt|mother|sister|wife|grandma|granny|girl|mermaid|woman|queen|lady"
    r"|widow|(?<!\w)nun|\w\wess(?<!witness))$"
)
"""Words, of kin most of them, that say whether it is a man or a woman."""
_ELDER, _LATER = frozenset(["older", "eldest", "oldest"]), frozenset(["younger", "youngest"])
_OLD = frozenset(["old", "elderly", "aged", "ancient"])
_BORN = frozenset(["sister", "brother", "boy", "girl", "son", "daughter", "child"])
"""Of whom an older one is not old, and who may be a baby."""
_MANLY = frozenset(["giant", "ogre", "dwarf", "wizard"])
"""Beings that are taken for men where nothing is said; a giantess has a word of her own."""
_BABES = frozenset(["baby", "babe", "newborn", "infant", "toddler"])
_TEENS = frozenset(["teenager", "teen", "adolescent", "youth"])
_IN_YOUTH = frozenset(
    ["princess", "prince", "bride", "groom", "bridegroom", "student", "apprentice", "maiden"]
)
_HIDING = frozenset(["eye mask", "painted face", "wrapped face"])
"""What leaves so little of a face to be read that it has no beard besides."""
_ROYAL = frozenset(["king", "emperor", "sultan", "tsar"])
_FEMININE = re.compile(r"\b(?:skirt|gown|frock|pinafore|blouse|shawl|dress(?! coat))\b")
"""What dresses a woman and no man."""

_WEAR = {
    "she": (
        "a dark red dress and brown boots",
        "a green dress and a straw hat",
        "a blue dress with a lace collar",
        "a mustard dress with a white collar",
        "a grey dress and a red scarf",
        "a purple dress with a white collar",
    ),
    "he": (
        "a grey shirt and a red scarf",
        "a brown coat and a flat cap",
        "a blue jersey and dark trousers",
        "a mustard jumper and brown boots",
        "a green waistcoat and rolled-up sleeves",
        "a black coat and a knitted hat",
    ),
}
_CHILD_WEAR = {
    "she": (
        "a yellow dress and red boots",
        "a red pinafore and white socks",
        "a blue dress with a white collar",
    ),
    "he": (
        "a blue shirt and short trousers",
        "a red shirt, brown trousers and a cap",
        "a green jersey and patched trousers",
    ),
}
_TEEN_WEAR = {
    "she": ("a purple jumper, jeans and a backpack", "a red jumper, jeans and a backpack"),
    "he": ("a green jumper, jeans and a backpack", "a blue jumper, jeans and a backpack"),
}
_HUES = frozenset(["red", "brown", "green", "blue", "grey", "mustard", "purple", "yellow", "black"])
"""Two of a film who wear one hue are not told apart from afar."""


def look_words(phrase: Phrase, rng: random.Random, worn: set[str]) -> str:
    """What a character looks like, in one or two sentences.

    ``worn`` holds what others of the film wear, whose hues this one does not; what it wears is added.
    """
    trade = trade_words(phrase)
    own = " ".join(phrase.adjectives)
    noun = phrase.trade
    if phrase.being not in {None, Being.person}:
        found = lexicon.look_up(phrase.head, "creature")
        own_coats = _COATS_OF.get(found.kind if found else "", () if found else _COATS)
        coat = f"{rng.choice(own_coats)}, " if own_coats else ""
        mark = rng.choice(_MARKS)
        size = (
            ""
            if {"small", "large", "little", "big", "tiny", "giant", "huge"} & set(own.split())
            else rng.choice(_SIZES[2:] if found else _SIZES)
        )
        words = with_article(" ".join(w for w in (own, size, noun) if w))
        return f"{words[0].upper()}{words[1:]}, {coat}{mark}."
    last = phrase.head.lower().split()[-1]
    if last in _BABES or ("baby" in (*noun.split(), *own.split()) and last in _BORN):
        return _infant_words(noun, own, last)
    young, aged, teen, age = _age(phrase, noun, own, last, rng)
    pronoun = _pronoun(phrase, noun, rng)
    shorn = _BOYS_HAIR if young and pronoun == "he" else (_GREY if aged else _HAIR)[pronoun]
    hair = rng.choice(shorn)
    if last in _ROYAL and "beard" not in hair:
        hair = f"{hair.split(' and ')[0]} and a full beard"
    told = lexicon.look_up(noun, "person")
    if told is not None and told.attributes.get("beard") == "full" and pronoun == "he" and not young:
        hair = f"{hair.split(' and ')[0]} and a full beard"
    pieces = told.attributes.get("costume", ()) if told else ()
    if not _HIDING.isdisjoint(pieces):
        hair = hair.split(" and a ")[0]
    suits = trade is not None and not (pronoun == "he" and _FEMININE.search(trade["wear"]))
    wear = (
        trade["wear"]
        if trade and suits
        else _own_wear(_TEEN_WEAR[pronoun] if teen else _wear(pronoun, young, aged), rng, worn)
    )
    worn.add(wear)
    dressed = "" if not trade and pieces else f", in {wear}"
    if "robot" in noun.split():
        return f"{with_article(noun)[0].upper()}{with_article(noun)[1:]}, in {wear}."
    build = f"{rng.choice(_SMALL_BUILDS if young else _BUILDS)} "
    if _PAIRED & set(noun.split()):
        build = ""
        if young and {"tall", "short"}.isdisjoint(noun.split()):
            build = "tall " if _ELDER & set(noun.split()) else "small " if _LATER & set(noun.split()) else ""
    kind = {"she": "girl", "he": "boy"} if young else {"she": "woman", "he": "man"}
    if teen:
        kind = {"she": "teenage girl", "he": "teenage boy"}
        hair = "a long brown ponytail" if pronoun == "she" else hair.split(" and a ")[0]
    sex = "" if _SEXED.search(noun) and not teen else f", a {kind[pronoun]}"
    words = with_article(build + noun)
    return f"{words[0].upper()}{words[1:]}{sex} {age}, with {hair}{dressed}{_afflicted(own)}."


def _age(phrase: Phrase, noun: str, own: str, last: str, rng: random.Random) -> tuple[bool, bool, bool, str]:
    """Whether a person is a child, is old, is in the teens; and the age in words."""
    said = {*phrase.noun.split(), *phrase.adjectives}
    teen = last in _TEENS or bool({"teenage", "teen"} & said)
    young = (last in {*YOUNG, "orphan"} or "little" in phrase.adjectives) and not teen
    aged = bool(_OLD & {*f"{own} {phrase.noun} {phrase.proper}".lower().split()}) or last.startswith("grand")
    aged = aged and not young  # a grandson is no old man
    chance = rng.choice(_AGES)
    first, second = bool(_ELDER & {*noun.split()}), bool(_LATER & {*noun.split()})
    if young:
        return True, False, False, f"about {'twelve' if first else 'six' if second else 'nine'} years old"
    if teen:
        return False, False, True, "about fifteen"
    if aged:
        return False, True, False, "over seventy"
    if first and last not in _BORN:
        return False, True, False, "past sixty"
    if {"young", "teenage"} & said or last in _IN_YOUTH or "youngest" in noun.split():
        return False, False, False, "about twenty"
    if second:
        return False, False, False, "in the middle twenties"
    if last in _ROYAL:
        return False, False, False, "about fifty"
    if first or re.search(r"(?:father|mother|parent)s?$", noun):
        return False, False, False, "about forty"
    return False, False, False, chance


def _pronoun(phrase: Phrase, noun: str, rng: random.Random) -> str:
    """``she`` or ``he``: by the word, then by what the story says, then by the trade, then by chance."""
    chance = rng.choice(("she", "he"))
    for word, sex in (("female", "she"), ("lady", "she"), ("woman", "she"), ("male", "he")):
        if word in phrase.noun.lower().split() or word in phrase.adjectives:
            return sex
    if kin := _KIN.search(phrase.head.lower()):
        return "he" if kin["he"] else "she"
    if phrase.head.lower() in _MANLY:
        return "he"
    if phrase.head.lower() == "fairy":
        return "she"
    told = lexicon.look_up(noun, "person")
    if told is not None and told.attributes.get("presents") == "woman":
        return "she"
    return phrase.pronoun if phrase.pronoun in _HAIR else chance


def _afflicted(own: str) -> str:
    """What shows that somebody is blind."""
    return ", blind behind dark glasses" if "blind" in own.split() else ""


def _infant_words(noun: str, own: str, last: str) -> str:
    """Who cannot have the hair, the dress or the years of a child of nine."""
    size = "" if {"small", "little", "tiny"} & {*noun.split(), *own.split()} else "tiny "
    told = "in a striped romper" if last == "toddler" else "in a white nappy"
    words = with_article(f"{size}{noun}")
    sex = {
        "sister": ", a baby girl",
        "daughter": ", a baby girl",
        "brother": ", a baby boy",
        "son": ", a baby boy",
    }
    return f"{words[0].upper()}{words[1:]}{sex.get(last, '')}, {told}."


def _wear(pronoun: str, young: bool, aged: bool) -> Sequence[str]:
    """What there is to wear; nothing that hides the white hair by which an old woman is told."""
    if young:
        return _CHILD_WEAR[pronoun]
    if aged and pronoun == "she":
        return tuple(words for words in _WEAR["she"] if not re.search(r"hat|trousers", words))
    return _WEAR[pronoun]


def _own_wear(choice: Sequence[str], rng: random.Random, worn: set[str]) -> str:
    """Clothes of another hue than those ``worn`` by others of the film, as far as there are any."""
    taken = {_hue(words) for words in worn}
    free = [words for words in choice if _hue(words) not in taken]
    return rng.choice(free or [words for words in choice if words not in worn] or choice)


def _hue(words: str) -> str:
    """The first word of colour in what is worn; "" without one."""
    return next((word for word in re.findall(r"[a-z]+", words.lower()) if word in _HUES), "")
