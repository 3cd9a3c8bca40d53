"""Pointing: which shots, scenes, people and things the words of a sentence mean."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from ...storyboard.vocabulary import Hour
from ..directing.understood import Talk
from .clock import Clock
from .cues import ORDINAL, number_of, ordinal_of
from .index import Index
from .marks import Item, Marked, Ref, Sort
from .naming import mark_names
from .ranges import mark_parts, mark_ranges
from .rephrasing import rephrased
from .signs import (
    ALL,
    BARE,
    BESIDE,
    CARDS,
    CODED,
    FILM,
    MUSIC,
    NARRATOR,
    NUMBERED,
    ONE,
    ORDERED,
    ORDERED_FEW,
    POINTED,
    SCENES,
    SIZE_WORDS,
    SIZED,
    TOLD,
    WHEN,
)
from .wording import Token


class Pointing:
    """Finds what is pointed at in one film, in the light of what was said before."""

    def __init__(self, film: Film, talk: Talk) -> None:
        self.film = film
        self.talk = talk
        self.index = Index(film)
        self.clock = Clock(film, self.index)

    def mark(self, said: str, found: list[Token]) -> Marked:
        """The sentence with what it points at exchanged for marks."""
        marked = Marked([], said)
        for token in rephrased(found):
            if token.quote is not None:
                marked.items.append(marked.mark(Ref("quote", words=token.quote), token.start, token.stop))
            else:
                marked.items.append(Item(token.text, token.start, token.stop))
        self.clock.mark(marked)
        marked.put(CARDS, self._card)
        marked.put(SCENES, lambda m: self._scenes(m["list"], m[0]))
        marked.put(NUMBERED, lambda m: self._shots(m["list"], m[0]))
        marked.put(CODED, lambda m: self._shots(m["list"], m[0]))
        marked.put(
            re.compile(
                r"(?:the )?(?:climax|crisis|setup|set-up|resolution|(?:grand )?finale)(?: scene)?\b|the "
                r"ending(?: scene)?\b"
            ),
            self._beat,
        )
        mark_parts(marked, self.index)
        marked.put(ORDERED, self._ordered)
        marked.put(ORDERED_FEW, self._ordered)
        marked.put(ALL, self._all)
        marked.put(
            BESIDE,
            lambda m: Ref("it", words=f"{m['way'] or m['way2']} {_scene_or_shot(m['what'] or m['what2'])}"),
        )
        marked.put(POINTED, lambda m: Ref("it", words=f"that {_scene_or_shot(m['what'] or m['all'])}"))
        marked.put(
            re.compile(r"the (?P<what>[a-z]+ing)(?= (?:should|must|needs|has to|is too|in close|could))"),
            self._going_on,
        )
        marked.put(WHEN, self._when)
        marked.put(SIZED, self._sized)
        marked.put(TOLD, self._told)
        marked.put(BARE, self._bare)
        marked.put(NARRATOR, lambda m: Ref("narrator", words=m[0]))
        marked.put(MUSIC, lambda m: Ref("music", words=m[0]))
        marked.put(FILM, lambda m: Ref("film", words=m[0]))
        mark_names(marked, self.index, self.talk)
        mark_ranges(marked, self.index)
        marked.put(
            re.compile(
                r"(@[scf]\d+) (?:in|at|on|of|with|from|that show|showing|where we see) (@[pbo]\d+)(?! 's)"
            ),
            lambda m: self._narrowed(m, marked),
        )
        return marked

    def number(self, words: str) -> str | None:
        """The shot of a number as it is counted on the board, or of an id; None where there is none."""
        if re.fullmatch(r"s\d+[a-z]?", words) or re.fullmatch(r"\d+[a-z]", words):
            digits = re.sub(r"\D", "", words)
            tail = words[-1] if words[-1].isalpha() else ""
            return next((i for i in self.index.ids if re.fullmatch(rf"s0*{int(digits)}{tail}", i)), None)
        number = number_of(words)
        if number is None or number != int(number) or not 1 <= number <= len(self.index.ids):
            return None
        return self.index.ids[int(number) - 1]

    def _list(self, words: str) -> list[str]:
        parts = re.findall(rf"{ONE}|to|through|thru|till|until| - |–", words)
        found: list[str] = []
        for n, part in enumerate(parts):
            if part.strip() in ("to", "through", "thru", "till", "until", "-", "–"):
                low, high = (
                    number_of(re.sub(r"^s", "", parts[n - 1])),
                    number_of(re.sub(r"^s", "", parts[n + 1])),
                )
                if low is not None and high is not None and 0 < high - low < 2000:
                    found += [str(int(k)) for k in range(int(low) + 1, int(high))]
            elif part not in found:
                found.append(part)
        return found

    def _shots(self, words: str, whole: str) -> Ref:
        numbers = self._list(words)
        ids = [self.number(n) for n in numbers]
        missing = [n for n, i in zip(numbers, ids, strict=True) if i is None]
        if missing:
            return Ref("shot", (), words=f"shot {missing[0]}")
        return Ref("shot", tuple(i for i in ids if i), whole)

    def _bare(self, match: re.Match[str]) -> Ref | None:
        found = self._shots(match["list"], match[0])
        return found if found.ids else None

    def _scenes(self, words: str, whole: str) -> Ref:
        found = []
        for one in self._list(words):
            number = number_of(one)
            if number is None or not 1 <= number <= len(self.index.scene_ids):
                return Ref("scene", (), words=f"scene {one}")
            found.append(self.index.scene_ids[int(number) - 1])
        return Ref("scene", tuple(found), whole)

    def _beat(self, match: re.Match[str]) -> Ref | None:
        word = (
            match[0]
            .replace("the ", "")
            .replace(" scene", "")
            .replace("set-up", "setup")
            .replace("grand ", "")
        )
        if word in ("finale", "ending") and self.index.scene_ids:
            return Ref("scene", (self.index.scene_ids[-1],), match[0])
        story = self.film.story
        ids = tuple(s.id for s in story.scenes if s.beat == word) if story else ()
        return Ref("scene", ids, match[0]) if ids else None

    def _ordered(self, match: re.Match[str]) -> Ref | None:
        parts = match.groupdict()
        what = parts.get("what") or "shots"
        scene = _scene_or_shot(what) == "scene"
        pool = self.index.scene_ids if scene else self.index.ids
        inside = parts.get("scene") or ""
        if not scene and inside.startswith("@c"):
            return None
        count = number_of(parts["count"]) if parts.get("count") else None
        orders = [o for w in re.findall(ORDINAL, match["ord"]) if (o := ordinal_of(w)) is not None]
        if what in ("bit", "part", "moment", "bits", "parts", "takes", "take") and match["ord"] in (
            "opening",
            "ending",
        ):
            return None
        sort: Sort = "scene" if scene else "shot"
        if count is not None and count >= 2:
            size = int(count)
            some = pool[:size] if orders[0] == 1 else pool[-size:]
            return Ref(sort, tuple(some), match[0]) if size <= len(pool) else Ref(sort, (), match[0])
        if "shots" in what and len(orders) == 1 and count is None and orders[0] in (1, -1):
            return None
        ids = []
        for order in orders:
            at = order - 1 if order > 0 else len(pool) + order
            if not 0 <= at < len(pool):
                return Ref(sort, (), words=match[0])
            ids.append(pool[at])
        return Ref(sort, tuple(ids), match[0])

    def _all(self, match: re.Match[str]) -> Ref | None:
        what = match["what"]
        if match[0].startswith("both") and not match["scene"] and not match["size"]:
            return (
                Ref("it", words=f"that {_scene_or_shot(what)}")
                if len(self.index.ids) != 2
                else Ref("shot", tuple(self.index.ids), match[0])
            )
        if what.startswith("scene"):
            told = (match["size"] or "").split()
            if told and told[0] in ("day", "daylight"):
                by_day = tuple(i for i, s in self.film.scenes.items() if s.hour in _BY_DAY)
                return Ref("scene", by_day, match[0])
            if told and told[0] in set(Hour):
                at = tuple(i for i, s in self.film.scenes.items() if s.hour == told[0])
                return Ref("scene", at, match[0])
            fit = self.index.fitting(told, True) if told else self.index.scene_ids
            return Ref("scene", tuple(fit), match[0])
        size = ((match["size"] or "") + what).split()[0].split("-")[0].rstrip("s")
        wanted = SIZE_WORDS.get(size)
        if (match["size"] or "").strip() and wanted is None:
            fits = tuple(self.index.fitting(match["size"].split(), False))
            return Ref("shot", fits, match[0]) if fits else None
        shots = [s for s in self.film.shots if wanted is None or s.camera.size in wanted]
        return Ref("shot", tuple(s.id for s in shots), match[0])

    def _card(self, match: re.Match[str]) -> Ref | None:
        which = match["which"] or ""
        if match["titles"] in ("both cards", "cards"):
            return Ref("card", ("opening", "ending"), match[0])
        end = which.startswith(("end", "clos", "last", "final", "credit")) or (
            match["titles"] or ""
        ).endswith("credits")
        return Ref("card", ("ending" if end else "opening",), match[0])

    def _sized(self, match: re.Match[str]) -> Ref | None:
        first = (
            match["size"].split()[0].split("-")[0].removesuffix("st").rstrip("s")
            if not match["size"].startswith("extreme")
            else "close"
        )
        wanted = SIZE_WORDS.get(first, ())
        shots = [s.id for s in self.film.shots if s.camera.size in wanted]
        tail = (match["tail"] or "").split()
        if tail and shots:
            shots = list(self.index.described(tail, shots)) or shots
        return _one_of("shot", shots, match[0])

    def _told(self, match: re.Match[str]) -> Ref | None:
        pre, tail = (
            match["pre"].split(),
            re.sub(
                (
                    r"^(?: ,)? (?:where|when|in which|during which|while|that|showing|with|of|on|in|at|from|"
                    r"near|inside|by)\b"
                ),
                "",
                match["tail"] or "",
            ),
        )
        if len(pre) > 1 and (order := ordinal_of(pre[0])) is not None:
            return self._nth_told(order, pre[1:], match)
        if any(
            ordinal_of(w) is not None
            or w in ("new", "extra", "whole", "entire", "same", "other", "only", "next", "shot", "scene")
            for w in pre
        ):
            return None
        words = [*pre, *re.findall(r"[a-z0-9'-]+", tail)]
        kind = _scene_or_shot(match["what"])
        if match["what"] == "one" and not tail:
            return None
        if not words:
            return (
                Ref("it", words=f"that {kind}")
                if match["what"] != "one" and match["what"] not in ("takes", "take")
                else None
            )
        if pre and all(w in _NEUTRAL for w in pre) and not tail:
            return Ref("it", words=f"that {kind}")
        if kind == "scene":
            return _one_of("scene", list(self.index.scene_described(words)), match[0])
        found = list(self.index.described(words))
        if not found and match["what"] in ("one", "part", "bit", "take", "takes", "parts", "bits"):
            return None
        return _one_of("shot", found, match[0])

    def _when(self, match: re.Match[str]) -> Ref | None:
        """When he laughs: the one shot in which that is so."""
        words = re.findall(r"[a-z0-9'-]+", match["what"])
        if (
            any(w in ("should", "must", "could", "want", "would", "wave", "comes") for w in words)
            or len(words) > 9
        ):
            return None
        found = self.index.described(words)
        return Ref("shot", found, match[0]) if len(found) == 1 else None

    def _going_on(self, match: re.Match[str]) -> Ref | None:
        """The crying, the laughing: the one shot in which that happens."""
        found = self.index.described([match["what"]])
        return Ref("shot", found, match[0]) if len(found) == 1 else None

    def _nth_told(self, order: int, words: list[str], match: re.Match[str]) -> Ref | None:
        """The last night scene, the second beach shot: by order among those that fit all words."""
        kind = _scene_or_shot(match["what"])
        fits = self.index.fitting(words, kind == "scene")
        at = order - 1 if order > 0 else len(fits) + order
        return Ref(kind, (fits[at],), match[0]) if 0 <= at < len(fits) else None  # type: ignore[arg-type]

    def _narrowed(self, match: re.Match[str], marked: Marked) -> Ref | None:
        """Every shot in the shop, all close-ups of Mina: those of many shots that are there, or show it."""
        shots, where = marked.ref(match[1]), marked.ref(match[2])
        every = shots.sort == "film" or re.match(r"(?:all|every|each|both)\b", shots.words)
        if not every or not where.ids:
            return None
        film = self.film
        kept = []
        if shots.sort == "film":
            if not re.match(r"(?:everything|everywhere|it all|all)\b", shots.words):
                return None
            seen = tuple(s.id for s in film.shots if film.scenes[s.scene].place in where.ids)
            return Ref("shot", seen, match[0]) if where.sort == "place" else None
        if shots.sort == "scene":
            fit = tuple(i for i in shots.ids if _seen(film, i) & set(where.ids))
            return Ref("scene", fit, match[0])
        for one in shots.ids:
            shot = film.shot(one)
            there = (
                {m.entity for m in shot.cast}
                | {u.entity for u in shot.props}
                | {film.scenes[shot.scene].place}
            )
            if there & set(where.ids):
                kept.append(one)
        return Ref("shot", tuple(kept), match[0])


_BY_DAY = frozenset((Hour.morning, Hour.noon, Hour.afternoon))
_NEUTRAL = frozenset(("actual", "current", "present", "above"))


def _seen(film: Film, scene_id: str) -> set[str]:
    """Who, what and where is seen in a scene."""
    shots = [s for s in film.shots if s.scene == scene_id]
    shown = {m.entity for s in shots for m in s.cast} | {u.entity for s in shots for u in s.props}
    return shown | {film.scenes[scene_id].place}


def _one_of(sort: str, found: list[str], words: str) -> Ref:
    """What was described: one, or neighbours that fit alike as options."""
    kind = "scene" if sort == "scene" else "shot"
    if len(found) == 1:
        return Ref(kind, tuple(found), words)  # type: ignore[arg-type]
    return Ref(kind, (), words, options=tuple(found[:8]))  # type: ignore[arg-type]


def _scene_or_shot(what: str) -> str:
    return "scene" if what.startswith("scene") else "shot"
