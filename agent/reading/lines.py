"""Wishes about what is said: words of lines, who speaks them, lines added and taken out."""

from __future__ import annotations

import re
from typing import Literal

from ...storyboard.edit_types import AddLine, RemoveLine, Rename, SetCard, SetLine
from ...storyboard.film import Card, Film, Line, Shot
from ...storyboard.vocabulary import LineKind
from .draft import Cannot, Draft, Unclear
from .index import everything
from .titles import ENDS
from .wish import Wish, one_of
from .wording import distance

LINE = (
    r"(?:lines?|narration|sentences?|words|dialogue|voice-over|voiceover|text|speech|caption|"
    r"subtitle|quote|phrase|what (?:is|'s) said)"
)
TAKE_OUT = (
    r"\b(?:remove|delete|drop|lose|cut|no|without|get rid of|take out|leave out|scrap|mute|"
    r"silence|skip|omit|erase|kill|ditch|axe|bin|strike)\b"
)


def quoted(wish: Wish, draft: Draft) -> bool:
    """Words in quotation marks: for a line, a card, a title; exchanged for others, or new."""
    quotes = wish.refs("quote")
    if (
        not quotes
        or wish.see(r"\b(?:rename|renamed|called|named|call|name)\b")
        or wish.see(r"\btitle\b")
        or wish.refs("card")
    ):
        return False
    film = draft.film
    if len(quotes) >= 2:
        for old, new in ((quotes[0], quotes[1]), (quotes[1], quotes[0])):
            if found := line_like(film, old.words):
                return _exchange(wish, draft, *found, old.words, new.words)
        turned = bool(wish.see(r"@q\d+ (?:instead of|rather than|in place of) "))
        old, new = (quotes[1], quotes[0]) if turned else (quotes[0], quotes[1])
        return _in_texts(wish, draft, old.words, new.words)
    quote = quotes[0]
    taking = wish.see(rf"{TAKE_OUT}[^@]*@q")
    if found := line_like(film, quote.words):
        shot, line = found
        if taking and len(_plain(quote.words)) * 10 < len(_plain(line.words)) * 8:
            rest = re.sub(
                r"\W*" + r"\W+".join(re.escape(w) for w in re.findall(r"[\w'’]+", quote.words)),
                "",
                line.words,
                count=1,
                flags=re.I,
            )
            rest = rest.strip(" ,;:-") or line.words
            rest = rest[:1].upper() + rest[1:]
            draft.do(
                SetLine(line=line.id, words=rest if rest[-1:] in ".!?" else rest + "."),
                said=f"{shot.id}: {quote.words!r} taken out of the line",
                shots=(shot.id,),
            )
            wish.spend_all()
            return True
        if taking:
            draft.do(RemoveLine(line=line.id), said=f"{shot.id}: line taken out", shots=(shot.id,))
            wish.spend_all()
            return True
        if given_to(wish, draft, shot, line):
            return True
        into = wish.see(r"\b(?:with|to|into|by|as) (?!@)([a-z].*)$")
        if into and wish.see(r"\b(?:change|replace|swap|turn)\b"):
            return _exchange(wish, draft, shot, line, quote.words, wish.raw(into, 1))
        raise Unclear(
            f"{quote.words!r} is said in {shot.id} already. What is to become of it?",
            ("take it out", "let somebody else say it"),
        )
    if taking:
        raise Cannot(f"Nobody says {quote.words[:80]!r} in this film.")
    return say(wish, draft, quote.words)


def line_like(film: Film, words: str) -> tuple[Shot, Line] | None:
    """The line that has these words: all of it, or as a part; small slips are allowed."""
    asked = _plain(words)
    if not asked:
        return None
    best: tuple[Shot, Line] | None = None
    for shot in film.shots:
        for line in shot.lines:
            there = _plain(line.words)
            if there == asked:
                return shot, line
            if (len(asked) >= 3 and re.search(rf"(?<!\w){re.escape(asked)}(?!\w)", there)) or (
                len(asked) >= 8
                and abs(len(there) - len(asked)) <= 3
                and distance(asked[:200], there[:200], 3) <= 3
            ):
                best = best or (shot, line)
    return best


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[\w']+", words.lower().replace("’", "'")))


def _exchange(wish: Wish, draft: Draft, shot: Shot, line: Line, old: str, new: str) -> bool:
    """The words of a line, or a part of them, become others."""
    if _plain(line.words) == _plain(old) or len(_plain(old)) * 10 >= len(_plain(line.words)) * 9:
        words = new
    else:
        pattern = re.compile(r"\W+".join(re.escape(w) for w in re.findall(r"[\w'’]+", old)), re.IGNORECASE)
        words = pattern.sub(
            lambda _: new.rstrip(".") if new.endswith(".") and not old.endswith(".") else new,
            line.words,
            count=1,
        )
    draft.do(SetLine(line=line.id, words=words), said=f"{shot.id}: the line is {words!r}", shots=(shot.id,))
    if wish.refs("being") and not any(r.pronoun and line.speaker in r.ids for r in wish.refs("being")):
        given_to(wish, draft, shot, line)
    wish.spend_all()
    return True


def _in_texts(wish: Wish, draft: Draft, old: str, new: str) -> bool:
    """An exchange of words that are in no line: a title, a card, or a name."""
    film, asked = draft.film, _plain(old)
    story = film.story
    assert story is not None
    if asked == _plain(story.title):
        draft.do(Rename(what="title", name=new[:120]), said=f"the title: {new}")
        wish.spend_all()
        return True
    for entity_id, entity in everything(film).items():
        if _plain(entity.name) == asked:
            draft.do(
                Rename(what=_kind_of(film, entity_id), id=entity.id, name=new[:120]),
                said=f"{entity.name}: now called {new}",
                entities=(entity.id,),
            )
            wish.spend_all()
            return True
    for where in ENDS:
        card: Card | None = getattr(film, where)
        if card is not None and asked in (_plain(card.heading), _plain(card.body)):
            part = "heading" if asked == _plain(card.heading) else "body"
            draft.do(
                SetCard(where=where, card=card.model_copy(update={part: new})),
                said=f"the {where} card: {new}",
            )
            wish.spend_all()
            return True
    raise Cannot(f"Nobody says {old[:80]!r} in this film, and it is no title or name in it.")


def _kind_of(film: Film, entity: str) -> Literal["character", "place", "prop"]:
    if entity in film.characters:
        return "character"
    return "prop" if entity in film.props else "place"


def _speaker(wish: Wish, draft: Draft) -> tuple[bool, str | None]:
    """(whether a speaker is named, the character's id or None for the narrator)."""
    if wish.refs("narrator") or (
        wish.see(r"\b(?:narrat\w+|voice-over|voiceover)\b") and not wish.refs("being")
    ):
        return True, None
    talking = wish.see(
        r"(@b\d+)(?: \w+)*? ?(?:'d |'ll )?(?:say|says|saying|said|shout|shouts|whisper|whispers|ask|"
        r"asks|speak|speaks|answer|answers|cry|cries|call|reply|replies|tell|mutter|mutters|exclaim|"
        r"read|sing|think|thinks)\b"
    ) or wish.see(r"(@b\d+) ?(?::|'s line)")
    talking = talking or wish.see(r"\bline\b.* for (@b\d+)")
    talking = talking or wish.see(r"\b(?:spoken|said|whispered|shouted|read|told) by (@b\d+)")
    if talking:
        return True, one_of(wish.ref(talking[1]), draft.film)[0]
    return False, None


_WORDS = (
    r"\b(?:say|says|saying|said|shout|whisper|ask|line|words|narration|dialogue|sentence|make it|"
    r"make @i|change|replace|should be|read|speak|instead|write|put|text|rewrite|better)\b"
)


def say(wish: Wish, draft: Draft, words: str) -> bool:
    """A quotation that nobody says yet becomes a line: in the place of one, or a new one."""
    named, speaker = _speaker(wish, draft)
    film = draft.film
    shots = wish.shots(film, ask=False)
    if len(shots) > 1 and named and speaker is not None:
        shots = tuple(s for s in shots if any(m.entity == speaker for m in film.shot(s).cast)) or shots
    if not shots:
        wish.shots(film)
    shot = film.shot(shots[0])
    adds = wish.see(
        r"\b(?:add|also|too|another|then say|after that|insert|new line|as well|put in|additional)\b"
    )
    lines = list(shot.lines)
    mine = [ln for ln in lines if not named or ln.speaker == speaker]
    if not named and wish.see(r"\bdialogue\b"):
        mine = [ln for ln in lines if ln.kind is LineKind.dialogue] or mine
    kind = _kind(wish, speaker, shot)
    if mine and not adds:
        order = wish.see(r"\b(first|second|last) (?:line|sentence)\b")
        if len(mine) > 1 and order is None:
            raise Unclear(f"Which line of {shot.id} is it to replace?", tuple(ln.words for ln in mine))
        at = {"first": 0, "second": 1}.get(order[1], -1) if order is not None and len(mine) > 1 else 0
        line = mine[at]
        draft.do(
            SetLine(line=line.id, words=words), said=f"{shot.id}: the line is {words!r}", shots=(shot.id,)
        )
    else:
        new = Line(id=_line_id(film, shot), speaker=speaker, kind=kind, words=words)
        first = wish.see(r"\b(?:first|before that|at the start|begin)\b")
        draft.do(
            AddLine(shot=shot.id, line=new, after=None if first or not lines else lines[-1].id),
            said=f"{shot.id}: {_name(film, speaker)} says {words!r}",
            shots=(shot.id,),
        )
        if kind is LineKind.dialogue and speaker and not any(m.entity == speaker for m in shot.cast):
            draft.notice(f"{_name(film, speaker)} is not seen in {shot.id}: the line is heard as voice-over.")
    if speaker:
        draft.about(entities=(speaker,))
    wish.spend_all()
    return True


def _kind(wish: Wish, speaker: str | None, shot: Shot) -> LineKind:
    if speaker is None:
        return LineKind.narration
    if wish.see(
        r"\bvoice-?over\b|\boff-?screen\b|\bin (?:his|her|@b\d+ 's) (?:head|thoughts)\b|\bthinks?\b"
    ) or not any(m.entity == speaker for m in shot.cast):
        return LineKind.voice_over
    return LineKind.dialogue


def _name(film: Film, speaker: str | None) -> str:
    return film.characters[speaker].name if speaker else "the narrator"


def _line_id(film: Film, shot: Shot) -> str:
    taken = {ln.id for s in film.shots for ln in s.lines}
    return next(f"{shot.id}-{n}" for n in range(1, 10_000) if f"{shot.id}-{n}" not in taken)


def given_to(wish: Wish, draft: Draft, shot: Shot, line: Line) -> bool:
    """A line is to be said by somebody else, or in another way."""
    handed = wish.see(rf"\b(?:give|hand|pass|move|reassign) (?:\S+ )*?{LINE}\b.*?\bto (@[bn]\d+)")
    named, speaker = (False, None) if handed else _speaker(wish, draft)
    if not named:
        to = handed or wish.see(r"\bto (@[bn]\d+)")
        if not to:
            return False
        ref = wish.ref(to[1])
        named, speaker = True, None if ref.sort == "narrator" else one_of(ref, draft.film)[0]
    kind = _kind(wish, speaker, shot)
    draft.do(
        SetLine(line=line.id, speaker=speaker or "", kind=kind),
        said=f"{shot.id}: {_name(draft.film, speaker)} says the line, as {kind}",
        shots=(shot.id,),
        entities=(speaker,) if speaker else (),
    )
    wish.spend_all()
    return True
