"""The film as a Final Draft script (FDX): the paragraphs of its Fountain, each with its kind."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from ...storyboard.errors import BadInput
from ...storyboard.film import Film
from ...storyboard.fountain import fountain_of
from ...storyboard.fountain_reading import read_fountain
from ...storyboard.screenplay import Screenplay, Speech

_KINDS = {"heading": "Scene Heading", "transition": "Transition", "centred": "Action", "action": "Action"}


def final_draft_of(film: Film) -> bytes:
    """The film's screenplay as FDX. Raises ``BadInput`` where there are no shots yet."""
    if film.story is None or not film.shots:
        raise BadInput("The film has no shots yet, so there is no screenplay of it. Make it first.")
    script = read_fountain(fountain_of(film))
    root = ET.Element("FinalDraft", DocumentType="Script", Template="No", Version="1")
    content = ET.SubElement(root, "Content")
    for kind, said, centred in _paragraphs(script):
        _paragraph(content, kind, said, centred)
    page = ET.SubElement(ET.SubElement(root, "TitlePage"), "Content")
    for key in ("title", "credit", "author", "logline"):
        if words := script.fields.get(key):
            _paragraph(page, "", words, True)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _paragraphs(script: Screenplay) -> Iterator[tuple[str, str, bool]]:
    """Kind, words, and whether they stand in the middle."""
    for one in script.body:
        if not isinstance(one, Speech):
            if one.kind in _KINDS and one.words:
                yield _KINDS[one.kind], one.words, one.kind == "centred"
            continue
        yield "Character", " ".join([one.cue, *(f"({extension})" for extension in one.extensions)]), False
        for part in one.parts:
            if part.delivery:
                yield "Parenthetical", f"({part.delivery})", False
            yield ("Singing" if part.sung else "Dialogue"), part.words, False


def _paragraph(parent: ET.Element, kind: str, words: str, centred: bool) -> None:
    made = ET.SubElement(parent, "Paragraph")
    if kind:
        made.set("Type", kind)
    if centred:
        made.set("Alignment", "Center")
    ET.SubElement(made, "Text").text = words
