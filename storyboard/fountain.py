"""A film as Fountain: what is seen and said, as a screenplay that reads back as the same.

``fountain_of(film)`` is pure and byte-stable: read by the writer ``script`` and written again, it gives
the same bytes. It carries title, scenes, action, speeches, parentheticals and how scenes open; not
cards' other words, cast, camera, light, lengths or takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .film import Film, Line, Shot, Story
from .fountain_marks import joined, marked, spaced
from .fountain_reading import LONGEST_CUE, kind_of
from .headings import FIRST_HOUR, heading_of, is_heading
from .lexicon.store import data
from .vocabulary import OVERLAPPED, LineKind, Opening

NARRATOR = "NARRATOR"
NARRATORS = frozenset((
    "narrator", "erzähler", "erzählerin", "narrateur", "narratrice", "narrador", "narradora",
    "narratore", "verteller",
))  # fmt: skip
"""Cues, in small letters, under which nobody stands but the film's narrator."""
OFF_SCREEN = "off screen"
"""How a delivery begins that is a cue's extension ``(O.S.)``."""
BY = re.compile(r"^(written by|screenplay by|story by|by) (.+)$", re.IGNORECASE)
"""A logline that is a credit: the title card shows it."""
NOT_CARRIED = "looks and voices of the cast, camera, light, lengths, takes and the words of cards"
"""What a Fountain file does not hold of a film."""
_BETWEEN = {
    Opening.dissolve: "DISSOLVE TO:",
    Opening.fade: "FADE TO:",
    Opening.match: "MATCH CUT TO:",
    Opening.wipe: "WIPE TO:",
}


def fountain_of(film: Film) -> str:
    """The film as a screenplay: text that ends with a line break, or only its title without shots."""
    pages = [_title_page(film.story)] if film.story else []
    body = list(_body(film))
    ending = film.ending.heading if film.ending and film.story else ""
    if ending and film.story and not usual_ending(ending, film.story):
        body.append(f"> {marked(ending)} <")
    return "\n\n".join([*pages, *body]).strip() + "\n"


def usual_ending(heading: str, story: Story) -> bool:
    """Whether an end card says what it says where nobody chose its words."""
    return heading == (data("voices")["the_end"].get(story.language, "") or story.title)


def _title_page(story: Story) -> str:
    rows = [f"Title: {marked(story.title)}"]
    credit = BY.match(spaced(story.logline))
    if credit:
        rows += [f"Credit: {credit[1]}", f"Author: {marked(credit[2])}"]
    elif story.logline.strip():
        rows.append(f"Logline: {marked(story.logline)}")
    return "\n".join(rows) + "\n"


def _body(film: Film) -> Iterator[str]:
    """Paragraphs: transitions, headings, action, speeches."""
    scene, hour = None, FIRST_HOUR
    paragraph: list[str] = []
    speech: list[tuple[str, str, str]] = []

    def action() -> Iterator[str]:
        if words := joined(*paragraph):
            yield _action(words)
        paragraph.clear()

    def said() -> Iterator[str]:
        if speech:
            yield from _speeches(speech)
        speech.clear()

    written = (shot for shot in film.shots if _has_words(shot))
    for number, shot in enumerate(written):
        opens = transition_of(shot, first=number == 0, new_scene=shot.scene != scene)
        if opens or shot.scene != scene:
            yield from action()
            yield from said()
        if opens:
            yield opens
        if shot.scene != scene:
            scene = shot.scene
            here = film.scenes[scene]
            yield _heading(heading_of(here, film.places[here.place], hour))
            hour = here.hour
        for turn, words in enumerate(w for w in shot.event.sentence.split("\n") if w.strip()):
            if speech or turn or not shot.runs_on:
                yield from action()
                yield from said()
            paragraph.append(words)
        for line in shot.lines:
            if spaced(line.words):
                yield from action()
                speech.append(_said(film, line))
    yield from action()
    yield from said()


def _has_words(shot: Shot) -> bool:
    """Whether anything of a shot is in a screenplay: where nothing is told and said, there is nothing."""
    return bool(spaced(shot.event.sentence)) or any(spaced(line.words) for line in shot.lines)


def transition_of(shot: Shot, first: bool, new_scene: bool) -> str:
    """How a screenplay says that a shot opens: "" for a cut."""
    if first:
        return "FADE IN:" if shot.opens is Opening.fade else ""
    if new_scene or shot.opens in OVERLAPPED:
        return _BETWEEN.get(shot.opens, "")
    return ""


def _heading(words: str) -> str:
    text = marked(words)
    return text if is_heading(text) else f".{text}"


def _action(words: str) -> str:
    text = marked(words)
    return text if kind_of(text) == "action" and text[0] not in "!~@" else f"!{text}"


def _said(film: Film, line: Line) -> tuple[str, str, str]:
    """Cue, parenthetical and words of a line."""
    delivery = spaced(line.delivery)
    if line.speaker is None or spaced(film.characters[line.speaker].name).casefold() in NARRATORS:
        return f"{NARRATOR} (V.O.)", delivery, line.words
    cue = cue_of(film.characters[line.speaker].name or line.speaker)
    if line.kind is LineKind.dialogue:
        return cue, delivery, line.words
    off = re.match(rf"{OFF_SCREEN}(?:, |$)", delivery)
    return (
        (f"{cue} (O.S.)", delivery[off.end() :], line.words)
        if off
        else (f"{cue} (V.O.)", delivery, line.words)
    )


def cue_of(name: str) -> str:
    """A name as a cue: in capitals, without brackets; marked with @ where capitals alone would not do."""
    cue = marked(re.sub(r"[()^]", " ", name)) or "SOMEBODY"
    high = cue.upper()
    return (
        high
        if len(high) <= LONGEST_CUE and kind_of(high, before_blank=False) == "cue" and high[0] != "@"
        else f"@{cue}"
    )


def _speeches(lines: list[tuple[str, str, str]]) -> Iterator[str]:
    """Lines one after another as speeches: of one voice they are one."""
    block: list[str] = []
    who, how, words = "", "", ""
    for cue, delivery, said in lines:
        if cue == who and delivery == how:
            words = joined(words, said)
            continue
        if words:
            block.append(_words(words))
        if cue != who or not delivery:
            if block:
                yield "\n".join(block)
            block = [cue if cue != who else _continued(cue)]
        if delivery:
            block.append(f"({marked(delivery)})")
        who, how, words = cue, delivery, said
    yield "\n".join([*block, _words(words)])


def _continued(cue: str) -> str:
    return f"{cue} (CONT'D)"


def _words(words: str) -> str:
    text = marked(words)
    return f"\\{text}" if text[0] in "(~" else text
