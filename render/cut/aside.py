"""The cut in an interpreter of its own, so that no codec is loaded into a host program's.

A host such as Blender gives its film to ``assemble_aside`` and keeps x264 (GPL) and the memory of
an encoder out of its own process. The child ends when its input ends, so it never outlives its host.
An ``Aside`` that is kept cuts film after film with one child, which saves an interpreter's start for each.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from ...storyboard import errors
from ...storyboard.errors import PhotoplayError, RenderError
from ...storyboard.timeline import Subtitle, Timeline
from ..requests import Raster
from .report import CutReport, Optical, Tell


def assemble_aside(
    timeline: Timeline,
    sources: Mapping[str, Path],
    sound: Path | None,
    subtitles: Path | None,
    out: Path,
    work: Path,
    raster: Raster,
    *,
    title: str = "",
    language: str = "und",
    tell: Tell = lambda stage, share: None,
    threads: int = 1,
    opticals: Sequence[Optical] = (),
    track: Path | None = None,
    keep: Path | None = None,
    burnt: Sequence[Subtitle] = (),
    python: str | None = None,
) -> CutReport:
    """As ``assemble.assemble``, in a child process; it is killed where ``tell`` raises.

    ``python`` is the interpreter; by default ``PHOTOPLAY_PYTHON`` or this one. Raises what
    ``assemble`` raises, and ``RenderError`` with the child's last words where it was lost.
    """
    with contextlib.closing(Aside(python)) as aside:
        return aside.assemble(
            timeline, sources, sound, subtitles, out, work, raster, title=title, language=language,
            tell=tell, threads=threads, opticals=opticals, track=track, keep=keep, burnt=burnt,
        )  # fmt: skip


class Aside:
    """A child that cuts one film after another. It is begun with the first, and ends with ``close``."""

    def __init__(self, python: str | None = None) -> None:
        self._python = python
        self._child: subprocess.Popen[str] | None = None
        self._overheard: IO[bytes] | None = None

    def assemble(
        self,
        timeline: Timeline,
        sources: Mapping[str, Path],
        sound: Path | None,
        subtitles: Path | None,
        out: Path,
        work: Path,
        raster: Raster,
        *,
        title: str = "",
        language: str = "und",
        tell: Tell = lambda stage, share: None,
        threads: int = 1,
        opticals: Sequence[Optical] = (),
        track: Path | None = None,
        keep: Path | None = None,
        burnt: Sequence[Subtitle] = (),
    ) -> CutReport:
        """As ``assemble_aside``. After anything that is raised, the next film has a new child."""
        order = _order(
            timeline, sources, sound, subtitles, out, work, raster, title, language, threads, opticals,
            track, keep, burnt,
        )  # fmt: skip
        try:
            self.begin()
            assert self._child is not None
            return _listen(self._child, order, tell, self._overheard)
        except BaseException:
            self.close()
            raise

    def begin(self) -> None:
        """Start the child now, so that the cut need not wait for it. Does nothing where there is one."""
        if self._child is None:
            self._begin()

    def _begin(self) -> None:
        python = self._python or os.environ.get("PHOTOPLAY_PYTHON") or sys.executable
        self._overheard = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the child
        self._child = subprocess.Popen(
            [python, "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._overheard,
            encoding="utf-8",
        )

    def close(self) -> None:
        """End the child, in the midst of a cut, too. Safe to call twice."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        if self._overheard is not None:
            self._overheard.close()


def _order(
    timeline: Timeline,
    sources: Mapping[str, Path],
    sound: Path | None,
    subtitles: Path | None,
    out: Path,
    work: Path,
    raster: Raster,
    title: str,
    language: str,
    threads: int,
    opticals: Sequence[Optical],
    track: Path | None,
    keep: Path | None,
    burnt: Sequence[Subtitle],
) -> dict[str, Any]:
    """As a message to the child."""
    return {
        "timeline": timeline.model_dump(mode="json"),
        "sources": {item: str(path) for item, path in sources.items()},
        "sound": None if sound is None else str(sound),
        "subtitles": None if subtitles is None else str(subtitles),
        "out": str(out),
        "work": str(work),
        "raster": raster.model_dump(),
        "title": title,
        "language": language,
        "threads": threads,
        "opticals": [_plain(optical) for optical in opticals],
        "track": None if track is None else str(track),
        "keep": None if keep is None else str(keep),
        "burnt": [one.model_dump(mode="json") for one in burnt],
    }


def _listen(child: subprocess.Popen[str], order: dict[str, Any], tell: Tell, overheard: Any) -> CutReport:
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(BrokenPipeError):  # a child that is lost is told of below
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
    for line in child.stdout:
        message = json.loads(line)
        if "tell" in message:
            tell(*message["tell"])
        elif "failed" in message:
            meaning = getattr(errors, message["failed"]["meaning"], RenderError)
            raise meaning(message["failed"]["words"])
        else:
            made = message["report"]
            return CutReport(
                frames=made["frames"],
                copied_frames=made["copied_frames"],
                composed_frames=made["composed_frames"],
                path=Path(made["path"]),
                notices=tuple(made["notices"]),
                opticals=tuple(_optical(one) for one in made["opticals"]),
                track=made["track"] and Path(made["track"]),
            )
    overheard.seek(0)
    words = overheard.read().decode("utf-8", "replace").strip()[-400:] or "no last words"
    raise RenderError(f"The cut was lost ({words}). Takes are kept, and the film before, if there was one.")


def _plain(optical: Optical) -> dict[str, Any]:
    return {**optical.__dict__, "path": str(optical.path)}


def _optical(said: dict[str, Any]) -> Optical:
    return Optical(said["number"], said["start"], said["stop"], Path(said["path"]), tuple(said["notices"]))


def _follow() -> None:
    """Carry out orders from standard input, one after another; end at once where it ends."""
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(orders,), daemon=True).start()
    importlib.import_module(".assemble", __package__)  # now, while takes are still being made
    while True:
        _carry_out(json.loads(orders.get()))


def _carry_out(order: dict[str, Any]) -> None:
    from .assemble import assemble

    try:
        report = assemble(
            Timeline.model_validate(order["timeline"]),
            {item: Path(path) for item, path in order["sources"].items()},
            order["sound"] and Path(order["sound"]),
            order["subtitles"] and Path(order["subtitles"]),
            Path(order["out"]),
            Path(order["work"]),
            Raster.model_validate(order["raster"]),
            title=order["title"],
            language=order["language"],
            tell=lambda stage, share: _say({"tell": [stage, share]}),
            threads=order["threads"],
            opticals=[_optical(one) for one in order["opticals"]],
            track=order["track"] and Path(order["track"]),
            keep=order["keep"] and Path(order["keep"]),
            burnt=[Subtitle.model_validate(one) for one in order["burnt"]],
        )
    except PhotoplayError as fault:
        _say({"failed": {"meaning": type(fault).__name__, "words": str(fault)}})
        return
    told = {
        **report.__dict__,
        "path": str(report.path),
        "opticals": [_plain(optical) for optical in report.opticals],
        "track": report.track and str(report.track),
    }
    _say({"report": told})


def _read(orders: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        orders.put(line)
    os._exit(1)


def _say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    _follow()
