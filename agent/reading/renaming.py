"""Wishes about names, and about who may be changed at all."""

from __future__ import annotations

import re
from typing import Literal

from ...storyboard.edit_types import ChangeCharacter, Rename
from .cues import word_set
from .draft import Cannot, Draft
from .index import everything
from .marks import Ref
from .wish import Wish, one_of
from .wording import is_word

Kind = Literal["title", "character", "place", "prop", "scene"]
_NAME = r"(?P<name>@q\d+|\S.*?)"
_END = (
    r"(?=$| (?:now|instead|please|from now on|everywhere|throughout|in the title|in @|in every|"
    r"too|as well|because|so|since|that|and not|not|ok|okay|thanks|thank you)\b| [,.;!?:—–-](?: |"
    r"$))"
)
_PATTERNS = (
    rf"\b(?:call|name|rename|christen) (?P<who>@[bopc]\d+)(?: 's name)?(?: to| as| into)? {_NAME}{_END}",
    (
        rf"\b(?:change|turn|switch|set|alter) (?:the name of )?(?P<who>@[bopc]\d+)(?: 's)?(?: name)? "
        rf"(?:to|into) {_NAME}{_END}"
    ),
    (
        rf"(?P<who>@[bopc]\d+) 's (?:new )?name (?:should be|is|must be|has to be|becomes|could be|"
        rf"will be|to|into|shall be|ought to be|was) (?:changed to |now )?{_NAME}{_END}"
    ),
    (
        rf"(?P<who>@[bopc]\d+) (?:should|must|has to|needs to|could|can|will|shall|is to|is|wants to|"
        rf"ought to)(?: now)?(?: be)? (?:called|named|known as|renamed(?: to)?) {_NAME}{_END}"
    ),
    rf"\b(?:the name of|name for) (?P<who>@[bopc]\d+) (?:should be|is|must be|has to be|to) {_NAME}{_END}",
    rf"(?P<who>@b\d+) (?:should|must|has to|needs to|will|shall) (?:now )?(?:be|become) {_NAME}{_END}",
    rf"(?P<who>@b\d+) (?:is|becomes|turns into) (?:now )?{_NAME} (?:now|from now on|everywhere){_END}",
    (
        rf"\breplace (?:the name )?(?P<who>@[bo]\d+) (?:with|by) {_NAME} (?:everywhere|throughout|in "
        rf"all|in the whole){_END}"
    ),
)
_SURE = 5
"""Patterns before this one name a name whatever it is; the others only where it looks like one."""


def rename(wish: Wish, draft: Draft) -> bool:
    """Somebody, something or a scene gets another name."""
    text = wish.text
    for number, pattern in enumerate(_PATTERNS):
        found = re.search(pattern, text)
        if found is None:
            continue
        ref = wish.ref(found["who"])
        name = wish.ref(found["name"]).words if found["name"].startswith("@q") else wish.raw(found, "name")
        name = re.sub(r"^(?:simply|just|be|to|now)\s+", "", name.strip(" .,!?\"'“”"))
        explicit = number < _SURE and bool(
            re.search(r"\b(?:call|name|named|called|rename|renamed|christen|known)\b", found[0])
        )
        if not name or (not explicit and not _looks_like_a_name(name)):
            continue
        if len(name.split()) > 8 or re.match(
            r"(?:older|younger|longer|shorter|closer|wider|again|back|in|at|on|a bit|more|less)\b",
            name.lower(),
        ):
            continue
        if ref.new:
            raise Cannot(
                f"There is nobody called {ref.words!r} in this film, so no one can be renamed. In it are: "
                f"{', '.join(c.name for c in draft.film.characters.values())}."
            )
        return _do(wish, draft, ref, name[:120])
    return False


def _looks_like_a_name(name: str) -> bool:
    """A capital, and not a word of English or of the lexicon that describes somebody."""
    words = name.split()
    if not 1 <= len(words) <= 4 or not words[0][:1].isupper():
        return False
    low = words[0].lower()
    return (len(words) > 1 and words[-1][:1].isupper()) or (
        low not in word_set("function")
        and low not in word_set("idle")
        and (not is_word(low) or (words[0][:1].isupper() and not words[0].isupper()))
    )


def _do(wish: Wish, draft: Draft, ref: Ref, name: str) -> bool:
    film = draft.film
    if ref.sort == "scene":
        scene = wish.scenes_of(ref)[0]
        draft.do(Rename(what="scene", id=scene, name=name), said=f"{scene}: now called {name}")
        wish.spend_all()
        return True
    entity = one_of(ref, film)[0]
    kind: Kind = "character" if entity in film.characters else "prop" if entity in film.props else "place"
    every = everything(film)
    if any(e.name.lower() == name.lower() and i != entity for i, e in every.items()):
        raise Cannot(f"There is somebody or something called {name!r} in this film already.")
    old = every[entity].name
    if entity in film.characters and film.characters[entity].locked:
        raise Cannot(f'{old} is locked. Say "unlock {old}" first.')
    draft.do(
        Rename(what=kind, id=entity, name=name),
        said=f"{old}: now called {name}, in all texts",
        entities=(entity,),
    )
    wish.spend_all()
    return True


def lock(wish: Wish, draft: Draft) -> bool:
    """A character is locked, or free again."""
    text = wish.text
    free = re.search(
        (
            r"\b(?:unlock|unfreeze|free up|release|unpin)\b (?P<who>@b\d+)|\b(?P<who2>@b\d+) (?:can|may) "
            r"(?:be changed|change) again"
        ),
        text,
    )
    found = free or re.search(
        (
            r"\b(?:lock|freeze|pin)\b (?P<who>@b\d+)|^(?:lock|freeze|pin) (?P<it>@i\d+)(?: down|"
            r" in)?$|\b(?:don't|do not|never) (?:touch|change|alter) "
            r"(?:anything about )?(?P<who2>@b\d+)(?! 's)(?: any ?more| again)?$|\bkeep (?P<who3>@b\d+) "
            r"(?:exactly |just )?(?:as (?:he|she|it|@\w+) (?:is|are)|the same|unchanged|locked|like that)"
            r"|(?P<who4>@b\d+) (?:should|must) (?:stay|remain) (?:exactly |just )?(?:as|the same|"
            r"unchanged|locked|like)"
        ),
        text,
    )
    if found is None:
        return False
    mark = next(g for n, g in found.groupdict().items() if g)
    if wish.ref(mark).sort == "it":
        who = tuple(
            e for e in (*wish.thread.entities, *wish.talk.entities[:1]) if e in draft.film.characters
        )[-1:]
        if not who:
            return False
    else:
        who = one_of(wish.ref(mark), draft.film)
    for one in who:
        draft.do(
            ChangeCharacter(character=one, locked=not free),
            said=f"{draft.film.characters[one].name}: {'may be changed again' if free else 'locked'}",
            entities=(one,),
        )
    wish.spend_all()
    return True
