"""Wishes about the face that somebody makes."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, Recast
from ...storyboard.film import Shot
from ...storyboard.lexicon import expression
from ...storyboard.vocabulary import Expression
from .draft import Cannot, Draft
from .wish import Wish

_FACES = re.compile(
    r"\b(?:look(?:s|ing)?|be(?:ing)?|seem(?:s)?|feel(?:s|ing)?|appear(?:s)?|more|less|make|is|"
    r"with (?:a|an)) (?:more |very |really |a bit |much |so |a little |less |quite )"
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
        shots = tuple(s.id for s in draft.film.shots if any(m.entity in beings for m in s.cast))
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
