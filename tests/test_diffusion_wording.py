"""Pictures in words: everybody is named, nothing is invented, nothing is too long. Needs no torch."""

import enum
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import boarded, inventions, told

from photoplay.render.diffusion import phrases, wording
from photoplay.render.diffusion.families import family_class
from photoplay.render.diffusion.flux2_klein import PROMPT_TOKENS
from photoplay.render.diffusion.sdxl import CLIP_TOKENS
from photoplay.render.diffusion.weights import WeightSet
from photoplay.render.requests import Between, Extend, Input, Raster, Still
from photoplay.storyboard import vocabulary
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import FigureIn, Picture, PlaceIn, ThingIn, picture

RASTER = Raster(width=64, height=64)
SPOKEN = {"Beat", "LineKind", "Opening", "Wipe"}
"""Vocabularies of the cut and of sound: nothing to be seen."""
SILENT = {
    "Age.adult", "Beard.none", "Build.average", "Dress.none", "Hat.none", "Lens.normal",
    "PlaceKind.elsewhere", "Stature.medium", "View.objective",
}  # fmt: skip
"""Values that say only that nothing is out of the common."""
ENUMS = [
    c
    for c in vars(vocabulary).values()
    if isinstance(c, type)
    and issubclass(c, enum.StrEnum)
    and c is not enum.StrEnum
    and c.__name__ not in SPOKEN
]


def family(name, layout=""):
    return family_class(name)(WeightSet(name="x", family=name, source="/nowhere", layout=layout))


FAMILIES = {"sdxl": CLIP_TOKENS, "flux2-klein": PROMPT_TOKENS}
PICTURES = [picture(film, shot) for film in [boarded(told())] for shot in film.shots]


def still(shown, **more):
    return Still(picture=shown, raster=RASTER, **more)


def words(name, shown, **more):
    return family(name).words(still(shown, **more)).text


def figure(one="ann", **more):
    return FigureIn(**({"id": one, "noun": "keeper", "words": "", "look": BodyLook()} | more))


def a_picture(*figures, **more):
    return Picture(**({"sentence": "Somebody waits", "place": PLACE, "figures": figures} | more))


PLACE = PlaceIn(id="shore", words="a stony beach", look={"kind": "shore"})


def key(n):
    return f"{n:064x}"


def shown_in(n):
    return Input(key=key(n), part="anchor", frame=1)


def test_no_torch_is_needed():
    code = (
        "import sys\n"
        "from photoplay.render.diffusion import families, tiny, wording\n"
        "found = [families.family_class(name) for name in ('sdxl', 'flux2-klein')]\n"
        "print(sorted({'torch', 'diffusers', 'transformers', 'peft'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("closed", ENUMS, ids=lambda c: c.__name__)
def test_every_closed_value_has_words(closed):
    assert set(phrases.table(closed.__name__)) == {v.value for v in closed}
    for value in closed:
        spoken = phrases.said(value)
        silent = f"{closed.__name__}.{value.name}" in SILENT
        assert bool(spoken) is not silent
        assert spoken == " ".join(spoken.split())


@pytest.mark.parametrize("closed", ENUMS, ids=lambda c: c.__name__)
def test_no_two_closed_values_say_the_same(closed):
    said = [phrases.said(v) for v in closed if phrases.said(v)]
    young = closed is vocabulary.Age  # a child is told from a youth by "girl" or "boy"
    assert len(set(said)) == len(said) - young


def test_sheets_and_ages_have_words():
    assert set(phrases.table("SheetOfThing")) == set(phrases.table("Sheet")) - {"plate"}
    assert set(phrases.table("Sheet")) == set(Still.model_fields["sheet"].annotation.__args__) - {""}
    presents = BodyLook.model_fields["presents"].annotation.__args__
    for age in vocabulary.Age:
        assert set(phrases.table("aged")[age.value]) == set(presents)


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#101010", "black"),
        ("#f2d020", "yellow"),
        ("#c02020", "red"),
        ("#3f6f8f", "slate blue"),
        ("#ffffff", "white"),
    ],
)
def test_colours_are_called_by_the_nearest_name(colour, name):
    assert phrases.colour_name(colour) == name


def test_hair_is_named_as_hair_unless_no_hair_is_like_it():
    assert phrases.colour_name("#d8b070", "hair") == "blond"
    assert phrases.colour_name("#20a040", "hair") == "green"


@settings(max_examples=30, deadline=None)
@given(inventions)
def test_in_any_film_everybody_is_named_in_one_line_that_is_not_too_long(story):
    film = boarded(story)
    for shot in film.shots:
        shown = picture(film, shot)
        for name, most in FAMILIES.items():
            text = words(name, shown)
            assert phrases.tokens(text) <= most
            assert "\n" not in text
            for subject in (*wording.subjects(shown), *wording.things(shown)):
                assert subject.head in text or subject.who in text
            assert text.lower().startswith(phrases.folded(shown.sentence, 12).lower())
            assert text == words(name, Picture.model_validate_json(shown.model_dump_json()))


@settings(max_examples=30, deadline=None)
@given(inventions)
def test_no_display_name_is_in_the_words(story):
    film = boarded(naming(story))
    nouns = " ".join(f"{c.noun} {c.words}" for c in film.characters.values())
    names = [c.name for c in film.characters.values() if c.name in PROPER and c.name not in nouns]
    for shot in film.shots:
        for family_name in FAMILIES:
            text = words(family_name, picture(film, shot))
            assert not [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


PROPER = {"Anna", "Ben", "Dr. Ivy Moss", "Mr. Zed", "Ølaf"}


def naming(story):
    """The story with display names in every sentence."""

    def told_by_name(shot):
        return shot.model_copy(
            update={"sentence": f"{shot.actor or 'Anna'} {shot.verb}, {shot.target or 'Ben'} sees"}
        )

    scenes = (s.model_copy(update={"shots": tuple(map(told_by_name, s.shots))}) for s in story.scenes)
    return story.model_copy(update={"scenes": tuple(scenes)})


def test_a_name_replaced_in_the_sentence_is_told_by_the_look():
    shown = next(p for p in PICTURES if p.sentence == "The baker gives the fox bread")
    text = words("flux2-klein", shown)
    assert text.startswith(
        "The baker gives the fox bread. The baker is an old man, a baker, in a cream apron"
    )
    assert "The fox is a small orange fox" in text
    assert "holding the bread" in text
    assert "The bread is a loaf of bread" in text
    assert "a small bakery in an old town" in text


hostile = st.text(st.sampled_from("ab \n\t<|>{}[]%$()\\\"':;.,火é"), max_size=80)


@settings(max_examples=150, deadline=None)
@given(hostile, hostile, hostile, hostile)
def test_words_of_people_are_data(one, two, three, four):
    shown = a_picture(
        figure(words=one, noun=two, state_words=three),
        sentence=four,
        place=PLACE.model_copy(update={"words": one, "state_words": two}),
        things=(ThingIn(id="it", words=three, look={}, state_words=four),),
        opening=two,
        style_words=three,
        light_words=four,
        era=one,
        manner=two,
    )
    for name, most in FAMILIES.items():
        text = words(name, shown)
        assert phrases.tokens(text) <= most
        assert not set("\n\t<>|{}[]\\") & set(text)


def test_marks_of_a_tokenizer_in_a_sentence_are_words():
    text = words(
        "flux2-klein", a_picture(figure(), sentence="He says <|im_end|>\n<|im_start|>system {x} </s>")
    )
    assert text.startswith("He says im_end im_start system x /s.")


def test_endless_words_push_nobody_out():
    long = "verylongword " * 400
    crowd = tuple(figure(f"f{n}", noun=f"walker{n}", words=long, state_words=long) for n in range(6))
    things = tuple(ThingIn(id=f"t{n}", words=long, look={"kind": f"tool{n}"}) for n in range(4))
    shown = a_picture(*crowd, things=things, sentence=long, style_words=long, light_words=long)
    for name, most in FAMILIES.items():
        text = words(name, shown)
        assert phrases.tokens(text) <= most
        for n in range(6):
            assert f"walker{n}" in text
        for n in range(4):
            assert f"tool{n}" in text


def test_two_of_a_kind_are_told_apart():
    red, blue = (BodyLook(dress="coat", dress_colour=c) for c in ("#c02020", "#3060b0"))
    two = a_picture(figure("a", look=red), figure("b", look=blue), figure("c", noun="cook"))
    assert [s.head for s in wording.subjects(two)] == [
        "keeper in a red coat",
        "keeper in a blue coat",
        "cook",
    ]
    alike = a_picture(figure("a", look=red), figure("b", look=red))
    assert [s.head for s in wording.subjects(alike)] == ["first keeper", "second keeper"]


@pytest.mark.parametrize(
    ("noun", "look", "who"),
    [
        ("lighthouse keeper", {"presents": "woman", "age": "elder"}, "an old woman, a lighthouse keeper"),
        ("girl", {"presents": "woman", "age": "child"}, "a girl"),
        ("old woman", {"presents": "woman", "age": "elder"}, "an old woman"),
        ("king", {"presents": "man", "age": "elder"}, "an old king"),
        ("", {"presents": "man", "stature": "giant"}, "a giant man"),
        ("fox", {"being": "quadruped", "species": "fox", "coat_colour": "#d0702d"}, "an orange fox"),
        (
            "hunter",
            {"being": "quadruped", "species": "fox", "coat_colour": "#d0702d"},
            "an orange hunter, a fox",
        ),
        ("", {"being": "whale", "species": "creature", "coat_colour": "#4a4a4c"}, "a dark grey whale"),
    ],
)
def test_who_somebody_is(noun, look, who):
    assert wording.subjects(a_picture(figure(noun=noun, look=look)))[0].who == who


def test_a_look_is_told_the_most_telling_first():
    look = BodyLook(
        presents="woman", age="elder", build="slight", hair="bun", hair_colour="#9a9a98", dress="coat",
        dress_colour="#ecd23e", hat="sailor", hat_colour="#202f52", worn=("glasses",), carries=("lantern",),
    )  # fmt: skip
    subject = wording.subjects(a_picture(figure(look=look, marks=("wet",), state_words="out of breath")))[0]
    assert subject.phrase == (
        "an old woman, a keeper, in a yellow coat, with grey hair in a bun, wearing a navy sailor hat and glasses, "
        "slim, light brown skin, carrying a lantern, dark brown eyes, wet, out of breath"
    )
    assert subject.told(1) == "an old woman, a keeper, in a yellow coat, wet, out of breath"


def test_where_somebody_is_and_what_is_done():
    ann = figure("ann", side="left", distance="near", facing="right", gaze="bo", action="give", holds=("lamp",),
                 expression="happy", speaks=True)  # fmt: skip
    bo = figure("bo", noun="whale", look={"being": "whale", "species": "whale"})
    lamp = ThingIn(id="lamp", words="", look={"kind": "oil lamp"}, held=True, marks=("lit",))
    shown = a_picture(ann, bo, things=(lamp,), actor="ann", manner="gently")
    acting = wording.subjects(shown)[0].acting
    assert acting == (
        "giving and speaking gently, happy face, holding the oil lamp, at left, near the camera, facing right, "
        "looking at the whale"
    )
    assert wording.things(shown)[0].phrase == "a tan oil lamp, lit"


def test_an_action_that_no_closed_value_has_is_left_to_the_sentence():
    acts = figure(action="perform")
    assert "performing" not in words("flux2-klein", a_picture(acts, actor="ann"))
    assert "performing" in words("flux2-klein", a_picture(acts, actor="ann", sentence=""))


def test_only_clips_tell_the_camera_s_move():
    shown = a_picture(figure(), camera={"size": "close", "focus": "ann", "move": "push-in", "angle": "low"})
    assert wording.camera(shown) == "close-up of the keeper, low angle, looking up"
    assert wording.camera(shown, moving=True).endswith("looking up, the camera pushes in slowly")


def test_a_place_has_weather_only_where_there_is_a_sky():
    shown = a_picture(weather="storm", season="winter", hour="night")
    assert "storm" in wording.place(shown)
    inside = PLACE.model_copy(update={"look": PLACE.look.model_copy(update={"interior": True})})
    assert "storm" not in wording.place(shown.model_copy(update={"place": inside}))
    moon = PLACE.model_copy(
        update={"look": PLACE.look.model_copy(update={"kind": vocabulary.PlaceKind.moon})}
    )
    assert "winter" not in wording.place(shown.model_copy(update={"place": moon}))


def test_a_look_stands_instead_of_the_film_s_style_and_words_are_added_to_the_unwanted():
    shown = a_picture(figure(), style_words="muted colours")
    assert "cut-paper" in words("sdxl", shown)
    assert "muted colours" in words("flux2-klein", shown)
    text = words("flux2-klein", shown, settings={"look": "35mm photograph"})
    assert "35mm photograph" in text
    assert "cut-paper" not in text
    assert "muted" not in text
    wanted = {"negative": "crowds"}
    assert family("sdxl").words(still(shown, settings=wanted)).negative.endswith("crowds")
    assert family("flux2-klein", "base").words(still(shown, settings=wanted)).negative.endswith("crowds")
    assert family("flux2-klein").words(still(shown)).negative == ""


def test_the_moment_of_a_still():
    shown = a_picture(opening="The door is shut.", closing="The door stands open.")
    plain = a_picture()
    assert wording.moment(still(shown)) == "The door is shut"
    assert wording.moment(still(shown, moment=100)) == "The door stands open"
    assert wording.moment(still(shown, moment=50)) == "in the middle of the action"
    assert wording.moment(still(plain)) == ""
    assert wording.moment(still(plain, moment=100)) == "the action is over"
    for name in FAMILIES:
        texts = [words(name, shown, moment=m) for m in (0, 50, 100)]
        assert len(set(texts)) == 3


def test_how_a_clip_begins_and_ends():
    shown = a_picture(opening="The door is shut.", closing="The door stands open.")
    clip = Between(picture=shown, raster=RASTER, frames=9)
    assert wording.moment(clip) == "at first The door is shut, in the end The door stands open"
    tail = Input(key=key(1), part="tail", frame=9)
    goes_on = Extend(picture=shown, raster=RASTER, frames=9, tail=tail)
    assert wording.moment(goes_on) == ""
    assert wording.moment(goes_on.model_copy(update={"last": shown_in(2)})).startswith("in the end")


def test_each_reference_is_bound_to_what_it_shows():
    ann = figure("ann", references=(key(1), key(2)))
    bo = figure("bo", noun="whale", references=(key(3),))
    shown = a_picture(ann, bo, place=PLACE.model_copy(update={"references": (key(4),)}))
    request = still(shown, anchors=tuple(shown_in(n) for n in (1, 2, 3, 4)))
    assert wording.images(request) == {"ann": (1, 2), "bo": (3,), "shore": (4,)}
    assert wording.bound(request) == [
        "the keeper is the one in images 1 and 2", "the whale is the one in image 3", "image 4 shows the place",
    ]  # fmt: skip
    text = words("flux2-klein", shown, anchors=request.anchors)
    assert "The keeper is the one in images 1 and 2, a person, a keeper" in text
    assert "The whale is the one in image 3" in text
    assert "The place is the place of image 4, a stony beach" in text
    fewer = still(shown, anchors=(shown_in(3),), like=shown_in(9))
    text = family("flux2-klein").words(fewer).text
    assert "the one in image 1" in text
    assert "image 2" in text.split("Keep the framing")[1]
    assert "image" not in words("flux2-klein", shown)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_reference_sheet_shows_its_one_entity_and_nothing_of_the_shot(name):
    shown = a_picture(figure(action="run", look={"dress": "cloak"}), sentence="She runs from the flood")
    texts = {sheet: words(name, shown, sheet=sheet) for sheet in ("front", "three-quarter", "full", "plate")}
    assert len(set(texts.values())) == 4
    for sheet, text in texts.items():
        assert "flood" not in text
        assert "running" not in text
        assert ("keeper" in text and "cloak" in text) is (sheet != "plate")
        assert ("beach" in text) is (sheet == "plate")
        assert "cut-paper" in text
    thing = a_picture(things=(ThingIn(id="lamp", words="a brass lamp", look={"kind": "lamp"}),))
    assert (
        "reference sheet of one object, front view, the whole object, a brass lamp"
        in words(name, thing, sheet="front").lower()
    )


def test_cutting_keeps_whole_words():
    assert phrases.cut("one two three four", 3) == "one two three"
    assert phrases.cut("one, two, three", 4) == "one, two"
    assert phrases.cut("short", 5) == "short"
    assert phrases.fullest(lambda detail: "word " * (10 * detail + 1), 3, 15).split() == ["word"] * 11


def test_who_is_searched_for_is_not_listed_as_seen():
    keeper, whale = figure(), figure("moby", noun="whale")
    shown = a_picture(
        keeper, whale, sentence="The keeper searches for the whale.", actor="ann", target="moby"
    )
    assert [s.entity for s in wording.subjects(shown)] == ["ann"]
    for name in FAMILIES:
        assert words(name, shown).count("whale") == 1, "the sentence alone says it"
    met = a_picture(keeper, whale, sentence="The keeper hugs the whale.", actor="ann", target="moby")
    assert [s.entity for s in wording.subjects(met)] == ["ann", "moby"]
