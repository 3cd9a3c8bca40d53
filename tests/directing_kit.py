"""Readers and a language model that tests control, and films to talk about."""

import json
from pathlib import Path

from films import slate_film

from photoplay.agent.directing.understood import Understood
from photoplay.agent.language_model import Answer
from photoplay.agent.production import Production
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.edit_types import Rename, SetCamera, SetLine, SetScene
from photoplay.storyboard.errors import Refused


class Book:
    """A reader that has each sentence in a book; what is not in it is unread. ``asked`` is what it heard."""

    name, model = "book", ""

    def __init__(self, **sentences):
        self.sentences = {k.replace("_", " "): v for k, v in sentences.items()}
        self.asked = []

    def understand(self, film, words, talk, tell):
        self.asked.append((words, talk))
        found = self.sentences.get(words, Understood(unread=(words,)))
        if isinstance(found, Exception):
            raise found
        return found(film, talk) if callable(found) else found


def everyday_book():
    """A few sentences about ``slate_film``."""
    return Book(
        scene_2_at_night=Understood(
            edits=(SetScene(scene="two", hour="night"),), shots=("s03", "s04"), read_as=("scene 2 at night",)
        ),
        closer=Understood(edits=(SetCamera(shot="s01", size="close"),), shots=("s01",), entities=("bo",)),
        call_him_Bob=Understood(edits=(Rename(what="character", id="bo", name="Bob"),)),
        say_hello=Understood(edits=(SetLine(line="l00", words="Hello there, whale."),)),
        at_dusk=Understood(edits=(SetScene(scene="two", hour="dusk"),)),
        undo=Understood(history=-1), redo=Understood(history=1), undo_two=Understood(history=-2),
        how_many_shots=Understood(answer="There are 6 shots."),
        make_it_nicer=Understood(question="Nicer how?", choices=("closer", "at dusk")),
        email_it=Understood(refused=("A film cannot be emailed from here; out/film.mp4 is the file.",)),
        board=Understood(deed="board"), render=Understood(deed="render"), quote=Understood(deed="quote"),
        approve=Understood(deed="approve"),
    )  # fmt: skip


class Slates(SlateRenderer):
    """Flat slates that count what is drawn, and fail where they are told to."""

    def __init__(self):
        super().__init__()
        self.drawn = 0
        self.fails = False

    def render(self, jobs, tick):
        if self.fails:
            raise Refused("the painter was told to fail")
        self.drawn += len(jobs)
        yield from super().render(jobs, tick)


def begun(folder, shots=6, film=None, **more):
    """A production in a new folder, boarded and not shot, with flat slates."""
    film = film or slate_film(shots)
    renderer = more.pop("renderer", None) or Slates()
    production = Production(
        Project.create(Path(folder), film, "a test", "person"), crew=SoloCrew(renderer), **more
    )
    production.slates = renderer
    return production


def opened(production, folder=None):
    """The same film opened anew, as another process would."""
    return Production(Project.open(folder or production.project.folder), crew=SoloCrew(SlateRenderer()))


class Says:
    """A language model that says what it is told to, by turn; the last thing again and again."""

    name, model = "says-1 at a test", "says-1"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.conversations = []
        self.notices = []
        self.purse = None
        self.closed = 0

    def ask(self, messages, form, seed, pictures=()):
        self.conversations.append([dict(m) for m in messages])
        said = self.answers[min(len(self.conversations), len(self.answers)) - 1]
        if isinstance(said, Exception):
            raise said
        if callable(said):
            said = said(messages)
        text = said if isinstance(said, str) else json.dumps(said)
        return Answer(text, self.model)

    def close(self):
        self.closed += 1


def call(tool, **parts):
    """A tool call with everything else at rest."""
    whole = {"thought": None, "words": "", "edits": [], "refused": [], "choices": [], "shots": [], "steps": 1}
    return whole | {"tool": tool} | parts
