"""Wishes that something stays as it is: nothing has to be done for them."""

from __future__ import annotations

import re

from .draft import Draft
from .wish import Wish

_KEEP = re.compile(
    r"^(?:please )?(?:keep|leave|don't (?:touch|change|alter)|do not (?:touch|change|alter)) "
    r"(?P<what>(?:all (?:of )?)?(?:the |all )?(?:@f\d+|@m\d+|@n\d+|everything|rest|others?|dialogue|"
    r"light(?:ing)?|camera|framing|words|"
    r"narration|story|"
    r"lines|other (?:shots|scenes|ones)|one)(?: else)?(?: of (?:it|@i\d+|@f\d+))?)"
    r"(?: (?:exactly |just )?(?:as (?:it|they|@i\d+) (?:is|are|was|were)(?: now)?|the same|alone|"
    r"in(?: place)?|"
    r"unchanged|like (?:that|this|@i\d+)(?: is)?|untouched))*(?: though| please)?$"
)


def keep(wish: Wish, draft: Draft) -> bool:
    """The rest, the dialogue, the music stay as they are."""
    found = wish.see(_KEEP)
    if found is None:
        return False
    draft.read_as.append(f"{wish.raw(found, 'what').lower()} stays as it is")
    wish.spend_all()
    return True
