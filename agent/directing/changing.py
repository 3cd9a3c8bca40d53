"""Changing a film by words: propose, revise, undo and redo, for whoever has a production."""

from __future__ import annotations

from ...storyboard.errors import BadInput, NotUnderstood, Unmeetable
from ..steps import Steps
from .carrying_out import carry_out, go_back, go_on_again
from .proposing import hear, turn_of
from .readers import EVERYDAY, find_reader
from .turn import Turn
from .understood import Reader, Talk


class Changing(Steps):
    """See the module. ``photoplay.Production`` is what a person uses."""

    def propose(self, words: str, *, reader: Reader | str | None = None, talk: Talk | None = None) -> Turn:
        """What the words would do: a proposal with its difference, an answer, a question or a refusal.

        Changes nothing. ``reader`` is one, or its name (``everyday``, the built-in one, where there is none).
        Raises ``WriterError`` where a model fails, ``BadInput`` for no words at all.
        """
        self.project.look_again()
        understood, _ = hear(self, words, _reader(reader), talk or Talk(), self._reading)
        return turn_of(self, understood)

    def revise(
        self, words: str, *, reader: Reader | str | None = None, render: bool = True, loosen: bool = False
    ) -> Turn:
        """Do what the words say: change the film, make what that changed, and cut it anew.

        A film that was not made yet is only changed; without ``render`` any film is. Raises
        ``NotUnderstood`` where a part was not understood or something has to be known first (``unread``,
        ``question``, ``choices``), ``BadInput`` where it, or a part of it, cannot be done, and ``Unmeetable``
        where a hard constraint of the brief would not hold any more (with ``loosen`` the brief is changed to
        the nearest that can); then nothing was changed. Raises ``RenderError`` where a shot could not be
        made: the change is kept, and the film shows the earlier take.
        """
        self.project.look_again()
        understood, said = hear(self, words, _reader(reader), Talk(), self._reading)
        turn = turn_of(self, understood)
        refuse(turn, loosen)
        return carry_out(self, turn, said, render)

    def undo(self, n: int = 1, *, cut: bool = True) -> Turn:
        """Take back the last ``n`` changes. Renders nothing; the film is cut anew where it had been cut.

        Raises ``BadInput`` where there are fewer.
        """
        return go_back(self, n, cut)

    def redo(self, n: int = 1, *, cut: bool = True) -> Turn:
        """Bring back the last ``n`` changes that were undone. As ``undo``."""
        return go_on_again(self, n, cut)

    def _reading(self, words: str) -> None:
        self.tell("read", words)


def _reader(asked: Reader | str | None) -> Reader:
    return find_reader(asked or EVERYDAY) if asked is None or isinstance(asked, str) else asked


def refuse(turn: Turn, loosen: bool = False) -> None:
    """Raise what keeps a turn from being carried out without a person who is asked; see ``revise``."""
    read = turn.understood
    if turn.kind == "question" or read.unread:
        raise NotUnderstood(turn.words, unread=read.unread, question=read.question, choices=read.choices)
    if turn.kind == "refusal":
        raise BadInput(turn.words)
    if turn.kind == "proposal" and read.refused:
        raise BadInput("\n".join((*read.refused, "Nothing was changed; say the rest without that part.")))
    if turn.loosened and not loosen:
        raise Unmeetable("\n".join((*turn.loosened, "Nothing was changed.")))
