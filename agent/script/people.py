"""Who is in a script: everybody with a cue, and what the action says they look like."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...storyboard import lexicon
from ...storyboard.treatment import TreatedCharacter
from ...storyboard.vocabulary import Being
from ..outline.appearance import look_words
from ..outline.chunking import NOT_NAMES, sorted_phrase
from ..outline.phrase import Phrase
from ..outline.words import CLOSED, base_verb, classes, third
from .setups import ScriptScene

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+"
_INTRODUCED = re.compile(
    rf"\b({_CAPITALS}(?: {_CAPITALS}){{0,2}})"
    r"(?:\s*\(([^()]{1,200})\)|,\s+((?:\d|early|mid|late|an? )[^.;()]{1,120}))"
)
"""A name in capitals with what it looks like: ``ANNA (70s, wiry, in a red coat)``, ``BO, 40s, tired,``."""
_AGE = re.compile(r"\b(?:(?:early|mid|late)[ -]?)?(\d{1,3})(?:'?s\b|\b)(?:[ -]?years?[ -]?old)?", re.I)
_OLD = re.compile(r"\b(?:six|seven|eight|nine)ties\b", re.I)
_MINOR = frozenset(["of", "the", "and", "de", "van", "von", "la", "le", "du", "da"])
LONGEST_LOOK = 400
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
_ACTING = re.compile(rf"(?:^|[.!?]\s+)({_NAME})(?: and ({_NAME}))? ([a-z]{{2,}})\b")
"""A sentence that opens with a name or two and what they do: ``ANNA and Bo dance``."""


@dataclass(frozen=True)
class Player:
    """Somebody in the script. ``phrase`` is how sentences are read for them."""

    name: str
    phrase: Phrase
    look: str = ""
    """What the action says of them, in its own words."""


class Company:
    """The players of a script, found by cue or by the phrase that means them."""

    def __init__(self, scenes: tuple[ScriptScene, ...]) -> None:
        texts = [s.sentence for scene in scenes for s in scene.setups if s.sentence]
        looks = _introductions(texts)
        spelled = _spellings(scenes)
        cues = dict.fromkeys(
            said.cue for scene in scenes for setup in scene.setups for said in setup.said if said.cue
        )
        self._by_cue: dict[str, Player] = {}
        for cue in [*cues, *looks, *_acting(texts)]:
            key = cue.casefold()
            if key not in self._by_cue:
                self._by_cue[key] = _player(cue, spelled, looks.get(key, ""))
        self.names = {player.phrase.name: player.name for player in self._by_cue.values()}
        listed = sorted((re.escape(k) for k in self._by_cue if k), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE) if listed else None

    @property
    def players(self) -> list[Player]:
        """Everybody, in the order of their cues; those who only act come after."""
        return list(self._by_cue.values())

    def of_cue(self, cue: str) -> Player:
        """The player of a cue."""
        return self._by_cue[cue.casefold()]

    def named_in(self, text: str) -> list[Player]:
        """Whom a sentence names, in order."""
        if self._pattern is None:
            return []
        return list(dict.fromkeys(self._by_cue[m[0].casefold()] for m in self._pattern.finditer(text)))

    def readable(self, text: str) -> str:
        """A sentence with names as they are spelled, and without what stands in brackets."""
        text = re.sub(r"\s*\([^()]*\)", "", text)
        text = re.sub(
            rf"\b{_CAPITALS}\b", lambda m: m[0] if m[0].casefold() in self._by_cue else m[0].lower(), text
        )
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda m: self._as_read(self._by_cue[m[0].casefold()], m[0]), text)

    def _as_read(self, player: Player, written: str) -> str:
        if player.phrase.proper:
            return player.name
        return player.phrase.noun if written.isupper() else written


def _introductions(texts: list[str]) -> dict[str, str]:
    """Name, case-folded -> what is said of it where it is introduced, the first time."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _INTRODUCED.finditer(text):
            said = match[2] or _apposition(match[3])
            if said and not re.fullmatch(r"(?:[A-Z][A-Z.' ]*)", said):
                found.setdefault(match[1].casefold(), " ".join(said.split())[:LONGEST_LOOK])
    return found


def _acting(texts: list[str]) -> list[str]:
    """Names that do something and have neither a cue nor an introduction, as in a film without speech.

    A word is a name where English has no such word, or one that is a name too, and no drawing is called so.
    """
    found: dict[str, None] = {}
    for text in texts:
        for first, second, verb in _ACTING.findall(text):
            names = [n for n in (first, second) if n]
            base = base_verb(verb)
            does = verb == (base if second else third(base)) and "verb" in classes(verb)
            if does and all(_is_name(n) for n in names):
                found |= dict.fromkeys(names)
    return list(found)


def _is_name(word: str) -> bool:
    from lemminflect import getAllLemmas

    low = word.lower()
    if low in _DATES | NOT_NAMES or low.endswith(("'s", "’s")):
        return False
    unknown = not re.search(r"body$|^(?:some|every|any|no)one$", low) and not getAllLemmas(low)
    return low not in CLOSED and lexicon.look_up(low) is None and (unknown or low in _WORDS_TOO)


_DATES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
     "march", "july", "september", "october", "november", "december", "christmas", "easter", "halloween"}
)  # fmt: skip
"""Words with a capital that come and pass, and are nobody. April, May, June and August are names too."""
_WORDS_TOO = frozenset(
    {"jack", "mark", "bill", "tom", "frank", "sam", "max", "rob", "bob", "jim", "john", "peter", "pat", "sue",
     "nick", "rick", "dean", "gene", "ray", "jean", "ben", "ted", "tim", "kit", "jay", "guy", "marina"}
)  # fmt: skip
"""Names that are English words too."""


def _apposition(words: str) -> str:
    """Of ``40s, tired, walks in`` what describes: up to the last comma."""
    return words.rpartition(",")[0] or (words if _AGE.fullmatch(words.strip()) else "")


def _spellings(scenes: tuple[ScriptScene, ...]) -> dict[str, str]:
    """Words, case-folded -> how they are spelled where they are not all in capitals, and begin with one."""
    found: dict[str, str] = {}
    for text in _texts(scenes):
        for word in re.findall(r"[^\W\d_][\w'’.-]*", text):
            if word[0].isupper() and not word.isupper():
                found.setdefault(word.casefold().rstrip(".'’"), word.rstrip(".'’"))
    return found


def _texts(scenes: tuple[ScriptScene, ...]) -> Iterator[str]:
    for scene in scenes:
        for setup in scene.setups:
            yield setup.sentence
            for said in setup.said:
                yield said.words


def spelled_name(cue: str, spelled: Mapping[str, str]) -> str:
    """A cue as a display name: ``MRS. O'BRIEN`` -> ``Mrs. O'Brien``; one with small letters stays."""
    if cue != cue.upper():
        return cue
    words = []
    for number, word in enumerate(cue.split()):
        end = "." if word.endswith(".") else ""
        plain = word.rstrip(".")
        known = spelled.get(plain.casefold())
        low = "-".join(
            "'".join(p[:1] + p[1:].lower() if len(p) > 1 else p for p in part.split("'"))
            for part in plain.split("-")
        )
        low = re.sub(r"'S$", "'s", low)
        minor = number and plain.lower() in _MINOR
        words.append((plain.lower() if minor else known or low) + end)
    return " ".join(words)


def _player(cue: str, spelled: Mapping[str, str], look: str) -> Player:
    name = spelled_name(cue, spelled)[:110]
    bare = re.sub(r"\s*#?\d+$", "", cue.lower())
    entry = lexicon.look_up(bare) if bare == cue.lower() else None
    if (
        entry is not None
        and entry.sort in ("person", "creature")
        and entry.lemma.count(" ") == bare.count(" ")
    ):
        phrase = sorted_phrase(Phrase(noun=bare, head=bare.split()[-1], determiner="the"))
        return Player(name, phrase, look)
    phrase = sorted_phrase(Phrase(noun=name, head=name.split()[-1], determiner="", proper=name))
    phrase = replace(phrase, sort="person", being=phrase.being or Being.person)
    if phrase.pronoun not in ("she", "he"):
        phrase = replace(phrase, pronoun=_pronoun(f"{bare}, {look.lower()}"))
    return Player(name, phrase, look)


def _pronoun(words: str) -> str:
    found = set(re.findall(r"[a-z]+", words))
    she = found & {
        "woman",
        "girl",
        "she",
        "her",
        "mother",
        "daughter",
        "mrs",
        "ms",
        "miss",
        "lady",
        "queen",
        "wife",
    }
    he = found & {"man", "boy", "he", "his", "father", "son", "mr", "lord", "king", "husband", "sir"}
    if bool(she) != bool(he):
        return "she" if she else "he"
    return "she" if re.match(r"\w{2,}a\b", words) else "they"


def treated(phrase: Phrase, name: str, look: str, rng: random.Random, worn: set[str]) -> TreatedCharacter:
    """A character for casting: in the script's own words where it has some, else with a look made up."""
    trade = next(
        (e.lemma for part in re.split(r"[,;]", look) if (e := lexicon.look_up(part.strip(), "person"))), ""
    )
    noun = trade or phrase.trade
    words = _aged(look) if look else look_words(phrase, rng, worn)
    return TreatedCharacter(
        name=name[:110],
        noun=noun[:110],
        words=words,
        being=phrase.being if phrase.sort != "person" else Being.person,
    )


def _aged(look: str) -> str:
    """A look in words that say the age: "70s, wiry" -> "Old, wiry."."""
    match = _AGE.search(look)
    years = int(match[1]) if match else 70 if _OLD.search(look) else 0
    age = (
        ""
        if not years
        else "child"
        if years < 13
        else "teenage"
        if years < 20
        else "old"
        if years >= 60
        else ""
    )
    rest = (look[: match.start()] + look[match.end() :]) if match else look
    parts = [p.strip() for p in [age, *rest.split(",")] if p.strip()]
    words = ", ".join(parts) or look
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
