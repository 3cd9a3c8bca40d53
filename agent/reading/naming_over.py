"""Wishes about lower thirds: names that stand over the picture."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, SetLowerThird, Setting
from ...storyboard.lower_third import USUAL_SECONDS, LowerThird
from .draft import Cannot, Draft
from .wish import Wish

_THIRD = re.compile(
    r"\b(?:lower(?:-| )thirds?|name (?:tags?|captions?|plates?|titles?)|"
    r"introduce (?:@[bp]\d+|everybody|everyone|all|the (?:characters|cast|people))(?: .*)? "
    r"(?:by name|with (?:a |the |their |his |her )?(?:name|caption)))\b"
)
_LONGEST = 120
_NOT = re.compile(r"\b(?:no|not|without|don't|remove|delete|lose|drop|get rid of|take out|skip|hide)\b")


def naming_over(wish: Wish, draft: Draft) -> bool:
    """A name and a role over a shot, or everybody's over the shot in which they are seen first."""
    found = wish.see(_THIRD)
    if found is None:
        return False
    film = draft.film
    here = wish.shots(film) if wish.refs("shot", "it") else ()
    edits: list[Edit]
    if _NOT.search(wish.text):
        gone = here or [s.id for s in film.shots if s.lower_third is not None]
        edits = [SetLowerThird(shot=shot) for shot in gone]
        if not here and film.settings.lower_thirds:
            edits.append(Setting(lower_thirds=False))
        if not here and not edits:
            raise Cannot("The film has no lower thirds.")
        draft.do(*edits, said="no lower third" + (f" in {', '.join(here[:6])}" if here else "s"))
    elif not here:
        if wish.refs("quote"):
            return False
        draft.do(Setting(lower_thirds=True), said="everybody is introduced by name")
    else:
        third = _third(wish, draft)
        draft.do(
            *(SetLowerThird(shot=shot, third=third) for shot in here),
            said=f"{', '.join(here[:6])}: {third.heading} over the picture",
            shots=tuple(here),
        )
    wish.spend_all()
    return True


def _third(wish: Wish, draft: Draft) -> LowerThird:
    """What is to stand there. Raises ``Cannot`` where nobody says what."""
    fps = float(draft.film.settings.rate.fps)
    seconds = next((r.seconds for r in wish.refs("time")), USUAL_SECONDS)
    frames = max(1, round(seconds * fps))
    quotes = [ref.words for ref in wish.refs("quote")]
    if any(len(words) > _LONGEST for words in quotes):
        raise Cannot(f"A lower third holds {_LONGEST} characters of name and as many of role.")
    if len(quotes) > 2:
        raise Cannot('A lower third holds a name and a role, such as "Anna" "Keeper of the light".')
    if quotes:
        return LowerThird(heading=quotes[0], body=quotes[1] if len(quotes) > 1 else "", frames=frames)
    people = [i for ref in wish.refs("being") for i in ref.ids if i in draft.film.characters]
    if not people:
        raise Cannot('A lower third says a name: say whose, or the words in quotes, such as "Anna".')
    one = draft.film.characters[people[0]]
    body = "" if one.noun.casefold() in one.name.casefold() else one.noun[:1].upper() + one.noun[1:]
    return LowerThird(heading=one.name[:1].upper() + one.name[1:], body=body, frames=frames)
