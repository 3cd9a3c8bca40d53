"""Ranges: everything after a shot, all but one, the middle of the film, the end."""

from __future__ import annotations

import re
from collections.abc import Callable

from .index import Index
from .marks import Marked, Ref

_BEGINS = r"(?:is|are|was|feels?|drags?|goes|seems?|looks?|needs?|should|must|could|has to|'s)"
_PART = re.compile(
    r"(?:the )?(?P<half>first|second|last|other) half(?: of the (?:film|movie|story))?\b(?! of)|"
    rf"the (?P<which>middle|beginning|start|opening)(?: (?:part|bit|section|of the film))?(?= {_BEGINS}\b)"
)
_RANGE = re.compile(
    r"(?:@f\d+|everything|all|(?:all|each|every) (?:of )?(?:the )?(?:shots?|scenes?)|@[sc]\d+|"
    r"anything|whatever)"
    r"(?: that| which)?(?: comes| coming| follows| happens)?"
    r" (?:right )?(?P<way>after|before|from|following|since|until|till|up to|between|in between)"
    r" (?P<one>@[scb]\d+|(?:the|when) [a-z][^@,.;]*?)(?: (?:and|to|until|till) (?P<other>@[sc]\d+))?"
    r"(?: on(?:wards?)?| to the end| till the end| until the end)?"
    r"(?= (?:should|must|has|needs?|is|are|to be|be|at|in|on|with|now|please|could|closer|wider|"
    r"darker|brighter)\b|"
    r"$| [,.;:!?])"
)
_EXCEPT = re.compile(
    r"(?P<all>@[fsc]\d+)(?: ,)? (?:except|excepting|apart from|other than|but not|all but|save|bar|only not)"
    r"(?: for)?(?: in| at| during)? (?P<not>@[sc]\d+)"
)
_ONLY_EXCEPT = re.compile(
    r"(?:except|excepting|apart from|but not|just not)(?: for)? (?:(?:in|at|during) )?(?P<not>@[sc]\d+)"
)
_LATER_EXCEPT = re.compile(
    r"(?P<all>@[fsc]\d+)(?: [a-z][a-z-]*| ,){1,8}? "
    r"(?P<but>(?:except|excepting|apart from|but not|just not)(?: for)?(?: in| at|"
    r" during)? (?P<not>@[sc]\d+))"
)
_WEATHER = re.compile(r"(?<=[a-z] )in the (?P<what>rain|storm|snow|fog)(?=$| [,.!])")
_END = re.compile(r"(?:right )?at the (?:very )?(?P<edge>end|start|beginning)(?: of @f\d+)?(?=$| [,.;!?])")
_MOVES = re.compile(
    r"\b(?:add|insert|put|move|place|new|another|extra|goes?|comes?|bring|cards?|title|says?|line|come|shift|"
    r"belongs?|fade|credits|show)\b|@[sckq]\d+"
)


def mark_parts(marked: Marked, index: Index) -> None:
    """The first half, the middle, the beginning: shots, by their order."""

    def part(match: re.Match[str]) -> Ref | None:
        ids, scenes = index.ids, index.scene_ids
        if len(ids) < 2:
            return None
        if match["half"]:
            cut = (len(ids) + 1) // 2
            return Ref("shot", tuple(ids[:cut] if match["half"] == "first" else ids[cut:]), match[0])
        if match["which"] == "middle":
            third = len(ids) // 3
            return Ref("shot", tuple(ids[third : len(ids) - third]), match[0])
        return Ref("scene", (scenes[0],), match[0]) if scenes else None

    marked.put(_PART, part)


def mark_ranges(marked: Marked, index: Index) -> None:
    """``everything after shot 7``, ``everywhere except the last shot``, ``at the end``."""

    def shots(mark: str) -> tuple[str, ...]:
        ref = marked.ref(mark)
        if ref.sort == "scene":
            return tuple(i for s in ref.ids for i in index.by_scene[s])
        return tuple(index.ids) if ref.sort == "film" else ref.ids

    def within(match: re.Match[str]) -> Ref | None:
        if match[0].startswith("@") and not re.match(
            r"(?:all|every|each|the rest)|@f", _words(marked, match)
        ):
            return None
        way, told = match["way"], match["one"]
        if told.startswith("@b"):
            return None
        here = shots(told) if told.startswith("@") else index.described(told.split())
        at = sorted(index.ids.index(i) for i in here)
        if not at or (not told.startswith("@") and at[-1] - at[0] >= len(at)):
            return Ref("shot", (), words=match[0] if not told.startswith("@") else marked.ref(told).words)
        ids = index.ids
        if "between" in way:
            to = sorted(index.ids.index(i) for i in shots(match["other"])) if match["other"] else at[-1:]
            if not to:
                return None
            kept = ids[at[0] + 1 : to[0]]
        elif way == "before":
            kept = ids[: at[0]]
        elif way in ("until", "till", "up to"):
            kept = ids[: at[-1] + 1]
        elif way in ("from", "since"):
            to = (
                sorted(index.ids.index(i) for i in shots(match["other"]))
                if match["other"]
                else [len(ids) - 1]
            )
            kept = ids[at[0] : to[-1] + 1] if to else []
        else:
            kept = ids[at[-1] + 1 :]
        return Ref("shot", tuple(kept), match[0])

    def but(match: re.Match[str]) -> Ref | None:
        gone = set(shots(match["not"]))
        kept = tuple(i for i in shots(match["all"]) if i not in gone)
        return Ref("shot", kept, match[0]) if gone and kept else None

    def everywhere_but(match: re.Match[str]) -> Ref | None:
        gone = set(shots(match["not"]))
        kept = tuple(i for i in index.ids if i not in gone)
        return Ref("shot", kept, match[0]) if gone and kept else None

    def in_weather(match: re.Match[str]) -> Ref | None:
        kinds = ("rain", "storm") if match["what"] in ("rain", "storm") else (match["what"],)
        scenes = [i for i in index.scene_ids if index.film.scenes[i].weather in kinds]
        kept = tuple(s for i in scenes for s in index.by_scene[i])
        return Ref("shot", kept, match[0]) if kept else None

    seems = re.search(r"@b\d+ (?:is|'s|looks?|seems?|should (?:be|look|seem)) [a-z]+ in the", marked.text)
    if seems and _WEATHER.search(marked.text) and not re.search(r"@[scfd]\d+", marked.text):
        marked.put(_WEATHER, in_weather)
    marked.put(_RANGE, within)
    marked.put(_EXCEPT, but)
    _apart(marked, shots)
    if not re.search(r"@[sc]\d+.* (?:except|but not|apart from)\b", marked.text):
        marked.put(_ONLY_EXCEPT, everywhere_but)
    if _END.search(marked.text) and not _MOVES.search(marked.text):
        marked.put(
            _END,
            lambda m: Ref("shot", (index.ids[-1 if m["edge"] == "end" else 0],), m[0]) if index.ids else None,
        )


def _apart(marked: Marked, shots: Callable[[str], tuple[str, ...]]) -> None:
    """``shots 2 to 5 closer except shot 4``: the exception is taken out of the shots named before it."""
    found = _LATER_EXCEPT.search(marked.text)
    if found is None:
        return
    gone = set(shots(found["not"]))
    kept = tuple(i for i in shots(found["all"]) if i not in gone)
    if not gone or not kept:
        return
    words = marked.text[: found.start("but")].split()
    cut = len(words)
    stop = cut + len(found["but"].split())
    at = next(n for n, item in enumerate(marked.items) if item.text == found["all"])
    old = marked.items[at]
    items = [*marked.items[:cut], *marked.items[stop:]]
    items[at] = marked.mark(Ref("shot", kept, found["all"]), old.start, old.stop)
    marked.items = items


def _words(marked: Marked, match: re.Match[str]) -> str:
    """What the mark at the beginning of a match was said as; a film's mark stays a mark."""
    mark = match[0].split()[0]
    ref = marked.ref(mark)
    return mark if ref.sort == "film" else ref.words
