"""Again: what was said last, for something else ("the same for shot 4", "his cap too")."""

from __future__ import annotations

import re

from ..directing.understood import Talk
from .bodies import PART
from .clauses import bare
from .marks import Item, Marked
from .pointing import Pointing
from .wording import tokens

_SAME = re.compile(
    r"(?:(?:and|now|do|also|please|ok|then|,) )*(?:the )?same(?: thing| again)? (?:for|to|in|"
    r"with|at|on) (?P<what>.+?)(?: please| too)?(?: [.!])*$"
    r"|(?:and |also )*(?P<what2>(?:@\w+ )?(?:'s )?[\w' -]+) (?:too|as well)(?: please)?(?: [.!])*$"
)
_IDLE = frozenset(
    (
        "too",
        "also",
        "as",
        "well",
        "the",
        "same",
        "for",
        "with",
        "in",
        "and",
        "please",
        "likewise",
        "to",
        "goes",
    )
)


def same_again(pointing: Pointing, talk: Talk, marked: Marked) -> str:
    """What was said last with something else in its place; empty where that is not asked for."""
    if not talk.said or len(marked.items) > 14:
        return ""
    before = talk.said[-1]
    same = _SAME.match(marked.text)
    if same is None:
        return ""
    old = pointing.mark(before, tokens(before, pointing.index.words))
    group = "what" if same["what"] else "what2"
    new = marked.raw(same, group)
    parts = marked.part(0, len(marked.items))
    refs = [
        r for r in parts.of("shot", "scene", "it") if r.sort != "it" or "sh" in r.words or "sc" in r.words
    ]
    spot = next((i for i in old.items if i.ref is not None and i.ref.sort in ("shot", "scene")), None)
    worn, word = PART.search(same[group]), PART.search(before.lower())
    if refs and spot is not None:
        return before[: spot.start] + new + before[spot.stop :]
    if worn is not None and word is not None and not refs:
        return before[: word.start(1)] + worn[1] + before[word.end(1) :]
    being = next((i for i in old.items if i.ref is not None and i.ref.sort in ("being", "thing")), None)
    if being is None or not parts.of("being", "thing") or refs:
        return ""
    return before[: being.start] + new + before[being.stop :]


def too(last: Marked | None, part: Marked) -> Marked | None:
    """``and 9 too``: the part before it, for something else; None where it is something else."""
    asked, _ = bare(part)
    words = [i.text for i in asked.items if i.ref is None]
    refs = [i for i in asked.items if i.ref is not None]
    if last is None or len(refs) != 1 or any(w not in _IDLE for w in words):
        return None
    new, found = refs[0], False
    items = []
    for item in last.items:
        if not found and item.ref is not None and new.ref is not None and item.ref.sort == new.ref.sort:
            items.append(new)
            found = True
        else:
            items.append(item)
    return Marked(items, part.said, part.refs) if found else None


def named_too(last: Marked | None, part: Marked) -> Marked | None:
    """``..., the whale Lotta`` after ``the keeper is called Bjorn``: a name for somebody else."""
    if last is None or not re.search(r"\b(?:called|named|call|name|rename|christen)\b", last.text):
        return None
    items = part.items
    if (
        not 2 <= len(items) <= 4
        or items[0].ref is None
        or items[0].ref.sort not in ("being", "thing", "place")
    ):
        return None
    words = items[1:]
    if any(i.ref is not None for i in words) or not part.said[words[0].start : words[0].stop][:1].isupper():
        return None
    cue = [Item(word, words[0].start, words[0].start) for word in ("should", "be", "called")]
    return Marked([items[0], *cue, *words], part.said, part.refs)
