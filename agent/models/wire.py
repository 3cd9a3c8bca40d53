"""A language model on a server that speaks the OpenAI wire: the vendor's, or one of one's own."""

from __future__ import annotations

import os

from ...storyboard.errors import BadInput
from ..language_model import Answer, AnswerForm, Message, Picture
from ..purse import Purse
from ..wire_asking import Known
from ..wire_call import Errand, Wire
from ..wire_settings import WireSettings, read_wire_settings
from ..writer import Tell

_LISTED = 20
ANSWERS = Errand("answer", "Nothing was changed. Try again later.")


class WireModel:
    """See ``agent/language_model.py``, and ``agent/wire_settings.py`` for the environment.

    Each answer has the time and the repeated calls of ``WireSettings`` for itself. What the server was
    found not to take is remembered as long as this lives (or in ``known``).
    """

    def __init__(
        self,
        variant: str = "",
        purse: Purse | None = None,
        tell: Tell | None = None,
        settings: WireSettings | None = None,
        errand: Errand = ANSWERS,
        known: Known | None = None,
    ) -> None:
        """Raises ``BadInput`` where neither a key nor a server is set. Asks nothing of the network."""
        self.settings = settings or read_wire_settings(os.environ, variant)
        self.model = variant or self.settings.model
        self.name = self._named()
        self.purse = purse
        self.notices: list[str] = []
        self._tell = tell or _nobody
        self._known = known or Known()
        self._errand = errand
        self._wire: Wire | None = None

    def ask(
        self, messages: list[Message], form: AnswerForm, seed: int, pictures: tuple[Picture, ...] = ()
    ) -> Answer:
        """See ``LanguageModel.ask``. ``BadInput`` where the server has several models and none is named."""
        if self._wire is None:
            self._wire = Wire(self.settings, self._say, self.purse, self._known, self._errand)
        wire = self._wire
        wire.begin()
        self.model = self.model or chosen_model(wire)
        self.name = self._named()
        reply = wire.ask(self.model, messages, form, seed, pictures)
        self.notices += [words for words in wire.notices if words not in self.notices]
        return Answer(reply.text, reply.model or self.model, reply.fault)

    def _named(self) -> str:
        return self.settings.without_secrets(f"{self.model or 'the model'} at {self.settings.host}")

    def _say(self, words: str) -> None:
        self._tell(self.settings.without_secrets(words))

    def close(self) -> None:
        """Hang up. Safe to call twice; asked again, it connects anew."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def chosen_model(wire: Wire) -> str:
    """The model that the settings name, or the only one that the server has. Raises ``BadInput``."""
    settings = wire.settings
    if settings.model:
        return settings.model
    names = wire.models()
    if len(names) == 1:
        return names[0]
    listed = ", ".join(names[:_LISTED]) + (" ..." if len(names) > _LISTED else "")
    words = (
        f"{settings.host} has {len(names)} models"
        + (f": {listed}. " if names else ". ")
        + "Name one by PHOTOPLAY_MODEL or OPENAI_MODEL."
    )
    raise BadInput(settings.without_secrets(words))


def _nobody(words: str) -> None:
    return None
