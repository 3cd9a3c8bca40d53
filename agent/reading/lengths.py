"""Wishes about lengths: of shots, scenes, cards and the whole film."""

from __future__ import annotations

import re

from ...storyboard.constraints import nearest
from ...storyboard.edit_types import Retime, SetBrief
from ...storyboard.errors import Unmeetable
from ...storyboard.film import Film
from ...storyboard.fitting import LEAST_SHOT_SECONDS, fit
from ...storyboard.timeline import heard_frames, items
from .cues import NUMBER, number_of
from .draft import Cannot, Draft
from .wish import Wish

_MORE = (
    r"\b(?:longer|extend|lengthen|stretch(?:ed)?|more time|add|linger(?:s)?|hold(?:s)?|stay|more|"
    r"too short|over before|too quick|too fast|prolong|draw out|slower|not so short|last longer|"
    r"too brief)\b"
)
_LESS = (
    r"\b(?:shorter|shorten|trim(?:med)?|tighten|less|cut|too long|drags?|quicker|faster|snappier|"
    r"tighter|reduce|shave|not so long|speed up|goes on too long|lose|take|snip|brief(?:er)?|too "
    r"slow|faster paced)\b"
)
_TIMES = (
    (
        (
            r"\b(?:twice as long|double(?: the length)?|twice the length|two times as long|2 ?x as long|"
            r"doubled|twice as slow)\b"
        ),
        2.0,
    ),
    (
        (
            r"\b(?:half as long|half the (?:length|time)|halve|halved|in half|half its length|twice as "
            r"short|twice as fast|by half|half the current length)\b"
        ),
        0.5,
    ),
    (r"\b(?:a|one) third (?:off|shorter)\b", 2 / 3),
    (r"\b(?:a|one) quarter (?:off|shorter)\b", 0.75),
    (r"\b(?:a|one) third longer\b", 4 / 3),
    (r"\b(?:a|one) quarter longer\b", 1.25),
    (r"\bhalf off\b", 0.5),
    (r"\b(?:three times as long|triple|thrice as long|3 ?x as long|three times the length)\b", 3.0),
    (r"\b(?:a third as long|a third of (?:its|the) length|by two thirds)\b", 1 / 3),
    (r"\b(?:half again as long|one and a half times as long|by half as much again|1.5 times as long)\b", 1.5),
)
_CUED = re.compile(
    r"\b(?:long|longer|shorter|shorten|lengthen|extend|trim\w*|hold|holds|stay|stays|linger|"
    r"lingers|last|lasts|length|duration|seconds|tighten|stretch|double|halve|half|twice|time|"
    r"quick|quicker|slow|short|brief|drags|snappier|faster|slower|keep|down|off|cut|pace|paced|run|"
    r"runs|running|pause|pauses|percent|prolong|speed)\b|%"
)


def lengths(wish: Wish, draft: Draft) -> bool:
    """How long shots, cards or the film last."""
    times = [r for r in wish.refs("time") if not r.clock]
    text = re.sub(r" ?,? ?(?:and )?not @d\d+ (?:more|longer|less)", "", wish.whole)
    if wish.refs("quote", "narrator", "music") or (not times and not _CUED.search(text)):
        return False
    if (
        wish.refs("being")
        and not times
        and not wish.see(r"\b(?:hold|linger|stay) on\b|\b(?:longer|shorter) (?:on|of)\b")
    ):
        return False
    if re.search(
        (
            r"\b(?:hair|beard|coat|dress|sleeves|skirt|scarf|legs|lines?|words|sentence|dissolve|fade|wipe|"
            r"narrat\w+|speaks?|talks?|voice)\b"
        ),
        text,
    ) and not re.search(r"\bshots?\b|@[sf]\d+ .*\bseconds\b", text):
        return False
    if like := wish.see(
        r"(@[si]\d+) (?:should be |must be |has to be |to be |)?(?:exactly |just )?as (?:long|short) "
        r"as (@s\d+)"
    ):
        return _alike(wish, draft, like[1], like[2])
    factor = _factor(wish)
    sign = _sign(wish, text, bool(times))
    if not times and factor is None and sign == 0:
        return False
    if (
        not times
        and factor is None
        and not re.search(
            (
                r"\b(?:longer|shorter|shorten|lengthen|extend|trim\w*|linger\w*|tighten|stretch|too (?:long|"
                r"short|quick|slow|fast|brief)|quicker|faster|slower|snappier|less long|more time|brief\w*|"
                r"drags|prolong|speed up|hold (?:on|it|@)|not so (?:long|short)|over before)\b"
            ),
            text,
        )
    ):
        return False
    seconds = sum(r.seconds for r in times[:1]) if times else None
    if _whole(wish):
        return _film(wish, draft, seconds, factor, sign)
    if wish.refs("card"):
        return _cards(wish, draft, seconds, factor, sign)
    if (
        not times
        and factor is None
        and sign
        and not wish.refs("shot", "scene", "it")
        and not (wish.thread.shots or wish.talk.shots)
        and wish.see(r"\b(?:faster|slower|quicker|snappier|pace)\b")
    ):
        return _film(wish, draft, None, None, sign)
    return _shots(wish, draft, seconds, factor, sign)


def _alike(wish: Wish, draft: Draft, one: str, other: str) -> bool:
    """A shot gets the length of another."""
    shots = wish.shots_of(wish.ref(one), draft.film)
    frames = draft.film.shot(wish.shots_of(wish.ref(other), draft.film)[0]).frames
    return _set(wish, draft, dict.fromkeys(shots, frames), False)


def _factor(wish: Wish) -> float | None:
    for pattern, factor in _TIMES:
        if wish.take(pattern):
            return factor
    found = wish.take(rf"\b(?:by )?(?P<n>{NUMBER}) ?(?:%|percent|per cent)")
    if found:
        share = (number_of(found["n"]) or 0) / 100
        return 1 - share if re.search(_LESS, wish.text) else 1 + share
    return None


def _sign(wish: Wish, text: str, timed: bool) -> int:
    """1 for longer by so much, -1 for shorter by so much, 0 for exactly so long."""
    if timed and any(re.search(r"\b(?:more|extra|additional)\b", r.words) for r in wish.refs("time")[:1]):
        return 1
    if timed:
        if re.search(
            r"\b(?:add|extend(?: \S+)* by|lengthen(?: \S+)* by|stretch(?: \S+)* by)\b", text
        ) or re.search(
            r"@d\d+ (?:more|longer|extra|slower)\b|\blonger by|\b(?:extra|another|further) @d", text
        ):
            return 1
        if re.search(
            (
                r"@d\d+ (?:shorter|less|off|faster|quicker|sooner|earlier)\b|\b(?:shorter|shorten(?: \S+)*|"
                r"trim(?: \S+)*|reduce(?: \S+)*|cut(?: \S+)*) by\b|\b(?:trim|cut|take|shave|lose|snip|chop|"
                r"remove|drop|knock) (?:off )?(?:the (?:last|first) )?@d"
            ),
            text,
        ):
            return -1
        return 0
    more, less = re.search(_MORE, text), re.search(_LESS, text)
    if re.search(r"\b(?:too (?:long|slow)|not so long|less long|drags|goes on)\b", text):
        return -1
    if re.search(r"\b(?:too (?:short|quick|fast|brief)|not so short|over before)\b", text):
        return 1
    if less and re.search(
        r"\b(?:shorter|shorten|trim\w*|tighten|quicker|faster|snappier|speed up|brief\w*|less)\b", text
    ):
        return -1
    if more:
        return 1
    return -1 if less else 0


def _whole(wish: Wish) -> bool:
    """Whether the film as a whole is meant."""
    context = wish.thread.shots or wish.thread.given or wish.talk.shots
    named = wish.refs("shot", "scene", "card")
    long = [r.seconds for r in wish.refs("time") if r.seconds >= 20]
    if (
        not named
        and not context
        and long
        and re.match(r"(?:only |just |about |at most |exactly )*@d\d+$", wish.whole)
    ):
        return True
    only_it = bool(wish.refs("it")) and all(r.words == "it" for r in wish.refs("it"))
    if not named and not context and only_it:
        longer = re.search(r"\b(?:longer|shorter|as long|length)\b", wish.whole)
        if longer is not None:
            return True
    if wish.refs("film"):
        return not re.search(r"\b(?:all|every|each)\b", wish.whole)
    if wish.refs("shot", "scene", "card"):
        return False
    if wish.refs("it") and not wish.thread.shots and not wish.thread.given:
        total = [r.seconds for r in wish.refs("time")]
        if any("shot" in r.words or "scene" in r.words for r in wish.refs("it")):
            return False
        if (
            total
            and (not wish.talk.shots or total[0] >= 20)
            and not re.search(r"\b(?:hold|linger|stay)\b", wish.whole)
        ):
            return True
    return False


def _film(wish: Wish, draft: Draft, seconds: float | None, factor: float | None, sign: int) -> bool:
    film = draft.film
    now = sum(i.frames for i in items(film)) / float(film.settings.rate.fps)
    base = film.brief.seconds or now
    if factor is not None:
        wanted = base * factor
    elif seconds is not None:
        wanted = base + sign * seconds if sign else seconds
    else:
        wanted = base * (1.25 if sign > 0 else 0.8)
        draft.notice(f"No length was named: a {'quarter longer' if sign > 0 else 'fifth shorter'} is taken.")
    whole = max(1, round(wanted))
    if seconds is None and factor is None and sign < 0:
        whole = _shortest(film, whole, base)
    brief = film.brief.model_copy(update={"seconds": whole})
    try:
        nearest(brief.model_copy(update={"shots": brief.shots or len(film.shots)}), film.settings)
        fit(film.model_copy(update={"brief": brief}))
    except Unmeetable as error:
        wish.spend_all()
        raise Cannot(str(error)) from None
    draft.do(SetBrief(brief=brief), said=f"the whole film: {whole} s")
    wish.spend_all()
    return True


def _shortest(film: Film, wanted: int, base: float) -> int:
    """The length nearest to the wanted one that holds all words, where the person named none."""
    for whole in range(wanted, int(base)):
        try:
            fit(film.model_copy(update={"brief": film.brief.model_copy(update={"seconds": whole})}))
        except Unmeetable:
            continue
        return whole
    return wanted


def _cards(wish: Wish, draft: Draft, seconds: float | None, factor: float | None, sign: int) -> bool:
    film = draft.film
    edits = {}
    for ref in wish.refs("card"):
        for where in ref.ids:
            card = film.opening if where == "opening" else film.ending
            if card is None:
                raise Cannot(f"The film has no {where} card.")
            edits[card.id] = max(1, _new(card.frames, float(film.settings.rate.fps), seconds, factor, sign))
    draft.do(Retime(frames=edits), said=f"{', '.join(edits)}: longer or shorter")
    wish.spend_all()
    return True


def _new(frames: int, fps: float, seconds: float | None, factor: float | None, sign: int) -> int:
    if factor is not None:
        return round(frames * factor)
    if seconds is not None:
        return round(frames + sign * seconds * fps) if sign else round(seconds * fps)
    change = max(fps, frames * 0.3)
    return round(frames + sign * change)


def _shots(wish: Wish, draft: Draft, seconds: float | None, factor: float | None, sign: int) -> bool:
    film = draft.film
    fps = float(film.settings.rate.fps)
    shots = wish.shots(film)
    each = (
        len(shots) == 1
        or bool(re.search(r"\b(?:each|every|all|both|apiece)\b", wish.whole))
        or factor is not None
        or seconds is None
        or not wish.refs("scene")
    )
    if not each and seconds is not None:
        total = sum(film.shot(s).frames for s in shots)
        wanted = total + sign * seconds * fps if sign else seconds * fps
        factor = wanted / total
    frames = {s: _new(film.shot(s).frames, fps, seconds if each else None, factor, sign) for s in shots}
    return _set(wish, draft, frames, seconds is None and factor is None)


def _set(wish: Wish, draft: Draft, asked: dict[str, int], guessed: bool) -> bool:
    """Give shots these lengths in frames: none shorter than its words, or than a picture can be read in."""
    film = draft.film
    fps = float(film.settings.rate.fps)
    least = round(float(LEAST_SHOT_SECONDS) * fps)
    frames: dict[str, int] = {}
    short: list[str] = []
    for shot_id, new in asked.items():
        shot = film.shot(shot_id)
        words = heard_frames(film, shot)
        floor = min(shot.frames, max(words, least))
        if new >= floor:
            frames[shot_id] = new
        elif (len(asked) > 1 or guessed) and floor < shot.frames:
            frames[shot_id] = floor
            short.append(shot_id)
        elif len(asked) > 1:
            short.append(shot_id)
        elif words > new and words > least:
            raise Cannot(
                f"Shot {shot_id} cannot last {max(new, 0) / fps:.2f} s: its words take {words / fps:.2f} s. "
                f"The nearest is {words / fps:.2f} s; or shorten what is said in it."
            )
        else:
            raise Cannot(
                f"No shot is shorter than {least / fps:.1f} s, so that its picture can be read; {shot_id} "
                f"would "
                f"last {max(new, 0) / fps:.1f} s. The nearest is {least / fps:.1f} s."
            )
    if not frames:
        raise Cannot(
            f"{', '.join(short[:8])} cannot be that short: their words need the time. Shorten what is said."
        )
    if short:
        draft.notice(f"As short as their words allow: {', '.join(short[:12])}.")
    said = ", ".join(
        f"{s}: {film.shot(s).frames / fps:.1f} s -> {f / fps:.1f} s" for s, f in list(frames.items())[:4]
    )
    if guessed:
        draft.notice(
            'No length was named: about a third is taken, at least a second. Say "two seconds longer" to '
            "be exact."
        )
    draft.do(Retime(frames=frames), said=said, shots=tuple(frames))
    if wish.see(r"\b(?:and|closer|wider|from above|from below)\b"):
        wish.take(r"\b(?:longer|shorter|long|hold|for|on|linger|trim|extend|shorten)\b")
    else:
        wish.spend_all()
    return True
