"""What a film shows, by word: to find a shot, scene or thing that is told by what it holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from ...storyboard.call_sheet import plain_name
from ...storyboard.film import Film, Shot
from ...storyboard.lexicon import look_up, verb
from ...storyboard.looks import Character, Place, Prop
from ...storyboard.timeline import items
from .cues import word_set
from .wording import lemmas_of

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_EMPTY = word_set("says_nothing")


@lru_cache(maxsize=16384)
def senses(word: str) -> tuple[tuple[str, float], ...]:
    """What a word may stand for, with how surely: itself, its base form, its action, its kind of thing."""
    low = word.lower()
    found: dict[str, float] = {low: 1.0}
    for lemma in lemmas_of(low):
        found[lemma] = 1.0
    for form in list(found):
        if (action := verb(form)) is not None and action != "stand":
            found[f"act:{action}"] = 0.7
        if form.endswith("ter") and form[:-3] in ("laugh", "slaugh"):
            found[form[:-3]] = 1.0
    if entry := look_up(low, "thing"):
        found[f"thing:{entry.kind}"] = 0.8
    if entry := look_up(low, "place"):
        found[f"place:{entry.kind}"] = 0.8
    if (entry := look_up(low, "creature")) is not None:
        found[f"being:{entry.kind}"] = 0.8
    return tuple(found.items())


def everything(film: Film) -> dict[str, Character | Place | Prop]:
    """Everybody and everything of the film, by id."""
    return {**film.characters, **film.props, **film.places}


class Index:
    """Finds entities by name or kind, and shots and scenes by what they hold."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self.ids = [shot.id for shot in film.shots]
        self.places = {shot.id: number for number, shot in enumerate(film.shots)}
        story = film.story
        self.scene_ids = [scene.id for scene in story.scenes] if story else []

    @cached_property
    def by_scene(self) -> dict[str, list[str]]:
        """Scene id -> its shots, in order."""
        found: dict[str, list[str]] = {scene: [] for scene in self.scene_ids}
        for shot in self.film.shots:
            found[shot.scene].append(shot.id)
        return found

    @cached_property
    def starts(self) -> dict[str, int]:
        """Shot or card id -> its first frame."""
        at, found = 0, {}
        for item in items(self.film):
            found[item.id] = at
            at += item.frames
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of names and of what happens: never slips of typing."""
        story = self.film.story
        if story is None:
            return frozenset()
        texts = [story.title, story.logline, self.film.brief.idea[:2000]]
        for group in (story.characters, story.places, story.props):
            texts += [f"{e.name} {getattr(e, 'noun', '')} {e.words}" for e in group]
        texts += [shot.event.sentence for shot in self.film.shots[:200]]
        texts += [line.words for shot in self.film.shots[:200] for line in shot.lines]
        return frozenset(w.lower() for text in texts for w in _WORD.findall(text))

    @cached_property
    def _bags(self) -> dict[str, dict[str, float]]:
        return {shot.id: self._bag(shot) for shot in self.film.shots}

    def _bag(self, shot: Shot) -> dict[str, float]:
        """Sense -> weight, of one shot."""
        film = self.film
        scene = film.scenes[shot.scene]
        place = film.places[scene.place]
        bag: dict[str, float] = {}

        def add(words: Iterable[str], weight: float) -> None:
            for word in words:
                for sense, sure in senses(word):
                    bag[sense] = max(bag.get(sense, 0.0), weight * sure)

        for line in shot.lines:
            add(_content(line.words), 1.6)
        add((scene.hour, scene.weather, scene.mood, shot.light), 1.5)
        add((shot.camera.size.split("-")[0], shot.camera.move.split("-")[0]), 1.0)
        add(_content(place.name), 2.0)
        bag[f"place:{place.look.kind}"] = 2.0
        for member in shot.cast:
            who = film.characters[member.entity]
            add(_content(f"{who.name} {who.noun}"), 2.5)
            bag[f"being:{who.look.species}"] = 2.0
            add((member.expression, *((member.state or "").split("-"))), 1.5)
            if member.action != "stand":
                bag[f"act:{member.action}"] = 1.8
        for use in shot.props:
            prop = film.props[use.entity]
            add(_content(prop.name), 2.8)
            bag[f"thing:{prop.look.kind}"] = 2.5
        if shot.event.action != "stand":
            bag[f"act:{shot.event.action}"] = 2.6
        add(_content(shot.event.sentence), 3.0)
        return bag

    @cached_property
    def _seldom(self) -> dict[str, float]:
        """Sense -> how much it tells shots apart."""
        counts = Counter(sense for bag in self._bags.values() for sense in bag)
        total = len(self._bags)
        return {sense: math.log((total + 0.5) / count) + 0.05 for sense, count in counts.items()}

    def described(self, words: Collection[str], among: Collection[str] | None = None) -> tuple[str, ...]:
        """The shots that words describe best, best first and equals together; empty where too few fit.

        At least half of the words that say something must be found in a shot.
        """
        asked = [w for w in words if w not in _EMPTY]
        if not asked:
            return ()
        scores: dict[str, float] = {}
        for shot_id in among if among is not None else self.ids:
            bag, score, hit = self._bags[shot_id], 0.0, 0
            for word in asked:
                best = max(
                    (bag.get(s, 0.0) * sure * self._seldom.get(s, 0.0) for s, sure in senses(word)),
                    default=0.0,
                )
                there = any(s in bag for s, _ in senses(word))
                hit += there
                score += best
            if hit * 2 >= len(asked) and hit:
                scores[shot_id] = score * hit / len(asked)
        if not scores:
            return ()
        top = max(scores.values())
        if top <= 0:
            return ()
        return tuple(shot_id for shot_id, score in scores.items() if score >= top * 0.92)

    def fitting(self, words: Collection[str], scenes: bool) -> list[str]:
        """Shots (or scenes) that have all of these words, in order."""
        asked = [w for w in words if w not in _EMPTY]

        def has(shots: Iterable[str]) -> bool:
            bags = [self._bags[i] for i in shots]
            return all(any(sense in bag for bag in bags for sense, _ in senses(word)) for word in asked)

        if not asked:
            return []
        if scenes:
            return [scene for scene, shots in self.by_scene.items() if shots and has(shots)]
        return [i for i in self.ids if has([i])]

    def scene_described(self, words: Collection[str]) -> tuple[str, ...]:
        """The scenes that words describe best, equals together."""
        asked = [w for w in words if w not in _EMPTY]
        if not asked:
            return ()
        scores: dict[str, float] = {}
        counts: Counter[str] = Counter()
        bags: dict[str, dict[str, float]] = {}
        for scene_id, shots in self.by_scene.items():
            scene = self.film.scenes[scene_id]
            bag: dict[str, float] = {}
            for shot_id in shots:
                for sense, weight in self._bags[shot_id].items():
                    bag[sense] = max(bag.get(sense, 0.0), weight)
            for word in _content(f"{scene.title} {scene.beat} {scene.words}"):
                bag[word] = max(bag.get(word, 0.0), 2.0)
            bags[scene_id] = bag
            counts.update(bag.keys())
        total = len(bags)
        for scene_id, bag in bags.items():
            score, hit = 0.0, 0
            for word in asked:
                known = [(s, sure) for s, sure in senses(word) if s in bag]
                hit += bool(known)
                score += max(
                    (bag[s] * sure * (math.log((total + 0.5) / counts[s]) + 0.05) for s, sure in known),
                    default=0.0,
                )
            if hit * 2 >= len(asked) and hit:
                scores[scene_id] = score * hit / len(asked)
        if not scores or max(scores.values()) <= 0:
            return ()
        top = max(scores.values())
        return tuple(scene for scene, score in scores.items() if score >= top * 0.92)

    @cached_property
    def names(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Words -> (sort, ids) of what bears them: names, what they are, and their last words."""
        story = self.film.story
        table: dict[str, tuple[str, list[str]]] = {}
        if story is None:
            return {}

        def add(words: str, sort: str, entity: str, weak: bool = False) -> None:
            plain = plain_name(words)
            if not plain or (weak and plain in table):
                if weak and plain in table and table[plain][0] == sort and entity not in table[plain][1]:
                    table[plain][1].append(entity)
                return
            kept = table.setdefault(plain, (sort, []))
            if kept[0] == sort and entity not in kept[1]:
                kept[1].append(entity)

        for c in story.characters:
            add(c.name, "being", c.id)
        for o in story.props:
            add(o.name, "thing", o.id)
        for p in story.places:
            add(p.name, "place", p.id)
        for c in story.characters:
            add(c.noun, "being", c.id)
        for sort, group in (("being", story.characters), ("thing", story.props), ("place", story.places)):
            for e in group:
                for words in (e.name, getattr(e, "noun", "")):
                    plain = plain_name(words).split(" of ")[0].split()
                    if len(plain) > 1:
                        add(plain[-1], sort, e.id, weak=True)
                        if sort == "being" and e.name[:1].isupper():
                            add(plain[0], sort, e.id, weak=True)
        return {words: (sort, tuple(ids)) for words, (sort, ids) in table.items()}

    def by_kind(self, words: str) -> tuple[str, tuple[str, ...]] | None:
        """(sort, ids) of what the lexicon holds to be of the same kind as the word, where the film has it."""
        if (entry := look_up(words, "thing")) and (
            ids := tuple(
                i
                for i, p in self.film.props.items()
                if p.look.kind == entry.kind or _alike(p.look.kind, entry.kind)
            )
        ):
            return "thing", ids
        if (entry := look_up(words, "creature")) and (
            ids := tuple(i for i, c in self.film.characters.items() if c.look.species == entry.kind)
        ):
            return "being", ids
        if (entry := look_up(words, "place")) and (
            ids := tuple(i for i, p in self.film.places.items() if p.look.kind == entry.kind)
        ):
            return "place", ids
        return None


_ALIKE = (frozenset(("lamp", "lantern", "oil lamp", "candle", "torch")), frozenset(("boat", "ship")))


def _alike(one: str, other: str) -> bool:
    return any(one in kinds and other in kinds for kinds in _ALIKE)


def _content(text: str) -> list[str]:
    return [w for w in (m.lower() for m in _WORD.findall(text)) if w not in _EMPTY and len(w) > 1]
