"""Wishes about the order of shots: exchanged, moved, told from first to last."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, MoveShot
from ...storyboard.film import Film
from .draft import Cannot, Draft, Unclear
from .shots import some
from .wish import Wish, told


def swap(wish: Wish, draft: Draft) -> bool:
    """Exchange two shots, or two scenes."""
    found = wish.see(
        r"\b(?:swap|switch|exchange|interchange|trade|flip|reverse)\b|\b(?:the )?(?:other|opposite|"
        r"wrong) way (?:a?round|about)\b|"
        r"\bin (?:the )?(?:other|opposite|reverse) order\b"
    )
    if found is None or wish.refs("being", "thing", "quote", "narrator"):
        return False
    scenes = [i for r in wish.refs("scene") for i in wish.scenes_of(r)]
    ids = [s.id for s in draft.film.shots]
    if len(scenes) == 2:
        first, second = sorted(
            ([i for i in ids if draft.film.shot(i).scene == s] for s in scenes), key=lambda g: ids.index(g[0])
        )
        order = [
            *ids[: ids.index(first[0])],
            *second,
            *(
                i
                for i in ids[ids.index(first[0]) :]
                if i not in first + second and ids.index(i) < ids.index(second[0])
            ),
            *first,
            *ids[ids.index(second[-1]) + 1 :],
        ]
    else:
        shots = [i for r in wish.refs("shot", "it") for i in wish.shots_of(r, draft.film)]
        shots = list(dict.fromkeys(shots))
        if len(shots) != 2:
            if len(shots) == 1 and wish.see(r"\bwith (?:the )?(?:next|following|one after)"):
                shots.append(ids[min(len(ids) - 1, ids.index(shots[0]) + 1)])
            else:
                return False
        one, two = (ids.index(s) for s in shots)
        order = list(ids)
        order[one], order[two] = order[two], order[one]
        scenes = shots
    draft.do(
        *moves(ids, order),
        said=f"{scenes[0]} and {scenes[1]} exchanged",
        shots=tuple(s for s in scenes if s in ids),
    )
    wish.spend_all()
    return True


def moves(old: list[str], new: list[str]) -> list[Edit]:
    """The fewest moves, one after another, that turn one order into the other."""
    keep = _longest_run([old.index(i) for i in new])
    kept = {old[k] for k in keep}
    edits: list[Edit] = []
    for at, shot in enumerate(new):
        if shot not in kept:
            edits.append(MoveShot(shot=shot, after=new[at - 1] if at else None))
    return edits


def _longest_run(numbers: list[int]) -> list[int]:
    """The longest rising part of the numbers."""
    best: list[list[int]] = []
    for number in numbers:
        before = max((run for run in best if run[-1] < number), key=len, default=[])
        best.append([*before, number])
    return max(best, key=len, default=[])


_MOVE = (
    r"\b(?:move|put|place|shift|bring|push|pull|drag|slide|get|have|want|show|let|make|place|set|"
    r"should (?:come|be|go|stand)|must (?:come|be|go)|goes|comes?|belongs?|needs to (?:come|be|"
    r"go)|go)\b"
)


_EDGE = (
    r"\b(?:to|at|as|on|into|be|come|comes|go|goes|in) (?:the )?(?:very )?(?P<edge>start|"
    r"beginning|front|top|end|back|finish|first|last|opening|close(?![ -]up)|ending|earlier|later|final)"
    r"(?: (?:picture|image|shot|thing|of @f\d+|of the scene|of it|position|place|one))?\b|"
    r"\b(?:come|comes|go|goes|be|is|put|show|play|move|place) (?:\S+ )?(?P<edge2>first|last)\b|"
    r"(?:^|(?<=let ))@[sc]\d+ (?P<edge3>first|last)(?= please$|$)"
)


def move(wish: Wish, draft: Draft) -> bool:
    """Move shots, or scenes, before or after others, to the start or to the end."""
    film = draft.film
    if wish.refs("quote", "time"):
        return False
    if opened := wish.see(
        r"\b(?P<what>start|begin|open|end|finish|close|conclude)(?: (?:off|it all|things))?(?: @f\d+)"
        r"?(?: off)? (?:right |directly |straight )?(?:on|with) (?P<who>.+)$"
    ):
        shots = _told(wish, film, opened, "who")
        if shots:
            return _go(wish, draft, shots, None, opened["what"] in ("start", "begin", "open"), None)
    relation = wish.see(
        r"(?P<what>.+?) (?:to )?(?P<way>before|after|between|ahead of|in front of|behind|right after|"
        r"right before|just before|just after|straight after|following) (?P<where>.+)$"
    )
    if (
        relation
        and (wish.see(_MOVE) or wish.refs("shot", "scene", "it"))
        and not wish.see(
            r"\b(?:add|insert|new|extra|another|one more|dissolve|fade|wipe|crossfade|standing|sitting|stand|"
            r"next to)\b"
        )
    ):
        shots = _movers(wish, film, relation["what"])
        if shots:
            anchors = _anchor(wish, film, relation["where"])
            if anchors:
                way = relation["way"]
                before = way.endswith(("before", "ahead of", "in front of"))
                if way == "between":
                    ids = [s.id for s in film.shots]
                    anchors = (min(anchors, key=ids.index),)
                return _go(wish, draft, shots, anchors, before, way)
    edge = wish.see(_EDGE)
    if edge and (edge["edge3"] or wish.see(_MOVE)) and (wish.refs("shot", "scene", "it")):
        group = next(g for g in ("edge", "edge2", "edge3") if edge[g])
        word = edge[group]
        shots = _movers(wish, film, wish.text[: edge.start(group)])
        if shots and word in ("earlier", "later"):
            ids = [s.id for s in film.shots]
            at = ids.index(shots[0]) + (-1 if word == "earlier" else 1)
            if not 0 <= at < len(ids):
                raise Cannot(f"Shot {shots[0]} is {'first' if at < 0 else 'last'} already.")
            return _go(wish, draft, shots[:1], (ids[at],), word == "earlier", None)
        if shots:
            return _go(
                wish,
                draft,
                shots,
                None,
                word in ("start", "beginning", "front", "top", "first", "opening"),
                None,
            )
    return False


def _movers(wish: Wish, film: Film, words: str) -> tuple[str, ...]:
    found = re.findall(r"@[sci]\d+", words)
    shots: dict[str, None] = {}
    for mark in found:
        ref = wish.ref(mark)
        if ref.sort == "it" and ref.words == "they":
            continue
        shots |= dict.fromkeys(wish.shots_of(ref, film))
    return tuple(shots)


def _anchor(wish: Wish, film: Film, words: str) -> tuple[str, ...]:
    """Shots before or after which something goes: named, or told by what is in them."""
    marks = re.findall(r"@[sci]\d+", words)
    if marks:
        return tuple(i for m in marks for i in wish.shots_of(wish.ref(m), film))
    if re.match(
        (
            r"(?:the )?(?:dark|sunset|sunrise|dusk|dawn|midnight|noon|lunch|nightfall|school|rain|storm|"
            r"winter|long)\b"
        ),
        words,
    ):
        return ()
    return described(wish, film, words)


def described(wish: Wish, film: Film, words: str) -> tuple[str, ...]:
    """The shots that words with marks in them describe; neighbours count as one place. May ask."""
    plain: list[str] = []
    for word in re.sub(r"[^\w@' -]", " ", words).split():
        if word.startswith("@"):
            plain += (
                wish.ref(word).words.split()
                if wish.ref(word).words not in ("it", "they", "he", "she", "him", "her")
                else []
            )
        else:
            plain.append(word)
    found = wish.index.described(plain)
    found = tuple(i for i in found if any(s.id == i for s in film.shots))
    if not found:
        return ()
    ids = [s.id for s in film.shots]
    places = sorted(ids.index(i) for i in found)
    if len(found) > 1 and places[-1] - places[0] != len(places) - 1:
        raise Unclear(
            f"Which shot do you mean by {' '.join(plain)[:60]!r}?", tuple(told(film, i) for i in found[:6])
        )
    return tuple(ids[p] for p in places)


def _told(wish: Wish, film: Film, match: re.Match[str], group: str) -> tuple[str, ...]:
    marks = re.findall(r"@[sc]\d+", match[group])
    if marks:
        return tuple(i for m in marks for i in wish.shots_of(wish.ref(m), film))
    if re.match(r"(?:a |an |one )?(?:close-up|new|fade|dissolve|title|card|black)\b", match[group]):
        return ()
    return described(wish, film, match[group])[:1]


def _go(
    wish: Wish,
    draft: Draft,
    shots: tuple[str, ...],
    anchors: tuple[str, ...] | None,
    before: bool,
    way: str | None,
) -> bool:
    ids = [s.id for s in draft.film.shots]
    rest = [i for i in ids if i not in shots]
    moved = sorted(shots, key=ids.index)
    if anchors is None:
        order = [*moved, *rest] if before else [*rest, *moved]
        where = "to the start" if before else "to the end"
    else:
        if any(a in shots for a in anchors):
            anchors = tuple(a for a in anchors if a not in shots)
            if not anchors:
                raise Cannot(f"{some(shots)} cannot go before or after itself.")
        anchor = min(anchors, key=ids.index) if before else max(anchors, key=ids.index)
        at = rest.index(anchor) + (0 if before else 1)
        order = [*rest[:at], *moved, *rest[at:]]
        where = f"{'before' if before else 'after'} {anchor}"
    del way
    draft.do(*moves(ids, order), said=f"{some(tuple(moved))} {where}", shots=tuple(moved))
    wish.spend_all()
    return True


def order_told(wish: Wish, draft: Draft) -> bool:
    """``End on the smile: I want her sitting first and then the smile as the very last picture.``"""
    found = wish.see(
        r"\b(?P<what>start|begin|open|end|finish|close)(?: @f\d+| it)? (?:on|with) (?P<who>[^:,.]+?) "
        r"?(?::|,|-|–|—)"
    )
    if found is None:
        return False
    shots = _told(wish, draft.film, found, "who")
    return bool(shots) and _go(wish, draft, shots, None, found["what"] in ("start", "begin", "open"), None)
