"""Wishes for a new shot."""

from __future__ import annotations

import re

from ...storyboard.boarding import LEAD_SECONDS
from ...storyboard.casting import seeded
from ...storyboard.coverage import RANK, lens_of
from ...storyboard.edit_types import Insert
from ...storyboard.film import Camera, Film, Line, Shot
from ...storyboard.staging import block
from ...storyboard.timeline import BREATH_FRAMES, estimated_ms
from ...storyboard.treatment import TreatedPart, TreatedShot
from ...storyboard.vocabulary import Angle, LightKey, LineKind, Move, Opening, ShotSize
from ...storyboard.voices import PACE
from .acting import Deedlike, doing, present_tense
from .camera import named_in
from .cues import NUMBER
from .draft import Draft
from .index import everything
from .insert_places import WHERE, where_to
from .newcomers import new_thing, newcomer, settled, sort_of, stage_of
from .values import value_in
from .wish import Wish, one_of

_NOUN = (
    r"(?:(?:extreme |medium |very )?(?:close-ups?|close shot|tight shot|wide shot|establishing "
    r"shot|full shot|medium "
    r"shot|long shot|insert(?: shot)?|two-shot|detail|cutaway|reaction shot)|shots?|pictures?|"
    r"images?|views?|beat|moment|frame|look)"
)
INSERT = re.compile(
    rf"\b(?:add|insert|include|put in|put|place|give (?:me|us)|need|want|there (?:should|could|"
    rf"must) be|slip in|squeeze in|throw in|have|show|with|see|like|missing|cut in|begin with|"
    rf"start with|open with|open on|end with|end on|finish with|:) (?:me |us |in )?(?:, )"
    rf"?(?:(?:right )?(?:between|after|before|at|in) (?:the )?(?:@[a-z]\d+|start|end|beginning)"
    rf"(?: and @[a-z]\d+)? )?(?:, )?(?:a|an|@d\d+|"
    rf"another|one|one more|one extra|a new|an extra|an additional|some|another new|a short|a "
    rf"quick|a brief|a final|a last|a second|a first)(?: (?:more|extra|new|additional|short|"
    rf"quick|little|brief|final|last|further|single|quiet|lovely|nice|slow|@d\d+|long))* (?P<noun>{_NOUN})\b"
    rf"|\b(?:one|a|an) (?:extra|new|additional|more|further) (?P<noun2>{_NOUN})\b|\b(?:new|extra|"
    rf"another|additional|one more) (?P<noun3>shot|close-up)\b"
    rf"|(?:^|\b(?:see|show|have) )(?P<seen>[^,]+?) in (?:a |an |extreme |big )"
    rf"*(?P<noun4>close-up|wide shot|long shot)(?= (?:right )?(?:after|before|between) @|$)"
)


def insert(wish: Wish, draft: Draft) -> bool:
    """A new shot, told in words, before, after or between others."""
    found = INSERT.search(wish.text)
    if found is not None and found["noun4"] and not wish.see(r"\b(?:after|before|between) @s\d+"):
        return False
    if found is None or wish.see(
        r"\b(?:make|turn|change|convert)\b [^,:]*\binto\b|\b(?:should|must|could) be (?:a|an) "
        r"(?:close|wide|full|medium|long)|^make (?:it|@\S+)? ?(?:a|an) "
    ):
        return False
    if (
        re.match(r"(?:with|have|show|see|like|want|need)\b", found[0])
        and not (found["noun2"] or found["noun3"] or found["noun4"])
        and not re.search(r"\b(?:another|extra|new|more|additional)\b", found[0])
        and (not WHERE.search(wish.text) or wish.refs("it"))
    ):
        return False
    film = draft.film
    after, near = where_to(wish, draft, found)
    words = found["seen"] or _story(wish, found)
    words = re.sub(r"^.*\b(?:see|show|have|like to) (?=@|the |a )", "", words) if found["seen"] else words
    words = (
        re.sub(r"\b(?:after|before|between) @s\d+(?: and @s\d+)?\b ?", "", words) if found["seen"] else words
    )
    noun = found["noun"] or found["noun2"] or found["noun3"] or found["noun4"] or "shot"
    shot_words = (
        noun if noun not in ("shot", "picture", "image", "view", "moment", "beat", "frame", "look") else ""
    )
    shot = _board(wish, draft, words, near, after, shot_words)
    draft.do(
        Insert(shot=shot, after=after),
        said=f"a new shot {shot.id} {'after ' + after if after else 'at the start'}: {shot.event.sentence}",
        shots=(shot.id,),
    )
    draft.about((shot.id,), tuple(m.entity for m in shot.cast))
    scene = film.scenes[shot.scene]
    hour = value_in(wish, "hours", take=False)
    if hour is not None and hour != scene.hour and not wish.refs("scene"):
        draft.notice(
            f"The new shot belongs to {scene.id}, whose hour is {scene.hour}: it is drawn so. Say "
            f'"{scene.id.replace("-", " ")} at {hour}" to change them all.'
        )
    wish.spend_all()
    del film
    return True


def _story(wish: Wish, cue: re.Match[str]) -> str:
    """What is seen in the new shot, in marked words: what follows "of", "where", a colon or a comma."""
    text = wish.text
    after = text[cue.end() :]
    holes = [(f.start(), f.end()) for f in WHERE.finditer(after)]
    for start, stop in reversed(holes):
        chunk = after[start:stop]
        if re.match(r"(?:in|into|to|during|inside) ", chunk) and re.search(r"@[ik]", chunk):
            continue
        after = after[:start] + " " + after[stop:]
    after = re.sub(
        (
            r"\b(?:right |just )?(?:before|after|between) (?:the |@)[^,:;]*?(?=$| ,| :| where| of | in "
            r"which| showing)"
        ),
        " ",
        after,
    )
    after = re.sub(
        (
            r"^[\s,:;-]*(?:of|on|where|when|in which|showing|that shows|with|that|to|:|,|-|–|for @d\d+|"
            r"as|who|"
            r"there|@d\d+(?: long)?|long|seconds)+\b[\s,:;-]*"
        ),
        " ",
        after.strip() + " ",
    )
    after = re.sub(r"^(?:\s|of\b|where\b|in which\b|showing\b|shows\b|with\b|that\b|[,:–-])+", "", after)
    return after.strip(" ,.:;")


def _plain(wish: Wish, words: str, film: Film) -> str:
    """Marked words as words again, with the film's own names."""
    names = everything(film)

    def named(match: re.Match[str]) -> str:
        ref = wish.ref(match[0])
        if ref.ids and ref.sort in ("being", "thing", "place"):
            return names[ref.ids[0]].name if ref.ids[0] in names else ref.words
        return ref.words

    return " ".join(re.sub(r"@[a-z]\d+", named, words).split()).replace(" ,", ",").replace(" 's", "'s")


def _board(wish: Wish, draft: Draft, words: str, near: str, after: str | None, size_words: str) -> Shot:
    beside = draft.film.shot(near)
    act = doing(wish, draft, words)
    film = draft.film
    scene = film.scenes[beside.scene]
    members, props = _shown(wish, draft, words, act)
    film = draft.film
    stage = settled(stage_of(film, scene.id, members), beside)
    names = film.characters
    sentence = act.sentence if act else _sentence(_plain(wish, words, film), film, members, props)
    actor = act.actor if act else (members[0] if members and not props else None)
    parts = tuple(TreatedPart(name=names[m].name, state="", expression=None) for m in members if m != actor)
    angle, move = named_in(wish, "angle"), named_in(wish, "move")
    size = _size(wish, size_words, members, props)
    treated = TreatedShot(
        sentence=sentence,
        actor=names[actor].name if actor in names else film.props[actor].name if actor else None,
        verb=act.verb if act else "",
        target=_name(film, act.target) if act and act.target else None,
        manner="",
        parts=parts,
        props=tuple(film.props[p].name for p in props),
        size=size,
        angle=Angle(angle) if angle else None,
        view=None,
        move=None,
        opens=None,
        opening="",
        closing="",
        lines=(),
        seconds=None,
    )
    blocking = block(stage, treated, size, single=False)
    lines, heard = _lines(wish, film, _next_id(film, after))
    seconds = next((r.seconds for r in wish.refs("time") if not r.clock), 4.0 if RANK[size] < 6 else 3.0)
    rate = film.settings.rate
    focus = None
    if RANK[size] > RANK[ShotSize.full]:
        here = [m.entity for m in blocking.cast]
        things = [u.entity for u in blocking.props]
        focus = (
            things[0]
            if props and things and (size is ShotSize.insert or not here)
            else (actor if actor in here else here[0] if here and len(here) == 1 else None)
        )
    shot_id = _next_id(film, after)
    lead = rate.frames(LEAD_SECONDS) if lines else 0
    return Shot(
        id=shot_id,
        scene=scene.id,
        event=blocking.event,
        cast=blocking.cast,
        props=blocking.props,
        camera=Camera(
            size=size,
            angle=Angle(angle) if angle else Angle.eye,
            move=Move(move) if move else Move.static,
            lens=lens_of(size, film.places[scene.place].look),
            focus=focus,
        ),
        light=LightKey(beside.light) if beside.light is not LightKey.silhouette else LightKey.natural,
        frames=max(round(seconds * float(rate.fps)), lead + heard, rate.frames(2)),
        opens=Opening.cut,
        lines=tuple(lines),
        lead=lead,
        seed=seeded(film.settings.seed, "shot", shot_id),
    )


def _name(film: Film, entity: str) -> str:
    every = everything(film)
    return every[entity].name


def _shown(
    wish: Wish, draft: Draft, words: str, act: Deedlike | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who and what is in the new shot, newcomers among them."""
    beings: dict[str, None] = {}
    things: dict[str, None] = {}
    if act and act.actor:
        (beings if act.actor in draft.film.characters else things)[act.actor] = None
    for mark in re.findall(r"@[bo]\d+", words):
        ref = wish.ref(mark)
        if ref.new and not ref.ids:
            if any(ref.new in c.name for c in draft.film.characters.values()):
                continue
            beings[newcomer(draft, ref.new, ref.words).id] = None
            continue
        for one in one_of(ref, draft.film):
            (beings if one in draft.film.characters else things)[one] = None
    alone = re.search(r"@b(\d+)\b[^@,]*\b(?:alone|by (?:him|her|it)self)\b", words)
    if not act and not beings and not things:
        for noun in re.findall(r"\b(?:a|an|the|his|her|its|some) ((?:[a-z'-]+ ){0,2}[a-z'-]+)\b", words)[:1]:
            sort = sort_of(noun)
            if sort == "being":
                beings[newcomer(draft, noun, noun).id] = None
            elif sort == "thing":
                things[new_thing(draft, noun).id] = None
    del alone
    return tuple(beings), tuple(things)


def _size(wish: Wish, words: str, members: tuple[str, ...], props: tuple[str, ...]) -> ShotSize:
    if "extreme close" in words:
        return ShotSize.extreme_close
    if "insert" in words or "detail" in words or ("close" in words and props and not members):
        return ShotSize.insert
    for word, size in (
        ("medium close", ShotSize.medium_close),
        ("close", ShotSize.close),
        ("establishing", ShotSize.extreme_wide),
        ("wide", ShotSize.wide),
        ("long", ShotSize.wide),
        ("full", ShotSize.full),
        ("medium", ShotSize.medium),
        ("reaction", ShotSize.medium_close),
        ("two", ShotSize.two_shot),
    ):
        if word in words:
            return size if size is not ShotSize.two_shot or len(members) == 2 else ShotSize.medium
    named = named_in(wish, "size")
    if named:
        return ShotSize(named)
    if props and not members:
        return ShotSize.insert
    return ShotSize.wide if not members else ShotSize.medium if len(members) == 1 else ShotSize.full


def _sentence(words: str, film: Film, members: tuple[str, ...], props: tuple[str, ...]) -> str:
    if not words:
        names = [_name(film, i) for i in (*members, *props)]
        words = " and ".join(names) if names else "The place, seen again"
    words = re.sub(rf"\b(?:for )?{NUMBER} seconds?\b", "", words).strip(" ,")
    if len(words.split()) <= 4 and not re.match(r"(?:the|a|an|his|her)\b", words) and not words[:1].isupper():
        words = words if members else f"the {words}"
    return present_tense(words[:1].upper() + words[1:]) + "."


def _lines(wish: Wish, film: Film, shot_id: str) -> tuple[list[Line], int]:
    """A quotation in the wish is narrated in the new shot."""
    lines, heard = [], 0
    for n, ref in enumerate(wish.refs("quote"), 1):
        speaker = (
            next((i for r in wish.refs("being") for i in r.ids), None)
            if wish.see(r"\bsay(?:s|ing)?\b")
            else None
        )
        line = Line(
            id=f"{shot_id}-{n}",
            speaker=speaker,
            kind=LineKind.dialogue if speaker else LineKind.narration,
            words=ref.words,
        )
        lines.append(line)
        milliseconds = estimated_ms(line, film.story.language if film.story else "en", PACE)
        rate = film.settings.rate
        heard += -(-milliseconds * rate.num // (rate.den * 1000)) + BREATH_FRAMES
    return lines, heard


def _next_id(film: Film, after: str | None) -> str:
    """An id as the trade numbers a shot that comes between: 5A after 5."""
    taken = {s.id for s in film.shots}
    base = (
        re.sub(r"[a-z]+$", "", after)
        if after and re.fullmatch(r"s\d+[a-z]*", after)
        else ("s00" if after is None else after[:40])
    )
    if after is None and base not in taken:
        return base
    for letter in "abcdefghijklmnopqrstuvwxyz":
        if f"{base}{letter}" not in taken:
            return f"{base}{letter}"
    return next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)
