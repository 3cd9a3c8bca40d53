"""Wishes about scenes and the whole film: place, hour, weather, season, style, mood."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Add, Edit, Rename, Restyle, Rewrite, SetLight, SetScene
from ...storyboard.film import Film, Scene
from ...storyboard.lexicon import place as place_kind
from ...storyboard.lighting import light_of
from ...storyboard.looks import Place
from ...storyboard.treatment import TreatedPlace
from ...storyboard.vocabulary import Hour, LightKey, Season, Weather
from .draft import Cannot, Draft, Unclear
from .newcomers import cast_into
from .values import denied, take_denied, value_in
from .wish import Wish

_OPPOSITE = {Weather.clear: Weather.cloudy}


def scene_values(wish: Wish, draft: Draft) -> bool:
    """Hour, weather and place of scenes; season of the film."""
    if not _about_scenes(wish):
        return False
    if (
        wish.refs("being", "thing")
        and not wish.refs("scene", "shot", "film", "place")
        and not wish.thread.led_scenes
    ):
        return False
    if same := wish.see(
        r"(@c\d+)\b.* (?:the )?same (?P<what>time|hour|weather|place|time of day)(?: of day)?(?: as| "
        r"like) (@c\d+)"
    ):
        other = draft.film.scenes[wish.scenes_of(wish.ref(same[3]))[0]]
        what = same["what"]
        for scene in wish.scenes_of(wish.ref(same[1])):
            _set(
                draft,
                scene,
                str(other.hour) if what.startswith(("time", "hour")) else None,
                str(other.weather) if what == "weather" else None,
                draft.film.places[other.place] if what == "place" else None,
            )
            draft.read_as.append(f"{scene}: {what} of {other.id}")
        wish.spend_all()
        return True
    gone = take_denied(wish, "weathers", "hours")
    hour, weather = None, None
    if not wish.see(
        r"\b(?:same|keep the|still) (?:night|hour|time|evening|morning|afternoon|day|dusk|dawn|noon)\b"
    ):
        hour = value_in(wish, "hours")
    else:
        wish.take(r"\b(?:same|keep the|still) \w+(?: of day)?")
    season = None
    weather = value_in(wish, "weathers")
    season = value_in(wish, "seasons")
    denied_only = ""
    if weather is None and hour is None and season is None and gone and any(g in set(Weather) for g in gone):
        old = next(g for g in gone if g in set(Weather))
        weather = _OPPOSITE.get(Weather(old), Weather.clear)
        denied_only = old
    if weather == Weather.rain and wish.take(r"\b(?:harder|heavier|more|stronger|worse|heavily)\b"):
        weather = str(Weather.storm)
    shift = (
        wish.take(
            r"\b(?:a (?:bit|little) |somewhat |much )?(?P<way>earlier|later)(?: in the (?:day|evening|"
            r"morning))?\b"
        )
        if hour is None and wish.refs("scene") and not wish.see(r"\b(?:move|put|come|comes|shift)\b")
        else None
    )
    place = _place(wish, draft)
    if season is not None:
        draft.do(Restyle(season=Season(season)), said=f"the season: {season}")
    if shift is not None:
        hour = _shifted(draft.film.scenes[wish.scenes(draft.film)[0]].hour, shift["way"])
    if hour is None and weather is None and place is None:
        return season is not None
    scenes = wish.scenes(draft.film)
    if (
        edge := wish.take(r"\b(?:at|for|in) the (?:very )?(end|start|beginning)\b")
        if not wish.refs("scene", "shot")
        else None
    ):
        ids = list(draft.film.scenes)
        scenes = (ids[-1] if edge[1] == "end" else ids[0],)
    if denied_only and scenes and all(draft.film.scenes[s].weather != denied_only for s in scenes):
        draft.read_as.append(f"{', '.join(scenes)}: no {denied_only} (it is so already)")
        return True
    if not scenes and wish.talk.shots:
        scenes = tuple(dict.fromkeys(s.scene for s in draft.film.shots if s.id in wish.talk.shots[:1]))
    if not scenes and len(draft.film.scenes) == 1:
        scenes = tuple(draft.film.scenes)
    if not scenes:
        values = " and ".join(str(v) for v in (hour, weather, place.name if place else None) if v)
        raise Unclear(
            f"Which scene is to be {values}? Say one, or the whole film.",
            (
                *(f"scene {n}: {s.title}" for n, s in enumerate(draft.film.scenes.values(), 1) if n <= 9),
                "the whole film",
            ),
        )
    if denied_only:
        draft.notice(f"Without {denied_only} the weather is {weather}.")
    for scene in scenes:
        _set(draft, scene, hour, weather, place)
    draft.scenes = scenes
    named = [str(v) for v in (hour, weather, f"at {place.name}" if place else None) if v]
    draft.read_as.append(
        f"{', '.join(scenes) if len(scenes) < 6 else f'{len(scenes)} scenes'}: {', '.join(named)}"
    )
    _say_all_shots(wish, draft, scenes)
    return True


def _shifted(hour: Hour, way: str) -> str:
    """The hour before or after, within one day."""
    order = list(Hour)
    at = order.index(hour) + (1 if way == "later" else -1)
    if not 0 <= at < len(order):
        raise Cannot(f"There is no hour {way} than {hour}.")
    return str(order[at])


def _about_scenes(wish: Wish) -> bool:
    """Whether hours and weathers may be meant: not where a line, music or a look is spoken of."""
    return not wish.refs("quote", "music") and not wish.see(r"\b(?:called|named|title|says?|line)\b")


def _say_all_shots(wish: Wish, draft: Draft, scenes: tuple[str, ...]) -> None:
    named = {i for ref in wish.refs("shot") for i in ref.ids}
    here = tuple(s.id for s in draft.film.shots if s.scene in scenes)
    draft.about(tuple(i for i in here if i in named) or here)
    if named and (others := [i for i in here if i not in named]):
        draft.notice(
            f"Place, hour and weather belong to the scene: {', '.join(others)} "
            f"change{'s' if len(others) == 1 else ''} with it."
        )


def _set(draft: Draft, scene_id: str, hour: str | None, weather: str | None, place: Place | None) -> None:
    """Change one scene; its light follows where it was the usual one, and sentences name the new place."""
    old: Scene = draft.film.scenes[scene_id]
    before = draft.film
    edit = SetScene(
        scene=scene_id,
        hour=Hour(hour) if hour else None,
        weather=Weather(weather) if weather else None,
        place=place.id if place else None,
    )
    draft.do(edit)
    if draft.film is before:
        return
    new = draft.film.scenes[scene_id]
    was, now = _light(before, old), _light(draft.film, new)
    edits: list[Edit] = []
    for shot in draft.film.shots:
        if shot.scene != scene_id:
            continue
        if was is not now and shot.light is was:
            edits.append(SetLight(shot=shot.id, light=now))
        if place is not None and place.id != old.place:
            sentence = _elsewhere(shot.event.sentence, before.places[old.place].name, place.name)
            if sentence != shot.event.sentence:
                edits.append(Rewrite(shot=shot.id, sentence=sentence))
        elif hour and old.hour != new.hour:
            sentence = _at_another_hour(shot.event.sentence, str(old.hour), str(new.hour), draft.film)
            if sentence != shot.event.sentence:
                edits.append(Rewrite(shot=shot.id, sentence=sentence))
    if place is not None and before.places[old.place].name in old.title:
        edits.append(
            Rename(
                what="scene", id=scene_id, name=old.title.replace(before.places[old.place].name, place.name)
            )
        )
    draft.do(*edits)


def _at_another_hour(sentence: str, old: str, new: str, film: Film) -> str:
    """The sentence with the new hour; names that hold the word ("the night market") stay."""
    names = [e.name for group in (film.characters, film.props, film.places) for e in group.values()]
    kept = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if re.search(rf"\b{old}\b", n))
    parts = re.split(f"({kept})", sentence) if kept else [sentence]
    return "".join(p if n % 2 else re.sub(rf"\b{old}\b", new, p) for n, p in enumerate(parts))


def _light(film: Film, scene: Scene) -> LightKey:
    things = {u.entity for s in film.shots if s.scene == scene.id for u in s.props}
    looks = [film.props[i].look for i in sorted(things)]
    return light_of(scene, film.places[scene.place].look, looks, film.settings.style)


def _elsewhere(sentence: str, old: str, new: str) -> str:
    return (
        re.sub(rf"\b(?:at|in|on|by|to|into|onto) {re.escape(old)}(?!\w)", f"at {new}", sentence)
        if old
        else sentence
    )


def _place(wish: Wish, draft: Draft) -> Place | None:
    """The place at which a scene is to be: one of the film's, or a new one that the lexicon knows."""
    film = draft.film
    text = re.sub(r" (?:and |but )?(?:not|instead of|rather than) (?:at|in|on|by|near) @p\d+", "", wish.text)
    moved = re.search(
        r"\b(?:(?:put|set|move|bring|take|relocate|shift|place|play|stage|transfer)\b.*|(?:should|"
        r"must|has to|needs to|could|can) (?:be|happen|play|take place|be set)\b.*|happens?\b.*|"
        r"takes? place\b.*|(?:change|switch) the (?:place|location|setting)\b.*|(?:@c\d+|@i\d+|@s\d+|"
        r"^)(?: \w+)? )\b(?:in|on|at|to|into|down on|over to|inside|down to|by|onto|near|under|out "
        r"on) (@p\d+)",
        text,
    )
    if (
        moved
        and ("·" not in moved[0] or wish.refs("scene", "shot", "film"))
        and not denied(text, moved.start(1))
        and not re.search(
            r"\b(?:doesn't belong|not|instead of|rather than|from) (?:at |in |on |by )?$",
            text[: moved.start(1)],
        )
    ):
        ref = wish.ref(moved[1])
        meant = wish.refs("scene", "shot", "it", "film") or wish.thread.scenes or wish.thread.shots
        scene_meant = wish.refs("scene", "it", "film") or not wish.refs("shot") or wish.thread.scenes
        if not wish.refs("being", "thing") and meant and scene_meant and len(ref.ids) == 1:
            wish.take(moved[1] + r"\b")
            wish.take(
                r"\b(?:put|set|move|bring|take|relocate|shift|place|play|stage|happens?|takes? place|"
                r"change|switch)\b(?: place)?"
            )
            return film.places[ref.ids[0]]
    new = wish.see(
        r"(?:\b(?:put|set|move|relocate|shift|place|stage|play|transfer|have)\b [^,]*?|(?:should|"
        r"must|has to|needs to|could|can) (?:be|happen|play|take place|be set) |takes? place |"
        r"happens? |(?:@c\d+|^) )(?:in|on|at|to|into|inside|onto|under) (?:the |a |an |some )"
        r"((?:[a-z'-]+ ){0,3}?[a-z'-]+)(?= instead| please| ·| ,|$)"
    )
    if new is None or not wish.refs("scene", "it", "film") or wish.refs("being", "thing"):
        return None
    words = re.sub(r"\b(?:start|end|beginning|background|middle|front|same)\b", "", new[1]).strip()
    kind = place_kind(words) if words else None
    if not words or (kind is None and wish.see(r"\b(?:before|after)\b")):
        return None
    if kind is None:
        if not re.search(r"\b(?:set|place|stage|location|relocate)\b", wish.text):
            return None
        draft.notice(f"No drawing is known of {words!r}: it is drawn as an open place.")
    wish.spend(new.start(), new.end())
    words = f"the {wish.raw(new, 1)}"
    _, [place], _ = cast_into(film, places=(TreatedPlace(name=words, words=words),))
    draft.do(Add(place=place))
    draft.read_as.append(f"a new place: {place.name}")
    return place
