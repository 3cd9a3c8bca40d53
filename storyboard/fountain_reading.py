"""Reading Fountain (https://fountain.io/syntax): a text -> a ``Screenplay``, without losing a word.

Written by ourselves: a film has to be written back in the same bytes, by the same rules as it was read, and
libraries for Fountain only read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from .fountain_marks import joined, plain
from .headings import is_heading
from .schema import clean_text
from .screenplay import Element, Screenplay, Speech, SpokenPart

Kind = Literal["heading", "action", "centred", "transition", "section", "synopsis", "page-break", "cue"]
LONGEST_CUE = 80
"""Characters of a cue; a longer line in capitals is action."""
_STRUCK = re.compile(r"(?<!\\)/\*.*?\*/", re.DOTALL)
_NOTE = re.compile(r"(?<!\\)\[\[(?:(?!\n[ \t]?\n).)*?\]\]", re.DOTALL)
_KEY = re.compile(r"^([A-Za-z][\w .'-]{0,40}):[ \t]*(.*)$")
_KEYS = frozenset((
    "title", "credit", "author", "authors", "source", "notes", "draft", "date", "contact", "copyright",
    "revision", "logline", "format", "subtitle", "language",
))  # fmt: skip
_NUMBER = re.compile(r"(?:\s*#[^#\n]+#)+\s*$")
_TRANSITION = re.compile(
    r"(?:[^a-z]*\bTO:|(?:SLOW |QUICK )?FADE (?:IN|OUT|UP|TO [^a-z]+)[:.]?|(?:CUT|SMASH CUT|DISSOLVE|WIPE|"
    r"MATCH CUT|JUMP CUT|IRIS (?:IN|OUT))(?: TO [^a-z]+)?[:.])$"
)
_EXTENSION = re.compile(r"\s*\(([^()]*)\)\s*$")


def is_screenplay(text: str) -> bool:
    """Whether a plain text is a screenplay: a line of its own begins as scene headings do, in capitals."""
    return re.search(r"(?:\A|\n)[ \t]*(?:INT|EXT|INT\.?/EXT|I/E)[./ ][^\n]*[A-Z]", text) is not None


def read_fountain(text: str) -> Screenplay:
    """The screenplay that a text holds. Never fails: what is nothing else is action."""
    text = clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    text, struck = _without(_STRUCK, text)
    text, notes = _without(_NOTE, text)
    lines = text.split("\n")
    page, start = _title_page(lines)
    return Screenplay(page, tuple(_body(lines[start:])), notes, struck)


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    """The text without what the pattern finds; lines of nothing else are gone, words stay apart."""
    text, count = pattern.subn("\0", text)
    if not count:
        return text, 0
    lines = (line for line in text.split("\n") if "\0" not in line or line.replace("\0", "").strip())
    apart = re.compile(r"(?<=[^\s\0])\0+(?=[^\s\0])")
    return "\n".join(apart.sub(" ", line).replace("\0", "") for line in lines), count


def _title_page(lines: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """The title page, and where the body begins: its first lines are all keys and their words."""
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    stop = next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
    rows: list[tuple[str, list[str]]] = []
    for line in lines[start:stop]:
        key = _KEY.match(line)
        if key and not line[:1].isspace():
            rows.append((key[1].lower(), [key[2]]))
        elif rows and line[:1].isspace():
            rows[-1][1].append(line)
        else:
            return (), 0
    if not any(word in _KEYS for key, _ in rows for word in key.split()):
        return (), 0
    return tuple((key, plain(" ".join(words))) for key, words in rows), stop


def kind_of(line: str, after_blank: bool = True, before_blank: bool = True) -> Kind:
    """What a line of the body is, outside of speeches, by itself and the blank lines around it."""
    if re.fullmatch(r"={3,}", line):
        return "page-break"
    forced: dict[str, Kind] = {"!": "action", "=": "synopsis", "#": "section"}
    if line[:1] in forced:
        return forced[line[0]]
    if line.startswith(">"):
        return "centred" if line.endswith("<") and len(line) > 1 else "transition"
    if after_blank and re.match(r"\.[^.\s]", line):
        return "heading"
    if after_blank and is_heading(line):
        return "heading"
    if after_blank and before_blank and _TRANSITION.match(line):
        return "transition"
    if after_blank and not before_blank and _is_cue(line):
        return "cue"
    return "action"


def _is_cue(line: str) -> bool:
    if line.startswith("@"):
        return len(line) > 1
    name = line.rstrip("^ ")
    while match := _EXTENSION.search(name):
        name = name[: match.start()]
    if len(name) > LONGEST_CUE or name != name.upper() or not any(c.isalpha() for c in name):
        return False
    return name.rstrip()[-1:] not in "!?:,;" and not name.endswith("...") and not line.startswith("~")


def _body(lines: Sequence[str]) -> list[Element | Speech]:
    found: list[Element | Speech] = []
    action: list[str] = []
    i = 0

    def flush() -> None:
        if words := joined(*map(plain, action)):
            found.append(Element("action", words))
        action.clear()

    while i < len(lines):
        line = lines[i].strip()
        before = i + 1 >= len(lines) or not lines[i + 1].strip()
        i += 1
        if not line:
            flush()
            continue
        kind = kind_of(line, not action, before)
        if kind == "action":
            action.append(line[1:] if line.startswith(("!", "~")) else line)
            continue
        flush()
        if kind == "cue":
            said, i = _speech(line, lines, i)
            found += said
        else:
            found.append(Element(kind, _words(kind, line)))
    flush()
    return found


def _words(kind: Kind, line: str) -> str:
    if kind == "heading":
        return plain(_NUMBER.sub("", line[1:] if line.startswith(".") else line))
    if kind == "centred":
        return plain(line[1:-1])
    if kind == "transition":
        return plain(line.removeprefix(">"))
    return plain(line.lstrip("#=")) if kind != "page-break" else ""


def _speech(cue: str, lines: Sequence[str], i: int) -> tuple[list[Element | Speech], int]:
    """The speech under a cue, and the number of the line after it.

    A parenthetical with nothing said after it is action, in its brackets.
    """
    dual = cue.endswith("^")
    name = cue.rstrip("^ ").removeprefix("@")
    extensions: list[str] = []
    while match := _EXTENSION.search(name):
        extensions.insert(0, plain(match[1]))
        name = name[: match.start()]
    parts: list[SpokenPart] = []
    delivery, new = "", True
    while i < len(lines) and (lines[i].strip() or _goes_on(lines, i)):
        line = lines[i].strip()
        i += 1
        if line.startswith("(") and (bracket := _bracket(lines, i - 1)):
            how, line, i = bracket
            # Two brackets with nothing between are one.
            delivery = f"{delivery}; {how}" if new and delivery else how
            new = True
        if not line:
            continue
        sung = line.startswith("~")
        words = plain(line[1:] if sung else line)
        if new or parts[-1].sung is not sung:
            parts.append(SpokenPart(words, delivery, sung))
        else:
            parts[-1] = SpokenPart(joined(parts[-1].words, words), delivery, sung)
        new = False
    kept = tuple(part for part in parts if part.words)
    found: list[Element | Speech] = [Speech(plain(name), tuple(extensions), kept, dual)] if kept else []
    if new and delivery:
        found.append(Element("action", f"({delivery})"))
    return found, i


def _goes_on(lines: Sequence[str], i: int) -> bool:
    """Whether a line of two spaces or more keeps a speech together."""
    return len(lines[i]) >= 2 and i + 1 < len(lines) and bool(lines[i + 1].strip())


def _bracket(lines: Sequence[str], i: int) -> tuple[str, str, int] | None:
    """A parenthetical, what follows it on its line, and the number of the next line; None where the
    bracket stays open."""
    held = ""
    for n in range(i, min(i + 6, len(lines))):
        line = lines[n].strip()
        if not line:
            return None
        held = f"{held} {line}".strip()
        depth = 0
        for at, mark in enumerate(held):
            depth += (mark == "(") - (mark == ")")
            if not depth:
                return plain(held[1:at]), held[at + 1 :].strip(), n + 1
    return None
