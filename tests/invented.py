"""Treatments for the tests of casting, boarding, fitting and grammar: one told, and any invented."""

from __future__ import annotations

from hypothesis import strategies as st

from photoplay.storyboard.boarding import board
from photoplay.storyboard.casting import cast
from photoplay.storyboard.film import Brief, Film, Settings
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.treatment import (
    TreatedCharacter,
    TreatedLine,
    TreatedPart,
    TreatedPlace,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from photoplay.storyboard.vocabulary import (
    Angle,
    Beat,
    Hour,
    LineKind,
    Mood,
    Move,
    Opening,
    Season,
    ShotSize,
    View,
    Weather,
)


def line(words: str, speaker: str | None = None) -> TreatedLine:
    kind = LineKind.dialogue if speaker else LineKind.narration
    return TreatedLine(speaker=speaker, kind=kind, words=words)


def part(name: str, state: str = "", expression=None) -> TreatedPart:
    return TreatedPart(name=name, state=state, expression=expression)


def shot(sentence: str, actor: str | None, verb: str, target: str | None = None, **more) -> TreatedShot:
    base = {
        "manner": "", "parts": (), "props": (), "size": None, "angle": None, "view": None, "move": None,
        "opens": None, "opening": "", "closing": "", "lines": (),
    }  # fmt: skip
    return TreatedShot(sentence=sentence, actor=actor, verb=verb, target=target, **(base | more))


def scene(place: str, *shots: TreatedShot, **more) -> TreatedScene:
    base = {
        "title": "", "beat": Beat.setup, "place_state": "", "hour": Hour.morning, "weather": Weather.clear,
        "mood": Mood.calm,
    }  # fmt: skip
    return TreatedScene(place=place, shots=shots, **(base | more))


def treatment(*scenes: TreatedScene, **more) -> Treatment:
    base = {
        "title": "A Title", "logline": "", "language": "en", "season": Season.summer, "mood": Mood.calm,
        "era": "", "look_words": "", "characters": (), "places": (), "props": (),
    }  # fmt: skip
    return Treatment(scenes=scenes, **(base | more))


def character(name: str, noun: str = "", words: str = "", being=None) -> TreatedCharacter:
    return TreatedCharacter(name=name, noun=noun, words=words, being=being)


def told() -> Treatment:
    """A baker, a girl and a fox, in three scenes."""
    return treatment(
        scene(
            "the bakery",
            shot(
                "Otto kneads dough", "Otto", "kneads", lines=(line("Otto had baked alone for thirty years."),)
            ),
            shot(
                "A fox looks in at the window", "the fox", "looks", "Otto", lines=(line("Then a fox came."),)
            ),
            shot("Otto gives the fox bread", "Otto", "gives", "the fox", props=("the bread",)),
            hour=Hour.dawn,
            mood=Mood.tender,
        ),
        scene(
            "the forest",
            shot("The fox runs through the trees", "the fox", "runs", parts=(part("the fox", "wet"),)),
            shot("Lina follows the fox", "Lina", "follows", "the fox"),
            shot("Lina asks the fox", "Lina", "asks", "the fox", lines=(line("Where do you live?", "Lina"),)),
            shot(
                "Lina hugs the fox", "Lina", "hugs", "the fox", lines=(line("It was cold, and so was she."),)
            ),
            hour=Hour.night,
            mood=Mood.tense,
            beat=Beat.crisis,
            place_state="snow-covered",
        ),
        scene(
            "the bakery",
            shot("They come home", "Lina", "comes home", parts=(part("the fox"), part("Otto"))),
            shot("Otto laughs", "Otto", "laughs", lines=(line("Nobody bakes alone now."),)),
            beat=Beat.resolution,
            mood=Mood.joyful,
        ),
        title="The Fox at the Bakery",
        logline="A lonely baker feeds a fox and finds a family.",
        characters=(
            character("Otto", "baker", "A stout old man with a white moustache."),
            character("Lina", "girl", "A girl with red braids in a green coat."),
            character("the fox", "fox"),
        ),
        places=(
            TreatedPlace(name="the bakery", words="a small bakery in an old town"),
            TreatedPlace(name="the forest", words=""),
        ),
        props=(TreatedProp(name="the bread", words="a loaf of bread"),),
    )


def boarded(story: Treatment, brief: Brief | None = None, seed: int = 0, rate: Rate | None = None) -> Film:
    brief = brief or Brief(idea="x")
    settings = Settings(seed=seed, rate=rate or Rate())
    made = cast(story, brief, seed)
    shots, opening, ending = board(story, made, brief, settings)
    return Film(
        id="f", brief=brief, settings=settings, story=made, shots=shots, opening=opening, ending=ending
    )


NAMES = ["Anna", "the whale", "Ben", "a robot", "Dr. Ivy Moss", "the old king", "Mr. Zed", "the crow", "Ølaf"]
NOUNS = ["fisherwoman", "whale", "boy", "robot", "scientist", "king", "quibbler", "crow", "viking"]
THINGS = ["brass lantern", "letter", "the sword", "rowing boat", "frobnicator"]
PLACES = ["the harbour", "a dark forest", "the throne room", "space", "under the sea", "Zorb"]
VERBS = ["walks", "runs away", "says", "looks at", "picks up", "hugs", "sleeps", "frobs", "cries", "gives",
         "flies", "fights", "opens", "returns", "swims", "dances", "stands", "returns home", "lights"]  # fmt: skip
_words = st.text(st.sampled_from("abc de fgh ü, 火😀."), max_size=60)
_who = st.sampled_from(NAMES)
_maybe_who = st.none() | _who


def _open(values):
    return st.one_of(st.none(), st.none(), st.none(), st.sampled_from(list(values)))


_shots = st.builds(
    TreatedShot,
    sentence=_words,
    actor=_maybe_who,
    verb=st.sampled_from(VERBS),
    target=st.none() | st.sampled_from(NAMES + THINGS + PLACES),
    manner=st.sampled_from(["", "happily", "slowly"]),
    parts=st.lists(
        st.builds(
            TreatedPart,
            name=_who,
            state=st.sampled_from(["", "", "wet", "in a red coat", "😀"]),
            expression=st.none(),
        ),
        max_size=4,
    ).map(tuple),
    props=st.lists(st.sampled_from(THINGS), max_size=2).map(tuple),
    size=_open(ShotSize),
    angle=_open(Angle),
    view=_open(View),
    move=_open(Move),
    opens=_open(Opening),
    opening=st.just(""),
    closing=st.just(""),
    lines=st.lists(
        st.builds(TreatedLine, speaker=_maybe_who, kind=st.sampled_from(list(LineKind)), words=_words),
        max_size=3,
    ).map(tuple),
)
_scenes = st.builds(
    TreatedScene,
    title=st.just(""),
    beat=st.sampled_from(list(Beat)),
    place=st.sampled_from(PLACES),
    place_state=st.sampled_from(["", "flooded"]),
    hour=st.sampled_from(list(Hour)),
    weather=st.sampled_from(list(Weather)),
    mood=st.sampled_from(list(Mood)),
    shots=st.lists(_shots, min_size=1, max_size=6).map(tuple),
)
_characters = st.lists(
    st.builds(
        TreatedCharacter,
        name=_who,
        noun=st.sampled_from([*NOUNS, ""]),
        words=st.sampled_from(["", "a tall old woman in a red coat", "a small grey thing with a blue scarf"]),
        being=st.none(),
    ),
    max_size=6,
    unique_by=lambda c: c.name,
)
inventions = st.builds(
    Treatment,
    title=st.sampled_from(["A Title", "", "😀"]),
    logline=_words,
    language=st.sampled_from(["en", "de", "ru", "German", "xx", "", "zh-CN"]),
    season=st.sampled_from(list(Season)),
    mood=st.sampled_from(list(Mood)),
    era=st.just(""),
    look_words=st.just(""),
    characters=_characters.map(tuple),
    places=st.lists(st.builds(TreatedPlace, name=st.sampled_from(PLACES), words=st.just("")), max_size=2).map(
        tuple
    ),
    props=st.lists(st.builds(TreatedProp, name=st.sampled_from(THINGS), words=st.just("")), max_size=2).map(
        tuple
    ),
    scenes=st.lists(_scenes, min_size=1, max_size=4).map(tuple),
)
