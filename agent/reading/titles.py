"""Wishes about the title of the film, and its title and end cards."""

from __future__ import annotations

import re
from typing import Literal

from ...storyboard.edit_types import Rename, SetCard
from ...storyboard.film import Card
from .draft import Cannot, Draft
from .marks import Ref
from .wish import Wish

ENDS: tuple[Literal["opening", "ending"], ...] = ("opening", "ending")
"""Where cards stand."""


def title(wish: Wish, draft: Draft) -> bool:
    """The title of the film."""
    text = wish.text
    quotes = wish.refs("quote")
    if re.search(
        r"\b(?:tagline|tag line|subtitle|sub-title|slogan|motto|(?:under|below|beneath) the title)\b", text
    ):
        return False
    if (
        quotes
        and re.search(r"\b(?:new |film's )?title\b", text)
        and not re.search(r"\b(?:card|line|says?)\b", text)
        and not wish.refs("card")
    ):
        name = quotes[-1].words
        if len(quotes) == 2 and re.search(r"@q\d+ instead of @q", text):
            name = quotes[0].words
        draft.do(Rename(what="title", name=name[:120]), said=f"the title: {name[:120]}")
        wish.spend_all()
        return True
    if wish.refs("being", "thing", "place") and not re.search(r"\btitle\b", text):
        return False
    found = (
        wish.see(
            r"\btitle(?: of @f\d+)?(?: (?:should|must|could|can|has to|needs to|ought to|is|shall|will))"
            r"?(?: be| read| say| become)?(?: changed)? (?:to|into|as|:|be|=|-|is|read|say) "
            r"(?P<name>\S.*)$"
        )
        or wish.see(r"\b(?:new|better|other|different) title ?:? (?P<name>\S.*)$")
        or wish.see(r"\btitle (?:should be|must be|is|becomes) (?P<name>\S.*)$")
        or wish.see(
            r"\b(?:call|name|rename|title|retitle|entitle) (?:@f\d+|@i\d+|the title)(?: to| into| as| "
            r"with)? ?:? ?(?P<name>\S.*)$"
        )
        or wish.see(
            r"(?:@f\d+) (?:should|must|could|is|will) (?:be )?(?:called|named|titled) ?:? ?(?P<name>\S.*)$"
        )
    )
    if found is None or (re.search(r"\bcard\b", text) and not re.search(r"\btitle\b(?! card)", text)):
        return False
    quote = next((r.words for r in wish.refs("quote")[-1:]), None)
    if wish.refs("quote") and len(wish.refs("quote")) == 2:
        quote = wish.refs("quote")[1].words
    name = quote or re.sub(
        r"^(?:to|into|as|simply|just|be|the title|now)\s+(?=\S)", "", wish.raw(found, "name")
    ).strip(" .\"'“”,:")
    name = re.sub(r"(?:,? (?:please|instead|now|from now on|thanks))+$", "", name)
    if not name or name.lower() in ("too", "as well", "longer", "shorter", "bigger", "card"):
        return False
    if (
        re.match(r"(?:longer|shorter|better|different|more|less|funnier|catchier)\b", name.lower())
        and quote is None
    ):
        raise Cannot('A title has to be named: say "call the film ...".')
    draft.do(Rename(what="title", name=name[:120]), said=f"the title: {name[:120]}")
    wish.spend_all()
    return True


def _words_off(wish: Wish, draft: Draft) -> bool:
    """Words of a card are taken off it: "lose the made with Photoplay"."""
    found = wish.see(
        r"\b(?:remove|delete|drop|lose|cut|no|without|get rid of|take out|leave out|scrap|skip) "
        r"(?:the |those |these )?"
        r"(?:words |text |line )?(?P<words>[a-z][a-z' ]+ [a-z' ]+)$"
    )
    if found is None:
        return False
    asked = " ".join(found["words"].split())
    for where in ENDS:
        card: Card | None = getattr(draft.film, where)
        if card is None:
            continue
        for part in ("body", "heading"):
            if asked == " ".join(re.findall(r"[a-z']+", getattr(card, part).lower())):
                draft.do(
                    SetCard(where=where, card=card.model_copy(update={part: ""})),
                    said=f"the {where} card: without {asked!r}",
                )
                wish.spend_all()
                return True
    return False


def cards(wish: Wish, draft: Draft) -> bool:
    """Title and end cards: their words, or none."""
    refs: list[Ref] = wish.refs("card")
    if (
        not refs
        and wish.thread.cards
        and wish.refs("it")
        and not wish.refs("shot", "scene", "being", "thing")
    ):
        refs = [Ref("card", wish.thread.cards)]
    if not refs:
        return _words_off(wish, draft)
    if wish.refs("time"):
        return False
    film = draft.film
    which = [where for where in ENDS if any(where in r.ids for r in refs)]
    if wish.see(
        r"\b(?:remove|delete|drop|lose|cut|no|without|get rid of|take out|leave out|scrap|skip|don't "
        r"want|don't need)\b"
    ):
        for where in which:
            if getattr(film, where) is None:
                raise Cannot(f"The film has no {where} card.")
            draft.do(SetCard(where=where, card=None), said=f"no {where} card")
        wish.spend_all()
        return True
    quote = next((r.words for r in wish.refs("quote")[-1:]), None)
    found = (
        wish.see(
            r"@k\d+ (?:\w+ )?(?:should |must |to |could )?(?:say|says|read|reads|be|to|is|:|saying|with) "
            r"?:? ?(?P<name>[^@·].*)$"
        )
        if quote is None
        else None
    )
    words = quote or (wish.raw(found, "name").strip(" .\"'“”") if found else "")
    if not words:
        return False
    for where in which:
        old: Card | None = getattr(film, where)
        part = (
            "body"
            if wish.see(r"\b(?:below|under|underneath|subtitle|second line|smaller|body|credit)\b")
            else "heading"
        )
        card = (
            old.model_copy(update={part: words})
            if old
            else Card(id=where, heading=words, frames=film.settings.rate.frames(3))
        )
        draft.do(SetCard(where=where, card=card), said=f"the {where} card: {words}")
    wish.spend_all()
    return True
