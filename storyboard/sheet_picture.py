"""What a reference sheet shows: one entity alone, plainly, in one state; or a place without anybody."""

from __future__ import annotations

from typing import Literal

from .film import CastMember, Event, Film, PropUse, Shot
from .looks import PlaceLook
from .picture import CameraIn, Picture, PlaceIn, picture
from .vocabulary import Hour, LightKey, Mood, PlaceKind, Season, ShotSize, Weather

SheetView = Literal["front", "three-quarter", "full", "plate"]

_CAMERAS: dict[SheetView, tuple[ShotSize, str]] = {
    "front": (ShotSize.medium_close, "seen straight from the front"),
    "three-quarter": (ShotSize.medium, "turned three-quarters to the camera"),
    "full": (ShotSize.full, "the whole figure from head to foot, seen from the front"),
    "plate": (ShotSize.wide, "the whole place, with nobody in it"),
}
_PLAIN = PlaceIn(
    id="plain",
    words="an empty studio with a plain light grey background",
    look=PlaceLook(kind=PlaceKind.elsewhere, interior=True, tint="#d8d8d8"),
)


def drawn_in(film: Film) -> tuple[str, ...]:
    """What every picture of the film is drawn in: style, words of the look, era, and the setting ``look``.

    References drawn in another way are not the film's any more.
    """
    story, look = film.story, str(film.settings.values.get("look") or "")
    told = (story.look_words, story.era) if story else ("", "")
    return (film.settings.style, *told, *([look] if look else []))


def sheet_picture(
    film: Film, entity: str, state: str | None, view: SheetView, hour: Hour = Hour.noon
) -> Picture:
    """The picture of a sheet. Pure; nothing of it depends on names, shots or their order.

    A character or prop stands alone before a plain ground, in even light. A place is empty, in clear
    weather, at ``hour``.
    """
    assert film.story is not None
    size, words = _CAMERAS[view]
    camera = CameraIn(size=size, words=words)
    if entity in film.places:
        at_place = [s for s in film.story.scenes if s.place == entity]
        scene = next((s for s in at_place if s.place_state == state), at_place[0])
        shown = picture(film, Shot(id="sheet", scene=scene.id, event=Event(sentence="An empty place.")))
        return shown.model_copy(
            update={
                "camera": camera,
                "hour": hour,
                "weather": Weather.clear,
                "mood": Mood.calm,
                "craft": None,
            }
        )
    scene = film.story.scenes[0]
    if entity in film.characters:
        noun = film.characters[entity].noun or "figure"
        event = Event(sentence=f"The {noun} stands still, alone, with a calm face.", actor=entity)
        shot = Shot(id="sheet", scene=scene.id, event=event, cast=(CastMember(entity=entity, state=state),))
    else:
        event = Event(sentence="One thing alone, whole, in the middle.")
        shot = Shot(id="sheet", scene=scene.id, event=event, props=(PropUse(entity=entity, state=state),))
    return picture(film, shot).model_copy(
        update={
            "camera": camera.model_copy(update={"focus": entity}),
            "place": _PLAIN,
            "hour": Hour.noon,
            "season": Season.summer,
            "weather": Weather.clear,
            "mood": Mood.calm,
            "light": LightKey.high_key,
            "craft": None,
        }
    )
