"""Wishes about lines without quotation marks: who says one, taking them out, telling the whole film."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Edit, RemoveLine, SetBrief, SetLine
from ...storyboard.film import Film, Line, Shot
from ...storyboard.vocabulary import LineKind
from .draft import Cannot, Draft, Unclear
from .lines import LINE, TAKE_OUT, given_to, say
from .wish import Wish, one_of


def spoken(wish: Wish, draft: Draft) -> bool:
    """Lines without quotation marks: who says one, taking one out, no dialogue, no narration."""
    if wish.refs("quote", "card"):
        return False
    if _none_at_all(wish, draft):
        return True
    film = draft.film
    taking = (
        wish.see(
            rf"{TAKE_OUT}(?: (?:the|all|any|all the|more|of|his|her|@[bn]\d+ 's|@s\d+ 's|@b\d+|@n\d+|"
            rf"last|first|second|closing|spoken|other|whole|that|this|every))* (?P<what>{LINE})\b"
        )
        or wish.see(rf"\b(?:take|leave|cut) (?:the |that |this |@\S+ 's )?(?P<what>{LINE}) (?:\S+ )*?out\b")
        or wish.see(
            r"(?:\b(?:no one|nobody|none)|@[bn]\d+) (?:should |must |may )?(?:not |n't |shouldn't |mustn't |"
            r"doesn't |never )?(?:says?|speaks?|"
            r"talks?)(?: anything| nothing)?\b(?=.*(?:@[sc]|$))(?P<what>)"
        )
        if not wish.see(r"\bmake\b.*\bshorter\b")
        else None
    )
    if taking and (wish.refs("shot", "scene", "it") or wish.thread.shots or wish.talk.shots):
        nobody = re.match(r"(?:no one|nobody|none)", taking[0])
        silent = re.search(r"@[bn]\d+ (?:should |must )?(?:not|\w*n't|never|says? nothing)", taking[0])
        if taking["what"] or nobody or silent:
            return _silence(wish, draft)
    say = wish.see(
        r"\b(?:let|have|make|should|must|can|could|would)\b.*\b(?:say|speak|read|narrate|deliver|"
        r"tell)\b|\bgive\b.*\bto @[bn]\d+|@[bn]\d+ (?:says?|speaks?|reads?)\b|\bgive @[bn]\d+\b|"
        r"\b(?:spoken|said|whispered|shouted|read|told) by @[bn]|\bcomes? from @[bn]|\bsay\b"
    )
    if (
        say
        and wish.see(
            rf"\b(?:that |the |this |it|same |closing |last |first |final |his |her )*{LINE}\b|@i\d+|\bit\b"
        )
        and not wish.see(r"\bsay:|says:|: ")
    ):
        line = _meant(wish, film)
        if line is not None and given_to(wish, draft, *line):
            return True
    return _unquoted(wish, draft)


SAYS = re.compile(
    rf"\b(?:change|make|set|rewrite) the {LINE} (?:in|of) @s\d+ (?:to|into|say|read) ?:? ?[^@ ]"
)
"""Words after which a line's new words stand without quotation marks, to the end of the sentence."""
_LESS = re.compile(
    r"\b(?:fewer|less|not so (?:much|many)|too (?:much|many)|reduce the|cut down(?: on)? the)(?: of the)? "
    r"(?:talk(?:ing)?|words|speech|speaking|chatter|chat|dialogue|narration|lines|voice-over|text)\b|"
    r"(?:@n\d+|@b\d+|they|@i\d+) (?:talks?|speaks?|says?) (?:far |way |much )?(?:too much|less)\b|"
    r"(?:@n\d+) (?:never|won't|doesn't) (?:shuts? up|stops?(?: talking)?)\b"
)


def talk_less(wish: Wish, draft: Draft) -> bool:
    """``less talking``: which lines are to go is asked."""
    if wish.refs("quote") or not wish.see(_LESS):
        return False
    where = "".join(f" in {s}" for s in wish.shots(draft.film, ask=False) if wish.refs("shot"))
    if wish.refs("scene") or wish.refs("being") or where:
        raise Unclear("Which line is to go? Say some of its words, or the number of its shot.")
    raise Unclear("What is to be said no more?", ("remove the narration", "remove the dialogue"))


def _none_at_all(wish: Wish, draft: Draft) -> bool:
    """No dialogue or no narration in the whole film."""
    film = draft.film
    found = wish.see(
        r"\b(?:no|without(?: any)?|remove (?:all )?(?:the )?|delete (?:all )?(?:the )?|drop (?:all )"
        r"?(?:the )?|lose (?:all )?(?:the )?|cut (?:out )?(?:all )?(?:of )?(?:the )?|"
        r"(?:get rid of|take out|leave out|scrap|skip|"
        r"mute) (?:all )?(?:of )?(?:the )?) ?(?P<what>dialogue|narration|narrator|"
        r"talking|speech|spoken words|words at all|words|voice-over|voices|@n\d+)(?= (?:(?:in|for|"
        r"throughout|from) )?@f\d+| at all| anywhere| please| any more|$)"
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
        if shots and wish.see(rf"\b{LINE}\b"):
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
            rf"(?P<who>@[bns]\d+) 's (?:{LINE}) (?:should be|is|must be|becomes|could be|now reads|"
            rf"should read)? ?(?P<colon>:|to) (?P<words>.+)$"
        )
        or wish.see(
            rf"\b(?P<who>(?:change|make|set|rewrite)) the {LINE} (?:in|of) @s\d+ (?:to|into|say|read) "
            rf"?(?P<colon>:)? ?(?P<words>[^@].+)$"
        )
    )
    if found is None:
        return False
    words = wish.raw(found, "words").strip(" ,:")
    if re.match(r"(?:in|at|during|for) @[sci]\d+$", found["words"].strip(" ,:.!")):
        return False
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
    return say(wish, draft, words)


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
