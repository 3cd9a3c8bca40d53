"""Times and lengths in words: ``at 0:32``, ``in the last ten seconds``, ``two seconds``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...storyboard.credits import CREDITS
from ...storyboard.film import Film
from ...storyboard.timeline import items
from .cues import NUMBER, number_of
from .index import Index
from .marks import Marked, Ref

_N = NUMBER
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|frames?)"
_LONG = (
    rf"(?:\d+ ?s|(?:(?<!shot )(?<!scene )(?<!take ){_N} )?(?:and )?(?:a )?half (?:a |an )?"
    rf"(?:seconds?|secs?|minutes?)|(?:a |an )?{_N} "
    rf"(?:of |more |extra |additional |whole |full )?{_UNIT}(?: and a half)?(?: (?:and )?{_N} "
    rf"seconds?)?|(?:a )?(?:couple|few) (?:of )"
    rf"?(?:seconds|frames|minutes))"
)
LENGTH = re.compile(
    rf"(?<![\w:@-]){_LONG}(?! (?:shot|scene|one|picture|image|time|take|to last|half|version|"
    rf"part)\b)(?![\w-])"
)
_CODE = r"\d{1,2}:\d{2}(?::\d{2})?"
_WHAT = r"(?:(?:the|that) (?:one|shot|scene|bit|part|moment|picture|image|thing) )?"
_NEAR = r"(?:at|around|about|near|by|from|right at|exactly at|in)"
_RANGE = re.compile(
    rf"{_WHAT}(?:between|from) (?:about |around )?(?P<a>{_CODE}|{_LONG}) (?:and|to|until|till|-|"
    rf"–|through) (?:about |around )?(?P<b>{_CODE}|{_LONG})(?: in)?\b"
)
_DASH = re.compile(rf"{_WHAT}(?:{_NEAR} )?(?P<a>{_CODE}) ?[-–] ?(?P<b>{_CODE})")
_POINT = re.compile(
    rf"{_WHAT}(?:{_NEAR} )*(?:(?P<code>{_CODE})(?: mark| in)?|(?:the )?(?P<mark>{_N})[ "
    rf"-]seconds?[ -]mark|(?P<into>{_LONG}) (?:in\b(?! (?:the|@|scene|shot))|into (?:it|the film|"
    rf"the movie|the whole thing)\b|from the (?:start|beginning)))"
)
_AT = re.compile(rf"\bat (?:about |around )?(?P<into>(?:second )?{_N}(?: seconds?)?)(?= |$)")
_EDGE = re.compile(
    rf"(?:(?:for|in|during|over|throughout) )?the (?:very )?(?P<edge>first|last|final|opening|"
    rf"closing) (?P<long>{_N} (?:seconds?|minutes?)|second|minute)(?: of (?:the )?(?:film|movie))"
    rf"?\b"
)


@dataclass(frozen=True)
class Clock:
    """Reads times of one film."""

    film: Film
    index: Index

    def seconds(self, words: str) -> float:
        """Seconds in a length in words, or of a time code."""
        if re.fullmatch(_CODE, words):
            total = 0
            for part in words.split(":"):
                total = total * 60 + int(part)
            return float(total)
        rate = float(self.film.settings.rate.fps)
        scale = (
            60.0
            if "minute" in words or re.search(r"\bmins?\b", words)
            else 1.0 / rate
            if "frame" in words
            else 1.0
        )
        found = [n for w in re.findall(r"\d+(?:\.\d+)?|[a-z]+", words) if (n := number_of(w)) is not None]
        if "half" in words:
            whole = [n for n in found if n != 0.5]
            if re.match(r"(?:a |an )?half\b", words):
                return 0.5 * scale
            return ((whole[0] if whole else 0.0) + 0.5) * scale
        whole = [n for n in found if n != 1 or len(found) == 1] or found
        if scale == 60.0 and len(whole) == 2 and "second" in words:
            return whole[0] * 60 + whole[1]
        if scale == 60.0 and "second" in words and len(found) == 2:
            return found[0] * 60 + found[1]
        if len(whole) == 2 and whole[0] >= 20 and whole[1] < 10:
            return (whole[0] + whole[1]) * scale
        return (whole[0] if whole else 1.0) * scale

    def shots(self, start: float, stop: float) -> tuple[str, ...]:
        """The shots that are seen from ``start`` to ``stop`` seconds, cards among them."""
        rate = self.film.settings.rate
        first, last = start * float(rate.fps), stop * float(rate.fps)
        seen = items(self.film)
        begins = self.index.starts
        return tuple(
            i.id
            for i in seen
            if begins[i.id] < max(last, first + 0.5) and begins[i.id] + i.frames > first + 1e-6
        )

    def total(self) -> float:
        """Length of the film in seconds."""
        frames = sum(i.frames for i in items(self.film))
        return float(self.film.settings.rate.seconds(frames))

    def mark(self, marked: Marked) -> None:
        """Exchange times for the shots seen then, and lengths for marks of time."""
        marked.put(_EDGE, self._edge)
        marked.put(_RANGE, lambda m: self._range(m, self.seconds(m["a"]), self.seconds(m["b"])))
        marked.put(_DASH, lambda m: self._range(m, self.seconds(m["a"]), self.seconds(m["b"])))
        marked.put(_POINT, self._point)
        marked.put(
            re.compile(rf"\bat (?:about |around )?(?P<into>{_N} seconds?)(?= |$)(?! (?:long|each))"),
            self._point,
        )
        marked.put(LENGTH, lambda m: Ref("time", words=m[0], seconds=self.seconds(m[0])))

    def _edge(self, match: re.Match[str]) -> Ref:
        seconds = self.seconds(match["long"])
        total = self.total()
        if match["edge"] in ("first", "opening"):
            return self._seen(match[0], 0, min(seconds, total))
        return self._seen(match[0], max(0.0, total - seconds), total)

    def _range(self, match: re.Match[str], start: float, stop: float) -> Ref:
        return self._seen(match[0], min(start, stop), max(start, stop))

    def _point(self, match: re.Match[str]) -> Ref | None:
        parts = match.groupdict()
        words = next((parts[n] for n in ("code", "mark", "into") if parts.get(n)), None)
        if words is None:
            return None
        at = self.seconds(words)
        return self._seen(match[0], at, at)

    def _seen(self, words: str, start: float, stop: float) -> Ref:
        found = tuple(i for i in self.shots(start, stop) if i != CREDITS)
        cards = {c.id for c in (self.film.opening, self.film.ending) if c}
        shots = tuple(i for i in found if i not in cards)
        if re.search(r"\bscene\b", words) and shots:
            scenes = tuple(dict.fromkeys(self.film.shot(i).scene for i in shots))
            return Ref("scene", scenes, words, clock=True)
        if not shots and found:
            return Ref("card", found, words, clock=True)
        return Ref("shot", shots, words, clock=True, seconds=start)
