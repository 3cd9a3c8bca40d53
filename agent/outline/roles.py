"""Giving the parts of a story to what the idea names, and filling the rest from the bank."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import Any

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being, PlaceKind
from .bank import bank, word_set
from .idea import Reading, sorted_phrase
from .phrase import Phrase
from .words import classes, past, singular


@dataclass(frozen=True)
class Spot:
    """A place of the story: its name in narration, where one is there, and its kind."""

    phrase: Phrase
    kind: str
    at: str

    @property
    def where(self) -> str:
        """ "on the shore"."""
        return f"{self.at} {self.phrase.again}"

    @property
    def entry(self) -> dict[str, Any]:
        """The bank's words for this kind of place."""
        found: dict[str, Any] = bank("places").get(self.kind, bank("places")["elsewhere"])
        return found


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


def phrase_of(text: str, sort: str | None = None) -> Phrase:
    """A phrase of the bank's own, such as "a pail of herring" or "an old ferryman"."""
    determiner, _, body = text.partition(" ")
    body, _, rest = body.partition(" of ") if sort == "thing" else (body, "", "")
    tail = f" of {rest}" if rest else ""
    with_tail = re.match(r"(.*?)( (?:with|in|who|from|on|without|across|next|going) .*)$", body)
    if with_tail:
        body, tail = with_tail[1], with_tail[2] + tail
    words = body.split()
    made = Phrase(
        noun=body, head=words[-1], determiner="a" if determiner in {"a", "an"} else determiner, tail=tail
    )
    found = sorted_phrase(made)
    if sort == "person" and found.sort not in {"person", "creature"}:
        found = replace(found, sort="person", being=Being.person, pronoun="they")
    if sort == "thing":
        found = replace(found, sort="thing", being=None, pronoun="it")
    return found


def being_words(phrase: Phrase) -> dict[str, Any]:
    """The bank's words for this being."""
    beings = bank("beings")
    for key in (phrase.kind, phrase.head.lower(), "child" if phrase.head.lower() in _YOUNG else ""):
        if key in beings and key != "person":
            found: dict[str, Any] = beings[key]
            return found
    fallback: dict[str, Any] = beings.get(
        str(phrase.being.value) if phrase.being else "person", beings["person"]
    )
    return fallback


_YOUNG = word_set("young")


def trade_words(phrase: Phrase) -> dict[str, Any] | None:
    """The bank's words for this trade, or None."""
    trades = bank("trades")
    noun = phrase.noun.lower()
    for key in (noun, noun.split()[-1], singular(phrase.head), *(w.lower() for w in phrase.proper.split())):
        if key in trades:
            found: dict[str, Any] = trades[key]
            return found
    return None


def choose_shape(reading: Reading, rng: random.Random) -> str:
    """The story shape that the idea's verb asks for; where it asks for none, one that fits its parts."""
    shapes = bank("shapes")
    words = {w.lower() for w in reading.words}
    if words & {"rival", "rivals"} or ("one" in words and reading.verb == "share"):
        return "rivalry"
    if (
        reading.heroes and reading.heroes[0].head.lower() in {"detective", "inspector", "sleuth"}
    ) or words & {"detective", "inspector"}:
        return "pursuit"
    fits = [name for name, shape in shapes.items() if reading.verb and reading.verb in shape.get("verbs", [])]
    made = reading.things or any(p.sort == "creature" and not p.after for p in reading.others)
    if not made:
        fits = [name for name in fits if name not in {"mend", "grow"}]
    if reading.verb == "open":
        fits = ["message"] if reading.things else ["strive"]
    if reading.verb == "refuse" and not reading.others:
        fits = ["strive"]
    if fits:
        return fits[0] if len(fits) == 1 else rng.choice(fits)
    goal_verb = reading.goal.split()[0] if reading.goal else ""
    fits = [name for name, shape in shapes.items() if goal_verb and goal_verb in shape.get("verbs", [])]
    fits = [name for name in fits if name not in {"mend", "grow"} or made]
    if fits and goal_verb != "be":
        return rng.choice(fits)
    if reading.others or not reading.did:
        return "farewell" if words & {"last", "goodbye", "grave", "funeral"} and reading.did else "friendship"
    return rng.choice(
        [*(["strive"] if reading.goal else []), *(["message"] if reading.things else []), "farewell"]
    )


def cast_parts(reading: Reading, most: int | None, rng: random.Random) -> Parts:
    """Every role of the story. ``most``: at most so many characters (None: no limit)."""
    shape = choose_shape(reading, rng)
    reading = _suited(reading, shape)
    heroes = _heroes(reading, rng)
    hero = heroes[0]
    if hero.determiner == "the" and not {"last", "first", "only", *_PAIR_WORDS} & set(hero.adjectives):
        hero = replace(hero, determiner="a") if not hero.noun.startswith(_PAIR_WORDS) else hero
    absent = [p for p in reading.others if _is_absent(p)]
    present = [p for p in (*heroes[1:], *reading.others) if not _is_absent(p) and p.noun != hero.noun]
    invented: set[str] = set()
    if not reading.heroes:
        invented.add("hero")
    roles: dict[str, Phrase] = {"hero": hero}
    if most is None or most > 1:
        if present:
            roles["other"] = present[0]
        else:
            roles["other"] = _company(shape, hero, reading, rng)
            invented.add("other")
    if absent:
        roles["absent"] = replace(absent[0], adjectives=absent[0].adjectives)
    did = reading.did
    if shape == "strive" and reading.verb in _WISHES and reading.goal:
        did = f"{rng.choice(['set out', 'decided', 'swore', 'made a plan'])} to {reading.goal}"
    roles["thing"], thing_named = _thing(reading, shape, rng)
    if not thing_named:
        invented.add("thing")
    trade = trade_words(hero)
    words = being_words(hero)
    tool = trade["tool"] if trade else rng.choice(_TOOLS)
    roles["tool"] = phrase_of(tool, "thing")
    if roles["tool"].noun == roles["thing"].noun:
        roles["tool"] = phrase_of("a brass whistle", "thing")
    habits = rng.sample((trade or words)["habit"], len((trade or words)["habit"]))
    texts = {
        "did": did,
        "goal": reading.goal,
        "done": _done(did, reading, shape),
        "met": did if shape == "friendship" and reading.verb not in _FRIENDLY else "",
        "goaldid": _past_goal(reading.goal),
        "intro": rng.choice(_NAMED if hero.proper else _STANDING if hero.sort == "thing" else _UNNAMED),
        "craft": trade["craft"] if trade else rng.choice(_CRAFTS),
    }
    if "other" in roles:
        partner = being_words(roles["other"])
        roles["gift"] = phrase_of(rng.choice(partner["gift"]), "thing")
        texts |= {"cry2": rng.choice(partner["cry"]), "move2": rng.choice(partner["move"])}
        texts["help2"] = rng.choice(partner["help"])
    spots = _spots(reading, hero, trade, roles.get("other"), shape, rng)
    for n, spot in enumerate(spots, 1):
        texts |= {f"place{n}": spot.phrase.again, f"in{n}": spot.where, f"to{n}": _toward(spot)}
    texts |= {"place": spots[0].phrase.again, "in": spots[0].where}
    pair = len(heroes) > 1 and "other" in roles
    group = _group(reading)
    subject = group or ("{hero} and {other}" if pair else "{hero}")
    texts["subj"] = subject
    cast = tuple(roles[r] for r in ("hero", "other") if r in roles)
    extra = [p for p in present[1:] if most is None or most > len(cast)]
    return Parts(shape, roles, texts, spots, (*cast, *extra[:1]), subject, frozenset(invented), tuple(habits))


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


def _suited(reading: Reading, shape: str) -> Reading:
    """The reading with its parts in the sorts that the shape has them in: what is built is a thing, what is
    loved is somebody."""
    if shape in {"mend", "grow"}:
        made = tuple(p for p in reading.others if p.sort == "creature" and not p.after)
        things = tuple(replace(p, sort="thing", being=None, pronoun="it") for p in made)
        return replace(reading, others=tuple(p for p in reading.others if p not in made),
                       things=(*things, *reading.things))  # fmt: skip
    if shape == "theft" and not reading.things and any(not p.after for p in reading.places):
        taken = next(p for p in reading.places if not p.after)
        return replace(reading, places=tuple(p for p in reading.places if p != taken),
                       things=(replace(taken, sort="thing"),))  # fmt: skip
    if shape == "friendship" and not reading.others and reading.things:
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
    "walked straight into the middle of it", "did it with both eyes open", "took one step more than was possible",
    "let go of the rail", "went on when the rest of the world stopped", "pulled with everything there was",
    "stood up, quite calm, and began", "held on until it turned", "took the one way nobody had tried",
)  # fmt: skip


def _is_absent(phrase: Phrase) -> bool:
    return phrase.gone or bool(
        {a.lower() for a in phrase.adjectives} & {"dead", "late", "missing", "deceased", "vanished"}
    )


def _company(shape: str, hero: Phrase, reading: Reading, rng: random.Random) -> Phrase:
    """Somebody for the hero to meet, who could be where the story is."""
    people = bank("asides")["people"]
    kinds = {p.kind for p in reading.places} | {(trade_words(hero) or being_words(hero)).get("place", "")}
    kinds |= {being_words(hero)["home"]} if hero.sort == "creature" else set()
    pool = bank("shapes")[shape]["people"]
    if kinds & SPACE:
        pool = people["space"]
    elif any(
        p.gone and p.head.lower() in {"human", "humans", "man", "person", "people"} for p in reading.others
    ):
        pool = ["a stray dog", "a one-eyed crow", "a thin cat"]
    elif kinds & {"sea", "ship", "underwater", "island"}:
        pool = people["sea"]
    elif shape == "theft" and _royal(reading):
        pool = people["palace"]
    chosen = _unlike(phrase_of(rng.choice(pool), "person"), hero)
    return chosen


SPACE = frozenset({"space", "spaceship", "moon", "planet"})


def _royal(reading: Reading) -> bool:
    return bool(
        {w.lower().removesuffix("'s") for w in reading.words}
        & {"king", "queen", "prince", "royal", "emperor"}
    )


def _unlike(phrase: Phrase, hero: Phrase) -> Phrase:
    return replace(phrase, noun="old stranger", head="stranger") if phrase.head == hero.head else phrase


def _group(reading: Reading) -> str:
    """The plural subject of "Two bakers ...", or ""."""
    first = reading.heroes[0] if reading.heroes else None
    if first is not None and first.plural and first.determiner == "two" and len(reading.heroes) == 1:
        return f"the two {first.noun if first.sort == 'thing' else first.head}"
    return ""


def _heroes(reading: Reading, rng: random.Random) -> tuple[Phrase, ...]:
    if not reading.heroes:
        live = [p for p in reading.others if not _is_absent(p)]
        if live and not reading.did:
            return (live[0],)
        return (phrase_of(rng.choice(bank("asides")["heroes"]), "person"),)
    hero = reading.heroes[0]
    if _group(reading):
        one = singular(hero.head)
        noun = " ".join((*hero.noun.split()[:-1], one))
        base = replace(hero, noun=noun, head=one, plural=False, adjectives=())
        base = replace(sorted_phrase(base), determiner="the")
        older, younger = rng.choice(_PAIRS)
        return (replace(base, noun=f"{older} {one}", head=f"{older} {one}"),
                replace(base, noun=f"{younger} {one}", head=f"{younger} {one}"))  # fmt: skip
    return reading.heroes


_PAIRS = (("older", "younger"), ("tall", "short"), ("quiet", "loud"), ("stout", "thin"))


_PAIR_WORDS = tuple(word for pair in _PAIRS for word in pair)


def _thing(reading: Reading, shape: str, rng: random.Random) -> tuple[Phrase, bool]:
    if reading.things:
        return reading.things[0], True
    goal_verb = reading.goal.split()[0] if reading.goal else reading.verb
    own = bank("asides")["by_goal"].get(goal_verb)
    pool: list[str] = bank("asides")["pools"][shape]
    return phrase_of(own or rng.choice(pool), "thing"), False


def _spots(
    reading: Reading,
    hero: Phrase,
    trade: dict[str, Any] | None,
    other: Phrase | None,
    shape: str,
    rng: random.Random,
) -> tuple[Spot, Spot, Spot]:
    """Three places: the idea's first, then where those it names belong, then neighbours."""
    found = [spot for p in reading.places if (spot := _spot(p)) is not None]
    text = " ".join(reading.words)
    kind = lexicon.place(text) if trade is None else None
    if not found and kind is not None and kind is not PlaceKind.elsewhere:
        found.append(_plain_spot(kind.value))
    home = trade["place"] if trade else being_words(hero)["home"]
    if trade is None and being_words(hero) is bank("beings")["person"]:
        home = rng.choice(["village", "city", "house", "harbour", "farm", "road"])
    if not found or (trade and len(found) < 2 and all(s.kind != home for s in found) and shape != "journey"):
        own = _plain_spot(home)
        found = [*found, own] if found else [own]
    if shape == "theft" and len(found) < 2:
        found.append(_plain_spot("castle" if _royal(reading) else rng.choice(["museum", "shop", "house"])))
    if other is not None and other.sort == "creature":
        place = being_words(other)["home"]
        if place not in {s.kind for s in found}:
            close = {"sea": "shore"}.get(place, place)
            found.insert(1, _plain_spot(close if close != found[0].kind else place))
    for kind_near, name in (
        found[0].entry["near"] + found[-1].entry["near"] + [["road", "road"], ["forest", "forest"]]
    ):
        if len(found) >= 3:
            break
        if kind_near not in {s.kind for s in found} and name not in {s.phrase.noun for s in found}:
            found.append(_plain_spot(kind_near, name))
    return found[0], found[1], found[2]


def _plain_spot(kind: str, name: str = "") -> Spot:
    entry = bank("places").get(kind, bank("places")["elsewhere"])
    noun = name or entry["name"]
    return Spot(
        Phrase(noun=noun, head=noun.split()[-1], determiner="the", sort="place", kind=kind), kind, entry["at"]
    )


def _spot(phrase: Phrase) -> Spot | None:
    found = lexicon.place(phrase.noun)
    kind = found.value if found is not None else "elsewhere"
    if phrase.kind in bank("places"):
        kind = phrase.kind
    if phrase.proper and kind == "elsewhere":
        kind = (
            "planet" if phrase.proper in {"Mars", "Venus", "Saturn", "Jupiter", "Titan", "Europa"} else "city"
        )
    at = bank("places")[kind]["at"] if kind in bank("places") else "at"
    if at == "on" and kind == "stage" and phrase.noun != "stage":
        at = "at"
    if phrase.after in {"in", "on", "at", "under", "inside", "near", "behind", "beside"}:
        at = phrase.after
    elif kind == "elsewhere" or phrase.proper:
        at = "on" if kind in {"planet", "moon", "island"} else "in"
    return Spot(replace(phrase, plural=False), kind, at)


def _toward(spot: Spot) -> str:
    return f"{'down to' if spot.kind in {'shore', 'harbour', 'river', 'sea'} else 'to'} {spot.phrase.again}"


def look_words(phrase: Phrase, rng: random.Random) -> str:
    """What a character looks like, in one or two sentences."""
    trade = trade_words(phrase)
    own = " ".join(phrase.adjectives)
    noun = phrase.noun if not phrase.proper else {"she": "woman", "he": "man"}.get(phrase.pronoun, "person")
    if phrase.being not in {None, Being.person}:
        coat = rng.choice(_COATS)
        mark = rng.choice(_MARKS)
        return f"A {own + ' ' if own else ''}{rng.choice(_SIZES)} {noun}, {coat}, {mark}."
    young = phrase.head.lower() in _YOUNG or "young" in phrase.noun
    aged = "old" in f"{own} {phrase.noun}".split() or phrase.head.lower().startswith("grand")
    age = "about nine years old" if young else "over seventy" if aged else rng.choice(_AGES)
    hair = rng.choice(_GREY if aged else _HAIR)
    wear = trade["wear"] if trade else rng.choice(_CHILD_WEAR if young else _WEAR)
    return f"A {rng.choice(_BUILDS)} {noun} {age}, with {hair}, in {wear}."


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
_MARKS = ("with one white patch", "with bright amber eyes", "with a small notch in one ear", "with a long old scar",
          "with dark curious eyes")  # fmt: skip
_BUILDS = ("tall thin", "short sturdy", "lean", "broad-shouldered", "slight", "round")
_AGES = ("in the middle twenties", "about thirty", "about forty", "past fifty")
_HAIR = ("short black hair", "curly red hair", "long brown hair in a braid", "a blond ponytail", "a dark bun",
         "spiky brown hair", "a black bob")  # fmt: skip
_GREY = ("white hair in a bun", "thin white hair", "short grey hair", "grey curls")
_WEAR = ("a mustard coat and brown boots", "a grey shirt and a red scarf", "a green coat with a patched elbow",
         "a blue dress coat and a knitted hat", "a striped shirt and dark trousers")  # fmt: skip
_CHILD_WEAR = (
    "a yellow raincoat and red boots",
    "a striped shirt and patched trousers",
    "a green coat too big by a year",
)
