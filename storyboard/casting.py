"""Casting: a writer's treatment -> a story of typed, stable, distinguishable entities.

Everything that has to stay the same from shot to shot is decided here, once: ids, looks, layouts,
voices, states. The writer's words win over the lexicon's defaults; a seed fills what both leave open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from .call_sheet import CallSheet, new_id, plain_name
from .film import Brief, Scene, Story
from .lexicon import colour, look_up, state, state_id
from .lexicon import place as place_kind
from .lexicon.store import data
from .looks import Character, Place, PlaceLook, Prop, State, ThingLook
from .treatment import TreatedCharacter, TreatedPlace, TreatedProp, TreatedShot, Treatment
from .vocabulary import PlaceKind, Stature
from .voices import language_code, narrator_voice, voices
from .wardrobe import lexicon_key, look_of, set_apart

_INSIDE = re.compile(r"\b(?:inside|indoors|interior|room|hall|chamber|cell|cabin's|hold|ballroom|cockpit)\b")
_FITTINGS = re.compile(
    r"\b(?:inside|staircase|stairs|fireplace|hearth|wallpaper|ceiling|floorboards|rugs?|armchair)\b"
)
"""What a place that can be both is furnished with where it is seen from within."""
_OUTSIDE = re.compile(r"\b(?:outside|outdoors|exterior|in front of|courtyard|garden|yard)\b")


def cast(treatment: Treatment, brief: Brief, seed: int) -> Story:
    """The story that a treatment tells, with every entity cast. Pure: equal input, equal output.

    No two characters share a look (``wardrobe.LEAST_APART``). Whoever or whatever the shots name
    without the treatment having introduced them is added, as far as ``brief.characters`` allows.
    ``look.known`` is False exactly where the lexicon does not know what to draw.
    """
    people, places, props = _introduced(treatment, brief)
    taken: set[str] = set()
    prop_ids, place_ids = [], []
    character_ids = [_take(new_id(c.name, taken, "character"), taken) for c in people]
    place_ids = [_take(new_id(p.name, taken, "place"), taken) for p in places]
    prop_ids = [_take(new_id(p.name, taken, "thing"), taken) for p in props]
    things = [_prop(i, p) for i, p in zip(prop_ids, props, strict=True)]
    language = language_code(treatment.language)
    carried = frozenset(t.look.kind for t in things)
    pronouns = _pronouns(treatment)
    looks = [
        look_of(c, seed, i, carried, pronouns.get(plain_name(c.name)))
        for i, c in zip(character_ids, people, strict=True)
    ]
    dressed = set_apart(looks, seed)
    heard = voices([look for look, _ in looks], language)
    characters = tuple(
        Character(id=i, name=c.name or c.noun or i, noun=_noun(c), words=c.words, look=look, voice=voice)
        for i, c, look, voice in zip(character_ids, people, dressed, heard, strict=True)
    )
    story = Story(
        title=treatment.title or "Untitled",
        logline=treatment.logline,
        language=language,
        season=treatment.season,
        mood=treatment.mood,
        era=treatment.era,
        look_words=treatment.look_words,
        characters=characters,
        places=tuple(_place(i, p, seed) for i, p in zip(place_ids, places, strict=True)),
        props=tuple(things),
        narrator=narrator_voice(language),
    )
    return _with_scenes_and_states(story, treatment)


def cast_more(
    story: Story,
    people: Sequence[TreatedCharacter],
    places: Sequence[TreatedPlace],
    props: Sequence[TreatedProp],
    seed: int,
) -> tuple[list[Character], list[Place], list[Prop]]:
    """Who, where and what comes into a story that is cast: with new ids, and looks apart from all others."""
    taken = {c.id for c in story.characters} | {p.id for p in story.places} | {p.id for p in story.props}
    things = [_prop(_take(new_id(p.name, taken, "thing"), taken), p) for p in props]
    found = [_place(_take(new_id(p.name, taken, "place"), taken), p, seed) for p in places]
    carried = frozenset(t.look.kind for t in (*story.props, *things))
    ids = [_take(new_id(c.name, taken, "character"), taken) for c in people]
    looks = [(c.look, frozenset(type(c.look).model_fields)) for c in story.characters]
    looks += [look_of(c, seed, i, carried, None) for i, c in zip(ids, people, strict=True)]
    count = len(story.characters)
    dressed = set_apart(looks, seed)[count:]
    heard = voices(dressed, story.language, [story.narrator, *(c.voice for c in story.characters)])
    characters = [
        Character(id=i, name=c.name or c.noun or i, noun=_noun(c), words=c.words, look=look, voice=voice)
        for i, c, look, voice in zip(ids, people, dressed, heard, strict=True)
    ]
    return characters, found, things


def _introduced(
    treatment: Treatment, brief: Brief
) -> tuple[list[TreatedCharacter], list[TreatedPlace], list[TreatedProp]]:
    """The treatment's entities, and those its shots name without an introduction."""
    people, places, props = list(treatment.characters), list(treatment.places), list(treatment.props)
    known = CallSheet(_outline(people, places, props))

    def meet(name: str) -> None:
        nonlocal known
        entry = look_up(name)
        alive = entry is None or entry.sort in ("person", "creature")
        if alive and (brief.characters is None or len(people) < brief.characters):
            people.append(TreatedCharacter(name=name, noun="", words="", being=None))
        elif not alive:
            props.append(TreatedProp(name=name, words=""))
        else:
            return
        known = CallSheet(_outline(people, places, props))

    for scene in treatment.scenes:
        if known.place(scene.place) is None:
            places.append(TreatedPlace(name=scene.place or scene.title or "Somewhere", words=""))
            known = CallSheet(_outline(people, places, props))
        for shot in scene.shots:
            for name in _named(shot):
                if plain_name(name) and known.anything(name) is None:
                    meet(name)
            for name in shot.props:
                if plain_name(name) and known.anything(name) is None:
                    props.append(TreatedProp(name=name, words=""))
                    known = CallSheet(_outline(people, places, props))
    return people, places, props


def _named(shot: TreatedShot) -> Iterator[str]:
    """Everybody a shot names: actor, parts, speakers; and its target, where the lexicon knows it."""
    yield from (name for name in (shot.actor, *(p.name for p in shot.parts)) if name)
    yield from (line.speaker for line in shot.lines if line.speaker)
    if shot.target and look_up(shot.target) and look_up(shot.target, "place") is None:
        yield shot.target


def _outline(people: list[TreatedCharacter], places: list[TreatedPlace], props: list[TreatedProp]) -> Story:
    """A story of nothing but names, to look names up in."""
    return Story.model_construct(
        title="",
        characters=tuple(
            Character.model_construct(id=f"c{n}", name=c.name, noun=c.noun) for n, c in enumerate(people)
        ),
        places=tuple(Place.model_construct(id=f"l{n}", name=p.name) for n, p in enumerate(places)),
        props=tuple(Prop.model_construct(id=f"p{n}", name=p.name) for n, p in enumerate(props)),
    )


def _take(one: str, taken: set[str]) -> str:
    taken.add(one)
    return one


def _noun(character: TreatedCharacter) -> str:
    """What the character is, without article; never the bare display name where a noun is known."""
    words = character.noun or ""
    if not words:
        entry = look_up(character.name)
        words = entry.lemma if entry else character.name
    return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)


def _pronouns(treatment: Treatment) -> dict[str, str]:
    """Name -> woman or man, where the sentences about one actor alone use only such pronouns."""
    tally: dict[str, list[int]] = {}
    for scene in treatment.scenes:
        for shot in scene.shots:
            if shot.actor and not shot.target and not shot.parts:
                words = re.findall(r"[a-z]+", shot.sentence.lower())
                she = sum(w in ("she", "her", "hers", "herself") for w in words)
                he = sum(w in ("he", "his", "him", "himself") for w in words)
                counts = tally.setdefault(plain_name(shot.actor), [0, 0])
                counts[0] += she
                counts[1] += he
    return {name: "woman" if she else "man" for name, (she, he) in tally.items() if bool(she) != bool(he)}


def _prop(entity: str, treated: TreatedProp) -> Prop:
    named, told = look_up(treated.name, "thing"), look_up(treated.words, "thing")
    closer = named and told and told.kind.endswith(f" {named.kind}")  # a boxing glove is no mitten
    entry = told if closer or named is None else named
    defaults = entry.attributes if entry else {}
    look_kind = entry.kind if entry else lexicon_key(treated.name, "thing")
    look = ThingLook(
        kind=look_kind,
        known=entry is not None,
        colour=colour(treated.name) or colour(treated.words) or defaults.get("colour", "#b08040"),
        stature=_stature(
            Stature(defaults.get("stature", "medium")), _but(look_kind, f"{treated.name} {treated.words}")
        ),
    )
    return Prop(id=entity, name=treated.name or entity, words=treated.words, look=look)


_BIG = re.compile(r"\b(?:dragon'?s?|dinosaur|giant|giant's|huge|enormous|gigantic|colossal|great big)\b")


_LITTLE = re.compile(r"\b(?:paper|toy|model|miniature|tiny|doll's|dollhouse)\b")


def _but(kind: str, words: str) -> str:
    """The words without the name of the kind: a dragon egg is drawn large, and is no dragon's large one."""
    return words.lower().replace(kind.lower(), "") if " " in kind else words


def _stature(usual: Stature, words: str) -> Stature:
    """The usual size of such a thing; more where it is a dragon's or a giant's, less where it is a toy."""
    order = list(Stature)
    if _LITTLE.search(words.lower()):
        return min(usual, Stature.small, key=order.index)
    steps = 2 if _BIG.search(words.lower()) else 0
    return order[min(len(order) - 1, order.index(usual) + steps)]


def _place(entity: str, treated: TreatedPlace, seed: int) -> Place:
    kind = place_kind(treated.name) or place_kind(treated.words) or PlaceKind.elsewhere
    defaults = data("places")[kind]
    both = f"{treated.name} {treated.words}".lower()
    interior = bool(defaults["interior"])
    if treated.interior is not None:
        interior = treated.interior
    elif _INSIDE.search(treated.name.lower()):
        interior = True
    elif _OUTSIDE.search(treated.name.lower()):
        interior = False
    elif _FITTINGS.search(both) and not interior:
        interior = kind in (PlaceKind.house, PlaceKind.castle, PlaceKind.lighthouse, PlaceKind.ship)
    look = PlaceLook(
        kind=kind, interior=interior, layout=seeded(seed, "layout", entity), tint=defaults["tint"]
    )
    return Place(id=entity, name=treated.name or entity, words=treated.words, look=look)


def seeded(seed: int, *words: str) -> int:
    """A number, 0 to 2**31 - 1, that is a fixed function of the seed and the words."""
    text = "\x1f".join((str(seed), *words)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big") & 0x7FFF_FFFF


def _with_scenes_and_states(story: Story, treatment: Treatment) -> Story:
    calls = CallSheet(story)
    found: dict[str, dict[str, State]] = {}

    def note(entity: str | None, words: str) -> None:
        if entity and words.strip():
            found.setdefault(entity, {}).setdefault(state_id(words), state(words))

    scenes = []
    for number, treated in enumerate(treatment.scenes, 1):
        where = calls.place(treated.place) or story.places[0].id
        note(where, treated.place_state)
        scenes.append(
            Scene(
                id=f"scene-{number}",
                title=treated.title,
                beat=treated.beat,
                place=where,
                place_state=state_id(treated.place_state) if treated.place_state.strip() else None,
                hour=treated.hour,
                weather=treated.weather,
                mood=treated.mood,
                words=treated.place_state,
            )
        )
        for shot in treated.shots:
            for part in shot.parts:
                note(calls.character(part.name) or calls.prop(part.name), part.state)

    def states(entity: str) -> tuple[State, ...]:
        return tuple(found.get(entity, {}).values())

    return story.model_copy(
        update={
            "scenes": tuple(scenes),
            "characters": tuple(c.model_copy(update={"states": states(c.id)}) for c in story.characters),
            "places": tuple(p.model_copy(update={"states": states(p.id)}) for p in story.places),
            "props": tuple(p.model_copy(update={"states": states(p.id)}) for p in story.props),
        }
    )
