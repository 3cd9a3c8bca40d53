"""Books and manuscripts as plain text: .docx and .epub, their paragraphs in order, without headings."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from .decoding import decode
from .packed import Packed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"^(?:heading|title|subtitle|toc)", re.I)
_DEEPEST = 200
"""Elements within each other in a document; deeper is no text of a person's."""


@dataclass
class Told:
    """Paragraphs, the headings that were left out, and what a person must be told of the reading."""

    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def add(self, text: str, heading: bool = False) -> None:
        """Take a paragraph in, unless it is empty."""
        plain = "\n".join(" ".join(row.split()) for row in text.split("\n")).strip()
        if plain:
            (self.headings if heading else self.paragraphs).append(plain)


def read_docx(data: bytes, name: str) -> Told:
    """Paragraphs of a Word document as it stands: deleted text, notes, headers and footers are not in it."""
    packed = Packed(data, name)
    if "word/document.xml" not in packed.members:
        raise packed.bad("it is no Word document")
    root = packed.xml("word/document.xml")
    if root.tag != f"{_W}document":
        raise packed.bad(
            "it is saved in another form than Word's own, such as Strict Open XML; save it as .docx"
        )
    told = Told()
    for paragraph in _paragraphs(root, packed):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        heading = style is not None and _HEADING.match(style.get(f"{_W}val") or "") is not None
        outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None
        told.add(_words(paragraph), heading or outline)
    return told


def _paragraphs(root: Any, packed: Packed) -> list[Any]:
    """All of a document, in order, those within tables and frames too; none twice."""
    found: list[Any] = []
    left = [(root, 0)]
    while left:
        element, depth = left.pop()
        if depth > _DEEPEST:
            raise packed.bad("its parts are nested too deep")
        if element.tag == f"{_W}p":
            found.append(element)
        left += [(child, depth + 1) for child in reversed(list(element)) if child.tag != _FALLBACK]
    return found


def _words(paragraph: Any) -> str:
    """The text of a paragraph's own runs; that of paragraphs within it is theirs."""
    pieces: list[str] = []
    left = list(reversed(list(paragraph)))
    while left:
        element = left.pop()
        if element.tag in (f"{_W}p", _FALLBACK, f"{_W}del", f"{_W}moveFrom"):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
            pieces.append(" " if element.tag == f"{_W}tab" else "-")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        left += reversed(list(element))
    return "".join(pieces)


def read_epub(data: bytes, name: str) -> Told:
    """Paragraphs of a book as it is read, in order. Raises ``BadInput``, also for a protected one."""
    packed = Packed(data, name)
    told = Told()
    for member in _spine(packed):
        page = packed.read(member)
        declared = _ENCODING.search(page[:300])
        text, notices = decode(page, name, declared[1].decode() if declared else "")
        told.notices += notices
        _read_page(text, told)
    if not told.paragraphs:
        raise packed.bad("there is no text in it")
    return told


def _spine(packed: Packed) -> list[str]:
    """The pages of a book, in order."""
    if "META-INF/container.xml" not in packed.members:
        raise packed.bad("it is no EPUB")
    roots = [
        e.get("full-path") or "" for e in packed.xml("META-INF/container.xml").iter() if _named(e, "rootfile")
    ]
    if not roots:
        raise packed.bad("it names no contents")
    book = packed.xml(roots[0])
    pages = {e.get("id"): e for e in book.iter() if _named(e, "item")}
    hidden = _hidden(packed)
    found = []
    for reference in (e for e in book.iter() if _named(e, "itemref")):
        item = pages.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if item.get("media-type") not in ("application/xhtml+xml", "text/html"):
            continue
        member = _within(roots[0], item.get("href") or "")
        if member in hidden:
            raise packed.bad("it is protected against copying (DRM)")
        found.append(member)
    return found


def _hidden(packed: Packed) -> frozenset[str]:
    """Members that are encrypted."""
    if "META-INF/encryption.xml" not in packed.members:
        return frozenset()
    root = packed.xml("META-INF/encryption.xml")
    return frozenset(unquote(e.get("URI") or "") for e in root.iter() if _named(e, "CipherReference"))


def _within(contents: str, href: str) -> str:
    """The member that an address in the contents means. One that leads elsewhere is no member."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(contents), unquote(urlsplit(href).path)))


def _named(element: Any, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name


_BLOCKS = frozenset(
    ["p", "div", "li", "blockquote", "section", "article", "td", "th", "tr", "dd", "dt", "body", "figure",
     "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "table", "aside", "header", "footer", "pre"]
)  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SKIPPED = frozenset(["script", "style", "head", "nav", "svg", "math", "rt", "rp", "template"])
_ENCODING = re.compile(rb"""(?:encoding|charset)=["']?([A-Za-z0-9_-]{1,20})""")
_TAG = re.compile(r"<(?:(/?)([A-Za-z][\w:-]{0,30})([^<>]{0,8000})|[!?][^<>]{0,8000})>")
_DOCTYPE = re.compile(
    r"\A\s*(?:<\?[^<>]{0,500}>\s*)?<!DOCTYPE[^<>\[]{0,500}(?:\[.{0,5000}?\]\s*)?>", re.S | re.I
)
"""Each match is bounded. A page that is not well-formed loses nothing but its faulty tags' meaning."""


def _read_page(page: str, told: Told) -> None:
    """Take in the paragraphs of a page. Nothing that it names is fetched; entities are those of HTML."""
    pieces: list[str] = []
    skipped, heading, at = "", False, 0
    page = _DOCTYPE.sub("", without_comments(page), count=1)
    for tag in (*_TAG.finditer(page), None):
        text = page[at : tag.start() if tag else len(page)]
        if not skipped:
            pieces.append(unescape(re.sub(r"\s+", " ", text)))
        if tag is None:
            break
        at = tag.end()
        name, closes = (tag[2] or "").lower(), bool(tag[1])
        alone = (tag[3] or "").endswith("/")
        if skipped:
            skipped = "" if closes and name == skipped else skipped
        elif name in _SKIPPED and not closes and not alone:
            skipped = name
        elif name == "br":
            pieces.append("\n")
        elif name in _BLOCKS:
            told.add("".join(pieces), heading)
            pieces.clear()
            heading = name in _HEADINGS and not closes
    told.add("".join(pieces), heading)


def without_comments(page: str) -> str:
    """The text without ``<!-- ... -->``; one that never ends hides all that follows."""
    kept, at = [], 0
    while (start := page.find("<!--", at)) >= 0:
        kept.append(page[at:start])
        end = page.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, page[at:]])
