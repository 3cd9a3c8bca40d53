"""The score, made by a model of music (MusicGen, arXiv 2306.05284) through transformers. See ``MusicGen``."""

from __future__ import annotations

import importlib.util
import io
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...memory.settings_file import FILE, read_settings_file
from ...storyboard.errors import BadInput, OutOfMemory, Refused, UnknownName
from ...storyboard.schema import digest
from ...storyboard.vocabulary import Beat, Mood
from ..protocol import Capabilities, Job, Measured, Output, Part, Tick
from ..registry import refuse_unready
from ..requests import Score
from .composition import Composition, compose
from .filters import resample
from .notation import Section
from .score import LONGEST_MS, outer_gain
from .wav import SAMPLE_RATE, Samples, WavWriter

TABLE = "music"
_LONGEST_S = 28
"""Of one piece; the model was made for thirty seconds."""
_CROSSFADE = SAMPLE_RATE
"""Samples over which a piece passes into the next; it ends on the scene's first frame."""
_LEVEL = 0.1
"""RMS of a piece before the dynamics of the film."""
_GUIDANCE = 3.0
_MOODS: dict[Mood, str] = {
    Mood.calm: "calm, gentle piano and warm strings",
    Mood.hopeful: "hopeful, rising strings and piano",
    Mood.joyful: "joyful, light plucked strings and woodwinds",
    Mood.playful: "playful, bouncing pizzicato and clarinet",
    Mood.tender: "tender, soft piano and solo cello",
    Mood.mysterious: "mysterious, celesta and low strings",
    Mood.tense: "tense, pulsing low strings",
    Mood.sad: "sad, slow piano and strings",
    Mood.eerie: "eerie, glassy drones and distant bells",
    Mood.triumphant: "triumphant, brass and full orchestra",
}
_BEATS: dict[Beat, str] = {Beat.climax: ", swelling, full and loud", Beat.crisis: ", sparse and low"}


class MusicGen:
    """Makes ``Score`` requests with weights of the user's: ``musicgen:NAME`` is the table

        [music.NAME]
        folder = "/home/anna/weights/musicgen-small"    # as transformers saves it, with safetensors

    One piece of music for each scene, in its mood, passing into the next at the cut, under the dynamics that
    composed music has. No word of the story is told to the model. ``sound``: stereo 48 kHz 16-bit WAV.
    """

    pixels = 1

    def __init__(self, variant: str = "") -> None:
        """Raises ``BadInput`` or ``UnknownName`` where the settings file has no such weights."""
        self.name = f"musicgen:{variant}" if variant else "musicgen"
        self._folder = _folder_of(variant) if variant else None
        self._model: Any = None
        self._tokens: Any = None
        self._device = "cpu"

    @property
    def weights(self) -> str:
        """Digest of what the folder holds: names, sizes, settings, and beginnings of the weight files."""
        return "none" if self._folder is None else _identity(self._folder)

    def capabilities(self) -> Capabilities:
        """Without weights it makes nothing. Memory is that of the small model."""
        return Capabilities(
            requests=frozenset({"score"}) if self._folder is not None else frozenset(),
            device="gpu",
            memory_mb=Measured(value=6000, source="unverified"),
            needs=("torch", "transformers"),
        )

    def preflight(self) -> None:
        """Raise ``BadInput`` where the packages or the weights are missing."""
        missing = [name for name in ("torch", "transformers") if importlib.util.find_spec(name) is None]
        if missing:
            raise BadInput(
                f'{self.name} needs {", ".join(missing)}: pip install "photoplay[local]". Nothing was made.'
            )
        if self._folder is None:
            raise BadInput(
                f"Say which model is to make music: musicgen:NAME, a table [music.NAME] of {FILE}."
            )

    def load(self, device: str, budget_mb: int | None) -> None:
        """Raises ``Refused`` where the folder holds no such model."""
        self.unload()
        refuse_unready(self.preflight)
        from transformers import AutoTokenizer, MusicgenForConditionalGeneration

        self._device = "cpu" if device == "auto" else device
        try:
            self._tokens = AutoTokenizer.from_pretrained(
                self._folder, local_files_only=True, trust_remote_code=False
            )
            model, found = MusicgenForConditionalGeneration.from_pretrained(
                self._folder, local_files_only=True, use_safetensors=True, trust_remote_code=False,
                output_loading_info=True,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise Refused(f"{self.name}: its folder holds no MusicGen ({type(error).__name__}).") from None
        lacking = [key for key in found["missing_keys"] if "embed_positions" not in key]
        if lacking:  # they would be random
            raise Refused(f"{self.name}: its folder holds no MusicGen, or not all of it ({lacking[0][:80]}).")
        self._model = model.eval().to(self._device)

    def unload(self) -> None:
        """Give the memory back."""
        self._model = self._tokens = None

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The part ``sound`` of each job."""
        for index, job in enumerate(jobs):
            request = job.request
            if not isinstance(request, Score) or request.own is not None or request.silent:
                raise Refused(f"{self.name} only makes music.")
            if request.milliseconds > LONGEST_MS:
                raise Refused("A score can be at most three hours long. Score the film in parts.")
            composition = compose(request)
            whole = np.zeros((composition.samples, 2), np.float32)
            pieces = list(_pieces(composition))
            for number, (start, stop, section) in enumerate(pieces):
                seconds = (stop - start + min(_CROSSFADE, start)) / SAMPLE_RATE
                _lay(whole, start, stop, self._made(section, seconds, request.seed * 1009 + number))
                tick(index, (number + 1) / len(pieces))
            yield Part(index, "sound", "wav", _finished(whole, composition))

    def _made(self, section: Section, seconds: float, seed: int) -> Samples:
        """A piece in a mood, ``n x 2`` at 48 kHz. Raises ``OutOfMemory``."""
        import torch

        if self._model is None:
            raise Refused(f"{self.name} was asked for music before it was loaded.")
        words = f"film score, {_MOODS[section.mood]}{_BEATS.get(section.beat, '')}, instrumental"
        given = self._tokens([words], return_tensors="pt", return_token_type_ids=False).to(self._device)
        audio = self._model.config.audio_encoder
        torch.manual_seed(seed % 2**31)
        try:
            with torch.inference_mode():
                made = self._model.generate(
                    **given, do_sample=True, guidance_scale=_GUIDANCE,
                    max_new_tokens=int(seconds * audio.frame_rate) + 8,
                )  # fmt: skip
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(f"{self.name}: {str(error).splitlines()[0][:200]}") from None
        sides = made[0].float().cpu().numpy()
        step = int(np.gcd(SAMPLE_RATE, audio.sampling_rate))
        turned = [resample(side, SAMPLE_RATE // step, audio.sampling_rate // step) for side in sides]
        both: Samples = np.stack([turned[0], turned[-1]], axis=1)
        power = float(np.sqrt(np.mean(both**2))) if len(both) else 0.0
        if not np.isfinite(power) or power < 1e-5:
            raise Refused(f"{self.name} made nothing that can be heard in {seconds:.0f} s of {section.mood}.")
        return both * np.float32(_LEVEL / power)


def _pieces(composition: Composition) -> Iterator[tuple[int, int, Section]]:
    """(first sample, sample after the last, section): each scene, in parts where it is long, to the end."""
    most = _LONGEST_S * SAMPLE_RATE
    for number, section in enumerate(composition.sections):
        last = number + 1 == len(composition.sections)
        stop = composition.samples if last else section.stop
        parts = -(-(stop - section.start) // most)
        edges = [section.start + (stop - section.start) * n // parts for n in range(parts + 1)]
        yield from ((a, b, section) for a, b in itertools.pairwise(edges))


def _lay(whole: Samples, start: int, stop: int, piece: Samples) -> None:
    """Add a piece from a second before its first sample on, rising; it falls over its own last second."""
    lead = min(_CROSSFADE, start)
    room = piece[: stop - start + lead]
    gain = np.ones(len(room), np.float32)
    if lead:
        rise = min(lead, len(room))
        gain[:rise] *= np.sin(np.linspace(0.0, np.pi / 2, rise, dtype=np.float32))
    if stop < len(whole):
        fall = min(_CROSSFADE, len(room))
        gain[-fall:] *= np.cos(np.linspace(0.0, np.pi / 2, fall, dtype=np.float32))
    whole[start - lead : start - lead + len(room)] += room * gain[:, None]


def _finished(whole: Samples, composition: Composition) -> bytes:
    times, levels = (np.array(column, np.float64) for column in zip(*composition.dynamics, strict=True))
    file = io.BytesIO()
    with WavWriter(file, channels=2) as writer:
        for start in range(0, len(whole), 1 << 18):
            place = np.arange(start, min(len(whole), start + (1 << 18)))
            gain = np.interp(place, times, levels).astype(np.float32) * outer_gain(place, len(whole))
            writer.write(np.clip(whole[place] * gain[:, None], -0.97, 0.97))
    return file.getvalue()


def model_names() -> list[str]:
    """The models of music that the settings file names. Raises ``BadInput``."""
    return sorted(_tables())


def _tables() -> dict[str, Any]:
    tables = read_settings_file().get(TABLE, {})
    if not isinstance(tables, dict) or not all(isinstance(entry, dict) for entry in tables.values()):
        raise BadInput(f"{FILE}: models of music are tables such as [music.small], with folder.")
    return tables


def _folder_of(name: str) -> Path:
    """Raises ``BadInput`` and ``UnknownName``."""
    tables = _tables()
    if name not in tables:
        raise UnknownName(f"model of music in {FILE}", name, list(tables))
    entry = tables[name]
    folder = entry.get("folder")
    if entry.keys() != {"folder"} or not isinstance(folder, str):
        raise BadInput(f'{FILE}, [music.{name}]: give folder = "/path/musicgen-small", and nothing else.')
    path = Path(folder).expanduser()
    if not (path / "config.json").is_file() or not list(path.glob("*.safetensors")):
        raise BadInput(f"{FILE}, [music.{name}]: {folder} holds no weights (config.json and .safetensors).")
    return path


def _identity(folder: Path) -> str:
    marks = []
    for path in sorted([*folder.glob("*.json"), *folder.glob("*.safetensors"), *folder.glob("*.model")]):
        with path.open("rb") as file:
            marks.append([path.name, path.stat().st_size, file.read(1 << 20).hex()])
    return digest(marks)
