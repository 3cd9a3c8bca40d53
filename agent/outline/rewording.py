"""An idea's words in the order in which they are read best: who does what, in the third person.

"Because her brother is ill, a girl climbs" becomes "A girl climbs because her brother is ill", "A letter is
found by a girl" becomes "A girl finds a letter", "I lost my kite" becomes "A girl lost her kite".
"""

from __future__ import annotations

from ...storyboard import lexicon
from .bank import word_set
from .idioms import settled_sayings
from .words import (
    AUXILIARIES,
    CLOSED,
    DETERMINERS,
    PREPOSITIONS,
    SUBORDINATORS,
    base_verb,
    classes,
    is_plural,
    past,
    third,
)

DEMONYMS = word_set("demonyms")
_ASKING = frozenset({"where", "why", "how", "when", "what"})
_BE = frozenset({"is", "are", "was", "were"})
_STATES = frozenset(
    {"trapped", "lost", "called", "named", "married", "tired", "born", "stuck", "used", "supposed"}
)
"""Participles that say how somebody is, not what is done to it."""
_SELVES = (("A girl", "her", "her"), ("A boy", "his", "him"))
_FOUND_BY = ("A girl", "A boy", "An old woman", "A young postman")


def reworded(words: list[str]) -> list[str]:
    """The idea's words, set in the order subject, verb, object; the same list where they are so already."""
    for change in (
        _from_title,
        settled_sayings,
        _small_demonyms,
        _unasked,
        _unstopped,
        _embodied,
        _cause_last,
        _settled,
        _of_another,
        _said_of_subject,
        _given,
        _what_was_done,
        _active,
    ):
        words = change(words)
    return words


def _given(words: list[str]) -> list[str]:
    """ "A bear that is given a coat", of which nothing else is told, gets a coat."""
    at = next((i for i, w in enumerate(words[1:-2], 1) if w in _BE and words[i + 1] == "given"), 0)
    rest = words[at + 2 :]
    if not at or rest[0] not in DETERMINERS or "by" in rest:
        return words
    subject = words[:at]
    if subject[-1] in {"that", "who", "which"}:
        if any(w.endswith("s") and "verb" in classes(w) for w in rest[1:]):
            return words
        subject = subject[:-1]
    return [*subject, "get" if words[at] in {"are", "were"} else "gets", *rest]


def _small_demonyms(words: list[str]) -> list[str]:
    """ "A Roman soldier" as words of which the first is an adjective; "the Roman" stays a name."""
    out = list(words)
    for i, word in enumerate(words[:-1]):
        if word.lower() in DEMONYMS and words[i + 1].islower() and "noun" in classes(words[i + 1]):
            out[i] = word.lower() if i else word
    return out


def _from_title(words: list[str]) -> list[str]:
    """ "The Last Train to Nowhere" in small letters, where every word of three or more is a common one."""
    long = [w for w in words if w.isalpha() and w.lower() not in CLOSED]
    if len(long) < 2 or not all(w[:1].isupper() for w in long) or not all(_is_common(w) for w in long):
        return words
    return [words[0], *(w.lower() for w in words[1:])]


def _is_common(word: str) -> bool:
    from lemminflect import getAllLemmas

    low = word.lower()
    return (
        low not in DEMONYMS
        and bool(getAllLemmas(low) or lexicon.look_up(low))
        and "PROPN" not in getAllLemmas(low)
    )


def _unasked(words: list[str]) -> list[str]:
    low = [w.lower() for w in words[:2]]
    if len(words) > 3 and low[0] in _ASKING and low[1] in {"do", "does", "did"}:
        told = [words[2][:1].upper() + words[2][1:], *words[3:]]
        at = next((i for i in range(1, len(told)) if low[1] == "does" and _asked(told, i)), None)
        return told if at is None else [*told[:at], third(told[at]), *told[at + 1 :]]
    return words


def _embodied(words: list[str]) -> list[str]:
    """Death, where it does something, is the reaper whom everybody knows."""
    doing = len(words) > 1 and "verb" in classes(words[1].lower())
    return ["The", "reaper", *words[1:]] if words[:1] == ["Death"] and doing else words


_ON_AND_ON = (
    ("cannot", "stop"),
    ("can't", "stop"),
    ("couldn't", "stop"),
    ("won't", "stop"),
    ("never", "stops"),
    ("never", "stop"),
    ("will", "not", "stop"),
    ("would", "not", "stop"),
    ("does", "not", "stop"),
    ("keeps",),
)


def _unstopped(words: list[str]) -> list[str]:
    """Who "cannot stop crying", or "keeps crying", cries."""
    low = [w.lower() for w in words]
    for said in _ON_AND_ON:
        for i in range(1, len(low) - len(said)):
            doing = low[i + len(said)]
            base = base_verb(doing)
            if tuple(low[i : i + len(said)]) == said and doing.endswith("ing") and base != doing:
                does = base if is_plural(low[i - 1]) else third(base)
                return [*words[:i], does, *words[i + len(said) + 1 :]]
    return words


def _asked(words: list[str], i: int) -> bool:
    """Whether word ``i`` is the verb of a question: "does the old man TALK to his shoes"."""
    low = words[i].lower()
    verbal = "verb" in classes(low) and base_verb(low) == low and lexicon.verb(low) is not None
    return verbal and "noun" in classes(words[i - 1]) and words[i - 1].lower() not in DETERMINERS


def _cause_last(words: list[str]) -> list[str]:
    """A clause that stands first with "because", "when" or "after" goes behind what it belongs to."""
    if not words or words[0].lower() not in SUBORDINATORS or "," not in words:
        return words
    at = words.index(",")
    rest = words[at + 1 :]
    if len(rest) < 3 or at < 3:
        return words
    return [rest[0][:1].upper() + rest[0][1:], *rest[1:], words[0].lower(), *words[1:at]]


def _of_another(words: list[str]) -> list[str]:
    """What "I" did is told of a girl or a boy, chosen by the words themselves."""
    if "I" not in words:
        return words
    who, whose, whom = _SELVES[sum(map(len, words)) % 2]
    out: list[str] = []
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        low = word.lower()
        if word == "I":
            named = any(w in {who, who.lower()} for w in out)
            pronoun = "she" if whose == "her" else "he"
            out += [pronoun] if named else (who if not i else who.lower()).split()[:1] + who.split()[1:]
            if not named:
                out[-2:] = [who if not i else who.lower()]
        elif low in {"my", "mine"}:
            out.append(whose if i else whose.capitalize())
        elif low in {"me", "myself"}:
            out.append(whom)
        elif before == "I" and low in {"am", "have", "do"}:
            out.append({"am": "is", "have": "has", "do": "does"}[low])
        elif before == "I" and "verb" in classes(low) and base_verb(low) == low and low not in AUXILIARIES:
            out.append(third(low))
        else:
            out.append(word)
    return " ".join(out).split()


def _active(words: list[str]) -> list[str]:
    """ "A letter is found" -> somebody finds a letter; only of things, or where it says by whom."""
    at = next((i for i, w in enumerate(words) if w.lower() in _BE and 0 < i <= 5), None)
    if at is None and words and words[0].lower() in DETERMINERS:
        stop = next((i for i in range(1, len(words)) if base_verb(words[i].lower()) != words[i].lower()), 0)
        return [*words[:stop], *_done_too(words[stop:], words[:stop])] if stop else words
    if at is None or at + 1 >= len(words):
        return words
    done = words[at + 1].lower()
    if done in _STATES and is_participle(done):
        return [*words[: at + 2], *_done_too(words[at + 2 :], words[:at])]
    if done in _STATES or not is_participle(done) or any(w.lower() in SUBORDINATORS for w in words[:at]):
        return words
    subject, rest = words[:at], words[at + 2 :]
    low = [w.lower() for w in rest]
    by = low.index("by") if "by" in low else None
    if by is not None and by <= 4 and by + 1 < len(rest) and rest[by + 1].lower() in DETERMINERS:
        stop = next(
            (i for i in range(by + 2, len(rest)) if rest[i].lower() in CLOSED or rest[i] == ","), len(rest)
        )
        agent, rest = rest[by + 1 : stop], [*rest[:by], *rest[stop:]]
    elif _is_thing(subject):
        agent = _FOUND_BY[sum(map(len, words)) % len(_FOUND_BY)].split()
    else:
        return words
    rest = _done_too(rest, subject)
    verb = base_verb(done)
    verb = verb if is_plural(agent[-1]) else third(verb)
    first = subject[0].lower() if subject[0].lower() in CLOSED else subject[0]
    return [agent[0][:1].upper() + agent[0][1:], *agent[1:], verb, first, *subject[1:], *rest]


def _done_too(rest: list[str], subject: list[str]) -> list[str]:
    """ "and saved by a gardener" as what the gardener does: "and a gardener saves the queen"."""
    low = [w.lower() for w in rest]
    for i in range(len(rest) - 3):
        skip = 1 if low[i + 1] in _BE else 0
        if low[i] not in {"and", "but"} or i + skip + 3 >= len(rest):
            continue
        if skip:
            rest, low = [*rest[: i + 1], *rest[i + 2 :]], [*low[: i + 1], *low[i + 2 :]]
        if is_participle(low[i + 1]) and low[i + 2] == "by":
            stop = next((n for n in range(i + 4, len(rest)) if low[n] in CLOSED or rest[n] == ","), len(rest))
            agent = rest[i + 3 : stop]
            told = ["the", *subject[1:]] if subject[0].lower() in {"a", "an"} else subject
            return [*rest[: i + 1], *agent, third(base_verb(low[i + 1])), *told, *rest[stop:]]
    return rest


def is_participle(word: str) -> bool:
    from lemminflect import getInflection

    base = base_verb(word)
    return "verb" in classes(word) and base != word and word in getInflection(base, "VBN")


def _is_thing(subject: list[str]) -> bool:
    found = lexicon.look_up(" ".join(subject)) or lexicon.look_up(subject[-1])
    return found is not None and found.sort == "thing"


_HAVING = frozenset({"has", "have", "had"})
_LEARNING = frozenset({"discover", "find", "learn", "see", "notice", "realise", "realize", "hear"})


def _what_was_done(words: list[str]) -> list[str]:
    """ "discovers that a goat has eaten the bread" -> finds the goat, because a goat eats the bread."""
    low = [w.lower() for w in words]
    for i in range(1, len(words) - 4):
        if low[i] != "that" or base_verb(low[i - 1]) not in _LEARNING:
            continue
        at = next((k for k in range(i + 2, min(i + 6, len(words) - 1)) if low[k] in _HAVING), None)
        whom = [w for w in words[i + 1 : at] if w.lower() not in DETERMINERS]
        if at is None or not whom or not is_participle(low[at + 1]):
            return words
        verb = base_verb(low[at + 1])
        verb = past(verb) if is_plural(whom[-1]) else third(verb)
        found = "finds" if low[i - 1].endswith("s") else "find"
        return [*words[: i - 1], found, "the", *whom, "because", "the", *whom, verb, *words[at + 2 :]]
    return words


_AS_ADJECTIVE = frozenset(
    {"lost", "trapped", "stranded", "abandoned", "forgotten", "stuck", "left", "locked", "wounded", "injured"}
)


def _said_of_subject(words: list[str]) -> list[str]:
    """ "A queen cursed by a witch sleeps" -> a queen sleeps because a witch curses the queen; "Two children
    lost in a forest find a house" -> two lost children find a house in a forest."""
    at = next((i for i, w in enumerate(words[:6]) if i > 1 and is_participle(w.lower())), None)
    if at is None or "noun" not in classes(words[at - 1]) or words[0].lower() not in CLOSED:
        return words
    low = [w.lower() for w in words]
    after = low[at + 1] if at + 1 < len(words) else ""
    many = is_plural(words[at - 1])
    if after not in PREPOSITIONS | {"by", "alone", "behind"}:
        return words
    verb = next((i for i in range(at + 2, min(at + 9, len(words))) if _finite(words, i, many)), None)
    if verb is None or any(w in SUBORDINATORS | {",", "and", "but"} for w in low[at:verb]):
        return words
    subject, tail, rest = words[:at], words[at + 1 : verb], words[verb:]
    if after == "by":
        agent = tail[1:]
        does = "feed" if base_verb(low[at]) == "raise" else base_verb(low[at])
        does = past(does) if is_plural(agent[-1]) else third(does)
        return [*subject, *rest, "because", *agent, does, "the", *subject[1:]]
    if low[at] not in _AS_ADJECTIVE:
        return words
    state = {"left": "lonely"}.get(low[at], low[at])
    return [
        *subject[:-1],
        state,
        subject[-1],
        *rest,
        *[w for w in tail if w.lower() not in {"alone", "behind"}],
    ]


def _finite(words: list[str], i: int, many: bool) -> bool:
    """Whether word ``i`` is the verb of one (or of ``many``), with something after a noun before it."""
    low = words[i].lower()
    base = base_verb(low)
    if low in _BE and not many:
        return low in {"is", "was"}
    if (
        lexicon.verb(base) is None
        or "verb" not in classes(low)
        or words[i - 1].lower() in DETERMINERS | PREPOSITIONS
    ):
        return False
    return low == (base if many else third(base)) and (many is False or i + 1 < len(words))


_SETTLED = (
    (("makes", "friends", "with"), ("befriends",)),
    (("make", "friends", "with"), ("befriend",)),
    (("become", "friends"), ("befriend", "each", "other")),
    (("gets", "a", "job", "as"), ("becomes",)),
    (("finds", "work", "as"), ("becomes",)),
    (("takes", "a", "job", "as"), ("becomes",)),
    (("the", "police"), ("a", "policeman")),
)
"""Ways of saying that are read as others."""


def _settled(words: list[str]) -> list[str]:
    low = [w.lower() for w in words]
    for said, meant in _SETTLED:
        for i in range(len(low) - len(said) + 1):
            if tuple(low[i : i + len(said)]) == said:
                return _settled([*words[:i], *meant, *words[i + len(said) :]])
    return words
