"""Reading an idea: who, what they do, to whom, with what, where, why, and what stands in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being
from .bank import word_set
from .chunking import Span, can_be_base, find_phrases, verb_indices
from .phrase import Phrase
from .rewording import reworded
from .words import (
    AUXILIARIES,
    DETERMINERS,
    MODALS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TOKEN,
    acts_on,
    base_verb,
    classes,
    has_subject,
    is_plural,
    past,
    past_clause,
    singular,
    third,
)


@dataclass(frozen=True)
class Reading:
    """What one sentence says. Texts hold the user's own words."""

    subject: str
    """The subject as written, or "" where there is none."""
    did: str
    """The predicate in the past tense ("befriended a lost whale"), or "" where there is no verb."""
    verb: str
    """Base form of the main verb, or ""."""
    goal: str
    """What is wanted, as a base-form clause ("be mayor", "feed her village"), or ""."""
    heroes: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    things: tuple[Phrase, ...]
    places: tuple[Phrase, ...]
    named: tuple[Phrase, ...]
    """Every noun phrase in order."""
    words: tuple[str, ...]


def read_idea(text: str) -> Reading:
    """Reads the first clause structure of an English text. Never fails: what is not found is empty."""
    words = [w for w in TOKEN.findall(text.replace("’", "'")) if w not in {'"', "“", "”"}]
    while words and words[-1] in ".!?…,;:":
        words.pop()
    words = reworded(words)
    verb_at = main_verb(words)
    verb, did, goal = _predicate(words, verb_at)
    if verb == "look" and verb_at is not None and "for" not in words[verb_at + 1 : verb_at + 3]:
        verb = "gaze"  # into a mirror: nothing is looked for
    spans = _placed(words, find_phrases(words, verb_indices(words, verb_at)), verb)
    subject_end = verb_at if verb_at is not None else len(words)
    subject_end = next(
        (i for i, w in enumerate(words[:subject_end]) if i and w.lower() in RELATIVES), subject_end
    )
    before = [s.phrase for s in spans if s.start < subject_end and not s.phrase.after]
    beyond = [s.phrase for s in spans if s.phrase not in before]
    plural = len(before) > 1 or bool(before and before[0].plural)
    heroes = tuple(p for p in before if p.sort != "place" and (p.sort != "thing" or _stands(p)))[:2]
    if verb_at is None and any(p.sort != "thing" for p in before):
        # A list names somebody: the story is theirs, and the things are things.
        heroes = tuple(p for p in before if p.sort in {"person", "creature"})[:2] or heroes
    if verb not in LIVING and any(p.sort in {"person", "creature"} for p in before):
        # A house that burns is where somebody is, and nobody.
        heroes = tuple(p for p in heroes if not _is_building(p))
    rivals = [s for s in spans if s.phrase.sort == "person" and s.phrase not in before]
    until = min((s.start + (words[s.start].lower() in POSSESSIVES) for s in rivals), default=len(words))
    if (
        heroes
        and heroes[0].sort == "thing"
        and (lexicon.look_up(heroes[0].noun, "person") or heroes[0].head.lower() in _DOLLS)
    ):
        heroes = (replace(heroes[0], sort="person", being=Being.person, pronoun="they"), *heroes[1:])
    heroes = _gendered(heroes, words[:until], plural)
    live = [p for p in beyond if p.sort in {"person", "creature"}]
    live = [p for p in live if not p.role_only or (verb == "become" and p.sort == "creature")]
    live = [p for p in live if p.head.lower() not in _CONDITIONS and not _FEASTS & set(p.proper.split())]
    if heroes and _is_building(heroes[0]) and verb not in LIVING and live:
        heroes, live = (replace(live[0], after=""), *heroes[1:]), live[1:]  # whoever it happens to
    things = [p for p in (*before, *beyond) if p.sort == "thing" and p not in heroes and _solid(p)]
    if heroes and heroes[0].sort == "thing" and verb in _HAPPENING and not live:
        things, heroes = [heroes[0], *things], ()
    if heroes and heroes[0].sort == "thing" and verb not in LIVING:
        # Who is named and acts is the one whom the story follows, not the train that stops.
        acting_first = [p for p in live if any(s.phrase == p and _acts(words, s.stop) for s in spans)]
        if acting_first:
            things = [*things, heroes[0]]
            verb = next(base_verb(words[s.stop]) for s in spans if s.phrase == acting_first[0])
            heroes, live = (), [*acting_first, *(p for p in live if p not in acting_first)]
    if any(p.after == "of" and lexicon.look_up(p.noun, "thing") for p in things):
        things = [p for p in things if p.head.lower() not in _PORTIONS]  # "a piece of cheese" is cheese
    things = [p for p in things if not _is_no_noun(p) and not is_built_in(p)]
    things = [p for p in things if heroes or p.determiner not in {"its", "their"}]  # a shop's own doors
    if verb in _TELLING:
        things = [p for p in things if singular(p.head) not in _TOLD]
    things.sort(key=lambda p: bool(p.after))
    if heroes and heroes[0].sort == "thing":
        heroes = (replace(heroes[0], being=heroes[0].being or Being.thing), *heroes[1:])
        things = [t for t in things if t.noun != heroes[0].noun]
    things = [t for t in things if not heroes or t.noun != heroes[0].noun]
    places = [p for p in (*beyond, *before) if p.sort == "place" and p.head.lower() not in _ABSTRACT]
    if verb in {"write", "send", "call", "signal"}:  # it is done where it comes from
        places = [replace(p, after="on") if p.after == "from" else p for p in places]
    places = [p for p in places if p.after not in {"from", "of", "about", "for", "like"}]
    # What does something itself is nowhere to be: "until the sea gives her an answer".
    acting = {
        s.phrase for s in spans if not s.phrase.after and s.start > subject_end and _acts(words, s.stop)
    }
    places = [p for p in places if p not in acting]
    if verb in _DEPICTING and any(p.after for p in places):  # who paints the sea on a roof is on the roof
        places = [p for p in places if p.after]
    if verb in _FACING:  # who sings to the moon is not on it
        places = [p for p in places if p.after not in {"to", "at"}]
    return Reading(
        subject=" ".join(words[:subject_end]) if verb_at is not None else "",
        did=did,
        verb=verb,
        goal=goal,
        heroes=heroes,
        others=tuple(_unique(live)),
        things=tuple(_unique(things)),
        places=tuple(_unique(places)),
        named=tuple(s.phrase for s in spans),
        words=tuple(words),
    )


_NO_NOUNS = frozenset(
    {"given", "close", "near", "high", "far", "low", "late", "deep", "comes", "goes", "never"}
)
"""Words that stand where a noun could, and are none where nothing is before them."""


def _is_no_noun(phrase: Phrase) -> bool:
    return not phrase.determiner and not phrase.adjectives and phrase.noun.lower() in _NO_NOUNS


_BUILT_IN = frozenset(
    {"window", "windowsill", "wall", "roof", "floor", "ceiling", "stairs", "staircase", "stair", "corner",
     "doorstep", "step", "balcony", "fireplace", "hearth", "chimney", "windowpane", "doorway", "threshold"}
)  # fmt: skip
"""Parts of a house: who is at, by or behind one is where it is, and nobody carries, follows or misses it."""


def is_built_in(phrase: Phrase) -> bool:
    """Whether the phrase only says by which part of a house somebody or something is."""
    return phrase.head.lower().removesuffix("s") in _BUILT_IN | {"stair"} and phrase.after not in {"", "of"}


def _is_building(phrase: Phrase) -> bool:
    return phrase.sort == "thing" and lexicon.place(phrase.noun) is not None


def _stands(phrase: Phrase) -> bool:
    """Whether a thing can be the one that a story is about: one that has a drawing."""
    return _solid(phrase) and lexicon.look_up(phrase.noun) is not None


_HAPPENING = frozenset(
    {"stop", "break", "fall", "sink", "burn", "ring", "disappear", "vanish", "arrive", "close", "explode",
     "crash", "melt", "rust", "tick", "strike", "freeze", "leak"}
)  # fmt: skip
"""Verbs of what happens to a thing: it is no less a thing for it."""
LIVING = frozenset(
    {"dream", "want", "wish", "sing", "love", "befriend", "learn", "hope", "talk", "speak", "fear", "long",
     "hate", "cry", "laugh", "miss", "remember", "forget", "decide", "try", "help", "teach", "meet"}
)  # fmt: skip
"""Verbs by which an idea makes a thing alive."""
_AT = frozenset({"out", "through", "over", "past", "along", "beyond", "toward", "towards", "onto", "from"})
_GOING = frozenset({"leave", "enter", "visit", "explore", "reach", "escape", "flee", "cross", "haunt"})
"""Verbs whose object is a place where it can be one."""


def _placed(words: list[str], spans: list[Span], verb: str) -> list[Span]:
    """The phrases, with those as places that the words before them make places: "out of a burning barn"."""
    out = []
    for span in spans:
        before = words[span.start - 1].lower() if span.start else ""
        led = words[span.start - 2].lower() if span.start > 1 and before == "of" else before
        where = led in _AT or (base_verb(before) in _GOING and base_verb(before) == verb)
        found = lexicon.look_up(span.phrase.noun, "place") if where and span.phrase.sort == "thing" else None
        if found is not None:
            after = "out of" if before == "of" else span.phrase.after
            placed = replace(span.phrase, sort="place", kind=found.kind, being=None, after=after)
            span = replace(span, phrase=placed)
        out.append(span)
    return out


_DOLLS = frozenset({"puppet", "doll", "marionette", "nutcracker", "mannequin", "scarecrow", "snowman"})
"""Things with the body of a person, who live where a story is about them."""
_FEASTS = frozenset(
    {"Eve", "Christmas", "Easter", "Halloween", "Day", "Year", "Monday", "Tuesday", "Wednesday", "Thursday",
     "Friday", "Saturday", "Sunday", "January", "December", "May", "Midsummer"}
)  # fmt: skip
"""Words of a proper name that is a time and nobody."""
_CONDITIONS = frozenset({"ill", "sick", "dead", "alive", "asleep", "afraid", "late", "guilty", "answer"})
"""Words after "is" that say how somebody is, and a few that only look like somebody."""


def _unique(phrases: list[Phrase]) -> list[Phrase]:
    """Each once, as it is named last; a bare "the boat" is still the red one that was named before."""
    found: dict[str, Phrase] = {}
    for phrase in phrases:
        key = phrase.noun.lower() + phrase.proper
        first = found.get(key)
        bare = first is not None and phrase.determiner == "the" and not phrase.adjectives
        found[key] = replace(phrase, adjectives=first.adjectives) if first and bare else phrase
    return list(found.values())


def _solid(phrase: Phrase) -> bool:
    return phrase.head.lower() not in _ABSTRACT and not phrase.proper and not phrase.head.endswith("'s")


_FACING = frozenset(
    {"sing", "howl", "talk", "speak", "pray", "listen", "wave", "look", "stare", "gaze", "point", "whistle",
     "shout", "call", "smile", "bark", "write"}
)  # fmt: skip
"""Verbs whose "to" and "at" name what is faced, not where somebody goes."""
_TELLING = frozenset({"tell", "narrate", "recount", "invent", "remember", "forget"})
_TOLD = frozenset({"story", "tale", "legend", "fable", "saga", "history"})
"""What is a book in a hand and, where it is told, words in a mouth."""
_DEPICTING = frozenset(
    {"paint", "draw", "sketch", "photograph", "film", "watch", "describe", "map", "remember", "study", "see"}
)
"""Verbs whose object is far off, or in mind."""
_PORTIONS = frozenset({"piece", "slice", "bit", "lump", "chunk", "bunch", "pile", "heap", "handful", "crumb"})
_ABSTRACT = word_set("abstract")
"""Nouns that are no things to draw or hold."""


def _acts(words: list[str], stop: int) -> bool:
    """Whether a verb in the third person stands there."""
    low = words[stop].lower() if stop < len(words) else ""
    return bool(low) and "verb" in classes(low) and low == third(base_verb(low)) != base_verb(low)


def _does(subject: str, verb: str) -> bool:
    """Whether a noun in the singular and a known verb stand there: "chef cooks"."""
    noun = "noun" in classes(subject) and not is_plural(subject)
    return noun and lexicon.verb(base_verb(verb)) is not None


def main_verb(words: list[str]) -> int | None:
    """Index of the main finite verb: the best-founded candidate, the earliest of near equals.

    A verb inside a relative clause of the subject gives way to one after the clause; one that follows
    "until", "when" or "because" gives way to one before.
    """
    scores = [
        (i, score) for i, word in enumerate(words) if (score := _verb_score(words, i, word.lower())) >= 2
    ]
    if scores:
        rest = range(scores[0][0], len(words))
        led = next((i for i in rest if words[i].lower() in SUBORDINATORS | {"but"}), len(words))
        scores = [(i, score) for i, score in scores if i < led]
    # "... and a tailor frees her": a clause of somebody else is not the main one.
    scores = [(i, score) for i, score in scores if i == scores[0][0] or not has_subject(words, i)]
    best: tuple[int, float] | None = None
    for i, score in scores:
        surer = score + (_NOUN_TOO if acts_on(words, i) else 0.0)
        if best is None or surer > best[1] + 1.0:
            best = (i, surer)
    if best is not None and best[0] and words[best[0] - 1].lower() in RELATIVES:
        later = [i for i, _ in scores if i > best[0] and words[i - 1].lower() not in RELATIVES]
        return later[0] if later else best[0]
    return best[0] if best else None


_LIMBS = frozenset({"hands", "eyes", "heads", "shoulders", "fingers", "faces", "backs"})
_NOUN_TOO = 1.3
"""What "rescues", a noun too, lacks against "follows": made good where it has a subject and an object."""


def _verb_score(words: list[str], i: int, low: str) -> float:
    if low in {"named", "called"} and i + 1 < len(words) and words[i + 1][:1].isupper():
        return 0
    if i == 0 and not (len(words) > 1 and words[1].lower() in DETERMINERS and "verb" in classes(low)):
        return 0
    before = words[i - 1].lower() if i else ""
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    if before == "to" or before in DETERMINERS or before in POSSESSIVES or before.endswith("'s"):
        return 0
    if (
        low in MODALS
        or low in AUXILIARIES
        or low in {"was", "were", "had", "did", "could", "would", "cannot"}
    ):
        return 4 if before not in {"and", "or"} else 2
    kinds = classes(low)
    if before in NUMBERS and is_plural(low):
        return 0  # "two dogs"
    if i > 1 and low != base_verb(low) and _is_base(before) and is_plural(words[i - 2]):
        return 0  # "four children throw snowballs"
    if i > 1 and "noun" in kinds and base_verb(low) == low and _describes(words, i - 1):
        doers = after in DETERMINERS and "and" in [w.lower() for w in words[: i - 1]]
        if not doers:  # "a boy and an alien plant a tree" does
            return 0  # "the girl and the old man": "man" is a verb too
    doing = i > 2 and _is_base(before) and "and" in [w.lower() for w in words[: i - 1]]
    if doing and lexicon.verb(low) is None and "noun" in classes(words[i - 2]):
        return 0  # "a chef and a mouse cook soup", though one soups things up, too
    if low in _LIMBS and i > 1 and _acts(words, i - 1):
        return 0  # "shakes hands", "rolls her eyes": what is moved, though "hands" is a verb too
    if (
        "verb" not in kinds
        or (low.endswith("ing") and base_verb(low) != low)
        or low in {"home", "back", "down", "last"}
    ):
        return 0
    score = 1.0 if words[i - 1][:1].isupper() and before not in DETERMINERS and low != base_verb(low) else 0.0
    base = base_verb(low)
    if low == third(base) and low != base:
        score += 3.0 if "noun" not in kinds else 1.7
        subject_plural = "noun" in classes(before) and is_plural(before)
        score -= 2.0 if subject_plural else 0.0
    elif low == past(base):
        score += 2.0 if before not in PREPOSITIONS else 0
        if after and "noun" in classes(after) and "noun" not in classes(before):
            score = 0.5
    elif low == base and i > 1 and _acts(words, i - 1) and _does(words[i - 2], before):
        score = 0  # "a chef cooks soup": what follows a verb is none
    elif low == base:
        plural = before in {"they", "we", "i", "you"} or ("noun" in classes(before) and is_plural(before))
        plural = plural or before in {"couple", "pair", "family", "crew", "police", "trio", "people"}
        plural = plural or "and" in [w.lower() for w in words[:i]] or _many(words, i)
        score = 2.0 if plural or i == 0 else 0
    if score <= 0:
        return 0
    shared = (
        "and" in [w.lower() for w in words[:i]] and "verb" in classes(before) and base_verb(before) == before
    )
    shared = shared and (is_plural(low) or low == "clothes")
    score -= 3.0 if shared else 0.0  # "the mayor and the sweeper swap jobs": what is swapped
    if (
        after in DETERMINERS
        or after in POSSESSIVES
        or after in {"to", "him", "them", "it", "that", "only", "how"}
    ):
        score += 1.5
    elif after in PREPOSITIONS or after in NUMBERS:
        score += 1.0
    elif after in {"home", "away", "alone", "back", "out", "up", "down", "again"}:
        score += 1.5
    elif not after or after in ",;":
        score += 0.5
    elif "noun" in classes(after) and "noun" in kinds:
        score -= 0.4
    fit = (
        "noun" in classes(before)
        or before in RELATIVES
        or words[i - 1][:1].isupper()
        or (before.endswith("ly") and "adjective" not in classes(before))
    )
    fit = fit or before in {"he", "she", "they", "it", "we", "i", "you", "never", "still", "always", "just"}
    return score + (0.8 if fit else -2.0)


def _describes(words: list[str], i: int) -> bool:
    """Whether an adjective stands there that wants a noun: "the old"."""
    return words[i - 1].lower() in DETERMINERS | POSSESSIVES and "adjective" in classes(words[i])


def _is_base(word: str) -> bool:
    return "verb" in classes(word) and base_verb(word) == word and lexicon.verb(word) is not None


def _many(words: list[str], i: int) -> bool:
    """Whether the subject is several, a few words off: "Two children in a forest find a house"."""
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    first = words[0].lower() in NUMBERS - {"one"} and is_plural(words[1] if len(words) > 1 else "")
    follows = not after or after in DETERMINERS | POSSESSIVES | PREPOSITIONS or is_plural(after)
    return first and _is_base(words[i].lower()) and follows


_LIGHT = word_set("light")
_STOP = SUBORDINATORS | RELATIVES | frozenset({"but", ",", ";", ":", "-", "–", "—", "(", "and"})


def _predicate(words: list[str], at: int | None) -> tuple[str, str, str]:
    """Base verb, the predicate in the past, and what is wanted."""
    if at is None:
        return "", "", ""
    rest = words[at:]
    from .words import join

    did = join(past_clause(rest, shift_first=True))
    if words[0:at] and rest[0].lower() in {"are", "do"}:
        did = re.sub(r"^was\b", "were", did)
    low = [w.lower() for w in rest]
    skip = 1
    verb = base_verb(rest[0])
    if low[0] in MODALS or low[0] in {"had", "could", "would", "cannot"}:
        skip = 2 if len(rest) > 2 and low[1] in {"not", "never"} else 1
        main = rest[skip:] or rest
        verb = base_verb(main[0])
        return verb, did, _until_stop(main)
    if verb in _LIGHT or (len(low) > 1 and low[1] == "to"):
        for marker in ("to", "of"):
            if marker in low[1:4] and low.index(marker) + 1 < len(low) and "verb" in _base_of(low, marker):
                wish = rest[low.index(marker) + 1 :]
                if wish and wish[0].lower().endswith("ing") and "verb" in classes(wish[0]):
                    wish = [base_verb(wish[0]), *wish[1:]]
                elif marker == "of":
                    return verb, did, ""
                return verb, did, "" if verb == "refuse" else _until_stop(wish)
    purpose = [i for i, w in enumerate(low[1:-1], 1) if w == "to" and can_be_base(low[i + 1])]
    if purpose:
        return verb, did, _until_stop(rest[purpose[0] + 1 :])
    if verb in {"be", "have", "do"}:
        return verb, did, ""
    if verb in {"want", "need", "crave", "desire"} and low[1:2] and low[1] != "to":
        return verb, did, _until_stop(["have", *rest[1:]])
    return verb, did, _until_stop([verb, *rest[1:]])


def _base_of(low: list[str], marker: str) -> frozenset[str]:
    """What the word after the marker can be; "be" counts as a verb."""
    word = low[low.index(marker) + 1]
    return frozenset({"verb"}) if word in {"be", "have", "do"} else classes(word)


def _until_stop(words: list[str]) -> str:
    from .words import join

    kept: list[str] = []
    for word in words:
        if kept and word.lower() in _STOP:
            break
        kept.append(word)
    return join(kept) if len(kept) <= 9 else ""


def _gendered(heroes: tuple[Phrase, ...], words: list[str], plural: bool) -> tuple[Phrase, ...]:
    """Pronouns that the idea itself uses settle the hero's."""
    if not heroes or plural:
        return heroes
    low = {w.lower() for w in words}
    hero = heroes[0]
    if hero.pronoun in {"they", "it"} and not hero.plural:
        she, he = bool(low & {"she", "her", "herself"}), bool(low & {"he", "his", "him", "himself"})
        if she != he:
            hero = replace(hero, pronoun="she" if she else "he")
    return (hero, *heroes[1:])
