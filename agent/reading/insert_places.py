"""Where a new shot comes: before, after or between others, at the start or at the end."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from .draft import Draft
from .ordering import described
from .wish import Wish

WHERE = re.compile(
    r"\b(?:(?:right |just |straight |directly |immediately )?(?P<way>before|after|between|"
    r"following|behind|in front of|ahead of|at the (?:very )?(?:start|beginning|end|close) of|to "
    r"the end of|at the end of|in|into|to|inside|during) (?P<ref>@[scikf]\d+(?: (?:and|,) "
    r"@[scik]\d+)?)|(?:at|to|near) the (?:very )?(?P<edge>start|beginning|front|top|end|finish|"
    r"close|ending)(?: of @f\d+)?|(?P<first>as (?:the )?(?:very )?(?:first|opening) (?:shot|"
    r"picture|image|one)|as an? (?:opening|opener))|(?P<last>as (?:the )?(?:very )?(?:last|final|"
    r"closing) (?:shot|picture|image|one)|as an? ending))"
)


def where_to(wish: Wish, draft: Draft, cue: re.Match[str]) -> tuple[str | None, str]:
    """(the shot after which it comes, or None for the start; the shot whose scene it belongs to)."""
    film = draft.film
    ids = [s.id for s in film.shots]
    between = re.search(
        (
            r"\bbetween (?P<a>.+?) and (?P<b>.+?)(?=$| ,| :| i (?:want|need|'d)| we | (?:add|insert|put|"
            r"there|where|in which|one|a|an|with|of|show|showing|that)\b)"
        ),
        wish.text,
    )
    if between:
        one, other = (told_shots(wish, film, between[g]) for g in ("a", "b"))
        if one and other:
            first = min((one[-1], other[0]), key=ids.index)
            return first, first
    for found in WHERE.finditer(wish.text):
        if found["edge"] or found["first"] or found["last"]:
            start = bool(found["first"]) or (found["edge"] or "") in ("start", "beginning", "front", "top")
            return (None, ids[0]) if start else (ids[-1], ids[-1])
        way, marks = found["way"], re.findall(r"@[scikf]\d+", found["ref"])
        ref = wish.ref(marks[0])
        if ref.sort == "film":
            return (None, ids[0]) if "start" in way or "begin" in way else (ids[-1], ids[-1])
        if ref.sort == "card":
            return (ids[-1], ids[-1]) if ref.ids == ("ending",) else (None, ids[0])
        if ref.sort == "it" and ref.words in ("it", "they") and way in ("in", "into", "to", "during"):
            continue
        shots = tuple(i for m in marks for i in wish.shots_of(wish.ref(m), film))
        if not shots:
            continue
        if way == "between" and len(shots) > 1:
            first = min(shots, key=ids.index)
            return first, first
        if way in ("before", "in front of", "ahead of") or "start" in way or "beginning" in way:
            at = ids.index(shots[0])
            return (ids[at - 1] if at else None), shots[0]
        return shots[-1], shots[-1]
    if told := re.search(
        (
            r"\b(?:right |just |straight )?(?P<way>before|after) (?P<where>(?:the |he |she |they |@)[^,"
            r":;]+?)(?=$| ,| :| showing| where| in which| of )"
        ),
        wish.text,
    ):
        shots = told_shots(wish, film, told["where"])
        if shots:
            if told["way"] == "before":
                at = ids.index(shots[0])
                return (ids[at - 1] if at else None), shots[0]
            return shots[-1], shots[-1]
    if re.match(r"(?:begin|start|open) with|open on", cue[0]):
        return None, ids[0]
    here = wish.thread.shots or wish.talk.shots
    here = tuple(i for i in here if i in ids)
    if re.match(r"(?:end|finish) (?:with|on)", cue[0]) or not here:
        draft.notice("No place was named for the new shot: it comes at the end.") if not re.match(
            r"(?:end|finish)", cue[0]
        ) else None
        return ids[-1], ids[-1]
    return here[-1], here[-1]


def told_shots(wish: Wish, film: Film, words: str) -> tuple[str, ...]:
    marks = re.findall(r"@[sci]\d+", words)
    if marks:
        return tuple(i for m in marks for i in wish.shots_of(wish.ref(m), film))
    return described(wish, film, words)
