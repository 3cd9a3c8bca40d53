"""From a screenplay's scenes to setups: what each shot shows and holds of the words, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...storyboard.errors import BadInput
from ...storyboard.fountain import NARRATORS, OFF_SCREEN
from ...storyboard.fountain_marks import joined
from ...storyboard.headings import read_heading
from ...storyboard.screenplay import Element, Screenplay, Speech
from ...storyboard.vocabulary import LineKind, Opening
from .splitting import SPEECH_WORDS, breaths_of, events_of, words_of

MOST_AT_ONCE = 20_000
"""Characters of action, or of a speech, that a shot holds."""
SHORT_ACTION = 16
"""Words of an action that its own actor's speech still joins in one shot."""
_OPENINGS = (
    ("match", Opening.match),
    ("dissolve", Opening.dissolve),
    ("wipe", Opening.wipe),
    ("iris", Opening.fade),
    ("fade", Opening.fade),
    ("ripple", Opening.dissolve),
)


@dataclass(frozen=True)
class Said:
    """Words of one voice in one shot. ``cue`` is "" for the narrator."""

    cue: str
    kind: LineKind
    delivery: str
    words: str


@dataclass(frozen=True)
class Setup:
    """One shot: its part of the action (may be ""), then what is said in it."""

    sentence: str = ""
    said: tuple[Said, ...] = ()
    runs_on: bool = False
    opens: Opening | None = None

    @cached_property
    def words(self) -> float:
        """Words of action and speech together."""
        return words_of(self.sentence) + sum(words_of(s.words) for s in self.said)


@dataclass
class ScriptScene:
    """A heading and its setups; "" before the first heading."""

    heading: str
    setups: list[Setup] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """A script as scenes; ``ending`` is what a last centred line says, ``left`` counts what is not filmed."""

    scenes: tuple[ScriptScene, ...]
    ending: str = ""
    left: tuple[tuple[str, int], ...] = ()


def plan_of(script: Screenplay) -> Plan:
    """Every word of action and speech in setups. Scenes without either are left out, and counted.

    Raises ``BadInput`` for words that cannot be parted and are more than a shot holds.
    """
    body = list(script.body)
    ending = ""
    shown = [i for i, one in enumerate(body) if isinstance(one, Speech) or one.kind not in _UNSEEN]
    if len(shown) > 1 and _is_ending(last := body[shown[-1]]) and isinstance(last, Element):
        ending = last.words
        del body[shown[-1]]
    scenes: list[ScriptScene] = []
    opens: Opening | None = None
    counts = dict.fromkeys(("note", "passage struck out", "section", "synopsis", "page break"), 0)
    counts["note"], counts["passage struck out"] = script.notes, script.struck_out
    dual = 0
    for one in body:
        if isinstance(one, Element) and one.kind == "heading":
            scenes.append(ScriptScene(one.words))
        elif isinstance(one, Element) and one.kind == "transition":
            opens = _opening(one.words)
        elif isinstance(one, Element) and one.kind not in ("action", "centred"):
            counts[one.kind.replace("-", " ")] += 1
        else:
            if not scenes:
                scenes.append(ScriptScene(""))
            made = scenes[-1].setups
            first = len(made)
            if isinstance(one, Speech):
                dual += one.dual
                _speak(made, one, apart=opens is not None)
            else:
                made += [Setup(words, runs_on=turn > 0) for turn, words in enumerate(events_of(one.words))]
            if len(made) > first:
                # Without a transition a scene is cut to.
                opening = opens or (Opening.cut if first == 0 else None)
                made[first] = replace(made[first], opens=opening)
                opens = None
    empty = sum(1 for scene in scenes if not scene.setups)
    left = [*counts.items(), ("heading of a scene in which nothing happens", empty)]
    left.append(("speech at the same time as another, which is heard after it", dual))
    kept = tuple(scene for scene in scenes if scene.setups)
    for setup in (s for scene in kept for s in scene.setups):
        for words in (setup.sentence, *(said.words for said in setup.said)):
            if len(words) > MOST_AT_ONCE:
                raise BadInput(
                    f"The script has {len(words):,} characters ({words[:24]!r}...) that cannot be parted; a "
                    f"shot holds {MOST_AT_ONCE:,}. Put spaces or full stops into them. Nothing was made."
                )
    return Plan(kept, ending, tuple((what, n) for what, n in left if n))


_UNSEEN = frozenset(("transition", "section", "synopsis", "page-break"))


def _is_ending(one: Element | Speech) -> bool:
    return (
        isinstance(one, Element)
        and (one.kind == "centred" or re.fullmatch(r"(?:the end|fin|ende)\W*", one.words, re.I) is not None)
        and len(one.words) <= 100
    )


def _opening(words: str) -> Opening:
    return next((opens for name, opens in _OPENINGS if name in words.lower()), Opening.cut)


def _speak(made: list[Setup], speech: Speech, apart: bool) -> None:
    """Add a speech: to the shot before it where its speaker acts there, or nobody is seen to speak; never
    where a transition sets it ``apart``."""
    cue, kind, off = _voice(speech)
    for part in speech.parts:
        how = ["singing"] * part.sung + [d for d in (off, part.delivery) if d]
        for words in breaths_of(part.words):
            said = Said(cue, kind, ", ".join(how), words)
            last = made[-1] if made and not apart else None
            apart = False
            if last is not None and _joins(last, said):
                made[-1] = replace(last, said=(*last.said, said))
            else:
                made.append(Setup(said=(said,)))


def _joins(last: Setup, said: Said) -> bool:
    if last.said:
        same = last.said[-1].cue == said.cue and last.said[-1].kind is said.kind
        return same and sum(words_of(s.words) for s in last.said) + words_of(said.words) <= SPEECH_WORDS
    if said.kind is not LineKind.dialogue:
        return True
    acts = re.search(rf"\b{re.escape(said.cue)}\b", last.sentence, re.IGNORECASE) is not None
    return acts and words_of(last.sentence) <= SHORT_ACTION


def _voice(speech: Speech) -> tuple[str, LineKind, str]:
    """(cue, kind, how the delivery begins) by the cue's name and extensions."""
    plain = [e.upper().replace(".", "").replace(" ", "") for e in speech.extensions]
    if speech.cue.casefold() in NARRATORS:
        return "", LineKind.narration, ""
    rest = [
        e.lower()
        for e, p in zip(speech.extensions, plain, strict=True)
        if p
        not in ("VO", "OS", "OC", "CONTD", "CONT'D", "CONT’D", "CONT", "CONTINUED", "VOICEOVER", "MORE", "")
    ]
    if {"OS", "OC"} & set(plain):
        return speech.cue, LineKind.voice_over, ", ".join([OFF_SCREEN, *rest])
    kind = LineKind.voice_over if {"VO", "VOICEOVER"} & set(plain) else LineKind.dialogue
    return speech.cue, kind, ", ".join(rest)


def merged(one: Setup, other: Setup) -> Setup | None:
    """Two neighbours of a scene as one shot; None where that would change the order of the words."""
    if (one.said and other.sentence) or other.opens not in (None, Opening.cut):
        return None
    apart = "\n" if one.sentence and other.sentence and not other.runs_on else ""
    sentence = f"{one.sentence}\n{other.sentence}" if apart else joined_lines(one.sentence, other.sentence)
    return Setup(
        sentence, (*one.said, *other.said), one.runs_on if one.sentence else other.runs_on, one.opens
    )


def joined_lines(one: str, other: str) -> str:
    """Two sentences of one paragraph as one; paragraphs inside of them stay."""
    first, second = one.split("\n"), other.split("\n")
    return "\n".join(p for p in (*first[:-1], joined(first[-1], second[0]), *second[1:]) if p)


def heading_title(words: str) -> str:
    """A heading as a scene's title, of at most 120 characters."""
    text = read_heading(words).text
    return text if len(text) <= 120 else text[:119].rstrip() + "…"


def dialogue_of(script: Screenplay) -> list[str]:
    """What characters say where they are seen, speech by speech."""
    speeches = (one for one in script.body if isinstance(one, Speech))
    spoken = (joined(*(p.words for p in s.parts)) for s in speeches if _voice(s)[1] is LineKind.dialogue)
    return list(spoken)
