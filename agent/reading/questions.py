"""Questions that are answered from the film, and change nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ...storyboard.film import Film
from ..directing.understood import Talk
from .asked import listed, names_of, seconds_of, shots_hold, story_tells
from .clauses import bare
from .draft import Cannot, Unclear
from .index import Index, everything
from .marks import Marked, Ref
from .wish import Thread, Wish, count_words, length_words, told

Answer = Callable[[Wish, Film, str], "str | None"]


def answer(
    sentence: Marked, index: Index, talk: Talk, thread: Thread
) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """(what is answered, shots and entities it is about); None where the film does not say it."""
    asked, _ = bare(sentence)
    for n, item in enumerate(asked.items):
        if item.ref is not None and item.ref.options and not item.ref.ids:
            told_of = replace(item.ref, ids=item.ref.options, options=())
            asked.items[n] = replace(item, ref=told_of)
            asked.refs[int(re.sub(r"\D", "", item.text))] = told_of
    wish = Wish(asked, index, talk, thread)
    film = index.film
    text = re.sub(r" [.?!]", "", wish.text)
    for rule in _RULES:
        try:
            found = rule(wish, film, text)
        except (Cannot, Unclear) as error:
            found = str(error)
        if found:
            shots = tuple(i for r in wish.refs("shot") for i in r.ids)
            entities = tuple(i for r in wish.refs("being", "thing", "place") for i in r.ids)
            return found, shots, entities
    return None


def _changed(wish: Wish, film: Film, text: str) -> str | None:
    if not re.search(
        (
            r"\b(?:what|which|show|list|tell).*\b(?:changed?|changes|did i|have i|was done|history|so "
            r"far)\b|\bwhat did (?:i|we|you) (?:do|change|say)\b|^(?:did|have) (?:you|we|i)\b"
        ),
        text,
    ):
        return None
    if wish.refs("shot", "scene") and not re.search(r"\b(?:did|have) (?:i|we)\b", text):
        return None
    said = wish.talk.said[-6:]
    return (
        "Said so far, the last last: " + "; ".join(repr(s[:80]) for s in said) + "."
        if said
        else "Nothing was asked for in this talk yet."
    )


def _how_long(wish: Wish, film: Film, text: str) -> str | None:
    if not re.search(
        (
            r"\bhow long\b|\bwhat(?:'s| is| 's)? (?:the )?(?:length|duration|running time|run time)\b|"
            r"\b(?:length|duration|running time)\b.*\b(?:of|is)\b|\bhow many (?:seconds|minutes)\b|"
            r"\bwhen does @f\d+ end"
        ),
        text,
    ):
        return None
    if wish.refs("shot", "scene") or any("shot" in r.words or "scene" in r.words for r in wish.refs("it")):
        shots = wish.shots(film)
        total = sum(film.shot(s).frames for s in shots)
        return f"{listed(list(shots))}: {seconds_of(film, total)}."
    if ref := next(iter(wish.refs("card")), None):
        card = film.opening if ref.ids[0] == "opening" else film.ending
        return (
            f"The {ref.ids[0]} card: {seconds_of(film, card.frames)}."
            if card
            else f"There is no {ref.ids[0]} card."
        )
    asked = f"; {film.brief.seconds} s were asked for" if film.brief.seconds else ""
    return f"The film: {length_words(film)}, in {len(film.shots)} shots{asked}."


def _how_many(wish: Wish, film: Film, text: str) -> str | None:
    found = re.search(r"\bhow many ([a-z-]+)|\bnumber of ([a-z-]+)|\bhow many (@\w+)", text)
    if not found:
        return None
    what = (found[1] or found[2] or "").rstrip("s")
    if wish.refs("being", "thing") and (what == "shot" or not what):
        return _where_is(wish, film, "which shots")
    shots = [film.shot(s) for s in wish.shots(film)] if wish.refs("scene", "shot") else list(film.shots)
    if what == "shot":
        return (
            f"{len(shots)} shots{' there' if wish.refs('scene') else ''}."
            if wish.refs("scene")
            else f"The film has {count_words(film)}."
        )
    if what == "scene":
        return f"{len(film.scenes)} scenes."
    if what in ("character", "people", "person", "actor", "figure"):
        return f"{len(film.characters)}: {names_of(film, list(film.characters))}."
    if what in ("place", "location", "set"):
        return f"{len(film.places)}: {names_of(film, list(film.places))}."
    if what in ("prop", "thing", "object"):
        return f"{len(film.props)}: {names_of(film, list(film.props))}."
    if what in ("line", "sentence"):
        return f"{sum(len(s.lines) for s in shots)} lines."
    if what == "word":
        return f"{sum(len(ln.words.split()) for s in shots for ln in s.lines)} spoken words."
    if re.search(r"close|wide", what):
        size = what.split("-")[0]
        return f"{sum(size in s.camera.size.split('-') for s in shots)}."
    return None


def _silent(wish: Wish, film: Film, text: str) -> str | None:
    found = re.search(r"\bwhich (?:shots?|scenes?) (?:have|has|are|is) (?P<no>no |without |silent)?", text)
    if not found or not re.search(r"\b(?:narration|lines?|words|dialogue|silent|voice)\b|@n\d+", text):
        return None
    shots = [s.id for s in film.shots if bool(s.lines) != bool(found["no"])]
    return f"{'Without' if found['no'] else 'With'} words: {listed(shots) or 'none'}."


def _longest(wish: Wish, film: Film, text: str) -> str | None:
    found = re.search(r"\b(longest|shortest)\b", text)
    if not found:
        return None
    ranked = sorted(film.shots, key=lambda s: s.frames, reverse=found[1] == "longest")
    return f"The {found[1]} shot: {told(film, ranked[0].id)} ({seconds_of(film, ranked[0].frames)})."


def _who(wish: Wish, film: Film, text: str) -> str | None:
    if re.search(
        (
            r"\bwho (?:wrote|made|created|invented|is the (?:writer|author))\b|\bwritten by\b|\bwhich "
            r"(?:writer|model)\b"
        ),
        text,
    ):
        wrote = film.wrote
        if wrote is None:
            return (
                f"No writer is recorded; the film's writer setting is {film.settings.writer!r}. The idea was "
                f"yours: {film.brief.idea[:120]!r}."
            )
        return (
            f"Written by {wrote.writer}{' (' + wrote.model + ')' if wrote.model else ''}, from your idea "
            f"{film.brief.idea[:120]!r}."
        )
    if re.search(
        r"\bwho (?:says|said|speaks|talks|(?:is |'s |was )?(?:speaking|talking|heard)|narrates|tells)\b", text
    ):
        from .lines import line_like

        if quote := next(iter(wish.refs("quote")), None):
            hit = line_like(film, quote.words)
            return (
                (
                    f"{'The narrator' if hit[1].speaker is None else film.characters[hit[1].speaker].name}, "
                    f"in {hit[0].id}."
                )
                if hit
                else f"Nobody says {quote.words[:80]!r}."
            )
        shots = wish.shots(film, ask=False)
        if not shots:
            return None
        rows = [
            f"{'the narrator' if ln.speaker is None else film.characters[ln.speaker].name}: {ln.words!r}"
            for s in shots
            for ln in film.shot(s).lines
        ]
        return f"{listed(list(shots))}: " + ("; ".join(rows) if rows else "nobody speaks") + "."
    if re.search(
        (
            r"\bwho (?:is|'s|are|appears|do we see|can (?:you|we) see|stands|plays|comes|all is|else|"
            r"acts)\b|\bwho (?:\w+ )*(?:in|at)\b|\bwhich (?:characters|people)\b|\bwhat characters\b|"
            r"\bthe cast\b|\bwho\b"
        ),
        text,
    ):
        if wish.refs("shot", "scene") or any(
            "shot" in r.words or "scene" in r.words for r in wish.refs("it")
        ):
            shots = wish.shots(film)
            rows = [f"{s}: {names_of(film, [m.entity for m in film.shot(s).cast])}" for s in shots[:12]]
            return "; ".join(rows) + "."
        if beings := [r for r in wish.refs("being") if r.ids]:
            who = film.characters.get(beings[0].ids[0])
            if who is not None:
                return f"{who.name}: {who.words or who.noun}"
        return (
            "In the film: "
            + "; ".join(f"{c.name} ({c.noun})" if c.noun else c.name for c in film.characters.values())
            + "."
        )
    return None


def _where_is(wish: Wish, film: Film, text: str) -> str | None:
    refs: list[Ref] = [r for r in wish.refs("being", "thing", "place") if r.ids]
    stranger = next((r for r in wish.refs("being") if r.new and not r.ids), None)
    if (
        stranger is not None
        and not refs
        and re.match(r"(?:where|when|which|is|are|do|does|in which)\b", text)
    ):
        return f"There is no {stranger.new} in this film. In it are: {names_of(film, list(film.characters))}."
    if (
        refs
        and re.search(
            (
                r"\b(?:which|what|in what|how many) (?:of the )?(?:shots?|scenes?|pictures?|images?)\b|"
                r"\bwhere (?:is|are|does|do|can|'s|else|in @f)\b|\bwhen (?:does|do|is|can|will|'s)\b|"
                r"\b(?:appears?|show up|shows up|is seen|do we see)\b"
            ),
            text,
        )
        and not wish.refs("shot", "scene")
    ):
        rows = []
        for ref in refs[:2]:
            for entity in ref.ids:
                where = [
                    s.id
                    for s in film.shots
                    if entity
                    in {m.entity for m in s.cast} | {u.entity for u in s.props} | {film.scenes[s.scene].place}
                ]
                rows.append(f"{names_of(film, [entity])}: {listed(where) if where else 'in no shot'}")
        return "; ".join(rows) + "."
    if re.search(r"\bwhere\b|\bwhich (?:place|location)\b|\bwhat (?:place|location)\b", text) and (
        wish.refs("shot", "scene", "it")
    ):
        scenes = wish.scenes(film)
        return (
            "; ".join(
                (
                    f"{s}: at {film.places[film.scenes[s].place].name}, {film.scenes[s].hour}, "
                    f"{film.scenes[s].weather}"
                )
                for s in scenes
            )
            + "."
        )
    if re.search(r"\bwhere\b", text) and not refs:
        if new := next((r for r in wish.refs("being") if r.new), None):
            return f"There is no {new.new} in this film. In it are: {names_of(film, list(film.characters))}."
        return (
            "The places: "
            + "; ".join(
                f"{p.name} ({listed([s.id for s in film.shots if film.scenes[s.scene].place == p.id])})"
                for p in film.places.values()
            )
            + "."
        )
    return None


def _what(wish: Wish, film: Film, text: str) -> str | None:
    story = film.story
    if story is None:
        return None
    if (
        re.search(r"\b(?:title|called)\b", text)
        and re.search(r"\bwhat\b|\bwhich\b", text)
        and not wish.refs("being", "thing")
    ):
        return f"The title: {story.title}."
    if re.search(r"\bstyles?\b", text):
        from ...storyboard.vocabulary import Style

        return f"The film is drawn in {film.settings.style}. There are: {', '.join(Style)}."
    if re.search(r"\bmusic\b|\bmood\b|@m\d+", text):
        scenes = wish.scenes(film) or tuple(film.scenes)
        return "; ".join(f"{s}: {film.scenes[s].mood}" for s in scenes) + "."
    if re.search(r"\bseason\b", text):
        return f"The season: {story.season}."
    if (
        re.search(
            r"\b(?:time of day|hour|what time|weather|night|day|rain|raining|snow\w*|dark|sunny|light)\b",
            text,
        )
        and re.match(r"(?:what|is|does|when|which|how|at what|in which)", text)
        and not re.match(r"what happens", text)
    ):
        scenes = wish.scenes(film) or tuple(film.scenes)
        return "; ".join(f"{s}: {film.scenes[s].hour}, {film.scenes[s].weather}" for s in scenes) + "."
    if re.search(r"\bsay|\bsaid|\bline|\bnarrat|\bwords\b", text) and wish.shots(film, ask=False):
        shots = wish.shots(film, ask=False)
        rows = [
            f"{s}: {'the narrator' if ln.speaker is None else film.characters[ln.speaker].name}: {ln.words!r}"
            for s in shots
            for ln in film.shot(s).lines
        ]
        return "; ".join(rows) + "." if rows else f"Nothing is said in {listed(list(shots))}."
    if re.search(
        (
            r"\bwhat(?:'s| is| 's)? (?:the )?(?:story|film|plot|logline|it|@f\d+|@i\d+)(?: about)?\b|"
            r"\bwhat happens in @f\d+|\bsummar|\btell me (?:the|about) (?:story|plot|@f\d+)"
        ),
        text,
    ) and not wish.refs("shot", "scene"):
        return f"{story.title}: {story.logline or film.brief.idea[:200]}"
    beings = [r for r in wish.refs("being", "thing", "place") if r.ids]
    asked = re.search(
        r"\b(?:look|looks|wear|wears|wearing|colou?r|old|like|hair|coat|hat|describe|age|big|tall)\b", text
    )
    if beings and asked and not wish.refs("shot"):
        every = everything(film)
        return "; ".join(f"{every[i].name}: {every[i].words}" for i in beings[0].ids)
    if wish.refs("card"):
        ids = wish.refs("card")[0].ids
        card = film.opening if ids[0] == "opening" else film.ending
        return (
            f"The {ids[0]} card: {card.heading}{' / ' + card.body if card.body else ''}."
            if card
            else f"There is no {ids[0]} card."
        )
    return None


_RULES: tuple[Answer, ...] = (
    _changed,
    _how_long,
    _how_many,
    _silent,
    _longest,
    _who,
    _where_is,
    _what,
    shots_hold,
    story_tells,
)
