"""Wishes about the face that somebody makes."""

from __future__ import annotations

import re

from ...storyboard.coverage import RANK
from ...storyboard.edit_types import Edit, Recast, SetCamera
from ...storyboard.film import Shot
from ...storyboard.lexicon import expression
from ...storyboard.vocabulary import Expression, Facing, ShotSize
from .draft import Cannot, Draft
from .wish import Wish, one_of

_FACES = re.compile(
    r"\b(?:look(?:s|ing)?|be(?:ing)?|seem(?:s)?|feel(?:s|ing)?|appear(?:s)?|more|less|"
    r"make(?: @b\d+(?: 's face)?)?|is|with (?:a|an)) "
    r"(?:more |very |really |a bit |much |so |a little |less |quite )"
    r"*(?P<face>happy|happier|sad|sadder|afraid|scared|frightened|angry|angrier|surprised|tired|"
    r"tender|determined|curious|smiling|worried|nervous|calm|serious|neutral|proud|cheerful|"
    r"puzzled|shocked|lonely|terrified|exhausted|annoyed|furious|sleepy|relieved|excited|bored|"
    r"confused|thoughtful|grumpy|amazed|hopeful|miserable|unhappy|gentle|friendly|friendlier|"
    r"brave|smile|frown|sad face|happy face|grin)\b"
)


_FACE_WORDS = {
    "happier": "happy",
    "sadder": "sad",
    "angrier": "angry",
    "friendlier": "happy",
    "friendly": "happy",
    "smile": "smiling",
    "frown": "angry",
    "grin": "happy",
    "hopeful": "happy",
    "sad face": "sad",
    "happy face": "happy",
}


_UNSEEN = (
    r"\b(?:can't|cannot|can not|can hardly|can barely|don't|hardly|barely|want to|let me|need to|"
    r"like to) (?:really )?"
    r"see (?P<who>@b\d+) 's (?:face|eyes|expression)\b|^see (?P<who2>@b\d+) 's (?:face|eyes|expression)\b"
)


def see_face(wish: Wish, draft: Draft) -> bool:
    """``I can't see her face``: the camera goes as near as a face is read, and who looks away turns round."""
    found = wish.see(_UNSEEN)
    if found is None or wish.see(r"\b(?:closer|close-up|bigger|turn|in close)\b"):
        return False
    who = one_of(wish.ref(found["who"] or found["who2"]), draft.film)[0]
    shots = wish.shots(draft.film)
    edits: list[Edit] = []
    for shot_id in shots:
        shot = draft.film.shot(shot_id)
        if all(m.entity != who for m in shot.cast):
            continue
        if shot.camera.size is ShotSize.two_shot or RANK[shot.camera.size] < RANK[ShotSize.medium_close]:
            edits.append(SetCamera(shot=shot_id, size=ShotSize.medium_close, focus=who))
        turned = tuple(
            m.model_copy(update={"facing": Facing.camera})
            if m.entity == who and m.facing is Facing.away
            else m
            for m in shot.cast
        )
        if turned != shot.cast:
            edits.append(Recast(shot=shot_id, cast=turned))
    name = draft.film.characters[who].name
    if not edits:
        raise Cannot(
            f"{name}'s face is seen in {', '.join(shots)} as near as can be said so; say a close-up."
        )
    draft.do(
        *edits,
        said=f"{', '.join(shots)}: nearer to {name}, so that the face is seen",
        shots=shots,
        entities=(who,),
    )
    wish.spend_all()
    return True


def face(wish: Wish, draft: Draft) -> bool:
    """The face that somebody makes in a shot."""
    if not wish.refs("being") or wish.refs("quote", "music"):
        return False
    found = wish.see(_FACES)
    if found is None or wish.see(r"\b(?:scene|film|music|story)\b"):
        return False
    words = found["face"]
    value = expression(_FACE_WORDS.get(words, words))
    if "less" in found[0] or re.search(
        r"(?:\b(?:not|less|too)|n't)\b(?: \w+){0,3}$", wish.text[: found.start("face")].rstrip()
    ):
        value = Expression.neutral
    if value is None:
        return False
    beings = wish.beings(draft.film)
    if (
        not wish.refs("shot", "scene", "film", "it")
        and not wish.local(draft.film)
        and not wish.thread.shots
        and not wish.talk.shots
    ):
        scenes = wish.thread.scenes or tuple(draft.film.scenes)
        shots = tuple(
            s.id for s in draft.film.shots if s.scene in scenes and any(m.entity in beings for m in s.cast)
        )
    else:
        shots = wish.shots(draft.film, wide=True)
    edits: list[Edit] = []
    for shot_id in shots:
        shot: Shot = draft.film.shot(shot_id)
        if not any(m.entity in beings for m in shot.cast):
            continue
        cast = tuple(
            m.model_copy(update={"expression": value}) if m.entity in beings else m for m in shot.cast
        )
        edits.append(Recast(shot=shot_id, cast=cast))
    if not edits:
        raise Cannot(f"{draft.film.characters[beings[0]].name} is not in {', '.join(shots)}.")
    draft.do(
        *edits,
        said=f"{', '.join(shots)}: {', '.join(draft.film.characters[b].name for b in beings)} looks {value}",
        shots=shots,
        entities=beings,
    )
    wish.spend_all()
    return True
