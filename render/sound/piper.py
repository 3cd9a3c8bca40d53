"""Lines, spoken by a neural voice of Piper (onnxruntime). See ``Piper``."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...memory.settings_file import FILE, read_settings_file
from ...storyboard.errors import BadInput, Refused, UnknownName
from ...storyboard.looks import Voice
from ...storyboard.schema import digest
from ..protocol import Capabilities, Job, Measured, Notice, Output, Tick
from ..registry import refuse_unready
from ..requests import Speak
from .filters import resample
from .utterance import plain_text, spoken_parts, stretch, untimed
from .wav import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from piper import PiperVoice

TABLE = "voices"
_MOST_CONFIG_BYTES = 2_000_000
_ORDINARY_PACE = 155
"""Words a minute of a voice's own pace, about."""
_PAUSE_S = 0.28
"""Between two sentences."""


class Piper:
    """Speaks ``Speak`` requests with a voice file that the user's settings name: ``piper:NAME`` is the table

        [voices.NAME]
        file = "/home/anna/voices/en_GB-alba-medium.onnx"    # its .onnx.json lies beside it
        speaker = 0                                          # of a file with several

    Yields ``sound`` and ``words`` as ``Espeak`` does; the times of words are estimated, and said to be. Each
    line has a session of its own with a fixed seed: it sounds the same whatever was said before.
    """

    pixels = 1

    def __init__(self, variant: str = "") -> None:
        """Raises ``BadInput`` or ``UnknownName`` where the settings file has no such voice."""
        self.name = f"piper:{variant}" if variant else "piper"
        self._file: Path | None = None
        self._speaker = 0
        if variant:
            self._file, self._speaker = _voice_file(variant)

    @property
    def weights(self) -> str:
        """Digest of the voice's file and its settings; not where they lie."""
        return _identity(self._file, self._speaker) if self._file is not None else "none"

    def capabilities(self) -> Capabilities:
        """Memory is that of a voice of medium quality. Without a voice it makes nothing."""
        return Capabilities(
            requests=frozenset({"speak"}) if self._file is not None else frozenset(),
            parallel=2,
            memory_mb=Measured(value=400, source="unverified"),
            needs=("piper",),
        )

    def preflight(self) -> None:
        """Raise ``BadInput`` where Piper is not installed, or no voice is named."""
        if importlib.util.find_spec("piper") is None:
            raise BadInput(
                f'{self.name} needs the package piper-tts: pip install "photoplay[voices]". Nothing was made.'
            )
        if self._file is None:
            listed = ", ".join(f"piper:{name}" for name in sorted(_tables())) or "none yet"
            raise BadInput(f"Say which voice of Piper's is to speak. There are in {FILE} here: {listed}.")

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing is kept from line to line. Raises ``Refused`` where Piper or the voice is missing."""
        refuse_unready(self.preflight)

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The parts ``sound`` and ``words`` of each job."""
        for index, job in enumerate(jobs):
            request = job.request
            if not isinstance(request, Speak):
                raise Refused(f"{self.name} only speaks lines; it was asked for {type(request).__name__}.")
            tick(index, 0.0)
            text = plain_text(request.words)
            sound, words = untimed(self._say(text, request.voice), text, request.voice, request.line)
            if not words:
                yield Notice(index, "unspoken", f"Nothing in {request.words[:60]!r} can be spoken.")
            yield Notice(index, "timing", f"{self.name} tells no times of words: they are estimated")
            if request.delivery.strip():
                yield Notice(
                    index, "delivery", f"{self.name} knows no delivery ({request.delivery.strip()[:60]})"
                )
            yield from spoken_parts(index, sound, words, estimated=True)
            tick(index, 1.0)

    def unload(self) -> None:
        """Nothing is held between lines."""

    def _say(self, text: str, voice: Voice) -> Samples:
        """Mono at 48 kHz."""
        from piper import SynthesisConfig

        loaded = self._loaded()
        slower = _ORDINARY_PACE / voice.pace * 100 / stretch(voice)
        how = SynthesisConfig(
            speaker_id=self._speaker if loaded.config.num_speakers > 1 else None,
            length_scale=loaded.config.length_scale * slower,
        )
        chunks = [c.audio_float_array for c in loaded.synthesize(text.replace("[[", "[ ["), how)]
        pause = np.zeros(round(_PAUSE_S * loaded.config.sample_rate), np.float32)
        pieces = [piece for chunk in chunks for piece in (np.ravel(chunk).astype(np.float32), pause)]
        native: Samples = np.concatenate(pieces[:-1]) if pieces else pause
        step = int(np.gcd(SAMPLE_RATE, loaded.config.sample_rate))
        return resample(native, SAMPLE_RATE // step, loaded.config.sample_rate // step)

    def _loaded(self) -> PiperVoice:
        """Raises ``Refused`` where the file is no voice."""
        import onnxruntime
        from piper import PiperVoice

        if self._file is None:
            raise Refused(f"{self.name} has no voice. See docs/music-and-voices.md.")
        onnxruntime.set_seed(1)
        try:
            loaded = PiperVoice.load(self._file)
        except Exception as error:  # noqa: BLE001  onnxruntime's errors have no common base
            raise Refused(
                f"The voice file of {self.name} cannot be used ({type(error).__name__}). Download it anew."
            ) from None
        if not 8_000 <= loaded.config.sample_rate <= 96_000:
            raise Refused(f"The voice file of {self.name} says it has {loaded.config.sample_rate} Hz.")
        return loaded


def _tables() -> dict[str, Any]:
    found = read_settings_file().get(TABLE, {})
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise BadInput(f"{FILE}: voices are tables such as [voices.anna].")
    return found


def voice_names() -> list[str]:
    """The voices that the settings file names. Raises ``BadInput``."""
    return sorted(_tables())


def _voice_file(name: str) -> tuple[Path, int]:
    """(file, speaker) of a voice of the settings file. Raises ``BadInput`` and ``UnknownName``."""
    tables = _tables()
    if name not in tables:
        raise UnknownName(f"voice in {FILE}", name, list(tables))
    entry, where = tables[name], f"{FILE}, [voices.{name}]"
    if unknown := sorted(entry.keys() - {"file", "speaker"}):
        raise BadInput(f"{where}: {', '.join(unknown)[:60]} is not known; give file, and speaker.")
    file, speaker = entry.get("file"), entry.get("speaker", 0)
    if not isinstance(file, str) or not isinstance(speaker, int) or not 0 <= speaker < 10_000:
        raise BadInput(f'{where}: give file = "/path/voice.onnx", and speaker as a whole number.')
    path = Path(file).expanduser()
    beside = path.with_name(path.name + ".json")
    if path.suffix != ".onnx" or not path.is_file() or not beside.is_file():
        raise BadInput(f"{where}: {file} is no voice file; {path.name}.json has to lie beside it.")
    with contextlib.suppress(OSError, ValueError, RecursionError):
        small = beside.stat().st_size <= _MOST_CONFIG_BYTES
        if small and isinstance(json.loads(beside.read_text(encoding="utf-8")), dict):
            return path, speaker
    raise BadInput(f"{where}: {beside.name} is not the description of a voice. Download it anew.")


def _identity(path: Path, speaker: int) -> str:
    beside = path.with_name(path.name + ".json")
    try:
        marks = [(p.stat().st_size, p.stat().st_mtime_ns) for p in (path, beside)]
        return digest([_file_digest(path, marks[0]), _file_digest(beside, marks[1]), speaker])
    except OSError:
        raise BadInput(f"The voice file {path.name} is gone.") from None


@lru_cache(maxsize=64)
def _file_digest(path: Path, mark: tuple[int, int]) -> str:
    """Read once as long as neither size nor time of the file changes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
