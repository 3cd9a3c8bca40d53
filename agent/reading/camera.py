"""Wishes about the camera and the light of shots, and how shots join."""

from __future__ import annotations

import re
from functools import cache

from ...storyboard.coverage import RANK
from ...storyboard.edit_types import Edit, SetCamera, SetLight
from ...storyboard.film import Film, Shot
from ...storyboard.vocabulary import Angle, Lens, LightKey, Move, ShotSize, View
from .cues import bank, either
from .draft import Cannot, Draft
from .values import denied
from .wish import Wish, one_of

_LADDER = (
    ShotSize.extreme_wide,
    ShotSize.wide,
    ShotSize.full,
    ShotSize.medium_full,
    ShotSize.medium,
    ShotSize.medium_close,
    ShotSize.close,
    ShotSize.extreme_close,
)
_CLOSER = (
    r"\b(?:(?P<more>much|a lot|way|far|lots) )?(?:(?:a (?:bit|little|touch|step)|slightly|even|"
    r"still) )?(?:closer(?: up| in)?|nearer|tighter|bigger in (?:the )?(?:frame|picture)|get in "
    r"close|go in close|move (?:the camera )?in closer)\b"
)
_WIDER = (
    r"\b(?:(?P<more>much|a lot|way|far|lots) )?(?:(?:a (?:bit|little|touch|step)|slightly|even|"
    r"still) )?(?:wider|further (?:away|back|off|out)|farther (?:away|back|off|out)|looser|less "
    r"close|less tight|not so close|(?:from )?further away|smaller in (?:the )?(?:frame|picture)|"
    r"more distance|more of the (?:place|surroundings|landscape|background|room))\b"
)
_LIGHTS = (
    r"\b(?:light|lighting|lit|lights|brighter|darker|dimmer|lighter|backlit|silhouette\w*|"
    r"candlelight|candlelit|moonlight|moonlit|neon|contrast\w*|shadows|shadowy|chiaroscuro|"
    r"brighten|darken|dim|firelight|lamplight|bright|sunlit|dark|glow)\b"
)


@cache
def _phrases(field: str) -> tuple[re.Pattern[str], dict[str, str]]:
    named = {p: value for value, listed in bank("camera")[field].items() for p in listed}
    return re.compile(rf"(?<![\w@-])({either(named)})(?![\w-])"), named


def named_in(wish: Wish, field: str) -> str | None:
    pattern, named = _phrases(field)
    for found in pattern.finditer(wish.text):
        if denied(wish.text, found.start()) and not found[1].startswith(("no ", "not ", "too ", "don't")):
            continue
        wish.spend(found.start(), found.end())
        return named[found[1]]
    return None


def _denied_move(wish: Wish) -> bool:
    """Whether a move of the camera is to stop: "without the push in"."""
    found = _phrases("move")[0].search(wish.text)
    if found is None or not denied(wish.text, found.start()):
        return False
    wish.spend(found.start(), found.end())
    return True


def camera(wish: Wish, draft: Draft) -> bool:
    """Size, angle, view, move, lens and focus of shots."""
    cued = (
        wish.refs("shot", "scene", "it", "film")
        or wish.thread.shots
        or wish.talk.shots
        or wish.see(r"\b(?:camera|shot|angle|lens|frame)\b")
    )
    size = angle = view = move = lens = None
    step = 0
    shoulder = None
    aimed = wish.see(
        r"\b(?:close-up|close up|focus|framing|shot|tighter|wider|closer|close|tight|zoom in|push in|"
        r"insert|detail|view|eyes|"
        r"pov|face)\b.*?\b(?:of|on|onto|to|at|from|through) (@[bo]\d+)"
    )
    if wish.take(r"\bover (?:the|@b\d+ 's|@b\d+) shoulders?\b"):
        shoulder = "over-the-shoulder"
    if found := wish.take(_CLOSER):
        step = 2 if found["more"] else 1
    elif found := wish.take(_WIDER):
        step = -2 if found["more"] else -1
    view = (
        "point-of-view"
        if wish.take(
            r"\b(?:from|through) @b\d+ 's (?:point of view|pov|eyes|perspective|view|eye)\b|\bas @b\d+ "
            r"sees it\b"
        )
        else None
    )
    if not cued and not step and not view and not wish.see(r"\b(?:close-up|angle|zoom|pan|handheld)\b"):
        return False
    lens = named_in(wish, "lens")
    if lens == Lens.wide and not wish.see(r"\blens\b|·"):
        lens = None
    swung = wish.take(
        r"\b(?P<verb>pan|tilt|track|move|push|pull|zoom|crane|dolly|orbit) the camera (?:slowly |gently )?"
        r"(?:to the )?(?P<way>left|right|up|down|in|out|back|around)\b"
    )
    move = _phrases("move")[1].get(f"{swung['verb']} {swung['way']}") if swung else named_in(wish, "move")
    if move is None and _denied_move(wish):
        move = "static"
    angle = named_in(wish, "angle")
    view = view or shoulder or named_in(wish, "view")
    size = None if step else named_in(wish, "size")
    if (
        size is None
        and not step
        and wish.take(
            r"(?:^|(?<=@s\d )|(?<=@s\d\d )|(?<=be )|(?<=is )|(?<=really )|(?<=very )|(?<=go ))(?:really |"
            r"very )?(?:close|tight)(?= please|$|·)"
        )
    ):
        size = "close"
    focus = None
    if wish.see(r"\b(?:focus(?:ed|ing)?|focuses) on @[bo]\d+"):
        focus = True
    if not (size or angle or view or move or lens or step or focus):
        return False
    target = _target(wish, draft.film, bool(focus or (aimed and (size or step or move))))
    shots = wish.shots(draft.film, wide=True)
    edits: list[Edit] = []
    there = {shot.id: shot for shot in draft.film.shots}
    for shot_id in shots:
        shot = there[shot_id]
        new = _stepped(shot, step) if step else ShotSize(size) if size else None
        edit = SetCamera(
            shot=shot_id,
            size=new,
            angle=Angle(angle) if angle else None,
            view=View(view) if view else None,
            move=Move(move) if move else None,
            lens=Lens(lens) if lens else None,
            focus=_focus(shot, new, target),
        )
        edits.append(edit)
    draft.do(*edits)
    wish.take(r"\b(?:camera|lens|angle|shot|framing|frame|face|eyes|view|movement)\b")
    wish.take(
        r"\b(?:camera|lens|angle|shot|framing|frame|face|eyes|view|movement|go|slowly|gently|shoot|film)\b"
    )
    if target:
        for ref in wish.refs("being", "thing"):
            draft.about(entities=ref.ids)
    named = [
        str(v)
        for v in ("closer" if step > 0 else "wider" if step else None, size, angle, view, move, lens)
        if v
    ]
    draft.read_as.append(f"camera of {_some(shots)}: {', '.join(named) or 'focus'}")
    draft.about(shots)
    return True


def _some(shots: tuple[str, ...]) -> str:
    return ", ".join(shots) if len(shots) <= 4 else f"{len(shots)} shots"


def _target(wish: Wish, film: Film, aimed: bool) -> str | None:
    if not aimed:
        return None
    for ref in wish.refs("being", "thing"):
        return one_of(ref, film)[0]
    return None


def _focus(shot: Shot, size: ShotSize | None, target: str | None) -> str | None:
    """Who or what is framed, where the size or the wish asks for it; None leaves it."""
    here = [m.entity for m in shot.cast] + [u.entity for u in shot.props]
    if target is not None:
        if target not in here:
            raise Cannot(
                f"{target} is not in shot {shot.id}, so the camera cannot go to it. Put it into the shot "
                f"first."
            )
        return target if target != shot.camera.focus else None
    if size is None or RANK[size] < RANK[ShotSize.medium_close] or shot.camera.focus in here:
        return None
    props = [u.entity for u in shot.props]
    if size is ShotSize.insert and props:
        return shot.event.target if shot.event.target in props else props[0]
    return shot.event.actor if shot.event.actor in here else here[0] if here else None


def _stepped(shot: Shot, step: int) -> ShotSize:
    size = shot.camera.size
    if size is ShotSize.insert:
        if step > 0:
            raise Cannot(f"Shot {shot.id} is an insert already: nothing is closer.")
        return ShotSize.medium_close
    at = _LADDER.index(ShotSize.medium if size is ShotSize.two_shot else size)
    to = at + step
    if (to < 0 and at == 0) or (to >= len(_LADDER) and at == len(_LADDER) - 1):
        raise Cannot(f"Shot {shot.id} is as {'close' if step > 0 else 'wide'} as a shot can be ({size}).")
    return _LADDER[max(0, min(len(_LADDER) - 1, to))]


def light(wish: Wish, draft: Draft) -> bool:
    """The light of shots."""
    if not wish.see(_LIGHTS) or wish.refs("quote", "music"):
        return False
    if (
        wish.refs("being", "thing")
        and not wish.refs("shot", "scene", "it")
        and not wish.see(r"\blight(?:ing)?\b|silhouette|backlit|moonlight|candlelight")
    ):
        return False
    if (
        wish.refs("thing", "being")
        and wish.see(r"\b(?:lit|dark|darker|lighter|bright|brighter)\b")
        and not wish.see(r"\b(?:light|lighting)\b")
    ):
        return False
    if wish.see(r"\b(?:hair|coat|skin|eyes|dress|colour|apron|hat|cap|beard|scarf)\b"):
        return False
    behind = wish.take(r"\b(?:light|lit|lighting) (?:@[bo]\d+ )?from behind\b")
    found = "backlit" if behind else named_in(wish, "light")
    if found is None:
        return False
    shots = wish.shots(draft.film, wide=True)
    draft.do(
        *(SetLight(shot=s, light=LightKey(found)) for s in shots),
        said=f"light of {_some(shots)}: {found}",
        shots=shots,
    )
    wish.take(r"\b(?:light|lighting|lit)\b")
    wish.take(r"\b(?:warmer|cosier|cozier|softer|far|way)\b")
    return True
