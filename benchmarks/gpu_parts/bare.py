"""Bare calls of a diffusers pipeline with the arguments of the film, and what settings gain.

    python -m gpu_parts.bare FILM_FOLDER SET BATCHES SECONDS

``BATCHES`` is JSON: requests by name, a list for each call of the film. The film's plan and takes say
what they were; the renderer reads and words them once more, and its call is caught before it is made.
Then the pipeline is called bare, without the renderer, the engine or a callback. Prints JSON lines.
"""

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from photoplay.memory.project import Project
from photoplay.render.clerk import Clerk
from photoplay.render.inputs import Inputs
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer

from .film import picture_nodes
from .measured import fresh_peak, ident, memory

ATTENTIONS = ("_native_cudnn", "_native_flash", "_flash_3", "sage")
"""Back ends tried besides the default, ``native`` (torch's own choice)."""
COMPILE_S = 100
"""What compiling may take; a guess. Where less is left it is not begun."""
TOGETHER = 4
"""Stills in a batch."""


class _Caught(BaseException):
    """The pipeline was called. No ``Exception``: nobody on the way may take it for a fault."""


def main() -> None:
    folder, name, batches, seconds = (
        Path(sys.argv[1]),
        sys.argv[2],
        json.loads(sys.argv[3]),
        float(sys.argv[4]),
    )
    _Bare(folder, name, time.monotonic() + seconds).run(batches)


def say(**what) -> None:
    print(json.dumps(what), flush=True)


class _Bare:
    def __init__(self, folder: Path, name: str, ends: float) -> None:
        self._ends = ends
        self._project = Project.open(folder)
        planner = Planner(find_renderer)
        nodes = picture_nodes(planner.plan(self._project.film))
        self._clerk = Clerk(self._project.store, self._project.anchors, planner, nodes)
        self._nodes = {ident(node.request): node for node in nodes if node.renderer == name}
        self._renderer = find_renderer(name)
        self._device = _device()
        self._renderer.load(self._device, None)

    def run(self, batches: list[list[str]]) -> None:
        import diffusers
        import torch

        say(torch=torch.__version__, diffusers=diffusers.__version__, python=sys.version.split()[0])
        first = self._nodes[batches[0][0]].request
        began = time.monotonic()
        self._renderer._ready_pipeline(first.settings)
        say(load=time.monotonic() - began, how=self._renderer._loading.words())
        self._pipe = self._renderer._pipe
        calls = [self._arguments(batch) for batch in batches]
        fresh_peak(self._device)
        for batch, given in zip(batches, calls, strict=True):
            took = self._timed(given)
            say(call=took, batch=batch, **memory(self._device))
        if not self._room(0):
            return
        if len(calls[0].get("prompt_embeds", ())) >= TOGETHER:
            self._batching(calls[0])
        whole = [c for b, c in zip(batches, calls, strict=True) if b[0].startswith("between")]
        if whole:
            self._settings(min(whole, key=lambda given: given["num_frames"]))

    def _arguments(self, batch: list[str]) -> dict:
        """What the renderer calls the pipeline with for these requests. Says how long its prompts took to encode."""
        orders = [
            self._clerk.order(self._nodes[name], SimpleNamespace(folder=self._project.work)) for name in batch
        ]
        inputs = Inputs(orders)
        kind = type(self._pipe)
        caught: dict = {}

        def catch(pipe, **named):
            caught.update(named)
            raise _Caught

        before, kind.__call__ = kind.__call__, catch
        try:
            with _notes(self._renderer) as notes:
                list(self._renderer.render(inputs.jobs(), lambda job, share, words="": None))
        except _Caught:
            pass
        finally:
            kind.__call__ = before
            inputs.close()
        say(encode=sum(note.get("encode", 0) for note in notes), batch=batch)
        caught.pop("callback_on_step_end", None)
        return caught

    def _timed(self, given: dict) -> float:
        began = time.monotonic()
        type(self._pipe).bare_call(self._pipe, **given)
        return time.monotonic() - began

    # -- gains ----------------------------------------------------------------------------

    def _batching(self, given: dict) -> None:
        """So many stills in one call, and the same in a call each; every shape was drawn before."""
        import torch

        def part(n):
            return {
                k: v[n : n + 1] if isinstance(v, torch.Tensor) and v.shape[0] == TOGETHER else v
                for k, v in given.items()
            }

        self._timed(part(0))
        alone = sum(self._timed(part(n)) for n in range(TOGETHER))
        together = self._timed(given)
        say(gain="batch", alone=alone, together=together, stills=TOGETHER)

    def _settings(self, given: dict) -> None:
        """A clip as it is, then with each setting that may make it quicker."""
        from photoplay.render.diffusion.pipelines import tune

        (model,) = (self._pipe.transformer,)
        loading = self._renderer._loading
        with _counted(model) as count:
            base = self._timed(given)
            whole = count()
        say(gain="base", seconds=base, frames=given["num_frames"], steps=given["num_inference_steps"])
        if not self._room(base):
            return
        with self._tried("cache"):
            tune(self._pipe, replace(loading, cache="first-block"))
            with _counted(model) as count:
                took = self._timed(given)
                say(gain="cache", seconds=took, blocks=count() / max(1, whole))
        if getattr(model, "is_cache_enabled", False):
            model.disable_cache()
        for name in ATTENTIONS:
            if not self._room(2 * base):
                return
            with self._tried(f"attention {name}"):
                tune(self._pipe, replace(loading, attention=name))
                self._timed({**given, "num_inference_steps": 1})
                say(gain=f"attention {name}", seconds=self._timed(given))
        model.set_attention_backend("native")
        if not self._room(2 * base + COMPILE_S):
            return
        with self._tried("compile"):
            tune(self._pipe, replace(loading, compile=True))
            first = self._timed(given)
            say(gain="compile", seconds=self._timed(given), first=first)

    def _room(self, seconds: float) -> bool:
        if time.monotonic() + seconds < self._ends:
            return True
        say(gain="rest", why="the time left was too short")
        return False

    @contextmanager
    def _tried(self, what: str):
        """A gain that this machine cannot have is said, and the others are still measured."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  whatever a back end or a compiler raises
            words = " ".join(str(error).split())[:200]
            say(gain=what, why=f"not to be had here: {words or type(error).__name__}")


@contextmanager
def _notes(renderer):
    """What the measured renderer notes meanwhile."""
    kept: list[dict] = []
    renderer._note = lambda **what: kept.append(what)
    try:
        yield kept
    finally:
        del renderer._note


@contextmanager
def _counted(model):
    """How often the block in the middle attended: a step cache leaves it out."""
    found = [0]

    def seen(*given):
        found[0] += 1

    hook = model.blocks[len(model.blocks) // 2].attn1.register_forward_hook(seen)
    try:
        yield lambda: found[0]
    finally:
        hook.remove()


def _device() -> str:
    from photoplay.render.diffusion.hardware import devices

    found = devices()[0].id
    return "cuda:0" if found.startswith("cuda") else found


if __name__ == "__main__":
    main()
