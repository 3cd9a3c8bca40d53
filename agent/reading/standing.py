"""Wishes about where somebody stands in the picture, and which way they are turned."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, Recast
from ...storyboard.film import Shot
from ...storyboard.vocabulary import Distance, Facing, Side
from .draft import Cannot, Draft
from .index import everything
from .wish import Wish, one_of

_SIDE = re.compile(
    r"\b(?:on|to|at|onto|in) (?:the|@b\d+ 's) (?P<far>far |very |extreme )?(?P<side>left|right|"
    r"middle|centre|center)(?: (?:side|hand side|edge|of (?:the )?(?:frame|picture|screen|shot|"
    r"@i\d+)))*"
)
_DEPTH = re.compile(
    r"\b(?:in|into|to) the (?P<depth>foreground|front|background|back|distance)\b|"
    r"\b(?P<near>closer to the camera|nearer to the camera|further (?:back|away)|farther (?:back|"
    r"away)|far away|in the distance)\b"
)
_TURN = re.compile(
    r"\b(?:fac(?:e|es|ing)|turn(?:s|ed|ing)?|look(?:s|ing)?) (?:straight |right |directly )?(?:to |"
    r"towards? |into |at )?(?:the )"
    r"?(?P<way>left|right|camera|away|us)\b|\b(?P<back>(?:his|her|its|@b\d+ 's) back (?:to|"
    r"turned)|from behind|seen from the back)\b"
)
_ORDER = list(Side)
_STEP = re.compile(
    r"\b(?:bring|move|put|have|get|place|push|pull) (?P<who>@[bo]\d+) (?:much |a bit |a little |"
    r"further |some )?"
    r"(?P<way>closer|nearer|forwards?|back|backwards?|further (?:back|away|off)|farther (?:back|away|off))"
    r"(?: to (?:us|the camera|the viewer|the lens))?(?= (?:in|at) @|$)"
)


_TOO = re.compile(
    r"^(?P<who>@[bo]\d+) (?:is|'s|are|looks|seems|stands) (?:much |far |way |"
    r"a bit )?too (?P<way>far (?:away|back|off)|"
    r"close|near)(?= (?:in|at) @|$)"
)


def stand(wish: Wish, draft: Draft) -> bool:
    """Side, depth and facing of somebody in shots."""
    beings = [r for r in wish.refs("being") if not r.new]
    things = [r for r in wish.refs("thing")]
    if (not beings and not things) or wish.refs("quote", "narrator"):
        return False
    if swap := wish.see(r"\b(?:swap|switch|exchange|trade) (?:the |their )?(?:sides|places|positions)\b"):
        del swap
    if step := _STEP.search(wish.text) or _TOO.search(wish.text):
        return _step(wish, draft, step)
    side, depth, turn = wish.see(_SIDE), wish.see(_DEPTH), wish.see(_TURN)
    if not (side or depth or turn) or wish.see(
        r"\b(?:camera (?:should|must|pans?|moves?|tracks?)|pan|track|tilt|add|insert|new|light|lit|shot)\b"
    ):
        return False
    film = draft.film
    who = one_of((beings or things)[0], film)[0]
    shots = wish.shots(film)
    edits: list[Edit] = []
    for shot_id in shots:
        shot = film.shot(shot_id)
        if all(m.entity != who for m in shot.cast) and all(u.entity != who for u in shot.props):
            if len(shots) == 1:
                raise Cannot(f"{everything(film)[who].name} is not in shot {shot_id}.")
            continue
        edits.append(_restaged(shot, who, side, depth, turn))
    if not edits:
        raise Cannot(f"{everything(film)[who].name} is not in {', '.join(shots[:6])}.")
    named = ", ".join(m[0] for m in (side, depth, turn) if m)
    draft.do(
        *edits,
        said=f"{', '.join(shots)}: {everything(film)[who].name} {named}",
        shots=shots,
        entities=(who,),
    )
    wish.spend_all()
    return True


def _step(wish: Wish, draft: Draft, found: re.Match[str]) -> bool:
    """Somebody or something one step nearer to the camera, or further from it."""
    film = draft.film
    who = one_of(wish.ref(found["who"]), film)[0]
    order = [Distance.far, Distance.middle, Distance.near]
    by = 1 if found["way"].startswith(("closer", "nearer", "forward", "far ")) else -1
    name = everything(film)[who].name
    edits: list[Edit] = []
    shots = wish.shots(film)
    for shot_id in shots:
        shot = film.shot(shot_id)
        places = {m.entity: m.distance for m in shot.cast} | {u.entity: u.distance for u in shot.props}
        if who not in places:
            raise Cannot(f"{name} is not in shot {shot_id}.")
        at = order.index(places[who])
        if not 0 <= at + by < len(order):
            raise Cannot(
                f"{name} is as {'near' if by > 0 else 'far'} in {shot_id} as can be. The camera can "
                f"go closer."
            )
        to = {"distance": order[at + by]}
        edits.append(
            Recast(
                shot=shot_id,
                cast=tuple(m.model_copy(update=to) if m.entity == who else m for m in shot.cast),
                props=tuple(u.model_copy(update=to) if u.entity == who else u for u in shot.props),
            )
        )
    draft.do(*edits, said=f"{', '.join(shots)}: {name} {found['way']}", shots=shots, entities=(who,))
    wish.spend_all()
    return True


def _restaged(
    shot: Shot, who: str, side: re.Match[str] | None, depth: re.Match[str] | None, turn: re.Match[str] | None
) -> Recast:
    """The shot with one of its figures elsewhere; whoever stood there takes the free side."""
    here = {m.entity: m for m in shot.cast}
    parts: dict[str, object] = {}
    other: dict[str, Side] = {}
    if side is not None:
        to = {"left": Side.left, "right": Side.right}.get(side["side"], Side.centre)
        if side["far"] and to is not Side.centre:
            to = Side.far_left if to is Side.left else Side.far_right
        parts["side"] = to
        if who in here:
            old = here[who].side
            other = {m.entity: old for m in shot.cast if m.entity != who and m.side is to}
    if depth is not None:
        words = depth["depth"] or depth["near"]
        parts["distance"] = (
            Distance.near if words.startswith(("fore", "front", "closer", "nearer")) else Distance.far
        )
    if turn is not None and who in here:
        way = turn["way"] or "away"
        parts["facing"] = {"left": Facing.left, "right": Facing.right, "away": Facing.away}.get(
            way, Facing.camera
        )
        if way in ("camera", "us", "away") or turn["back"]:
            parts["gaze"] = None
    cast = []
    sides = {m.entity: m.side for m in shot.cast} | other
    aside = parts.get("side")
    if isinstance(aside, Side) and who in here:
        sides[who] = aside
    for member in shot.cast:
        update: dict[str, object] = dict(parts) if member.entity == who else {}
        if member.entity in other:
            update["side"] = other[member.entity]
        if (
            "side" in parts
            and member.gaze in sides
            and member.gaze != member.entity
            and "facing" not in update
        ):
            update["facing"] = (
                Facing.right
                if _ORDER.index(sides[member.gaze]) > _ORDER.index(sides[member.entity])
                else Facing.left
            )
        cast.append(member.model_copy(update=update) if update else member)
    moved = {h: m for m in cast for h in m.holds}
    props = []
    for use in shot.props:
        if use.entity == who:
            props.append(use.model_copy(update={k: v for k, v in parts.items() if k in ("side", "distance")}))
        elif use.entity in moved:
            props.append(
                use.model_copy(
                    update={"side": moved[use.entity].side, "distance": moved[use.entity].distance}
                )
            )
        else:
            props.append(use)
    return Recast(shot=shot.id, cast=tuple(cast), props=tuple(props))
