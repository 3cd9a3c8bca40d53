"""What of two films asks for the same picture or the same sound."""

from __future__ import annotations

from ..storyboard.film import Card, Film, Shot
from ..storyboard.picture import picture
from ..storyboard.sheet_picture import drawn_in
from ..storyboard.timeline import items, voice_of
from ..storyboard.vocabulary import Opening
from .anchor_record import entities

_OF_SHOT = ("seed", "renderer", "settings", "frames", "opens", "overlap", "plate")
_OF_FILM = ("width", "height", "rate", "seed", "style", "renderer", "values")


class _Index:
    """A film's items and lines by id."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self.items: dict[str, Shot | Card] = {item.id: item for item in items(film)}
        self.lines = {line.id: (shot, n) for shot in film.shots for n, line in enumerate(shot.lines)}
        ids = [shot.id for shot in film.shots]
        self.before = dict(zip(ids[1:], film.shots, strict=False))

    def is_of(self, film: Film) -> bool:
        """Whether it serves for ``film``: nothing but decisions may differ."""
        parts = ("story", "shots", "opening", "ending", "settings")
        return all(getattr(film, part) is getattr(self.film, part) for part in parts)

    def shot(self, shot_id: str) -> Shot | None:
        item = self.items.get(shot_id)
        return item if isinstance(item, Shot) else None

    def said(self, line_id: str) -> tuple[object, ...] | None:
        """All that is heard of a line."""
        if line_id not in self.lines:
            return None
        shot, number = self.lines[line_id]
        line = shot.lines[number]
        return (line.words, line.delivery, line.kind, voice_of(self.film, line))

    def uses(self, shot_id: str) -> dict[str, str | None]:
        """Who and what is in a shot, with its state."""
        shot = self.shot(shot_id)
        if shot is None:
            return {}
        used = {m.entity: m.state for m in shot.cast} | {u.entity: u.state for u in shot.props}
        scene = self.film.scenes[shot.scene]
        return used | {scene.place: f"{scene.place_state or ''} at {scene.hour}"}

    def manner(self) -> tuple[object, ...]:
        """The style that all is drawn in."""
        return drawn_in(self.film)


class Likeness:
    """Compares two films, item by item."""

    def __init__(self, now: Film, then: Film) -> None:
        self._now, self._then = _Index(now), _Index(then)
        self._settings = all(getattr(now.settings, f) == getattr(then.settings, f) for f in _OF_FILM)

    def is_of(self, now: Film, then: Film) -> bool:
        """Whether it serves for these two films: nothing but decisions may differ."""
        return self._now.is_of(now) and self._then.is_of(then)

    def item(self, item_id: str) -> bool:
        """Whether a shot or card asks for the same picture in both."""
        one, other = self._now.items.get(item_id), self._then.items.get(item_id)
        if not self._settings or one is None or other is None:
            return False
        if isinstance(one, Card) and isinstance(other, Card):
            moods = [index.film.story and index.film.story.mood for index in (self._now, self._then)]
            return one == other and moods[0] == moods[1]
        # A shot that goes on from the one before is made of that one's last frames: look at it, too.
        while isinstance(one, Shot) and isinstance(other, Shot):
            if not self._same_shot(one, other):
                return False
            if one.opens is not Opening.continue_:
                return True
            one, other = self._now.before.get(one.id), self._then.before.get(other.id)
        return one is None and other is None

    def _same_shot(self, one: Shot, other: Shot) -> bool:
        now, then = self._now.film, self._then.film
        if one is other and now.story is then.story:
            return True
        own = one.id == other.id and all(getattr(one, f) == getattr(other, f) for f in _OF_SHOT)
        return own and picture(now, one) == picture(then, other)

    def narrator(self) -> bool:
        """Whether both have the same narrator's voice."""
        voices = [index.film.story and index.film.story.narrator for index in (self._now, self._then)]
        return voices[0] is not None and voices[0] == voices[1]

    def words(self, item_id: str) -> bool:
        """Whether a shot says the same lines in both; of a card, whether it reads the same."""
        one, other = self._now.items.get(item_id), self._then.items.get(item_id)
        if isinstance(one, Card) and isinstance(other, Card):
            return (one.heading, one.body) == (other.heading, other.body)
        if not isinstance(one, Shot) or not isinstance(other, Shot):
            return False
        return [self._now.said(line.id) for line in one.lines] == [
            self._then.said(line.id) for line in other.lines
        ]

    def line(self, line_id: str) -> bool:
        """Whether a line sounds the same in both."""
        said = self._now.said(line_id)
        return said is not None and said == self._then.said(line_id)

    def use(self, shot_id: str, entity: str) -> bool:
        """Whether an entity is in the shot in the same state, look and style in both."""
        uses = self._now.uses(shot_id), self._then.uses(shot_id)
        if not all(entity in there for there in uses) or uses[0][entity] != uses[1][entity]:
            return False
        films = self._now.film, self._then.film
        one, other = [entities(film).get(entity) for film in films]
        if one is None or other is None or self._now.manner() != self._then.manner():
            return False
        return (one.words, one.look, one.states) == (other.words, other.look, other.states)
