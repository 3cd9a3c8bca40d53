"""Reading an idea: who, what they do, to whom, with what, where, why, and what stands in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being
from .bank import word_set
from .phrase import FEMALE, FEMALE_NAMES, MALE, MALE_NAMES, TITLES, Phrase
from .words import (
    AUXILIARIES,
    CLOSED,
    DETERMINERS,
    MODALS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TOKEN,
    base_verb,
    classes,
    finite_verbs,
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


@dataclass(frozen=True)
class _Span:
    start: int
    stop: int
    phrase: Phrase


def read_idea(text: str) -> Reading:
    """Reads the first clause structure of an English text. Never fails: what is not found is empty."""
    words = [w for w in TOKEN.findall(text.replace("’", "'")) if w not in {'"', "“", "”"}]
    while words and words[-1] in ".!?…,;:":
        words.pop()
    verb_at = _main_verb(words)
    spans = _phrases(words, _verbs(words, verb_at))
    subject_end = verb_at if verb_at is not None else len(words)
    if verb_at is not None and verb_at and words[verb_at - 1].lower() in RELATIVES:
        subject_end = verb_at - 1
    before = [s.phrase for s in spans if s.start < subject_end and not s.phrase.after]
    beyond = [s.phrase for s in spans if s.phrase not in before]
    plural = len(before) > 1 or bool(before and before[0].plural)
    verb, did, goal = _predicate(words, verb_at)
    heroes = tuple(p for p in before if p.sort != "place" and (p.sort != "thing" or _solid(p)))[:2]
    rivals = [s.start for s in spans if s.phrase.sort == "person" and s.phrase not in before]
    heroes = _gendered(heroes, words[: min(rivals, default=len(words))], plural)
    live = [p for p in beyond if p.sort in {"person", "creature"} and not p.role_only]
    things = [p for p in (*before, *beyond) if p.sort == "thing" and p not in heroes and _solid(p)]
    if heroes and heroes[0].sort == "thing":
        heroes = (replace(heroes[0], being=heroes[0].being or Being.thing), *heroes[1:])
        things = [t for t in things if t.noun != heroes[0].noun]
    places = [p for p in (*beyond, *before) if p.sort == "place" and p.head.lower() not in _ABSTRACT]
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


def _unique(phrases: list[Phrase]) -> list[Phrase]:
    return list({p.noun.lower() + p.proper: p for p in phrases}.values())


def _solid(phrase: Phrase) -> bool:
    return phrase.head.lower() not in _ABSTRACT and not phrase.proper


_ABSTRACT = word_set("abstract")
"""Nouns that are no things to draw or hold."""


def _main_verb(words: list[str]) -> int | None:
    """Index of the main finite verb: the best-founded candidate, the earliest of equals."""
    best: tuple[float, int] | None = None
    for i, word in enumerate(words):
        low = word.lower()
        score = _verb_score(words, i, low)
        if score > 0 and (best is None or score > best[0] + 1.5):
            best = (score, i)
    return best[1] if best and best[0] >= 2 else None


def _verb_score(words: list[str], i: int, low: str) -> float:
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
    if "verb" not in kinds or low.endswith("ing") or low in {"home", "back", "down", "last"}:
        return 0
    score = 1.0 if words[i - 1][:1].isupper() and before not in DETERMINERS and low != base_verb(low) else 0.0
    base = base_verb(low)
    if low == third(base) and low != base:
        score += 3.0 if "noun" not in kinds else 1.5
        subject_plural = "noun" in classes(before) and is_plural(before)
        score -= 2.0 if subject_plural else 0.0
    elif low == past(base):
        score += 2.0 if before not in PREPOSITIONS else 0
        if after and "noun" in classes(after) and "noun" not in classes(before):
            score = 0.5
    elif low == base:
        plural = before in {"they", "we", "i", "you"} or ("noun" in classes(before) and is_plural(before))
        plural = plural or "and" in [w.lower() for w in words[:i]]
        score = 2.0 if plural or i == 0 else 0
    if score <= 0:
        return 0
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
        or before.endswith("ly")
    )
    fit = fit or before in {"he", "she", "they", "it", "we", "i", "you", "never", "still", "always", "just"}
    return score + (0.8 if fit else -2.0)


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
    purpose = [i for i, w in enumerate(low[1:-1], 1) if w == "to" and _can_be_base(low[i + 1])]
    if purpose:
        return verb, did, _until_stop(rest[purpose[0] + 1 :])
    if verb in {"be", "have", "do"}:
        return verb, did, ""
    return verb, did, _until_stop([verb, *rest[1:]])


def _base_of(low: list[str], marker: str) -> frozenset[str]:
    """What the word after the marker can be; "be" counts as a verb."""
    word = low[low.index(marker) + 1]
    return frozenset({"verb"}) if word in {"be", "have", "do"} else classes(word)


def _can_be_base(word: str) -> bool:
    return word == "be" or ("verb" in classes(word) and base_verb(word) == word and "noun" not in classes(word)) or (
        word in word_set("bare_verbs")
    )  # fmt: skip


def _until_stop(words: list[str]) -> str:
    from .words import join

    kept: list[str] = []
    for word in words:
        if kept and word.lower() in _STOP:
            break
        kept.append(word)
    return join(kept) if len(kept) <= 9 else ""


def _phrases(words: list[str], verbs: set[int]) -> list[_Span]:
    """Every noun phrase, left to right, with the preposition before it."""
    spans: list[_Span] = []
    i = 0
    while i < len(words):
        stop = _phrase_end(words, i, verbs)
        if stop is None:
            i += 1
            continue
        made = _phrase(words, i, stop)
        if made is not None and stop < len(words) and base_verb(words[stop]) in _LEAVING and i > 0:
            made = replace(made, gone=True)
        if made is not None:
            spans.append(_Span(i, stop, made))
        i = stop
    return spans


def _counts(words: list[str], i: int) -> bool:
    """Whether word ``i`` is a number before a noun, not a year."""
    return words[i].isdigit() and i + 1 < len(words) and words[i + 1].lower() not in DETERMINERS | POSSESSIVES


_LEAVING = frozenset(["leave", "die", "disappear", "vanish", "depart"])


def _verbs(words: list[str], verb_at: int | None) -> set[int]:
    """Indices of the verbs that end a noun phrase: finite ones, and base forms after a modal or "to"."""
    found = finite_verbs(words) | ({verb_at} if verb_at is not None else set())
    for i, word in enumerate(words[1:], 1):
        before = words[i - 1].lower()
        low = word.lower()
        verbal = "verb" in classes(low) and base_verb(low) == low
        if before in MODALS or before in {"cannot", "could", "would", "did", "not"}:
            found |= {i} if verbal else set()
        elif (before == "to" and verbal and ("noun" not in classes(low) or _can_be_base(low))) or (
            low.endswith("ing") and "verb" in classes(low) and before in PREPOSITIONS | {"keeps", "kept"}
        ):
            found.add(i)
    return found


def _phrase_end(words: list[str], i: int, verbs: set[int]) -> int | None:
    start = i
    while i < len(words) and i not in verbs and (
        words[i].lower() in DETERMINERS | POSSESSIVES | NUMBERS or _counts(words, i)
    ):  # fmt: skip
        if words[i].lower() == "that" and i + 1 < len(words) and "verb" in classes(words[i + 1]):
            return None
        i += 1
    body = i
    while i < len(words) and i not in verbs and _inside_phrase(words, i, body, start):
        i += 1
    while i > body and "noun" not in classes(words[i - 1]) and not words[i - 1][:1].isupper():
        i -= 1
    return i if i > body else None


def _inside_phrase(words: list[str], i: int, body: int, start: int) -> bool:
    word = words[i]
    low = word.lower()
    if low in CLOSED or low in {"full", "alone", "home", "away", "back"} or not word[:1].isalpha():
        return False
    kinds = classes(low)
    if kinds <= {"adverb"}:
        return False
    before = words[i - 1].lower() if i else ""
    if before == "to" and "verb" in kinds and base_verb(low) == low and _can_be_base(low):
        return False
    if i == body and start == body and not word[:1].isupper() and kinds == {"verb"}:
        return False
    if i > body and "noun" in classes(before):
        if before.endswith("'s") or before.endswith("s'"):
            return True
        if word[:1].isupper() != words[i - 1][:1].isupper() and i - 1 > 0 and words[i - 1][:1].isupper():
            return "noun" in kinds and "verb" not in kinds
        return ("noun" in kinds and low != third(base_verb(low))) or ("noun" in kinds and "verb" not in kinds)
    return True


def _phrase(words: list[str], start: int, stop: int) -> Phrase | None:
    before = words[start - 1].lower() if start else ""
    after = before if before in PREPOSITIONS else ""
    i = start
    while i < stop and (words[i].lower() in DETERMINERS | POSSESSIVES | NUMBERS or words[i].isdigit()):
        i += 1
    determiner = " ".join(w.lower() for w in words[start:i])
    body = words[i:stop]
    owners = [k for k, w in enumerate(body[:-1]) if w.endswith(("'s", "s'"))]
    if owners:
        determiner = f"{determiner} {' '.join(body[: owners[-1] + 1])}".strip()
        body = body[owners[-1] + 1 :]
    if not body:
        return None
    head = body[-1]
    split = 0
    while split < len(body) - 1 and not _noun_in_compound(body, split):
        split += 1
    adjectives, noun = tuple(body[:split]), " ".join(body[split:])
    capital = [w[:1].isupper() for w in body]
    sentence_start = start == 0 and not determiner
    named = all(capital) and not determiner and (not sentence_start or _is_name(body))
    named = named or (head[:1].isupper() and not sentence_start and not after and not determiner)
    named = named or (all(capital) and after != "" and not determiner)
    made = Phrase(
        noun=noun if not named else " ".join(body),
        head=head,
        determiner=determiner,
        adjectives=() if named else tuple(a.lower() if sentence_start else a for a in adjectives),
        proper=" ".join(body) if named else "",
        plural=(is_plural(head) and not named) or determiner in NUMBERS - {"one"},
        after=after,
        role_only=before in {"be", "become", "becomes", "became", "being", "becoming", "as", "like"},
    )
    if sentence_start and not named:
        made = replace(made, noun=made.noun[0].lower() + made.noun[1:] if made.noun else "")
        made = replace(made, head=made.noun.split()[-1])
        if not made.plural and len(words) <= 2:
            made = replace(made, determiner="a")
    return sorted_phrase(made)


def _noun_in_compound(body: list[str], i: int) -> bool:
    """Whether ``body[i]`` begins the compound noun, rather than being an adjective before it."""
    kinds = classes(body[i])
    low = body[i].lower()
    if low.endswith(("ed", "ing", "en")) and "verb" in kinds:
        return False
    whole = lexicon.look_up(" ".join(body[i:]).lower())
    if whole is not None and " " in whole.lemma and low not in _ADJECTIVES:
        return True
    return "noun" in kinds and low not in _ADJECTIVES and "adjective" not in kinds


_ADJECTIVES = word_set("adjectives")


def _is_name(body: list[str]) -> bool:
    """Whether capitalised words at the start of the text are a name."""
    low = body[0].lower()
    if body[0] in TITLES and len(body) > 1:
        return True
    if low in FEMALE_NAMES or low in MALE_NAMES or (len(body) > 1 and all(w[:1].isupper() for w in body)):
        return True
    from lemminflect import getAllLemmas

    return lexicon.look_up(low) is None and not getAllLemmas(low)


def sorted_phrase(phrase: Phrase) -> Phrase:
    """The phrase with its sort, kind, being and pronoun found in the lexicon or by its form."""
    found = None
    if not phrase.proper:
        if phrase.after in {"in", "at", "on", "inside", "to", "into", "near", "across"}:
            found = lexicon.look_up(phrase.noun, "place")
        found = found or lexicon.look_up(phrase.noun)
    title = phrase.proper.split()[0] if phrase.proper else ""
    if found is not None:
        sort, kind, being = str(found.sort), found.kind, Being(found.being) if found.being else None
    elif phrase.proper:
        place = phrase.after in {
            "in",
            "on",
            "at",
            "to",
            "near",
            "across",
            "over",
            "through",
            "from",
            "outside",
        }
        place = place and not (_gender(phrase.head.lower(), title) or title in TITLES)
        sort, kind, being = ("place", "", None) if place else ("person", "", Being.person)
    elif re.search(
        r"(?:[^aeiou]er|eer|ist|ian|[mw][ae]n|[td]or|ess|ant|smith|herd)$", phrase.head.lower()
    ) and (phrase.head.lower() not in _NOT_PEOPLE):
        sort, kind, being = "person", "", Being.person
    else:
        sort, kind, being = "thing", "", None
    pronoun = "it"
    if sort == "person":
        pronoun = (
            _gender(phrase.proper.split()[0].lower() if phrase.proper else phrase.head.lower(), title)
            or "they"
        )
    if phrase.plural:
        pronoun = "they"
    if being in {Being.robot, Being.ghost} and pronoun == "they" and not phrase.plural:
        pronoun = "it"
    return replace(phrase, sort=sort, kind=kind, being=being, pronoun=pronoun)


_NOT_PEOPLE = word_set("not_people")


def _gender(head: str, title: str = "") -> str:
    for words, pronoun in ((FEMALE | FEMALE_NAMES, "she"), (MALE | MALE_NAMES, "he")):
        if head in words or title in words or singular(head) in words:
            return pronoun
    return ""


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
