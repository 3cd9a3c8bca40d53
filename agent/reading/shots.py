"""Wishes about whole shots: take out, move, exchange, make again."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, MoveShot, Remove, Retake
from ...storyboard.film import Film
from .draft import Cannot, Draft, Unclear
from .wish import Wish, told

REMOVE = (
    r"(?:remove|delete|drop|lose|cut(?: out)?|get rid of|throw(?: out| away)?|scrap|ditch|kill|"
    r"take out|leave out|skip|erase|axe|bin|toss(?: out)?|omit|strike|do without|dump|chuck(?: "
    r"out)?|eliminate|discard|edit out|without|no)"
)
"""Words for taking out."""
_AGAIN = (
    r"\b(?:regenerate|redo|re-?do|re-?shoot|re-?take|re-?make|re-?render|re-?draw|do (?:it|"
    r"@[sicf]\d+|that|this|them) (?:all )?(?:over|again)(?: again)?|(?:make|shoot|draw|render|"
    r"generate|try|film) (?:it|@[sic]\d+|that|this|them) (?:again|anew|once more|afresh|over(?! "
    r"(?:the|@)))(?: "
    r"again)?|(?:another|a new|a different|a fresh|one more|a second|new|different|fresh) "
    r"(?:take|try|version|attempt|go|roll|variant|picture|image|rendering|seed|one)|try again|do "
    r"over|once more|roll again|from scratch|(?:one more|another) go|give (?:it|@[sic]\d+) "
    r"another)\b"
)


def retake(wish: Wish, draft: Draft) -> bool:
    """Make shots again."""
    found = wish.see(_AGAIN) or wish.see(r"^(?:· )*@[sc]\d+ (?:once )?(?:again|anew)(?: please)?$")
    if found is None or wish.refs("quote"):
        return False
    if wish.see(
        r"\b(?:as|at|in|with|to|from) (?:a |an |the )?(?:night|dusk|dawn|rain|snow|above|below|"
        r"close-up|wide|style|chalk|neon|ink)\b"
    ):
        return False
    shots = wish.shots(draft.film, wide=True)
    again = {e.shot for e in draft.edits if isinstance(e, Retake)}
    draft.do(
        *(Retake(shot=s) for s in shots if s not in again), said=f"{_some(shots)}: made again", shots=shots
    )
    wish.spend_all()
    return True


def _beyond(wish: Wish, film: Film) -> tuple[str, ...] | None:
    """Shots that are meant by what is not: "everything after shot 10", "keep only shots 1 to 6"."""
    ids = [s.id for s in film.shots]
    if kept := wish.see(
        r"\b(?:keep only|only keep|keep just|just keep|leave only|keep nothing but) ((?:@[sc]\d+(?: ,"
        r"| and)* ?)+)"
    ):
        stay = {i for m in re.findall(r"@[sc]\d+", kept[1]) for i in wish.shots_of(wish.ref(m), film)}
        return tuple(i for i in ids if i not in stay)
    found = wish.see(
        rf"\b(?:{REMOVE}) (?:@f\d+|everything|all|all shots|@s\d+|the rest|all that comes) "
        rf"(?P<way>after|before|from) (?P<ref>@[sc]\d+)"
    )
    if found is None:
        return None
    at = wish.shots_of(wish.ref(found["ref"]), film)
    if found["way"] == "before":
        return tuple(ids[: ids.index(at[0])])
    return tuple(ids[ids.index(at[-1]) + 1 :] if found["way"] == "after" else ids[ids.index(at[0]) :])


def remove(wish: Wish, draft: Draft) -> bool:
    """Take shots or scenes out."""
    if gone := _beyond(wish, draft.film):
        draft.do(*(Remove(shot=s) for s in gone), said=f"{_some(gone)} taken out")
        wish.spend_all()
        return True
    if wish.refs("quote", "time", "card") or wish.see(
        r"\b(?:line|lines|dialogue|narration|dissolve|fade|voice|music|sound|words|says|hat|cap|coat|"
        r"beard|scarf|transition|subtitles)\b"
    ):
        return False
    found = (
        wish.see(
            rf"^(?:.*\b)?(?:{REMOVE}) (?:the )?(?:whole |entire |all (?:of )?)?((?:@[sci]\d+(?: ,| and| "
            rf"or)* ?)+)(?:out|away|completely|entirely|altogether|from @f\d+|please|again|·| )*(?!\S*@)"
        )
        or wish.see(r"\b(?:throw|take|cut|leave|toss|chuck|get) ((?:@[sci]\d+ ?)+)(?:out|away|off)\b")
        or wish.see(
            r"((?:@[sc]\d+ ?)+)(?:has to|must|should|can|could|needs to|is to|may) (?:go|be (?:removed|"
            r"deleted|cut(?: out)?|dropped|gone|left out|thrown out|scrapped))\b|((?:@[sc]\d+ ?)+)"
            r"(?:isn't|is not) needed"
        )
        or wish.see(
            r"\b(?:can|could|should|may|must) ((?:@[sc]\d+ ?)+)(?:go|be (?:cut|removed|dropped|deleted)|"
            r"leave)\b"
        )
        or wish.see(r"\b(?:don't|do not) (?:need|want|like) ((?:@[sc]\d+ ?)+)$")
        or wish.see(r"\bget rid of ((?:@[sci]\d+ ?)+)")
    )
    if found is None:
        return False
    marks = next(g for g in found.groups() if g)
    tail = wish.text[found.end() :]
    if re.search(r"\b(?:in half|down|short|to|by|into|from|off)\b", tail) and "from @f" not in tail:
        return False
    if re.match(r"\b(?:no|without)\b", found[0]) and not found[0].startswith("no more"):
        return False
    film = draft.film
    shots: dict[str, None] = {}
    for mark in re.findall(r"@[sci]\d+", marks):
        ref = wish.ref(mark)
        if (
            ref.sort == "it"
            and ref.words in ("it", "they")
            and (wish.refs("shot", "scene") or _of_a_thing(wish))
        ):
            return False
        shots |= dict.fromkeys(wish.shots_of(ref, film))
    if not shots:
        return False
    if len(shots) >= len(film.shots):
        raise Cannot("That would take out every shot, and no film would be left. At least one stays.")
    draft.do(*(Remove(shot=s) for s in shots), said=f"{_some(tuple(shots))} taken out")
    wish.spend_all()
    return True


def _of_a_thing(wish: Wish) -> bool:
    """Whether "it" is something in the picture rather than a shot."""
    return bool(wish.thread.entities) and not wish.see(r"@s\d+")


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
            r"\b(?:add|insert|new|extra|another|one more|dissolve|fade|crossfade|standing|sitting|stand|"
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
                raise Cannot(f"{_some(shots)} cannot go before or after itself.")
        anchor = min(anchors, key=ids.index) if before else max(anchors, key=ids.index)
        at = rest.index(anchor) + (0 if before else 1)
        order = [*rest[:at], *moved, *rest[at:]]
        where = f"{'before' if before else 'after'} {anchor}"
    del way
    draft.do(*moves(ids, order), said=f"{_some(tuple(moved))} {where}", shots=tuple(moved))
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


def _some(shots: tuple[str, ...]) -> str:
    return ", ".join(shots) if len(shots) <= 4 else f"{len(shots)} shots"
