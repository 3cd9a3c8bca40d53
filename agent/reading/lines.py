"""Wishes about what is said: words of lines, who speaks them, lines added and taken out."""

from __future__ import annotations

import re
from typing import Literal

from ...storyboard.edit_types import AddLine, Edit, RemoveLine, Rename, SetBrief, SetCard, SetLine
from ...storyboard.film import Card, Film, Line, Shot
from ...storyboard.vocabulary import LineKind
from .draft import Cannot, Draft, Unclear
from .index import everything
from .marks import Ref
from .wish import Wish, one_of
from .wording import distance

ENDS: tuple[Literal["opening", "ending"], ...] = ("opening", "ending")
"""Where cards stand."""
_LINE = (
    r"(?:lines?|narration|sentences?|words|dialogue|voice-over|voiceover|text|speech|caption|"
    r"subtitle|quote|phrase|what (?:is|'s) said)"
)
_TAKE_OUT = (
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
    taking = wish.see(rf"{_TAKE_OUT}[^@]*@q")
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
        if _given(wish, draft, shot, line):
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
    return _say(wish, draft, quote.words)


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
        _given(wish, draft, shot, line)
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
    if talking:
        return True, one_of(wish.ref(talking[1]), draft.film)[0]
    return False, None


_WORDS = (
    r"\b(?:say|says|saying|said|shout|whisper|ask|line|words|narration|dialogue|sentence|make it|"
    r"make @i|change|replace|should be|read|speak|instead|write|put|text|rewrite|better)\b"
)


def _say(wish: Wish, draft: Draft, words: str) -> bool:
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


def _given(wish: Wish, draft: Draft, shot: Shot, line: Line) -> bool:
    """A line is to be said by somebody else, or in another way."""
    named, speaker = _speaker(wish, draft)
    if not named:
        to = wish.see(r"\bto (@[bn]\d+)")
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


def spoken(wish: Wish, draft: Draft) -> bool:
    """Lines without quotation marks: who says one, taking one out, no dialogue, no narration."""
    if wish.refs("quote", "card"):
        return False
    if _none_at_all(wish, draft):
        return True
    film = draft.film
    taking = (
        wish.see(
            rf"{_TAKE_OUT}(?: (?:the|all|any|all the|more|of|his|her|@[bn]\d+ 's|@s\d+ 's|@b\d+|@n\d+|"
            rf"last|first|second|closing|spoken|other|whole|that|this|every))* (?P<what>{_LINE})\b"
        )
        or wish.see(rf"\b(?:take|leave|cut) (?:the |that |this |@\S+ 's )?(?P<what>{_LINE}) (?:\S+ )*?out\b")
        or wish.see(
            r"\b(?:no one|nobody|none|@[bn]\d+) (?:should |must |may )?(?:not |n't )?(?:says?|speaks?|"
            r"talks?)(?: anything| nothing)?\b(?=.*(?:@[sc]|$))(?P<what>)"
        )
        if not wish.see(r"\bmake\b.*\bshorter\b")
        else None
    )
    if taking and (wish.refs("shot", "scene", "it") or wish.thread.shots or wish.talk.shots):
        nobody = re.match(r"(?:no one|nobody|none)", taking[0])
        silent = re.search(r"@[bn]\d+ (?:should |must )?(?:not|n't|says? nothing)", taking[0])
        if taking["what"] or nobody or silent:
            return _silence(wish, draft)
    say = wish.see(
        r"\b(?:let|have|make|should|must|can|could|would)\b.*\b(?:say|speak|read|narrate|deliver|"
        r"tell)\b|\bgive\b.*\bto @[bn]\d+|@[bn]\d+ (?:says?|speaks?|reads?)\b|\bgive @[bn]\d+\b|"
        r"\bspoken by @[bn]|\bsaid by @[bn]|\bcomes? from @[bn]|\bsay\b"
    )
    if (
        say
        and wish.see(
            rf"\b(?:that |the |this |it|same |closing |last |first |final |his |her )*{_LINE}\b|@i\d+|\bit\b"
        )
        and not wish.see(r"\bsay:|says:|: ")
    ):
        line = _meant(wish, film)
        if line is not None and _given(wish, draft, *line):
            return True
    return _unquoted(wish, draft)


def _none_at_all(wish: Wish, draft: Draft) -> bool:
    """No dialogue or no narration in the whole film."""
    film = draft.film
    found = wish.see(
        r"\b(?:no|without(?: any)?|remove (?:all )?(?:the )?|delete (?:all )?(?:the )?|drop (?:all )"
        r"?(?:the )?|lose (?:the )?|cut (?:all )?(?:the )?) ?(?P<what>dialogue|narration|narrator|"
        r"talking|speech|spoken words|words at all|words|voice-over|voices|@n\d+)\b"
    )
    if not found or wish.refs("shot", "scene", "it", "being") or wish.thread.led:
        return False
    what = found["what"]
    narrated = what.startswith(("narrat", "@n", "voice-over"))
    talked = what in ("dialogue", "talking")
    lines = [
        ln
        for s in film.shots
        for ln in s.lines
        if (not narrated or ln.speaker is None) and (not talked or ln.kind is LineKind.dialogue)
    ]
    edits: list[Edit] = [RemoveLine(line=ln.id) for ln in lines]
    if not narrated and film.brief.dialogue:
        edits.append(SetBrief(brief=film.brief.model_copy(update={"dialogue": False})))
    draft.do(
        *edits,
        said=(
            f"{len(lines)} line{'s' if len(lines) != 1 else ''} taken out: no "
            f"{'narration' if narrated else what}"
        ),
    )
    wish.spend_all()
    return True


def _silence(wish: Wish, draft: Draft) -> bool:
    """The lines of the named shots are taken out (of one speaker, where one is named)."""
    film = draft.film
    shots = wish.shots(film)
    beings = wish.beings(film)
    narrated = bool(wish.refs("narrator")) or bool(wish.see(r"\bnarration\b"))
    lines = [
        ln
        for s in shots
        for ln in film.shot(s).lines
        if (not beings or ln.speaker in beings) and (not narrated or ln.speaker is None)
    ]
    order = wish.see(r"\b(first|second|third|last|closing|final) (?:line|sentence)\b")
    if order and lines:
        at = {"first": 0, "second": 1, "third": 2}.get(order[1], len(lines) - 1)
        if at >= len(lines):
            raise Cannot(f"There are only {len(lines)} lines in {', '.join(shots)}.")
        lines = [lines[at]]
    if not lines:
        raise Cannot(
            f"Nothing is said in "
            f"{', '.join(shots)}{' by ' + film.characters[beings[0]].name if beings else ''}."
        )
    draft.do(
        *(RemoveLine(line=ln.id) for ln in lines),
        said=f"{', '.join(shots)}: {len(lines)} line{'s' if len(lines) > 1 else ''} taken out",
        shots=shots,
    )
    wish.spend_all()
    return True


def _meant(wish: Wish, film: Film) -> tuple[Shot, Line] | None:
    """The line that "that sentence" or "the line in shot 3" means."""
    shots = wish.shots(film, ask=False)
    lines = [(film.shot(s), ln) for s in shots for ln in film.shot(s).lines]
    if not lines:
        if shots and wish.see(rf"\b{_LINE}\b"):
            raise Cannot(f"Nothing is said in {', '.join(shots)}, so nobody else can say it.")
        return None
    if wish.see(r"\b(?:closing|last|final|second)\b"):
        return lines[-1]
    if len(lines) > 1 and not wish.see(r"\bfirst\b"):
        narrated = [x for x in lines if x[1].speaker is None]
        if len(narrated) == 1 and wish.see(r"\bnarrat"):
            return narrated[0]
        raise Unclear("Which line is meant?", tuple(ln.words for _, ln in lines[:6]))
    return lines[0]


def _unquoted(wish: Wish, draft: Draft) -> bool:
    """``the keeper says: Come back`` or ``let Mina say hello`` without quotation marks."""
    found = (
        wish.see(
            r"(?P<who>@[bn]\d+) (?:(?:in|at) @[sc]\d+ )?(?:(?:should|must|could|can|to|also|then|just|"
            r"now) )*(?:says?|saying|"
            r"shouts?|whispers?|asks?|answers?|narrates?|mutters?|cries out|calls out)(?: to @b\d+)? "
            r"?(?P<colon>:|,|that)? (?P<words>[^@].*)$"
        )
        or wish.see(
            rf"(?P<who>@[bns]\d+) 's (?:{_LINE}) (?:should be|is|must be|becomes|could be|now reads|"
            rf"should read)? ?(?P<colon>:|to) (?P<words>.+)$"
        )
        or wish.see(
            rf"\b(?P<who>(?:change|make|set|rewrite)) the {_LINE} (?:in|of) @s\d+ (?:to|into|say|read) "
            rf"?(?P<colon>:)? ?(?P<words>[^@].+)$"
        )
    )
    if found is None:
        return False
    words = wish.raw(found, "words").strip(" ,:")
    if not words or (
        not found["colon"]
        and re.match(
            (
                r"(?:it|that|this|something|anything|nothing|the|her|his|so|less|more|a lot|them|line|"
                r"sentence)\b"
            ),
            words.lower(),
        )
    ):
        return False
    words = re.sub(r"\s+(?:in|at|during) (?:shot|scene) \w+$|\s+instead$|\s+please$", "", words)
    words = words[:1].upper() + words[1:]
    if words[-1:] not in ".!?…\"'":
        words += "."
    draft.notice(f"Taken as the words of a line: {words!r}. Put them in quotation marks to be sure.")
    return _say(wish, draft, words)


def narrated(wish: Wish, draft: Draft) -> bool:
    """Somebody of the film tells it: every line of the narrator becomes theirs, or the other way round."""
    found = wish.see(
        r"\b(?:let|have|make)? ?(?P<who>@b\d+) (?:(?:should|must|could|can|to) )?(?:narrates?|"
        r"be(?:come)?s? the narrator|tells? (?:the story|it|@f\d+|@i\d+))|\bnarrated by "
        r"(?P<who2>@b\d+)"
    )
    if found is None or wish.refs("quote"):
        return False
    film = draft.film
    who = one_of(wish.ref(found["who"] or found["who2"]), film)[0]
    local = wish.local(film)
    shots = local or tuple(s.id for s in film.shots)
    edits: list[Edit] = [
        SetLine(line=ln.id, speaker=who, kind=LineKind.voice_over)
        for s in shots
        for ln in film.shot(s).lines
        if ln.speaker is None
    ]
    if not edits:
        raise Cannot("There is no narration there.")
    draft.do(
        *edits,
        said=f"{film.characters[who].name} says the narration, as voice-over: {len(edits)} lines",
        entities=(who,),
    )
    draft.notice("The words stay as they are; say new ones where they should be in the first person.")
    wish.spend_all()
    return True


def title(wish: Wish, draft: Draft) -> bool:
    """The title of the film."""
    text = wish.text
    quotes = wish.refs("quote")
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
    if not refs or wish.refs("time"):
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
