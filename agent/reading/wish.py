"""A wish: one part of what was said, with what it points at and what the parts before it were about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...storyboard.film import Film, Shot
from ...storyboard.timeline import items
from ..directing.understood import Talk
from .cues import word_set
from .draft import Cannot, Unclear
from .index import Index, everything
from .marks import Marked, Ref, Sort

_SPENT = "·"
_SCOPE = re.compile(
    r"\b(?:in|at|for|from|during|through|throughout|on|within|into|of|by|between|until|only in|"
    r"only for|just in|just for) ((?:@[sc]\d+(?: ,| and)* ?)+)"
)


@dataclass
class Thread:
    """What the sentence so far was about, for what comes after it."""

    shots: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    """Shots that the sentence began with ("in the last shot ..."), which hold for all its parts."""
    led_scenes: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    """Beings and things, the last named last."""
    part: str = ""
    """What is worn, or of a body, that was spoken of last: "one" may mean it."""
    cards: tuple[str, ...] = ()
    """Title or end card, where it was spoken of last."""
    topic: str = ""
    """``narrator``, ``music``, ``film``, or the part of a look that was spoken of."""
    only: bool = False
    given: tuple[str, ...] = ()
    """What an answer to a question chose."""


@dataclass
class Wish:
    """One part of a sentence. Rules take words out of it; what is left at the end was not understood."""

    marked: Marked
    index: Index
    talk: Talk
    thread: Thread
    used: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The words and marks; what rules took is a dot."""
        return " ".join(_SPENT if n in self.used else item.text for n, item in enumerate(self.marked.items))

    @property
    def whole(self) -> str:
        """The words and marks, with those that were taken."""
        return self.marked.text

    @property
    def said(self) -> str:
        """As it was typed."""
        return self.marked.raw().strip(" ,;")

    def see(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """What a pattern finds in ``text``; takes nothing."""
        return re.search(pattern, self.text)

    def take(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        """What a pattern finds in ``text``; the words are taken."""
        found = re.search(pattern, self.text)
        if found is not None and found.end() > found.start():
            self.spend(found.start(), found.end())
        return found

    def spend(self, start: int, stop: int) -> None:
        """Take the words between two places of ``text``."""
        at = 0
        texts = self.text.split(" ")
        for n, word in enumerate(texts):
            if at < stop and at + len(word) > start:
                self.used.add(n)
            at += len(word) + 1

    def spend_all(self) -> None:
        """Take everything."""
        self.used = set(range(len(self.marked.items)))

    def raw(self, found: re.Match[str], group: int | str = 0) -> str:
        """What was typed for a match of ``text``."""
        begin, end = found.span(group)
        at, first, last = 0, None, None
        for n, word in enumerate(found.string.split(" ")):
            if at < end and at + len(word) > begin and n < len(self.marked.items):
                first = self.marked.items[n].start if first is None else first
                last = self.marked.items[n].stop
            at += len(word) + 1
        return "" if first is None or last is None else self.marked.said[first:last].strip()

    def refs(self, *sorts: Sort) -> list[Ref]:
        """What is pointed at, of these sorts."""
        return self.marked.of(*sorts)

    def ref(self, mark: str) -> Ref:
        """What one mark points at."""
        return self.marked.ref(mark)

    def left(self) -> list[str]:
        """Words that say something and that no rule took."""
        words = [i.text for n, i in enumerate(self.marked.items) if n not in self.used and i.ref is None]
        idle = word_set("function") | word_set("polite") | word_set("idle")
        return [w for w in words if w[:1].isalnum() and w not in idle]

    # What is pointed at ---------------------------------------------------------------------------

    def shots_of(self, ref: Ref, film: Film) -> tuple[str, ...]:
        """The shots that a mark means. Raises ``Cannot`` or ``Unclear``."""
        if ref.sort == "scene":
            return tuple(i for scene in self.scenes_of(ref) for i in _in_scene(film, scene))
        if ref.sort == "film":
            return tuple(s.id for s in film.shots)
        if ref.sort == "it":
            return self._pointed(ref, film)
        if ref.ids:
            return ref.ids
        if ref.options:
            raise Unclear(
                f"Which shot do you mean by {ref.words!r}?", tuple(told(film, i) for i in ref.options)
            )
        if ref.clock:
            raise Cannot(f"The film is not that long: {length_words(film)}. Nothing is seen {ref.words}.")
        raise Cannot(f"There is no {_plainly(ref.words, 'shot')}: the film has {count_words(film)}.")

    def scenes_of(self, ref: Ref) -> tuple[str, ...]:
        """The scenes that a mark means. Raises ``Cannot`` or ``Unclear``."""
        if ref.ids:
            return ref.ids
        if ref.options:
            raise Unclear(f"Which scene do you mean by {ref.words!r}?", ref.options)
        count = len(self.index.scene_ids)
        raise Cannot(
            f"There is no {_plainly(ref.words, 'scene')}: the film has {count} "
            f"scene{'s' if count != 1 else ''}."
        )

    def _pointed(self, ref: Ref, film: Film) -> tuple[str, ...]:
        ids = [s.id for s in film.shots]
        here = tuple(i for i in (self.thread.shots or self.talk.shots) if i in ids)
        if not here:
            raise Unclear("Which shot do you mean?", ())
        if "scene" in ref.words:
            scene = film.shot(here[0]).scene
            return _in_scene(film, scene)
        way = ref.words.split()[0]
        at = ids.index(here[0])
        if way in ("next", "following", "after"):
            at += 1
        elif way in ("previous", "preceding", "before", "earlier"):
            at -= 1
        else:
            return here if self.thread.shots else here[:1]
        if not 0 <= at < len(ids):
            raise Cannot(f"There is no shot {'after' if at else 'before'} {here[0]}.")
        return (ids[at],)

    def shots(
        self, film: Film, *, scenes: bool = True, wide: bool = False, ask: bool = True
    ) -> tuple[str, ...]:
        """The shots that the wish is about: named here, else what the sentence or the talk was about.

        With ``wide`` the whole film may be meant. Raises ``Unclear`` where nothing says which, unless ``ask``
        is False.
        """
        found: dict[str, None] = {}
        for ref in self.refs("shot", *(("scene",) if scenes else ()), *(("film",) if wide else ())):
            found |= dict.fromkeys(self.shots_of(ref, film))
        if wide and self.thread.led and self.refs("film") and not self.refs("shot", "scene"):
            return self.thread.led
        if not found and scenes and (place := self._by_place(film)):
            return place
        for ref in self.refs("it"):
            if not found and ("shot" in ref.words or ("scene" in ref.words and scenes)):
                found |= dict.fromkeys(self._pointed(ref, film))
        if found:
            return tuple(found)
        if scenes and (place := self._by_place(film)):
            return place
        ids = {s.id for s in film.shots}
        here = tuple(i for i in (self.thread.given or self.thread.led or self.thread.shots) if i in ids)
        if not here and self.talk.shots:
            here = tuple(i for i in self.talk.shots if i in ids)[:1]
        if not here and len(film.shots) == 1:
            here = (film.shots[0].id,)
        if not here and ask:
            raise Unclear(
                f"Which shot is meant by {self.said[:80]!r}? Say its number, or what is seen in it.", ()
            )
        return here

    def _by_place(self, film: Film) -> tuple[str, ...]:
        """Shots at a place that the wish names as where: "in the city"."""
        found = re.search(r"(?<!not )\b(?:in|on|at|by|for) (@p\d+)", self.text)
        if not found:
            return ()
        ids = self.ref(found[1]).ids
        scenes = {s.id for s in film.scenes.values() if s.place in ids}
        return tuple(s.id for s in film.shots if s.scene in scenes)

    def local(self, film: Film) -> tuple[str, ...]:
        """The shots to which a change of looks is confined; empty where it holds everywhere."""
        text = self.whole
        found: dict[str, None] = {}
        if on := re.search(
            (
                r"\b(?:from|starting (?:with|from|at|in)|after|since) (@[sc]\d+)(?: (?:on|onwards?|to the "
                r"end|till the end|until the end)| on @| -)"
            ),
            text,
        ):
            ids = [s.id for s in film.shots]
            first = ids.index(self.shots_of(self.ref(on[1]), film)[0])
            return tuple(ids[first + (1 if on[0].startswith("after") else 0) :])
        if till := re.search(r"\b(?:until|till|up to|before) (@[sc]\d+)", text):
            ids = [s.id for s in film.shots]
            last = ids.index(self.shots_of(self.ref(till[1]), film)[0])
            return tuple(ids[:last])
        for ref in self.refs("shot", "scene"):
            found |= dict.fromkeys(self.shots_of(ref, film))
        for ref in self.refs("it"):
            if ref.words.startswith(("that s", "next", "previous")):
                found |= dict.fromkeys(self._pointed(ref, film))
        if found:
            return tuple(found)
        if place := self._by_place(film):
            return place
        if re.search(r"\b(?:there|then)\b", text) and self.thread.shots:
            return self.thread.shots
        return self.thread.given or self.thread.led

    def scenes(self, film: Film) -> tuple[str, ...]:
        """The scenes that the wish is about; empty where nothing says which."""
        found: dict[str, None] = {}
        for ref in self.refs("scene"):
            found |= dict.fromkeys(self.scenes_of(ref))
        for ref in self.refs("shot"):
            found |= dict.fromkeys(film.shot(i).scene for i in self.shots_of(ref, film))
        if found:
            return tuple(found)
        if self.refs("film"):
            return tuple(s.id for s in film.scenes.values())
        for ref in self.refs("it"):
            if ref.words.startswith(("that s", "next", "previous")):
                return tuple(dict.fromkeys(film.shot(i).scene for i in self._pointed(ref, film)))
        if shots := self._by_place(film):
            return tuple(dict.fromkeys(film.shot(i).scene for i in shots))
        if self.thread.scenes or self.thread.led_scenes:
            return self.thread.scenes or self.thread.led_scenes
        here = self.thread.given or self.thread.led or self.thread.shots
        return tuple(dict.fromkeys(film.shot(i).scene for i in here if any(s.id == i for s in film.shots)))

    def beings(self, film: Film) -> tuple[str, ...]:
        """Characters that the wish names."""
        found: dict[str, None] = {}
        for ref in self.refs("being"):
            found |= dict.fromkeys(one_of(ref, film))
        return tuple(found)


def one_of(ref: Ref, film: Film) -> tuple[str, ...]:
    """Who or what a mark means. Raises ``Unclear`` or ``Cannot``."""
    if ref.ids:
        return ref.ids
    if ref.options:
        names = everything(film)
        raise Unclear(f"Who or what is meant by {ref.words!r}?", tuple(names[i].name for i in ref.options))
    every = [c.name for c in film.characters.values()]
    known = ", ".join(every) if every else "nobody"
    raise Cannot(f"There is nobody called {ref.words!r} in this film. In it are: {known}.")


def told(film: Film, shot_id: str) -> str:
    """A shot in a few words, for a question."""
    shot: Shot = film.shot(shot_id)
    return f"{shot_id}: {shot.event.sentence[:70]}"


def count_words(film: Film) -> str:
    """How many shots there are."""
    shots = film.shots
    if not shots:
        return "no shots yet"
    return (
        f"{len(shots)} shots, {shots[0].id} to {shots[-1].id}"
        if len(shots) > 1
        else f"one shot, {shots[0].id}"
    )


def length_words(film: Film) -> str:
    """How long the film is."""
    frames = sum(i.frames for i in items(film))
    seconds = float(film.settings.rate.seconds(frames))
    whole = f"{int(seconds // 60)}:{seconds % 60:04.1f}"
    return f"it lasts {seconds:.1f} s ({whole})"


def _in_scene(film: Film, scene: str) -> tuple[str, ...]:
    return tuple(s.id for s in film.shots if s.scene == scene)


def _plainly(words: str, what: str) -> str:
    plain = re.sub(r"^(?:the|that|this) ", "", words)
    return (
        plain
        if what in plain or any(w in plain for w in ("picture", "image", "bit", "part", "one", "moment"))
        else f"{what} {plain}"
    )
