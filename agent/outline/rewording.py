"""An idea's words in the order in which they are read best: who does what, in the third person.

"Because her brother is ill, a girl climbs" becomes "A girl climbs because her brother is ill", "A letter is
found by a girl" becomes "A girl finds a letter", "I lost my kite" becomes "A girl lost her kite".
"""

from __future__ import annotations

from ...storyboard import lexicon
from .bank import word_set
from .words import AUXILIARIES, CLOSED, DETERMINERS, SUBORDINATORS, base_verb, classes, is_plural, third

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
    for change in (_from_title, _small_demonyms, _unasked, _cause_last, _of_another, _active):
        words = change(words)
    return words


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
        return [words[2][:1].upper() + words[2][1:], *words[3:]]
    return words


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
        if low[i] in {"and", "but"} and is_participle(low[i + 1]) and low[i + 2] == "by":
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
