"""Sayings of an idea that a word-by-word reading takes amiss: a lift that is given, a penalty that is saved.

Each rule turns words into others that mean the same and are read right: "gives a lift to a goose" is driving
it, "beats everybody at cards" a game of cards, "would rather fight" a wish, "rain ruins a picnic, and two
strangers share an umbrella" a story of two strangers in the rain.
"""

from __future__ import annotations

import re

from ...storyboard import lexicon
from .words import DETERMINERS, NUMBERS, base_verb, classes, is_plural, singular, third

_GAMES = r"(?:cards|chess|draughts|checkers|dominoes|backgammon|poker|football|tennis|table tennis)"
_PETS = (
    r"(?:cats?|dogs?|pupp(?:y|ies)|kittens?|parrots?|sheep|lambs?|goats?|horses?|pony|donkeys?|hens?|ducks?"
    r"|rabbits?|hamsters?|monkeys?|pigs?|canary|tortoise|elephants?|ponies)"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b{said}\b", re.IGNORECASE), meant)
    for said, meant in (
        (r"(give|gives|gave) a (?:lift|ride) (?:home )?to ((?:an?|the|his|her|two|three) [\w -]+)",
         r"DRIVE-\1 \2"),
        (r"(give|gives|gave) ((?:an?|the|his|her) (?:[\w-]+ )?[\w-]+) a (?:lift|ride)", r"DRIVE-\1 \2"),
        (rf"(?:beats|defeats) ([\w' -]+?) at ({_GAMES})", r"plays \2 with \1"),
        (rf"(?:beat|defeat) ([\w' -]+?) at ({_GAMES})", r"play \2 with \1"),
        (rf"({_GAMES})-playing ((?:[\w-]+ )?[\w-]+) loses(?: [\w ]+?)?? to ((?:an?|the|his|her) )",
         r"\2 plays \1 with \3"),
        (r"saves? (?:the|a|every) (?:[\w-]+ )?(?:penalty|penalties|goal|shot)", r"plays football"),
        (r"scores? (?:the|a|an|his|her) (?:[\w-]+ )?goal", r"kicks a football"),
        (r"(?<=\ba )vet|(?<=\bthe )vet", r"doctor"),
        (r"makes a (?:deal|pact|bargain)", r"shakes hands"),
        (r"joins the ballet", r"dances on a stage"),
        (r"join the ballet", r"dance on a stage"),
        (r"plants (?:an?|the|their) ((?:[\w-]+ )?)garden", r"plants a flower in the \1garden"),
        (r"plant (?:an?|the|their) ((?:[\w-]+ )?)garden", r"plant a flower in the \1garden"),
        (r"catches (?:a|the) (?:[\w-]+ )?(?:cold|flu|fever)", r"lies ill"),
        (r"(?<=\bher )class|(?<=\bhis )class", r"pupils"),
        (rf"loses ((?:his|her|its|their) (?:[\w-]+ )?{_PETS})", r"searches for \1"),
        (rf"lose ((?:his|her|its|their) (?:[\w-]+ )?{_PETS})", r"search for \1"),
        (r"wins? (?:a|the) singing (contest|competition)", r"sings in a \1"),
        (r"would (?:rather|sooner|prefer to|love to|like to)", r"wants to"),
        (r"on (?:the|his|her|their|a) (?:very )?(?:first|last) day (?:of|at) (school|work)", r"at \1"),
        (r"refuses? to (?:give|obey) (?:the|an?|his|her|any) orders?(?: to \w+)?", r"refuses to fight"),
        (r"(plants?|planted) (an?|the) ((?:[\w-]+ )?)(?:forest|wood|woods|orchard)", r"\1 \2 \3tree"),
        (r"has to (\w+) another(?= (?:in|before|by|for|at|on)\b|$)", r"must \1 it again"),
        (r"the (?:whole|entire) (?:village|town|neighbourhood|street|city)", r"the villagers"),
    )
)  # fmt: skip
_DRIVING = {"give": "drive", "gives": "drives", "gave": "drove"}
_DRIVEN = re.compile(rf"\bDRIVE-({'|'.join(_DRIVING)})\b", re.IGNORECASE)
_HORSE_DRAWN = re.compile(
    r"\b(?:medieval|ancient|viking|knights?|king|queen|princess|prince|wizard|witch)\b", re.I
)
_WEATHER = frozenset(
    {"rain", "snow", "storm", "thunderstorm", "wind", "fog", "flood", "drought", "blizzard", "heatwave",
     "hail", "earthquake", "gale", "hurricane", "snowstorm", "avalanche", "strike", "war", "blackout"}
)  # fmt: skip
"""What happens to everybody, and is nobody."""
_FALLING = {"rain": "in the rain", "snow": "in the snow", "storm": "in the storm", "fog": "in the fog",
            "thunderstorm": "in the storm", "blizzard": "in the snow", "snowstorm": "in the snow",
            "gale": "in the wind", "wind": "in the wind", "hail": "in the rain"}  # fmt: skip
_PEOPLED = {"town": "villagers", "village": "villagers", "city": "neighbours", "street": "neighbours",
            "neighbourhood": "neighbours", "country": "villagers", "nation": "villagers"}  # fmt: skip
"""Where people live -> those of whom it is said, if it does what only people do."""
_OF_PEOPLE = frozenset(
    {"vote", "decide", "celebrate", "build", "gather", "dance", "laugh", "sing", "fight", "protest", "refuse",
     "search", "hide", "welcome", "plant", "save", "rescue", "agree", "forget", "remember", "elect", "hunt"}
)  # fmt: skip


def settled_sayings(words: list[str]) -> list[str]:
    """The words with their sayings in words that are read right; the same list where there are none."""
    text = " ".join(words)
    for said, meant in _RULES:
        text = said.sub(meant, text)
    text, driven = _DRIVEN.subn(lambda m: _DRIVING[m[1].lower()], text)
    if driven and "driver" not in text.lower():
        text += " in a cart" if _HORSE_DRAWN.search(text) else " in a car"
    text = re.sub(r"\b(loves?|loved) (letters?|songs?|stor(?:y|ies)|poems?|potions?)\b", r"\2", text)
    return _of_several(_of_its_people(_of_whoever_it_happens_to(text.split())))


def _of_whoever_it_happens_to(words: list[str]) -> list[str]:
    """A sentence that begins with the weather, by those of whom its second clause tells."""
    low = [w.lower() for w in words]
    first = next((i for i, w in enumerate(low[:3]) if w not in DETERMINERS), 0)
    if first + 1 >= len(low):
        return words  # "Snow"
    if low[first] not in _WEATHER or "verb" not in classes(low[first + 1]):
        return words
    for i in range(first + 2, len(words) - 3):
        led = low[i] in {"and", "when", "until", "but", "while"}
        if not led or low[i + 1] not in DETERMINERS | NUMBERS:
            continue
        at = next((k for k in range(i + 2, min(i + 6, len(words))) if _is_somebody(low[k])), None)
        if at is not None and at + 1 < len(words) and "verb" in classes(low[at + 1]):
            told = words[i + 1 :]
            where = _FALLING.get(low[first], "") if not set(low[i:]) & {"rain", "snow", "storm"} else ""
            return [told[0][:1].upper() + told[0][1:], *told[1:], *where.split()]
    return words


_GROUPS = frozenset(
    {"choir", "band", "gang", "group", "pack", "flock", "herd", "team", "troupe", "swarm", "colony", "pair",
     "couple", "crew", "orchestra"}
)  # fmt: skip
_MEMBERS = {"orchestra": "musicians", "choir": "singers", "band": "musicians", "jury": "neighbours",
            "quartet": "musicians", "team": "athletes"}  # fmt: skip
"""Words for several people of whom the idea says no more -> who they are."""


def _of_several(words: list[str]) -> list[str]:
    """ "A choir of frogs sings" as three frogs who sing; "An orchestra plays" as three musicians who do."""
    low = [w.lower() for w in words]
    if len(low) < 4 or low[0] not in {"a", "an", "the"}:
        return words
    if low[1] in _GROUPS and low[2] == "of":
        at = next(
            (i for i in range(3, min(6, len(low) - 1)) if is_plural(low[i]) and _is_somebody(low[i])), None
        )
        who = words[3 : at + 1] if at is not None else []
    else:
        at, who = (1, [_MEMBERS[low[1]]]) if low[1] in _MEMBERS else (None, [])
    if at is None or at + 1 >= len(low):
        return words
    base = base_verb(low[at + 1])
    if "verb" not in classes(low[at + 1]) or low[at + 1] not in {base, third(base)}:
        return words
    several = "Two" if low[1] in {"pair", "couple"} else "Three"
    return [several, *who, base, *words[at + 2 :]]


def _is_somebody(word: str) -> bool:
    found = lexicon.look_up(word) or lexicon.look_up(singular(word))
    return found is not None and found.sort in {"person", "creature"}


def _of_its_people(words: list[str]) -> list[str]:
    """ "A town votes to fell its tree" as what its people do."""
    low = [w.lower() for w in words]
    for i, word in enumerate(low[:4]):
        if word in _PEOPLED and i + 1 < len(low) and low[0] in {"a", "an", "the"}:
            base = base_verb(low[i + 1])
            if base in _OF_PEOPLE and low[i + 1] == third(base):
                rest = ["their" if w == "its" else w for w in words[i + 2 :]]
                return ["The", _PEOPLED[word], base, *rest]
    return words
