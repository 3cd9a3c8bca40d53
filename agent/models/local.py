"""A language model whose weights lie on this machine, by transformers: ``local:NAME``.

The table ``[local.NAME]`` of the user's ``photoplay.toml`` says where. Only safetensors are loaded, no code
of the model's own is run, and nothing is asked of a network. Loaded once a process; between stories the
weights wait in main memory, so that a renderer has the GPU for itself.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ...storyboard.errors import BadInput, WriterError
from ...storyboard.schema import clean_text
from ..language_model import Answer, AnswerForm, Message, Picture
from ..wire_words import schema_in_words
from ..writer import Tell
from .own_settings import LocalWeights, local_weights

NEEDED = ("torch", "transformers", "llguidance")
_SHORTEST_ANSWER = 256
"""Tokens that have to be left in the model's context for an answer."""


class LocalModel:
    """See ``agent/language_model.py``. Costs nothing, so that it takes no purse."""

    def __init__(self, name: str, tell: Tell | None = None) -> None:
        """Raises ``UnknownName`` or ``BadInput`` where there is no such table, a package is missing, or the
        folder is refused. Loads nothing yet."""
        self._weights = local_weights(name)
        self.name = f"{name} on this machine"
        self.model = name
        self.notices: list[str] = []
        self._tell = tell or (lambda words: None)
        self._loaded: Loaded | None = None
        self._folder = _examined(self._weights)

    def ask(
        self, messages: list[Message], form: AnswerForm, seed: int, pictures: tuple[Picture, ...] = ()
    ) -> Answer:
        """See ``LanguageModel.ask``. Always fits ``form``, unless it is cut off (then ``fault`` says so)."""
        if pictures:
            raise BadInput(
                f"{self.name} is asked in words alone; it sees no pictures. Ask a server that does."
            )
        from .constrained import NoGrammar, OutOfTime, generate

        loaded = self._ready()
        asked = [dict(message) for message in messages]
        asked[0]["content"] += schema_in_words(form)
        prompt = loaded.tokens(asked)
        room = loaded.context - len(prompt)
        if room < _SHORTEST_ANSWER:
            raise BadInput(
                f"{self.name} reads {loaded.context:,} tokens; the question alone has {len(prompt):,}. "
                "Bring a shorter text. Nothing was changed."
            )
        why = ""
        try:
            spoken = generate(
                loaded.model, loaded.tokenizer, loaded.guide, prompt, form.schema,
                most_tokens=min(form.most_tokens, room),
                end=time.monotonic() + self._weights.seconds,
                seed=seed, temperature=self._weights.temperature / 100,
            )  # fmt: skip
        except OutOfTime:
            why = (
                f"gave no answer within {self._weights.seconds} s: raise seconds in "
                f"[local.{self.model}] of photoplay.toml, or take a smaller model"
            )
        except NoGrammar as error:
            why = f"cannot be held to the form of this answer ({str(error)[:200]})"
        except RuntimeError as error:  # torch's out of memory is one
            why = f'failed ({clean_text(str(error))[:200]}); a smaller model, or device = "cpu", may do'
        if why:
            raise WriterError(f"{self.name} {why}. Nothing was changed.")
        fault = "" if spoken.whole else "The answer was cut off at its limit of length. Be shorter."
        return Answer(clean_text(spoken.text), self.model, fault)

    def _ready(self) -> Loaded:
        if self._loaded is None:
            self._tell(f"{self.name} is loaded")
            self._loaded = _load(str(self._folder), self._weights.device)
        self._loaded.wake()
        return self._loaded

    def close(self) -> None:
        """Leave the GPU. Safe to call twice; asked again, it is back from main memory."""
        if self._loaded is not None:
            self._loaded.rest()


class Loaded:
    """Weights in memory, their tokenizer, and the same as the grammar needs it."""

    def __init__(self, folder: str, device: str) -> None:
        import llguidance.hf
        import torch
        import transformers

        self.device = _device(device)
        plain: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        half = torch.bfloat16 if self.device.startswith("cuda") else torch.float32
        try:
            with _quiet():
                self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **plain)
                self.model = transformers.AutoModelForCausalLM.from_pretrained(
                    folder, use_safetensors=True, dtype=half, **plain
                ).eval()
            size = int(self.model.get_output_embeddings().weight.shape[0])
            self.guide = llguidance.hf.from_tokenizer(self.tokenizer, n_vocab=size)
        except (ValueError, OSError, KeyError, TypeError, AttributeError, ImportError, RuntimeError) as error:
            why = f"{type(error).__name__}: {clean_text(str(error))[:300]}"
        else:
            self.context = int(getattr(self.model.config, "max_position_embeddings", 0) or 4096)
            return
        raise BadInput(f"{folder} cannot be loaded as a language model with a fast tokenizer ({why}).")

    def wake(self) -> None:
        """Be on the device."""
        if str(self.model.device) != self.device:
            self.model.to(self.device)

    def rest(self) -> None:
        """Be in main memory."""
        import torch

        if self.device.startswith("cuda"):
            self.model.to("cpu")
            torch.cuda.empty_cache()

    def tokens(self, messages: list[Message]) -> list[int]:
        """The conversation as the model reads it, up to where its answer begins."""
        if getattr(self.tokenizer, "chat_template", None):
            text = self.tokenizer.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
            return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])
        told = "\n\n".join(f"{m['role'].capitalize()}: {m['content']}" for m in messages)
        return list(self.tokenizer(f"{told}\n\nAssistant: ")["input_ids"])


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No bars while loading; what was on before is on again after."""
    from transformers.utils import logging

    was = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if was:
            logging.enable_progress_bar()


@lru_cache(maxsize=1)
def _load(folder: str, device: str) -> Loaded:
    return Loaded(folder, device)


def _device(asked: str) -> str:
    import torch

    if asked != "auto":
        if asked.startswith("cuda") and not torch.cuda.is_available():
            raise BadInput(f'There is no GPU here for device = "{asked}" in photoplay.toml.')
        return asked if ":" in asked or asked == "cpu" else f"{asked}:0"
    return "cuda:0" if torch.cuda.is_available() else "cpu"


def _examined(weights: LocalWeights) -> Path:
    """The folder, in which nothing is but what may be loaded. Raises ``BadInput``."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise BadInput(
            f"local:{weights.name} needs {', '.join(missing)}. "
            'Install them: pip install "photoplay[local]". Nothing was made.'
        )
    from ...render.diffusion.weight_safety import examine_alone

    folder = Path(weights.folder).expanduser()
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}, which [local.{weights.name}] of photoplay.toml names.")
    examine_alone(folder)
    return folder.resolve()
