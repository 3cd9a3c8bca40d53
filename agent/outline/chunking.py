"""Finding the noun phrases of a sentence, and what each names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...storyboard import lexicon
from ...storyboard.folk import folk_of
from ...storyboard.lexicon.store import data
from ...storyboard.vocabulary import Being
from .bank import word_set
from .phrase import FEMALE, FEMALE_NAMES, MALE, MALE_NAMES, TITLES, Phrase
from .words import (
    CLOSED,
    DETERMINERS,
    MODALS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    base_verb,
    classes,
    finite_verbs,
    is_plural,
    singular,
)

VEHICLES = frozenset(["bus", "car", "truck", "cart", "bicycle", "raft", "rowing boat", "balloon", "sled"])
"""What one travels in or on: a thing of the story, not a place of it."""

_LEAVING = frozenset(["leave", "die", "disappear", "vanish", "depart"])

_LOSING = frozenset(["lost", "lose", "loses", "misses", "missed", "mourns", "buried", "buries"])

_GOALS = frozenset(
    [
        "school",
        "bed",
        "work",
        "town",
        "market",
        "church",
        "sea",
        "land",
        "war",
        "earth",
        "space",
        "court",
        "prison",
        "camp",
        "ship",
    ]
)
"""Nouns that follow "to" without an article."""

_ADJECTIVES = word_set("adjectives")

NOT_NAMES = word_set("not_names")
"""Words with a capital that are firms, wires and states, and nobody."""
_NOT_PEOPLE = word_set("not_people")
_INTO_THE_DARK = frozenset({"in", "into", "from", "through", "among", "toward", "towards", "to", "out"})
_NEARER = frozenset(
    {"closer", "nearer", "farther", "bigger", "smaller", "faster", "slower", "brighter", "older", "younger",
     "stronger", "warmer", "colder", "higher", "lower", "deeper"}
)  # fmt: skip
"""Words that look like trades and compare."""


@dataclass(frozen=True)
class Span:
    start: int
    stop: int
    phrase: Phrase


def find_phrases(words: list[str], verbs: set[int]) -> list[Span]:
    """Every noun phrase, left to right, with the preposition before it."""
    spans: list[Span] = []
    i = 0
    while i < len(words):
        stop, seen = _phrase_end(words, i, verbs)
        if stop is None:  # nor does one begin at any word that was seen
            i = max(i + 1, seen)
            continue
        made = _phrase(words, i, stop)
        if made is not None and stop < len(words) and base_verb(words[stop]) in _LEAVING and i > 0:
            made = replace(made, gone=True)
        if made is not None and i > 1 and words[i - 1].lower() in _LOSING and made.determiner in POSSESSIVES:
            made = replace(made, gone=made.sort in {"person", "creature"})
        if made is not None and [w.lower() for w in words[max(0, i - 2) : i]] in _OF_THE_DEAD:
            made = replace(made, gone=made.sort in {"person", "creature"})
        if made is not None:
            spans.append(Span(i, stop, made))
        i = stop
    return _with_names(spans, words)


_OF_THE_DEAD = (["ashes", "of"], ["grave", "of"])


def _with_names(spans: list[Span], words: list[str]) -> list[Span]:
    """ "A clockmaker named Tobias" and "Tobias, a clockmaker," as one; a named thing keeps its noun."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        between = [w.lower() for w in words[last.stop : span.start]] if last else []
        if last is None:
            joined.append(span)
        elif between == ["of"] and last.phrase.being is Being.ghost and span.phrase.sort == "person":
            joined[-1] = Span(last.start, span.stop, last.phrase)  # whose ghost it is: nobody else is there
        elif span.phrase.proper and between in (["named"], ["called"]):
            joined[-1] = Span(last.start, span.stop, _called(last.phrase, span.phrase))
        elif (
            last.phrase.proper
            and between == [","]
            and span.phrase.sort == "person"
            and not span.phrase.proper
            and span.phrase.determiner in {"a", "an", "the"}
            and words[span.stop : span.stop + 1] == [","]
        ):
            made = _called(replace(span.phrase, after=last.phrase.after), last.phrase)
            joined[-1] = Span(last.start, span.stop, made)
        else:
            joined.append(span)
    return joined


def _called(phrase: Phrase, name: Phrase) -> Phrase:
    if phrase.sort not in {"person", "creature"}:
        return phrase
    pronoun = _gender(name.proper.split()[0].lower()) or phrase.pronoun
    article = "a" if phrase.determiner in {"", "a", "an"} else phrase.determiner
    return replace(phrase, proper=name.proper, called=True, pronoun=pronoun, determiner=article)


def verb_indices(words: list[str], verb_at: int | None) -> set[int]:
    """Indices of the verbs that end a noun phrase: finite ones, and base forms after a modal or "to"."""
    found = finite_verbs(words) | ({verb_at} if verb_at is not None else set())
    for i, word in enumerate(words[1:], 1):
        before = words[i - 1].lower()
        low = word.lower()
        verbal = "verb" in classes(low) and base_verb(low) == low
        if before in MODALS or before in {"cannot", "could", "would", "did", "not"}:
            found |= {i} if verbal else set()
        elif (before == "to" and verbal and ("noun" not in classes(low) or can_be_base(low))) or (
            low.endswith("ing") and "verb" in classes(low) and before in PREPOSITIONS | {"keeps", "kept"}
        ):
            found.add(i)
    return found


def can_be_base(word: str) -> bool:
    return word == "be" or ("verb" in classes(word) and base_verb(word) == word and word not in _GOALS)


def _counts(words: list[str], i: int) -> bool:
    """Whether word ``i`` is a number before a noun, not a year."""
    return words[i].isdigit() and i + 1 < len(words) and words[i + 1].lower() not in DETERMINERS | POSSESSIVES


def _phrase_end(words: list[str], i: int, verbs: set[int]) -> tuple[int | None, int]:
    """Where the noun phrase that begins at word ``i`` ends, None where none does; and how far was looked."""
    start = i
    while (
        i < len(words)
        and i not in verbs
        and (words[i].lower() in DETERMINERS | POSSESSIVES | NUMBERS or _counts(words, i))
    ):
        if words[i].lower() == "that" and i + 1 < len(words) and "verb" in classes(words[i + 1]):
            return None, i + 1
        i += 1
    body = i
    while i < len(words) and i not in verbs and _inside_phrase(words, i, body, start):
        i += 1
    seen = i
    while i > body and "noun" not in classes(words[i - 1]) and not words[i - 1][:1].isupper():
        i -= 1
    return (i if i > body else None), seen


def _inside_phrase(words: list[str], i: int, body: int, start: int) -> bool:
    word = words[i]
    low = word.lower()
    if low == "only" and i > start:
        return True
    if low in CLOSED or low in {"full", "alone", "home", "away", "back"} or not word[:1].isalpha():
        return False
    kinds = classes(low)
    if kinds <= {"adverb"}:
        return False
    before = words[i - 1].lower() if i else ""
    if before == "to" and "verb" in kinds and base_verb(low) == low and can_be_base(low):
        return False
    if i == body and start == body and not word[:1].isupper() and kinds == {"verb"}:
        return False
    if i > body and "noun" in classes(before):
        if before.endswith("'s") or before.endswith("s'"):
            return True
        if word[:1].isupper() != words[i - 1][:1].isupper() and i - 1 > 0 and words[i - 1][:1].isupper():
            return "noun" in kinds and "verb" not in kinds
        return "noun" in kinds
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
    titled = bool(determiner) and capital[-1] and not capital[0]
    if titled:
        cut = capital.index(True)
        named_part, common = " ".join(body[cut:]), [w for w in body[:cut] if "noun" in classes(w)]
        noun = " ".join(common) or body[0]
        return sorted_phrase(
            Phrase(noun=noun, head=noun.split()[-1], determiner="", proper=named_part, after=after)
        )
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
        thing = lexicon.look_up(phrase.noun, "thing")
        if thing is not None and lexicon.behaves_as(thing.kind) in VEHICLES:
            found = thing
        elif phrase.after in {"in", "at", "on", "inside", "to", "into", "near", "across", "through"}:
            found = lexicon.look_up(phrase.noun, "place")
        found = found or lexicon.look_up(phrase.noun)
    if phrase.head.lower() in {"shadow", "shadows"} and phrase.after in _INTO_THE_DARK:
        found = None  # where it is dark, and nobody
    kin = None if phrase.proper else _kin(phrase.noun, found)
    if kin is not None:
        pronoun = "they" if phrase.plural else _gender(phrase.head.lower()) or "it"
        return replace(
            phrase,
            head=phrase.noun,
            sort="creature",
            kind=kin.kind,
            being=Being(kin.being) if kin.being else Being.creature,
            pronoun=pronoun,
        )
    title = phrase.proper.split()[0] if phrase.proper else ""
    if found is not None:
        sort, kind, being = str(found.sort), found.kind, Being(found.being) if found.being else None
    elif phrase.proper and phrase.noun.islower() and (trade := lexicon.look_up(phrase.noun)) is not None:
        sort, kind, being = str(trade.sort), trade.kind, Being(trade.being) if trade.being else None
    elif phrase.proper.lower() in NOT_NAMES:
        sort, kind, being = "thing", "", None
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
    ) and (phrase.head.lower() not in _NOT_PEOPLE | _NEARER):
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


_WITH_ANIMALS = re.compile(
    r"(?:hunter|catcher|tamer|trainer|farmer|keeper|rider|driver|slayer|breeder|seller|dealer|owner|walker|"
    r"watcher|whisperer|herd|herder|lover|lady|man|men|boy|girl|woman|women|child|children|master|groom|"
    r"monger|handler|guide|fighter|merchant|trader|poacher|expert|charmer|racer|jockey|wrangler|sitter|"
    r"maker|engineer|builder|writer|inventor|collector|scientist|photographer|researcher)s?"
)
"""Trades that have to do with an animal or a machine, and are not its own."""
_KEPT = frozenset({"horse", "cow", "cattle", "sheep", "chicken", "pig", "bee"})


def _kin(noun: str, trade: lexicon.Entry | None) -> lexicon.Entry | None:
    """What a "fox lawyer" is: a fox, or any other that lives, with a trade of its own; else None."""
    first, _, last = noun.lower().rpartition(" ")
    if not first or trade is None or str(trade.sort) != "person" or " " in trade.lemma:
        return None
    if first in _KEPT and last in {"thief", "doctor"}:
        return None
    kin = lexicon.look_up(first, "creature")
    if kin is None or kin.lemma != first:
        return None
    beast = kin.being in {Being.quadruped.value, Being.bird.value}
    return kin if (folk_of(noun) is not None if beast else not _WITH_ANIMALS.fullmatch(last)) else None


def _gender(head: str, title: str = "") -> str:
    for words, pronoun in ((FEMALE | FEMALE_NAMES, "she"), (MALE | MALE_NAMES, "he")):
        if head in words or title in words or singular(head) in words:
            return pronoun
    # A name that the word lists leave out may be among those that voices are cast by.
    for sex, pronoun in (("woman", "she"), ("man", "he")):
        if head in data("voices")["first_names"][sex] and lexicon.look_up(head) is None:
            return pronoun
    return ""
