"""Wishes that somebody or something comes into a shot."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, Recast, Rewrite
from ...storyboard.film import CastMember, PropUse, Shot
from ...storyboard.performing import bodily, face_for
from ...storyboard.vocabulary import Action, Distance, Facing, Side, Stature
from .absence import shown_in
from .bodies import parts
from .draft import Cannot, Draft
from .hands import into_hand
from .index import everything
from .marks import Ref
from .newcomers import new_thing, newcomer, sort_of, stage_of
from .wish import Wish, one_of

_PUT = (
    r"\b(?:put|add|include|bring|place|have|there (?:should|must|could) (?:also )?be|there's|"
    r"show|insert|set|let|want|with|get|stand|seat|introduce|need|see)\b"
)
_WEATHER = (
    r"(?:an? |some |the |real |heavy |more |thick |light )*"
    r"(?:(?:thunder)?storms?|rain|snow|snowfall|blizzard|fog|mist)"
    r"(?= *(?:[,.·]|not\b|instead\b|there\b|here\b|in @|for @|over @|$))"
)
"""Weather, and not a thing, even where somebody wants it, or wants to see it."""
_INTO = r"\b(?:in|into|to|at|from|for|during|of|on|out of)\b"
_SPOTS = list(Side)


def put_in(wish: Wish, draft: Draft) -> bool:
    """Somebody or something comes into a shot, or into a hand."""
    text = wish.text
    if wish.refs("quote", "time", "narrator", "music") or re.search(
        r"\b(?:wear|wearing|line|narration|camera)\b", text
    ):
        return False
    if re.search(rf"{_PUT} {_WEATHER}", text):
        return False
    cue = re.search(_PUT, text) or re.search(
        r"^(?:· )*(?:@[bo]\d+|a|an|the|some|another) .*\b(?:in|into|to|on|at|behind|beside|next to) ", text
    )
    if not cue:
        return False
    film = draft.film
    who: list[Ref] = []
    new_words = ""
    first = (
        re.search(rf"{_PUT} (?:in )?(?:also )?(?P<who>@[boi]\d+)", text)
        or re.search(
            (
                r"(?P<who>@[bo]\d+) (?:should|must|could|has to|needs to) (?:also )?(?:be|appear|stand|sit|"
                r"come)(?: (?:in|into|there|next|beside|too|with))"
            ),
            text,
        )
        or re.search(r"^(?:· )*(?P<who>@[bo]\d+)(?: ,.*)? (?:in|into|to) (?:the )?@[sc]", text)
    )
    first = first or re.search(
        (
            r"^(?:· )*(?P<who>@o\d+) (?:standing|lying|hanging|floating|leaning|next to|beside|behind|"
            r"near|in front of)\b"
        ),
        text,
    )
    if first:
        ref = wish.ref(first["who"])
        if ref.sort == "it" and ref.words != "it":
            return False
        if ref.sort != "it":
            who = [ref]
        elif (spoken := wish.thread.entities[-1:]) and spoken[0] in film.props:
            who = [Ref("thing", spoken, "it")]
    scope = bool(
        wish.refs("shot", "scene")
        or wish.local(film)
        or any(r.words.startswith("that s") for r in wish.refs("it"))
        or wish.thread.shots
    )
    noun = None
    if not who:
        noun = re.search(
            (
                rf"(?:{_PUT}) (?:in |also )?(?:a|an|the|some|another|one|two|his|her|its) "
                rf"(?P<noun>(?:[a-z'-]+ ){{0,3}}?[a-z'-]+?)(?= (?:in|into|to|on|at|from|next|beside|behind|"
                rf"near|with|for|during|by|under|over|above|sitting|standing|flying|there|too|who|that)\b| ,|"
                rf"$| @)"
            ),
            text,
        )
        if noun is None or not scope:
            return False
        new_words = noun["noun"]
        if new_words.split()[-1] in parts():
            return False
        sort = sort_of(new_words)
        if sort is None and not re.search(r"\b(?:put|add|place|insert|include)\b", text):
            return False
        if sort == "place":
            return False
    elif not scope and not who[0].new:
        return False
    if (
        who
        and not who[0].new
        and not re.search(
            rf"{_INTO} @[sc]\d+|\bthere\b|\b(?:next to|beside|with|behind|near|in front of) @|@i\d+", text
        )
        and not wish.thread.led
    ):
        return False
    shots = wish.shots(film)
    shots = _only_one(wish, shots)
    about = _about(wish)
    if who:
        ref = who[0]
        if ref.new and not ref.ids:
            entities: tuple[str, ...] = (
                newcomer(draft, ref.new, f"{ref.words}, {about}" if about else ref.words).id,
            )
        else:
            entities = one_of(ref, film)
    elif sort_of(new_words) == "being":
        entities = (newcomer(draft, new_words, f"{new_words}, {about}" if about else new_words).id,)
    else:
        entities = (new_thing(draft, wish.raw(noun, "noun") if noun else new_words).id,)
    done = []
    for shot_id in shots:
        for entity in entities:
            if entity not in shown_in(draft.film.shot(shot_id)):
                enter(draft, shot_id, entity, wish)
                done.append(shot_id)
    names = everything(draft.film)
    if not done:
        draft.read_as.append(f"{names[entities[0]].name} is in {', '.join(shots)} already")
    else:
        draft.read_as.append(
            f"{', '.join(dict.fromkeys(done))}: with {' and '.join(names[e].name for e in entities)}"
        )
    draft.about(shots, entities)
    wish.spend_all()
    return True


def _only_one(wish: Wish, shots: tuple[str, ...]) -> tuple[str, ...]:
    return shots if wish.refs("shot", "scene") or len(shots) == 1 else shots[:1]


def _about(wish: Wish) -> str:
    """What a newcomer looks like: what follows a comma, or "who ...", "with ..." after the noun."""
    found = re.search(r" , (?:a |an )?((?:[a-z'-]+ ?)+)$", wish.text) or re.search(
        r"@[b]\d+ (?:with|in|wearing) ((?:a |an )?(?:[a-z'-]+ ?){1,6}?)(?= (?:in|into|to|next|beside) @|$)",
        wish.text,
    )
    return found[1].strip() if found else ""


def enter(draft: Draft, shot_id: str, entity: str, wish: Wish) -> None:
    """Put one into a shot, where there is room; the sentence says so."""
    film = draft.film
    shot = film.shot(shot_id)
    if entity in film.characters:
        stage = stage_of(film, shot.scene, (entity,))
        side = _free_side(shot, stage.axis, entity)
        look = film.characters[entity].look
        others = [m for m in shot.cast]
        gaze = (
            shot.event.actor
            if shot.event.actor in {m.entity for m in others}
            else (others[0].entity if others else None)
        )
        action = bodily(Action.stand, look, stage.place.look.kind)
        member = CastMember(
            entity=entity,
            action=action,
            expression=face_for(action, shot.event, film.scenes[shot.scene], False),
            side=side,
            distance=Distance.far
            if look.stature is Stature.giant
            else Distance.near
            if look.stature is Stature.tiny
            else Distance.middle,
            facing=_towards(side, next((m.side for m in others if m.entity == gaze), Side.centre)),
            gaze=gaze,
        )
        cast = sorted((*shot.cast, member), key=lambda m: m.entity != shot.event.actor)
        edit = Recast(shot=shot_id, cast=tuple(cast))
        name = film.characters[entity].name
    else:
        thing = film.props[entity]
        used = {(u.side, u.distance) for u in shot.props} | {(m.side, m.distance) for m in shot.cast}
        holder = _holder(wish, shot)
        if holder is not None:
            into_hand(draft, shot_id, holder, entity)
            return
        order = [Side.centre, Side.right, Side.left, Side.far_right, Side.far_left]
        depth = Distance.far if thing.look.stature is Stature.giant else Distance.middle
        side = next((s for s in order if (s, depth) not in used), Side.centre)
        edit = Recast(shot=shot_id, props=(*shot.props, PropUse(entity=entity, side=side, distance=depth)))
        name = f"the {thing.name}" if not re.match(r"(?:the|a|an)\b", thing.name) else thing.name
    sentence = shot.event.sentence.rstrip(" .")
    edits: list[Edit] = [edit]
    if name.lower() not in sentence.lower():
        edits.append(Rewrite(shot=shot_id, sentence=f"{sentence}, with {name}."))
    draft.do(*edits)


def _holder(wish: Wish, shot: Shot) -> str | None:
    found = re.search(r"\bin(?:to)? (@b\d+) 's (?:hands?|arms?|fist|paws?)\b", wish.text)
    if not found:
        return None
    ids = wish.ref(found[1]).ids
    return next((m.entity for m in shot.cast if m.entity in ids), None)


def _free_side(shot: Shot, axis: dict[str, int], entity: str) -> Side:
    """A side that nobody has, keeping the scene's order from left to right where that is possible."""
    taken = {m.side for m in shot.cast}
    right = all(axis.get(m.entity, 0) < axis.get(entity, 99) for m in shot.cast)
    order = (
        [Side.right, Side.far_right, Side.centre, Side.left, Side.far_left]
        if right
        else [Side.left, Side.far_left, Side.centre, Side.right, Side.far_right]
    )
    if shot.cast and right:
        last = max(_SPOTS.index(m.side) for m in shot.cast)
        order = [s for s in order if _SPOTS.index(s) > last] + order
    free = [s for s in order if s not in taken]
    if not free:
        raise Cannot(f"There is no room in shot {shot.id}: five figures are in it. Take somebody out first.")
    return free[0]


def _towards(side: Side, other: Side) -> Facing:
    return Facing.left if _SPOTS.index(side) > _SPOTS.index(other) else Facing.right
