"""Answers of weights on this machine that cannot but fit their form: every token is masked by its grammar.

The grammar is llguidance's, made from the JSON Schema. Strings, lists and whole numbers that a schema does
not bound are bounded here, so that the grammar is finite and even weights without sense come to an end.
"""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_STRING = 300
MOST_ITEMS = 16
LARGEST_NUMBER = 1_000_000
_LEAST_LIKELY = 0.05
"""A token of less than this share of the likeliest one's probability is never taken."""


def bounded(schema: Any) -> Any:
    """The schema with a bound on every string, list and whole number that has none."""
    if isinstance(schema, list):
        return [bounded(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {name: bounded(part) for name, part in schema.items() if name != "description"}
    kind = made.get("type")
    if kind == "string" and "enum" not in made:
        made.setdefault("maxLength", LONGEST_STRING)
    elif kind == "array":
        made.setdefault("maxItems", MOST_ITEMS)
    elif kind == "integer":
        made.setdefault("minimum", -LARGEST_NUMBER)
        made.setdefault("maximum", LARGEST_NUMBER)
    return made


@dataclass(frozen=True)
class Spoken:
    """What was generated. ``whole`` is False where it ended at the limit of tokens."""

    text: str
    tokens: int
    whole: bool


class OutOfTime(Exception):
    """The answer took longer than it may."""


class NoGrammar(Exception):
    """The schema cannot be made into a grammar; a fault of whoever asked."""


def generate(
    model: Any,
    tokenizer: Any,
    guide: Any,
    prompt: list[int],
    schema: Mapping[str, Any],
    *,
    most_tokens: int,
    end: float,
    seed: int,
    temperature: float,
    stopped: Callable[[], bool] = lambda: False,
) -> Spoken:
    """The answer to ``prompt`` that fits ``schema``: at most ``most_tokens``, before the monotonic ``end``.

    ``guide`` is llguidance's tokenizer. Tokens that the grammar forces are taken without asking the model.
    Raises ``OutOfTime`` and ``NoGrammar``.
    """
    import torch

    matcher = _matcher(guide, schema)
    dice = torch.Generator(device="cpu").manual_seed(seed)
    made: list[int] = []
    fresh = list(prompt)
    named = "cache" if "cache" in inspect.signature(model.forward).parameters else "past_key_values"
    cache: dict[str, Any] = {}
    with torch.inference_mode():
        while not matcher.is_stopped() and len(made) < most_tokens:
            if time.monotonic() > end or stopped():
                raise OutOfTime
            ids = torch.tensor([fresh], device=model.device)
            out = model(input_ids=ids, use_cache=True, logits_to_keep=1, **cache)
            cache = {named: out[named]}
            fresh = [_chosen(out.logits[0, -1].float().cpu(), matcher, dice, temperature)]
            _take(matcher, fresh)
            if not matcher.is_stopped() and (forced := matcher.compute_ff_tokens()):
                _take(matcher, forced)
                fresh += forced
            made += fresh
    if matcher.is_error():
        raise NoGrammar(matcher.get_error())
    whole = matcher.is_stopped() or matcher.is_accepting()
    text = tokenizer.decode(made, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    return Spoken(text, len(made), whole)


def _take(matcher: Any, tokens: list[int]) -> None:
    if not matcher.consume_tokens(tokens):
        raise NoGrammar(matcher.get_error())


def _matcher(guide: Any, schema: Mapping[str, Any]) -> Any:
    import llguidance

    tight: Any = {"whitespace_flexible": False}
    grammar = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(bounded(schema)), overrides=tight)
    matcher = llguidance.LLMatcher(guide, grammar, log_level=0)
    if matcher.is_error():
        raise NoGrammar(matcher.get_error())
    return matcher


def _chosen(logits: Any, matcher: Any, dice: Any, temperature: float) -> int:
    """The next token among those that the grammar allows."""
    import numpy as np
    import torch

    bits = np.unpackbits(np.frombuffer(matcher.compute_bitmask(), np.uint8), bitorder="little")
    if matcher.is_error():
        raise NoGrammar(matcher.get_error())
    allowed = torch.zeros(len(logits), dtype=torch.bool)
    known = min(len(logits), len(bits))
    allowed[:known] = torch.from_numpy(bits[:known].astype(bool))
    logits = torch.nan_to_num(logits, nan=-1e4, posinf=1e4, neginf=-1e4)
    logits = logits.masked_fill(~allowed, float("-inf"))
    if temperature <= 0:
        return int(logits.argmax())
    shares = torch.softmax(logits / temperature, dim=-1)
    shares = shares.masked_fill(shares < _LEAST_LIKELY * shares.max(), 0.0)
    return int(torch.multinomial(shares, 1, generator=dice))
