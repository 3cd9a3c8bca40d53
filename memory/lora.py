"""LoRA weights of an entity: small additions to a model that make it draw one person or thing.

A LoRA is bound to shots by digest like a reference, and lies beside the references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from ..storyboard.errors import BadInput, Damaged
from ..storyboard.schema import Data, Id, Key, Name, Text, as_json, clean_text
from .files import Files, read_plain
from .safetensors_header import Header, read_header
from .store import file_digest

MOST_BYTES = 2_000_000_000
_KEY = re.compile(r"[0-9a-f]{64}")
_PAIR = re.compile(r"lora[_.](A|B|up|down)\b|lora[_.](A|B|up|down)[._]", re.IGNORECASE)
_MARK = re.compile(
    r"lora[_.](a|b|up|down|mid|embedding|magnitude)|\.alpha$|dora_scale|\.diff(_b)?$|\.scale_weight$",
    re.IGNORECASE,
)
"""What the names of a LoRA's tensors hold, whoever trained it (peft, kohya, diffusers)."""
_BASE_SAID = ("modelspec.architecture", "ss_base_model_version", "ss_sd_model_name", "base_model")


class LoraRecord(Data):
    """LoRA weights of an entity. ``digest`` is the SHA-256 of the file, and the name of it."""

    schema_version: Literal[1] = 1
    digest: Key
    entity: Id
    state: Id | None = None
    """None acts in every state."""
    words: Text = ""
    base: Name = ""
    """The model it was trained for, as its file says; empty where it says nothing. Not verified."""
    size: int = Field(ge=1)
    """Bytes."""
    set_aside: bool = False


class LoraBook:
    """LoRA weights of one project, in ``folder/anchors``."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._files = files or Files(folder)
        self._folder = folder / "anchors"

    def add(self, path: Path, entity: str, state: str | None = None, words: str = "") -> LoraRecord:
        """Copy a .safetensors LoRA in. Raises ``BadInput`` naming the file where it is none.

        The same file for the same entity and state is the same LoRA; set aside, it is used again.
        """
        header = read_lora_header(path)
        digest = file_digest(path)
        try:
            known = self.get(digest)
        except Damaged:  # it is written anew
            known = None
        if known is not None and self.path(digest).is_file():
            if (known.entity, known.state) != (entity, state):
                raise BadInput(
                    f"This very LoRA already belongs to {known.entity}. Train {entity} one of its own."
                )
            return self.set_aside(digest, False) if known.set_aside else known
        record = LoraRecord(
            digest=digest, entity=entity, state=state, words=clean_text(words)[:2000], base=_base(header),
            size=path.stat().st_size,
        )  # fmt: skip
        self._files.make_folder(self._folder)
        try:
            copied = self._files.copy_in(path, self.path(digest))
        except OSError as error:
            raise BadInput(f"{path} cannot be read ({error.strerror}).") from None
        if copied != digest:
            self._files.remove(self.path(digest))
            raise BadInput(f"{path} was changed while it was read. Try again when it is finished.")
        self._record(record)  # last: weights without a record were never added
        return record

    def set_aside(self, digest: str, aside: bool = True) -> LoraRecord:
        """Bind these weights to no further shot (or again, with ``aside=False``). They are kept."""
        known = self.get(digest)
        if known is None:
            raise BadInput(f"There is no LoRA {digest[:16]}.")
        changed = known.model_copy(update={"set_aside": aside})
        self._record(changed)
        return changed

    def get(self, digest: str) -> LoraRecord | None:
        """The record of a LoRA, or None. Raises ``Damaged``."""
        data = read_plain(self.path(digest).with_suffix(".lora.json"), 200_000)
        if data is None:
            return None
        try:
            record = LoraRecord.model_validate_json(data)
        except ValidationError:
            raise Damaged(f"The record of LoRA {digest[:16]} cannot be read. Add its file again.") from None
        if record.digest != digest:
            raise Damaged(
                f"The record of LoRA {digest[:16]} says that it is another one. Add its file again."
            )
        return record

    def path(self, digest: str) -> Path:
        """Where the weights lie."""
        if not _KEY.fullmatch(digest):
            raise BadInput(f"{digest[:80]!r} is not the digest of a LoRA.")
        return self._folder / f"{digest}.safetensors"

    def verify(self, digest: str) -> None:
        """Raises ``Damaged`` unless the weights are those that were added."""
        path = self.path(digest)
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise Damaged(f"LoRA {digest[:16]} is gone, or is no file of its own. Add it again.")
        if file_digest(path) != digest:
            raise Damaged(f"LoRA {digest[:16]} is not the file that was added. Add it again.")

    def all(self) -> Iterator[LoraRecord]:
        """All LoRAs, by digest."""
        for path in sorted(self._folder.glob("*.lora.json")):
            name = path.name.removesuffix(".lora.json")
            record = self.get(name) if _KEY.fullmatch(name) else None
            if record is not None:
                yield record

    def _record(self, record: LoraRecord) -> None:
        path = self.path(record.digest).with_suffix(".lora.json")
        self._files.write(path, as_json(record, indent=1))


def read_lora_header(path: Path) -> Header:
    """The checked header of a LoRA. Raises ``BadInput`` for anything else, whole models too."""
    header = read_header(path, MOST_BYTES)
    names = list(header.tensors)
    strange = [name for name in names if not _MARK.search(name)]
    if strange or not any(_PAIR.search(name) for name in names):
        example = f" (it holds {strange[0][:60]!r})" if strange else ""
        raise BadInput(f"{path} is no LoRA{example}. Name a LoRA that was trained for one entity.")
    return header


def _base(header: Header) -> str:
    said: Any = next((header.metadata[k] for k in _BASE_SAID if header.metadata.get(k)), "")
    return clean_text(said).strip()[:120].strip()
