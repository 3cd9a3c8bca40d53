"""Markdown as plain text: headings, emphasis, links, pictures, code and tables of it taken off."""

from __future__ import annotations

import re

from .books import Told, without_comments

_FRONT = re.compile(r"\A---[ \t]*\n.{0,20000}?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_PREFIX = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-{3}[ \t:|-]*\|?[ \t]*$")
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), ""),
    (re.compile(r"\[\^[^\[\]\n]{1,80}\]:?"), ""),
    (re.compile(r"\[([^\[\]\n]{1,1000})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"<(?:https?://|mailto:)[^>\s]{1,500}>"), ""),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,300}>"), ""),
    (re.compile(r"(?<!\\)`+"), ""),
    (re.compile(r"(?<![\w\\*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w\\_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"~~(?=\S)([^~\n]{1,2000}?)~~"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])"), r"\1"),
)  # fmt: skip
"""Each match is bounded, so that no text makes them slow."""


def read_markdown(text: str) -> Told:
    """Its paragraphs, and the headings that were left out."""
    told = Told()
    held: list[str] = []
    fence = ""

    def end() -> None:
        told.add(_inline(" ".join(held)))
        held.clear()

    for line in without_comments(_FRONT.sub("", text, count=1)).split("\n"):
        mark = _FENCE.match(line)
        if fence or mark:
            if mark and (not fence or mark[1].startswith(fence)):
                fence = "" if fence else mark[1]
                end()
            continue
        heading = _HEADING.match(line)
        if heading:
            end()
            told.add(_inline(heading[1] or ""), heading=True)
        elif held and _UNDERLINE.match(line):
            told.add(_inline(" ".join(held)), heading=True)
            held.clear()
        elif not line.strip() or _RULE.match(line) or _TABLE_RULE.match(line):
            end()
        else:
            prefix = _PREFIX.match(line)
            assert prefix is not None
            if prefix[0].strip() and not prefix[0].strip().startswith(">"):
                end()
            held.append(line[prefix.end() :].strip().strip("|").strip())
    end()
    return told


def _inline(text: str) -> str:
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    return text
