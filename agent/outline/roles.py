"""Giving the parts of a story to what the idea names, and filling the rest from the bank."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being
from .able import body_of
from .bank import bank, word_set
from .chunking import sorted_phrase
from .company import company_of, phrase_of
from .idea import LIVING, Reading
from .lore import being_words, trade_words
from .phrase import Phrase
from .route import BY_BOAT
from .scouting import find_spots
from .spots import Spot, toward
from .words import base_verb, classes, past, singular


@dataclass(frozen=True)
class Parts:
    """Who and what plays what in one story."""

    shape: str
    roles: dict[str, Phrase]
    texts: dict[str, str]
    spots: tuple[Spot, Spot, Spot]
    cast: tuple[Phrase, ...]
    """Characters in order of weight."""
    subject: str
    invented: frozenset[str]
    """Roles that the idea did not name."""
    habits: tuple[str, ...]
    """What the hero does on other days, in an order chosen by the seed."""
    members: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    """Those of a group, by the group's name; each is a character of its own."""
    together: bool = False
    """Hero and other do it together, as in "with an elephant": one is not seen long without the other."""
    words: tuple[str, ...] = ()
    """The idea, word by word."""
    heard: bool = False
    """The idea lets its hero talk, sing or dance, whatever body it has."""
    figures: frozenset[str] = frozenset()
    """Roles that the telling treats as things and the picture shows as bodies: a robot that is mended."""


def living_named(reading: Reading) -> bool:
    """Whether somebody is named after "to": one who is lost to, or given to."""
    return any(p.after == "to" for p in reading.others)


FOLLOWED = frozenset({"star", "moon", "comet", "sun", "rainbow", "river", "map", "light", "path", "road"})
"""What is no quarry: who follows one is on a way."""
_NEEDING = frozenset({"save", "guard", "protect", "stop", "face", "catch", "release"})
"""Verbs that rescue nobody where nobody is named."""
_OF_ENDS = frozenset({"old", "last", "goodbye", "grave", "funeral", "alone", "dying", "final", "memory"})


def choose_shape(reading: Reading, rng: random.Random) -> str:
    """The story shape that the idea's verb asks for; where it asks for none, one that fits its parts."""
    shapes = bank("shapes")
    words = {w.lower() for w in reading.words}
    beaten = reading.verb == "lose" and {"loses", "lost"} & words and "to" in words and living_named(reading)
    if beaten or words & {"rival", "rivals", "neither"} or ("one" in words and reading.verb == "share"):
        return "rivalry"
    if (
        reading.heroes and reading.heroes[0].head.lower() in {"detective", "inspector", "sleuth"}
    ) or words & {"detective", "inspector"}:
        return "pursuit"
    if reading.verb == "follow" and any(p.head.lower() in FOLLOWED for p in reading.things):
        return "journey"
    living = [p for p in reading.others if not _is_absent(p)]
    if _is_far(reading) and reading.verb not in shapes["friendship"]["verbs"]:
        return "journey"
    if living and reading.verb in PROTECTING and living[0].after == "from":
        return "pursuit"
    if reading.verb in _SEEKING and living and living[0].after == "for":
        return "journey"
    if living and reading.verb in {"teach", "train", "read"}:
        return "friendship"
    if living and living[0].sort == "creature" and reading.verb in {"catch", "find", "discover", "follow"}:
        return "friendship"
    if living and reading.verb in {"carry", "pull", "drag", "lead"} and {"out", "from"} & words:
        return "rescue"
    fits = [name for name, shape in shapes.items() if reading.verb and reading.verb in shape.get("verbs", [])]
    made = reading.things or any(p.sort == "creature" and not p.after for p in reading.others)
    if not made:
        fits = [name for name in fits if name not in {"mend", "grow"}]
    if reading.verb in _NEEDING and not living:
        fits = [name for name in fits if name != "rescue"]
    if reading.verb == "fall" and "love" in words:
        return "friendship"
    if reading.verb == "open":
        fits = ["message"] if reading.things else ["strive"]
    if reading.verb == "refuse" and not reading.others:
        fits = ["strive"]
    if fits:
        return fits[0] if len(fits) == 1 else rng.choice(fits)
    goal_verb = reading.goal.split()[0] if reading.goal else ""
    fits = [name for name, shape in shapes.items() if goal_verb and goal_verb in shape.get("verbs", [])]
    fits = [name for name in fits if name not in {"mend", "grow"} or made]
    if goal_verb in {"stop", "face", "catch", "release"} and not living:
        fits = [name for name in fits if name != "rescue"]
    if fits and goal_verb != "be":
        return rng.choice(fits)
    if reading.others or not reading.did:
        return "farewell" if words & {"goodbye", "grave", "funeral"} and reading.did else "friendship"
    fits = [
        *(["strive"] if reading.goal and goal_verb != reading.verb else []),
        *(["message"] if reading.things else []),
        *(["farewell"] if words & _OF_ENDS else []),
    ]
    return rng.choice(fits or ["friendship" if len(reading.heroes) > 1 else "farewell"])


def cast_parts(reading: Reading, most: int | None, rng: random.Random) -> Parts:
    """Every role of the story. ``most``: at most so many characters (None: no limit)."""
    reading = _with_deed(reading)
    shape = choose_shape(reading, rng)
    reading = _suited(reading, shape)
    heroes = _heroes(reading, shape, rng)
    hero = heroes[0]
    if hero.determiner == "the" and not {"last", "first", "only", *_PAIR_WORDS} & set(hero.adjectives):
        hero = replace(hero, determiner="a") if not hero.noun.startswith(_PAIR_WORDS) else hero
    vanished = reading.verb == "make" and {"disappear", "vanish"} & {w.lower() for w in reading.words}
    if vanished:
        reading = replace(reading, others=tuple(replace(p, gone=False) for p in reading.others))
    absent = [p for p in reading.others if _is_absent(p)]
    others = [p for p in reading.others if not _is_absent(p) and not _is_where(p)]
    if len(heroes) == 1 and (twin := _twin_of(hero, others)) is not None:
        others = [told_apart(p) if p is twin else p for p in others]
        hero = told_apart(hero)
        heroes = (hero,)
    present = [p for p in (*heroes[1:], *others) if p.noun != hero.noun]
    invented: set[str] = set()
    if not reading.heroes:
        invented.add("hero")
    roles: dict[str, Phrase] = {"hero": hero}
    if most is None or most > 1:
        owner = _robbed(reading, hero) if not present else None
        if present or owner is not None:
            roles["other"] = present[0] if present else owner or hero
        elif (
            not members_of(hero, most)
            or hero.sort == "creature"
            or shape in _WITH_ONE
            or reading.verb in BY_BOAT
        ):
            roles["other"] = company_of(shape, hero, reading, rng)
            invented.add("other")
    if absent:
        roles["absent"] = replace(absent[0], adjectives=absent[0].adjectives)
    for role in {"other", "third"} & roles.keys():
        roles[role] = _kin_of(roles[role], hero)
    present = [_kin_of(p, hero) for p in present]
    did = reading.did
    if shape == "strive" and reading.verb in _WISHES and reading.goal:
        did = f"{rng.choice(['set out', 'decided', 'swore', 'made a plan'])} to {reading.goal}"
    roles["thing"], thing_named = _thing(reading, shape, rng)
    if not thing_named:
        invented.add("thing")
    trade = trade_words(hero)
    words = being_words(hero)
    tool = trade["tool"] if trade else rng.choice(_TOOLS)
    if tool == "a red umbrella" and hero.sort == "creature":  # which nobody without hands holds or hides
        tool = "a small lantern"
    roles["tool"] = phrase_of(tool, "thing")
    if roles["tool"].noun == roles["thing"].noun:
        roles["tool"] = phrase_of("a brass whistle", "thing")
    habits = rng.sample((trade or words)["habit"], len((trade or words)["habit"]))
    texts = {
        "did": did,
        "goal": reading.goal,
        "done": _done(did, reading, shape),
        "met": did if shape == "friendship" and (reading.verb not in _FRIENDLY or not reading.others) else "",
        "goaldid": _past_goal(reading.goal),
        "intro": rng.choice(_NAMED if hero.proper else _STANDING if hero.sort == "thing" else _UNNAMED),
        "craft": trade["craft"] if trade else rng.choice(_CRAFTS),
    }
    if "other" in roles:
        partner = being_words(roles["other"])
        roles["gift"] = phrase_of(rng.choice(partner["gift"]), "thing")
        texts |= {"cry2": f"[{'|'.join(partner['cry'])}]", "move2": rng.choice(partner["move"])}
        texts["help2"] = rng.choice(partner["help"])
    far = _is_far(reading)
    spots = find_spots(reading, hero, trade, roles.get("other"), shape, rng, far)
    for n, spot in enumerate(spots, 1):
        texts |= {f"place{n}": spot.phrase.again, f"in{n}": spot.where, f"to{n}": toward(spot)}
    texts |= {"place": spots[0].phrase.again, "in": spots[0].where}
    pair = len(heroes) > 1 and "other" in roles
    group = _group(reading) if pair else ""
    subject = group or ("{hero} and {other}" if pair else "{hero}")
    if not reading.heroes and reading.subject:
        subject = reading.subject[0].lower() + reading.subject[1:]
    texts["subj"] = subject
    cast = tuple(roles[r] for r in ("hero", "other") if r in roles)
    extra = [p for p in present[1:] if most is None or most > len(cast)]
    if extra:
        roles["third"] = extra[0]
    room = None if most is None else most - len(cast) + 1
    members = {p.name: made for p in cast if (made := members_of(p, room))}
    return Parts(
        shape,
        roles,
        texts,
        spots,
        (*cast, *extra[:1]),
        subject,
        frozenset(invented),
        tuple(habits),
        members,
        bool(present) and (present[0].after == "with" or pair),
        reading.words,
        bool(_SPEAKING & {reading.verb, *(reading.goal.split() or [""])[:1]}),
        frozenset({"thing"} if _is_body(roles["thing"]) and (most is None or most > len(cast)) else ()),
    )


_WITH_ONE = frozenset({"theft", "pursuit", "rescue"})
"""Shapes that are nothing without another: even several meet one."""
_FAMILY = frozenset(
    {"son", "daughter", "mother", "father", "brother", "sister", "grandmother", "grandfather", "child",
     "children", "parents", "wife", "husband", "uncle", "aunt", "cousin", "baby", "family", "grandson"}
)  # fmt: skip


def _kin_of(phrase: Phrase, hero: Phrase) -> Phrase:
    """An animal's own family are animals as it is: "their sick grandmother" of a hedgehog."""
    own = phrase.determiner in {"his", "her", "its", "their"} and phrase.head in _FAMILY
    if not own or hero.sort != "creature" or body_of(hero) == "hand":
        return phrase
    kind = hero.noun.split()[0] if " " in hero.head else hero.noun
    return replace(phrase, sort="creature", kind=hero.kind, being=hero.being, species=kind)


def _is_far(reading: Reading) -> bool:
    """Whether the way of the idea leads to somebody: "to their sick grandmother"."""
    if reading.verb in _SEEKING and any(p.after == "for" for p in reading.others):
        return True
    return any(p.after == "to" for p in reading.others) and reading.verb in WAYS


PROTECTING = frozenset({"protect", "save", "defend", "guard", "rescue", "free", "shelter", "hide"})
"""Verbs with which one who is named after "from" is an enemy."""
_SEEKING = frozenset({"search", "seek", "look", "hunt"})
WAYS = frozenset(
    {"carry", "bring", "take", "deliver", "row", "sail", "ride", "walk", "run", "drive", "skate", "travel",
     "go", "climb", "swim", "march", "return", "fly", "push", "pull", "drag", "haul", "cycle"}
)  # fmt: skip


_SPEAKING = frozenset(
    {"talk", "tell", "say", "speak", "ask", "sing", "dance", "teach", "promise", "argue", "quarrel", "read",
     "write", "laugh", "learn", "play", "perform", "open", "cook", "bake", "build", "sew", "knit", "accuse"}
)  # fmt: skip
"""Verbs that make an animal one of a tale."""


def _twin_of(hero: Phrase, others: list[Phrase]) -> Phrase | None:
    """Another of the same kind who is told apart by an adjective: "a young dragon" beside an old one."""
    apart = bool(hero.adjectives) and not hero.proper and not hero.plural
    return next(
        (
            p
            for p in others
            if apart and p.noun == hero.noun and p.adjectives and p.adjectives != hero.adjectives
        ),
        None,
    )


def told_apart(phrase: Phrase) -> Phrase:
    """The phrase with its adjective as part of its name: "the young dragon"."""
    named = f"{phrase.adjectives[-1]} {phrase.noun}"
    return replace(phrase, noun=named, head=named, adjectives=phrase.adjectives[:-1])


def _is_where(phrase: Phrase) -> bool:
    """Whether it is a place where things happen, and nobody who acts: a lighthouse that is painted."""
    return phrase.sort == "thing" and lexicon.place(phrase.noun) is not None


def _is_body(phrase: Phrase) -> bool:
    """Whether the only drawing of it is that of a being."""
    return (
        lexicon.look_up(phrase.noun, "thing") is None and lexicon.look_up(phrase.noun, "creature") is not None
    )


def _done(did: str, reading: Reading, shape: str) -> str:
    """What the hero has done in the end: the predicate, or the wish come true."""
    if shape != "strive" or reading.verb not in _WISHES or not reading.goal:
        return did
    verb, _, rest = reading.goal.partition(" ")
    return f"became {rest}" if verb == "be" else _past_goal(reading.goal) or did


def _past_goal(goal: str) -> str:
    """ "paint" -> "painted"; "" where the goal is to be something."""
    verb, _, rest = goal.partition(" ")
    if not verb or verb == "be" or "verb" not in classes(verb):
        return ""
    return f"{past(verb)} {rest}".strip()


def _with_deed(reading: Reading) -> Reading:
    """An idea without a verb, such as "Tea", is found by somebody."""
    if reading.did or not reading.heroes or reading.heroes[0].sort != "thing":
        return reading
    if {"that", "who", "which"} & set(reading.words) and LIVING & {base_verb(w) for w in reading.words}:
        return reading
    found = reading.heroes[0]
    return replace(
        reading, heroes=(), things=(found, *reading.things), verb="find", did=f"found {found.first}"
    )


def _suited(reading: Reading, shape: str) -> Reading:
    """The reading with its parts in the sorts that the shape has them in: what is built is a thing, what is
    loved is somebody."""
    if shape in {"mend", "grow"} and not reading.things:
        made = tuple(p for p in reading.others if p.sort == "creature" and not p.after)
        things = tuple(replace(p, sort="thing", being=None, pronoun="it") for p in made)
        return replace(
            reading,
            others=tuple(p for p in reading.others if p not in made),
            things=(*things, *reading.things),
        )
    first = reading.others[0] if reading.others else None
    if shape == "theft" and not reading.things and first and first.sort == "creature" and not first.after:
        taken = replace(first, sort="thing", being=None, pronoun="it")
        return replace(reading, others=reading.others[1:], things=(taken,))
    if shape == "theft" and not reading.things and any(not p.after for p in reading.places):
        taken = next(p for p in reading.places if not p.after)
        return replace(
            reading,
            places=tuple(p for p in reading.places if p != taken),
            things=(replace(taken, sort="thing"),),
        )
    if shape == "friendship" and not reading.others and reading.things and reading.did:
        loved = replace(reading.things[0], sort="creature", being=reading.things[0].being or Being.thing)
        return replace(reading, others=(loved,), things=reading.things[1:])
    return reading


_NAMED = (
    "This was where {hero} lived.",
    "{hero} lived here.",
    "{hero} {habit}.",
    "Every day {hero} {habit}.",
)
_UNNAMED = (
    "[Here|There] lived {hero}[, as everyone knew|, and had for years|, quietly enough|].",
    "{hero} lived here[, alone| and liked it so|, unnoticed|, more or less].",
    "This was [home|the whole world] to {hero}.",
    "[Here|Every day|Most mornings|In all weathers], {hero} {habit}.",
    "{hero} {habit}.",
    "[And it|It] suited {hero} [well|well enough].",
    "[Among all this|In the middle of it]: {hero}.",
)
_STANDING = ("Here stood {hero}.", "{hero} had its place here.", "[Nobody noticed|Few looked at] {hero}.")
_FRIENDLY = word_set("friendly")
_WISHES = word_set("wishes")
_TOOLS = (
    "a small lantern",
    "a ball of string",
    "a pocket knife",
    "a brass whistle",
    "a chipped cup",
    "a red umbrella",
)
_CRAFTS = (
    "walked straight into the middle of it",
    "did it with both eyes open",
    "took one step more than was possible",
    "let go of the rail",
    "went on when the rest of the world stopped",
    "pulled with everything there was",
    "stood up, quite calm, and began",
    "held on until it turned",
    "took the one way nobody had tried",
)


def _is_absent(phrase: Phrase) -> bool:
    return phrase.gone or bool(
        {a.lower() for a in phrase.adjectives} & {"dead", "late", "missing", "deceased", "vanished"}
    )


_BETWEEN_TWO = frozenset({"rivalry", "friendship", "mend"})
"""Shapes that are told between the two of "Two bakers ..."; in the others the two act as one."""


def members_of(phrase: Phrase, most: int | None) -> tuple[Phrase, ...]:
    """Those of a group, one by one: "three orphans" are an eldest, a middle and a youngest one.

    Empty for one alone, and where fewer than two characters may be cast. A group has at most four. "An old
    couple" are an old woman and an old man: what the word for them means is known.
    """
    if phrase.head.lower() in _TOGETHER and (most is None or most > 1):
        old = [a for a in phrase.adjectives if a.lower() in _AGES]
        return tuple(_member(phrase, " ".join((*old, who))) for who in _TOGETHER[phrase.head.lower()][:most])
    count = min(_COUNTS.get(phrase.determiner, 3 if phrase.sort == "creature" else 2), most or 4, 4)
    if not phrase.plural or phrase.sort not in {"person", "creature"} or count < 2:
        return ()
    one = singular(phrase.head)
    base = replace(phrase, noun=one, head=one, plural=False, adjectives=(), determiner="the", proper="")
    kept = tuple(a for a in phrase.adjectives if a.lower() in _AGES)
    base = replace(sorted_phrase(base), determiner="the", adjectives=kept)
    return tuple(replace(base, noun=f"{word} {one}", head=f"{word} {one}") for word in _RANKS[count])


def _member(phrase: Phrase, noun: str) -> Phrase:
    """One of a group, called ``noun``."""
    one = replace(
        phrase,
        noun=noun,
        head=noun.rsplit(maxsplit=1)[-1],
        plural=False,
        adjectives=(),
        determiner="the",
        proper="",
        tail="",
    )
    return replace(sorted_phrase(one), noun=noun, head=noun, determiner="the")


_TOGETHER = {
    "couple": ("woman", "man"), "pair": ("woman", "man"), "newlyweds": ("woman", "man"),
    "parents": ("mother", "father"), "grandparents": ("grandmother", "grandfather"),
    "family": ("mother", "father", "child"), "twins": ("sister", "brother"), "trio": ("woman", "man", "girl"),
}  # fmt: skip
"""Words for several people -> who they are."""
_AGES = frozenset({"old", "elderly", "young", "aged", "ancient", "little", "teenage"})
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 4, "six": 4, "seven": 4}
_RANKS = {
    2: ("older", "younger"),
    3: ("eldest", "middle", "youngest"),
    4: ("eldest", "tall", "short", "youngest"),
}


def _group(reading: Reading) -> str:
    """The plural subject of "Two bakers ...", or ""."""
    first = reading.heroes[0] if reading.heroes else None
    if first is not None and first.plural and first.determiner == "two" and len(reading.heroes) == 1:
        return f"the two {first.noun if first.sort == 'thing' else first.head}"
    return ""


def _heroes(reading: Reading, shape: str, rng: random.Random) -> tuple[Phrase, ...]:
    if not reading.heroes:
        live = [p for p in reading.others if not _is_absent(p)]
        if live:
            return (live[0],)
        if owner := _owner(reading):
            return (owner,)
        return (phrase_of(rng.choice(bank("asides")["heroes"]), "person"),)
    hero = reading.heroes[0]
    if _group(reading) and shape in _BETWEEN_TWO:
        one = singular(hero.head)
        noun = " ".join((*hero.noun.split()[:-1], one))
        base = replace(hero, noun=noun, head=one, plural=False, adjectives=())
        base = replace(sorted_phrase(base), determiner="the")
        older, younger = rng.choice(_PAIRS)
        return (
            replace(base, noun=f"{older} {one}", head=f"{older} {one}"),
            replace(base, noun=f"{younger} {one}", head=f"{younger} {one}"),
        )
    return reading.heroes


def _robbed(reading: Reading, hero: Phrase) -> Phrase | None:
    """Whose it is that somebody steals, finds or breaks: "the mayor's garden"; None where nobody is named."""
    own = re.fullmatch(r"(?:an?|the) ([\w-]+)'s", hero.determiner)
    if own is not None and hero.sort != "thing" and lexicon.look_up(own[1], "person") is not None:
        return phrase_of(f"a {own[1]}", "person")  # "a magician's rabbit"
    for phrase in reading.named:
        whose = re.fullmatch(r"(?:(an?|the) )?(?:(\w+) )?([\w-]+)'s", phrase.determiner)
        entry = lexicon.look_up(whose[3]) if whose else None
        if whose is None or entry is None or entry.sort not in {"person", "creature"}:
            continue
        beast = entry.sort == "creature"
        if (
            (beast or reading.verb in _WITH_OWNERS)
            and hero.head.lower() != whose[3]
            and phrase.noun != hero.noun
        ):
            adjective = f"{whose[2]} " if whose[2] else ""
            return phrase_of(f"a {adjective}{whose[3]}", str(entry.sort))
    return None


_WITH_OWNERS = frozenset(
    {"steal", "take", "break", "find", "eat", "burn", "borrow", "lose", "repair", "mend", "guard", "fix",
     "paint", "hide", "free", "sell", "wash", "clean", "polish", "rob", "pick", "return", "catch", "open"}
)  # fmt: skip
"""Verbs after which whoever owns the thing has a part in the story."""


def _owner(reading: Reading) -> Phrase | None:
    """Whose the thing is that a title is about: "A lighthouse keeper's lamp that dreams of the sea"."""
    for phrase in reading.named:
        whose = re.fullmatch(r"(?:an?|the) (.+)'s", phrase.determiner)
        if whose and lexicon.look_up(whose[1], "person"):
            return phrase_of(f"a {whose[1]}", "person")
    return None


_PAIRS = (("older", "younger"), ("tall", "short"), ("quiet", "loud"), ("stout", "thin"))


_PAIR_WORDS = tuple(word for pair in _PAIRS for word in pair)


def _thing(reading: Reading, shape: str, rng: random.Random) -> tuple[Phrase, bool]:
    if reading.things:
        return reading.things[0], True
    if "race" in {w.lower() for w in reading.words}:
        return phrase_of("a finish flag", "thing"), True
    goal_verb = reading.goal.split()[0] if reading.goal else reading.verb
    own = bank("asides")["by_goal"].get(goal_verb)
    pool: list[str] = bank("asides")["pools"][shape]
    return phrase_of(own or rng.choice(pool), "thing"), False
