"""Small films for tests: flat slates instead of pictures, real voices, music and cards."""

from photoplay.storyboard.film import (
    Brief,
    Card,
    CastMember,
    Event,
    Film,
    Line,
    Scene,
    Settings,
    Shot,
    Story,
)
from photoplay.storyboard.looks import Character, Place, PlaceLook, Prop
from photoplay.storyboard.vocabulary import Opening, PlaceKind


def slate_film(shots=12, width=128, height=72, lines=True, goes_on=(3,), **settings):
    """A film of slates: ``goes_on`` numbers the shots that open on the tail of the one before."""
    story = Story(
        title="The keeper",
        logline="A keeper finds a whale.",
        characters=(
            Character(id="anna", name="Anna", noun="lighthouse keeper"),
            Character(id="bo", name="Bo", noun="whale"),
        ),
        places=(
            Place(id="shore", name="the shore", look=PlaceLook(kind=PlaceKind.shore)),
            Place(id="tower", name="the tower", look=PlaceLook(kind=PlaceKind.lighthouse)),
        ),
        props=(Prop(id="lamp", name="the lamp"),),
        scenes=(Scene(id="one", place="shore"), Scene(id="two", place="tower")),
    )
    made = []
    for n in range(shots):
        said = (Line(id=f"l{n:02}", words="Anna looks out to sea."),) if lines and n % 4 == 0 else ()
        made.append(
            Shot(
                id=f"s{n:02}",
                scene="one" if n < shots // 2 else "two",
                event=Event(sentence="Anna looks out to sea.", actor="anna"),
                cast=(CastMember(entity="anna"),) if n != 1 else (CastMember(entity="bo"),),
                frames=60,
                seed=n,
                opens=Opening.continue_ if n in goes_on else Opening.cut,
                lines=said,
            )
        )
    return Film(
        id="film-test",
        brief=Brief(idea="A keeper finds a whale."),
        settings=Settings(width=width, height=height, renderer="slate", **settings),
        story=story,
        shots=tuple(made),
        opening=Card(id="opening", heading="The keeper", frames=24),
        ending=Card(id="ending", heading="The end", frames=24),
    )
