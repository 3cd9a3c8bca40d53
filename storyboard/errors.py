"""The one hierarchy of errors.

PhotoplayError
├── BadInput            what was asked cannot be done as asked; nothing was made or changed
│   ├── Unmeetable      constraints that cannot hold together; names them and the nearest that can
│   ├── NotUnderstood   a wish in words that was not understood, wholly or in part; nothing of it was done
│   └── UnknownName     an id, renderer, writer, style ... that does not exist; lists what does
├── ProjectError        the project folder
│   ├── NewerFilm       written by a newer photoplay; the folder was not touched
│   ├── Locked          another process works on this film
│   ├── Damaged         a file is not what its record says
│   └── NoRoom          disk full or read-only; earlier takes are kept
├── WriterError         the writer (language model or other) gave no usable story
│   ├── WriterRefused   will not succeed if tried again: wrong key, content filter
│   └── WriterNonsense  answered, but never with a valid story, within its bounded tries
├── RenderError         one request could not be rendered; others are safe
│   ├── OutOfMemory     try the next rung: offload, tiling, smaller batch
│   ├── Transient       may succeed when tried again
│   ├── Refused         never tried again: the renderer does not do this
│   └── BadTake         came back, but is not what was asked (length, size, blank, frozen)
├── LimitReached        a limit that a person set (tokens, steps, shots, GPU minutes); going on is told
│   └── OverBudget      the limit is money
└── Stopped             the program around it asked to stop; everything committed is kept

Every message says what happened, to which shot, what to do, and what is safe.
"""

from __future__ import annotations


class PhotoplayError(Exception):
    """Base of all errors raised on purpose. ``str(error)`` is fit to be shown to a film maker.

    ``exit_code`` is what the command line exits with.
    """

    exit_code = 1


class BadInput(PhotoplayError):
    """What was asked cannot be done as asked. Nothing was made or changed."""

    exit_code = 2


class Unmeetable(BadInput):
    """Hard constraints cannot all hold. The message names them and the nearest that can."""


class NotUnderstood(BadInput):
    """A wish in words was not understood, wholly or in part. Nothing of it was done."""

    def __init__(
        self,
        words: str,
        *,
        unread: tuple[str, ...] = (),
        question: str = "",
        choices: tuple[str, ...] = (),
    ) -> None:
        self.unread = unread
        """The parts that were not understood, in the person's own words."""
        self.question = question
        """What has to be known first; empty where nothing is asked."""
        self.choices = choices
        """Answers to the question that would be understood, where they can be listed."""
        super().__init__(words)


class UnknownName(BadInput):
    """A name that does not exist. ``known`` lists those that do."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        self.known = sorted(known)
        listed = ", ".join(self.known) if self.known else "none"
        super().__init__(f"There is no {what} called {name!r}. Known: {listed}.")


class ProjectError(PhotoplayError):
    """The project folder cannot be used as it is."""

    exit_code = 3


class NewerFilm(ProjectError):
    """The film was written by a newer photoplay. The folder was not touched."""


class Locked(ProjectError):
    """Another process works on this film. Nothing was changed."""


class Damaged(ProjectError):
    """A file is not what its record says. The file was set aside, not deleted."""


class NoRoom(ProjectError):
    """The disk is full or read-only. Committed takes are kept; nothing half-written remains."""


class WriterError(PhotoplayError):
    """The writer gave no usable story. The project is unchanged."""

    exit_code = 4


class WriterRefused(WriterError):
    """The writer will not answer this, however often it is asked."""


class WriterNonsense(WriterError):
    """The writer answered, but never with a valid story, within its bounded tries."""


class RenderError(PhotoplayError):
    """A request could not be rendered. Takes already committed are safe."""

    exit_code = 5


class OutOfMemory(RenderError):
    """The renderer ran out of memory. The engine tries the next rung, then gives up on this shot."""


class Transient(RenderError):
    """A fault that may pass. The engine tries again, a bounded number of times."""


class Refused(RenderError):
    """The renderer does not do what was asked. Never tried again."""


class BadTake(RenderError):
    """What came back is not what was asked for (length, size, blank). It was not committed."""


class LimitReached(PhotoplayError):
    """A limit that a person set was reached. Everything made and paid so far is kept."""

    exit_code = 6


class OverBudget(LimitReached):
    """Going on would cost more than a person allowed."""


class Stopped(PhotoplayError):
    """The program around it asked to stop. Everything committed is kept; half-made takes are gone."""

    exit_code = 130
