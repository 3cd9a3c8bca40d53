"""What the engine costs on a GPU, with full-size random weights of one still and one video family.

    python benchmarks/gpu.py                 the GPU where there is one, else tiny weights on the processor
    python benchmarks/gpu.py --small         the very same code with tiny weights on the processor, a minute
    python benchmarks/gpu.py --ratio         the film and its bare calls only
    python benchmarks/gpu.py --guided        two clips after the animatic's guides, and without (skia-python, too)
    python benchmarks/gpu.py --out FILE      writes the figures as JSON, too

A film of four shots is drawn by the engine with FLUX.2-klein-4B (keyframes) and Wan2.1-VACE-1.3B (clips),
then the same pipeline calls are made bare. Besides: memory, the out-of-memory ladder with the GPU really
filled, what batches, step caches, attention and compilation gain, and a second worker where there are two
GPUs. It ends within ``--minutes``; a part for which the time left is too short is skipped, and says so.

Runs from a bare checkout, nothing installed but torch (2.11 or newer), transformers, accelerate and the
wheels of diffusers, pydantic and PyAV with what they bring. (Without accelerate diffusers loads no Wan.) Tests
run its small form; what it measured on a GPU is in docs/diffusion.md.
"""

import argparse
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from gpu_parts.checkout import use
from gpu_parts.clock import Clock, Skipped, lines_of

FULL = {"width": 832, "height": 480, "steps": 8}
SMALL = {"width": 64, "height": 64, "steps": 2}
NEEDED = (
    "torch",
    "transformers",
    "accelerate",
    "safetensors",
    "diffusers",
    "pydantic",
    "av",
    "PIL",
    "filelock",
)
SMALL_STEPS, SMALL_TWO_S = 150, 120
"""Steps with which tiny weights give two workers something to do, and seconds that one may take for it."""
NOT_A_GPU = "Tiny weights on the processor: nothing here says anything about speed on a GPU."
ESTIMATES_S = {"weights": 60, "film": 100, "bare": 40, "ladder": 80, "clip on the ladder": 160, "guides": 45}
"""What a part is believed to take at most on a fast GPU. Guesses: none of them was measured."""


def main() -> None:
    options = _options()
    out = options.out.resolve() if options.out else None
    needed = (*NEEDED, "skia") if options.guided else NEEDED
    absent = [name for name in needed if importlib.util.find_spec(name) is None]
    if absent:
        raise SystemExit(f"This benchmark needs packages that are not installed: {', '.join(absent)}.")
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS"):
        os.environ[name] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with tempfile.TemporaryDirectory(prefix="photoplay-gpu-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        (folder / "path").mkdir()
        use(folder / "path")
        report = _rounded(_Benchmark(folder, options).run())
    if out:
        out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report))
    if "failed" in report:
        raise SystemExit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="tiny weights on the processor")
    parser.add_argument("--small-text", action="store_true", help="short text encoders: less disk and time")
    parser.add_argument("--ratio", action="store_true", help="the film and its bare calls, nothing besides")
    parser.add_argument("--guided", action="store_true", help="clips after guides of the animatic, only")
    parser.add_argument("--minutes", type=float, default=9.0, help="when it ends at the latest (9)")
    parser.add_argument("--steps", type=int, help="denoising steps of stills and clips (8; small: 2)")
    parser.add_argument("--out", type=Path, help="a file for the figures, as JSON")
    return parser.parse_args()


@contextmanager
def _skipping():
    """What a film stops for or fails with is a part that was not measured."""
    from photoplay.storyboard.errors import PhotoplayError, Stopped

    try:
        yield
    except Stopped:
        raise Skipped("time was up before it was done") from None
    except PhotoplayError as error:
        raise Skipped(str(error)) from None


def _rounded(value):
    """Figures with no more digits than they can mean."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


class _Benchmark:
    """Each part fills in what it found; ``report`` holds it all."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder, self._options = folder, options
        self._clock = Clock(options.minutes)
        self.report: dict = {"minutes": options.minutes}

    def run(self) -> dict:
        self._choose()
        for name, part in self._parts():
            print(f"[{self._clock.spent:5.0f} s] {name}", flush=True)
            try:
                part()
            except Skipped as why:
                self.report.setdefault("skipped", {})[name] = str(why)
                self._tell(name, f"not measured: {why}")
                if name in ("weights", "film", "guides"):
                    self.report["failed"] = name
                    break
        self.report["seconds"] = round(self._clock.spent, 1)
        self._tell("in all", f"{self._clock.spent:.0f} s of {60 * self._options.minutes:.0f}")
        return self.report

    def _parts(self) -> list[tuple[str, Callable[[], None]]]:
        if self._options.guided:
            return [("weights", self._weights), ("guides", self._guided)]
        ratio = [("weights", self._weights), ("film", self._film), ("bare", self._bare)]
        if self._options.ratio:
            return ratio
        return [*ratio, ("ladder", self._ladder), ("two workers", self._two)]

    # -- what is measured on ----------------------------------------------------------------

    def _choose(self) -> None:
        from photoplay.render.diffusion.hardware import devices

        if self._options.small:
            os.environ["PHOTOPLAY_DEVICE"] = "cpu"
        found = [d for d in devices() if d.id.startswith("cuda")]
        self._small = not found
        if self._small:
            os.environ["PHOTOPLAY_DEVICE"] = "cpu"
            os.environ.setdefault("OMP_NUM_THREADS", "1")  # tiny tensors only wait for more threads
            found = list(devices())
            print(NOT_A_GPU)
        self._devices = found
        size = dict(SMALL if self._small else FULL)
        size["steps"] = self._options.steps or size["steps"]
        self._size = size
        self.report |= {
            "small": self._small,
            "devices": [d.model_dump() for d in found],
            "film": dict(size),
            "python": sys.version.split()[0],
        }
        if self._small:
            self.report["note"] = NOT_A_GPU
        for device in found:
            self._tell(
                "device", f"{device.name or device.id}, {device.total_mb:,} MB, {device.free_mb:,} free"
            )

    def _stop(self) -> bool:
        return self._clock.left < 0

    def _need(self, seconds: float) -> None:
        """Raise ``Skipped`` where less time is left; a processor with tiny weights needs a tenth."""
        wanted = seconds / 10 if self._small else seconds
        if self._clock.left < wanted:
            raise Skipped(f"{max(0.0, self._clock.left):.0f} s are left, and it may take {wanted:.0f}")

    def _tell(self, what: str, words: str) -> None:
        print(f"    {what + ':':34} {words}", flush=True)

    # -- weights ----------------------------------------------------------------------------

    def _weights(self) -> None:
        from gpu_parts.weights import DISK_MB, FAMILIES

        kind = "tiny" if self._small else "small-text" if self._options.small_text else "full"
        free = shutil.disk_usage(self._folder).free // 1_000_000
        if free < DISK_MB[kind] and kind == "full":
            self._tell(
                "text encoders", f"short ones: {free:,} MB of disk are free, full ones want {DISK_MB[kind]:,}"
            )
            kind = "small-text"
        if free < DISK_MB[kind]:
            raise Skipped(f"{free:,} MB of disk are free at {self._folder}, and {DISK_MB[kind]:,} are wanted")
        self._need(ESTIMATES_S["weights"])
        place = self._folder / "weights"
        sets = ["bench-vace"] if self._options.guided else list(FAMILIES)
        said, why = lines_of(
            "gpu_parts.weights", str(place), kind, self._devices[0].id, *sets, seconds=self._clock.left
        )
        self.report["weights"] = {"kind": kind, "disk_free_mb": free, "sets": said}
        if why or len(said) < len(sets):
            raise Skipped(why or "not all were written")
        for each in said:
            parts = ", ".join(f"{part} {count:,}" for part, count in each["parameters"].items())
            self._tell(each["set"], f"parameters: {parts}; {each['bytes'] / 1e6:,.0f} MB")
        if kind != "tiny":
            self._tell(
                "sizes",
                "as public programs that run these models have them; autoencoders: diffusers' defaults",
            )
        toml = [
            f'[weights.{name}]\nfamily = "{FAMILIES[name]}"\nsource = {json.dumps(str(place / name))}\n'
            for name in sets
        ]
        (self._folder / "weights.toml").write_text("".join(toml), encoding="utf-8")
        os.environ["PHOTOPLAY_WEIGHTS"] = str(self._folder / "weights.toml")
        os.environ["PHOTOPLAY_WEIGHTS_LOCK"] = str(self._folder / "weights.lock.json")

    # -- 1 and 2: the film, the bare calls, memory ------------------------------------------

    def _shoot(self, name: str, devices, **more):
        from gpu_parts.film import benchmark_film, shoot

        with _skipping():
            return shoot(self._folder / name, benchmark_film(**(self._size | more)), devices, self._stop)

    def _film(self) -> None:
        self._need(ESTIMATES_S["film"])
        shot = self._shot = self._shoot("film", self._devices[:1])
        for name, seconds, how in shot.loads():
            self._tell(
                f"load of {name.partition(':')[2]}", f"{seconds:.1f} s {how}; in neither side of the ratio"
            )
        started = f"{shot.hire_s:.1f} s, torch and diffusers imported in {shot.imports_s():.1f} s"
        self._tell("first worker ready after", f"{started}; in neither side of the ratio")
        self._tell("planning", f"{shot.plan_s:.2f} s; in the film's time")
        for name, kinds in shot.memory().items():
            words = ", ".join(f"{kind.removesuffix('_mb')} {value:,} MB" for kind, value in kinds.items())
            self._tell(f"peak memory, {name.partition(':')[2]}", words)
        for doing, seconds in sorted(shot.doing_s().items(), key=lambda part: -part[1]):
            self._tell("of the film's time", f"{seconds:.2f} s {doing}")
        if shot.degraded:
            self._tell("drawn again in full precision", f"{len(shot.degraded)} times: the ratio is void")
        self.report["film"] |= {
            "seconds": shot.film_s(),
            "plan_s": shot.plan_s,
            "doing_s": shot.doing_s(),
            "hire_s": shot.hire_s,
            "imports_s": shot.imports_s(),
            "loads": shot.loads(),
            "calls_s": shot.calls_s(),
            "encodes_s": shot.encodes_s(),
            "memory": shot.memory(),
            "degraded": shot.degraded,
        }

    def _bare(self) -> None:
        from gpu_parts.film import CLIPS, STILLS

        kept = self._left_for_the_ladder()
        heard: dict[str, list[dict]] = {}
        for name in (STILLS, CLIPS):
            least = ESTIMATES_S["bare"] + self._shot.calls_s()
            self._need(least)
            heard[name], why = lines_of(
                "gpu_parts.bare", str(self._folder / "film"), name, json.dumps(self._shot.batches(name)),
                str(self._gains_s(kept)), seconds=min(self._clock.left, max(self._clock.left - kept, least)),
            )  # fmt: skip
            if why:
                self._tell(f"bare {name}", why)
            if sum("call" in said for said in heard[name]) < len(self._shot.batches(name)):
                raise Skipped(f"not all bare calls of {name} were made: {why}")
        said = [line for lines in heard.values() for line in lines]
        self._ratio(said)
        for line in said:
            if "gain" in line:
                self._gain(line, said)

    def _gains_s(self, kept: float) -> float:
        """How long calls and gains together may go on. With tiny weights too short for compiling."""
        if self._options.ratio:
            return 0.0
        return 90.0 if self._small else self._clock.left - kept

    def _left_for_the_ladder(self) -> float:
        return 0.0 if self._small else min(ESTIMATES_S["ladder"], max(0.0, self._clock.left - 150))

    def _ratio(self, said: list[dict]) -> None:
        bare = sum(line["call"] for line in said if "call" in line)
        encodes = sum(line["encode"] for line in said if "encode" in line)
        film = self._shot.film_s()
        aim = "says nothing: tiny weights" if self._small else "aim: at most 1.03"
        versions = {k: said[0][k] for k in ("torch", "diffusers")}
        self.report |= versions
        self.report["ratio"] = {
            "film_s": film,
            "bare_s": bare,
            "bare_encodes_s": encodes,
            "film_over_bare": film / bare,
            "film_over_bare_with_prompts": film / (bare + encodes),
            "bare_loads_s": [line["load"] for line in said if "load" in line],
        }
        self._tell("bare calls", f"{bare:.2f} s, and {encodes:.2f} s to encode their prompts; {versions}")
        self._tell("film", f"{film:.2f} s, of which {self._shot.calls_s():.2f} s inside the pipelines")
        self._tell("film over bare calls, prompts given", f"{film / bare:.3f} ({aim})")
        self._tell("film over bare calls with prompts", f"{film / (bare + encodes):.3f}")

    # -- 3: gains ---------------------------------------------------------------------------

    def _gain(self, line: dict, said: list[dict]) -> None:
        what = line["gain"]
        base = next((each["seconds"] for each in said if each.get("gain") == "base"), 0.0)
        self.report.setdefault("gains", {})[what] = {k: v for k, v in line.items() if k != "gain"}
        if "why" in line:
            self._tell(f"gain: {what}", line["why"])
        elif what == "batch":
            words = (
                f"{line['alone'] / line['together']:.2f} times as quick: {line['stills']} stills in one call"
            )
            self._tell("gain: batch", words)
        elif what == "base":
            self._tell(
                "a clip as it is", f"{base:.2f} s, {line['frames']} frames, {line['steps']} steps, warm"
            )
        else:
            words = f"{base / line['seconds']:.2f} times as quick"
            if what == "cache":
                words += f"; {100 * line['blocks']:.0f} % of blocks computed (random weights: no guide to real ones)"
            if what == "compile":
                words += f"; the first call, compiling, took {line['first']:.1f} s"
            self._tell(f"gain: {what}", words)

    # -- guides -----------------------------------------------------------------------------

    def _guided(self) -> None:
        from gpu_parts.guided import GUIDES, PLAIN, guided

        found = self.report["guides"] = {}
        plain = None
        for shows in (PLAIN, *GUIDES):
            self._need(ESTIMATES_S["guides"])
            place = self._folder / f"guided-{shows}"
            with _skipping():
                shot = guided(place, shows, self._size, self._devices[:1], self._stop)
            plain = plain or shot
            figures = {
                "film_s": shot.shooting.film_s(),
                "calls_s": shot.calls_s(),
                "memory": shot.shooting.memory(),
                "frames": {name: list(clip.shape) for name, clip in shot.clips.items()},
                "apart_from_plain": shot.apart(plain),
            }
            found[shows] = figures
            calls = ", ".join(f"{seconds:.2f} s" for seconds in figures["calls_s"])
            words = f"calls {calls}; {figures['apart_from_plain']:.1f} of 255 from the clips without"
            self._tell(f"guide {shows}", words)

    # -- 4 and 5: the ladder, two workers ---------------------------------------------------

    def _ladder(self) -> None:
        from gpu_parts.film import benchmark_film
        from gpu_parts.ladder import walk

        from photoplay.storyboard.errors import PhotoplayError

        self._need(ESTIMATES_S["ladder"])
        clip = self._small or self._clock.left > ESTIMATES_S["clip on the ladder"]
        try:
            shot, free = walk(
                self._folder / "ladder", benchmark_film(**self._size), self._devices[0], self._stop, clip
            )
        except PhotoplayError as error:
            raise Skipped(str(error)) from None
        how = "refused above that, since memory does not run out on a processor" if self._small else "free"
        self._tell("memory on the ladder", f"{free:,} MB {how}")
        for words in shot.again:
            self._tell("rung", words)
        for name, seconds, words in shot.loads():
            self._tell("finished with", f"{name} {words}, loaded in {seconds:.1f} s")
        self._tell(
            "what was drawn so",
            "two keyframes and a clip" if clip else "two keyframes; too little time for a clip",
        )
        self.report["ladder"] = {
            "free_mb": free,
            "acted": self._small,
            "rungs": shot.again,
            "loads": shot.loads(),
            "clip": clip,
            "memory": shot.memory(),
        }
        if not shot.again:
            raise Skipped("everything fitted, so no rung was gone down")

    def _two(self) -> None:
        devices = self._devices[:2]
        if self._small and (os.cpu_count() or 1) > 1:  # one thread each, so two cores are two devices
            devices = [devices[0], devices[0].model_copy(update={"id": "cpu:1"})]
        if len(devices) < 2:
            raise Skipped("there are not two GPUs here")
        alone = self._shot
        if self._small:  # more steps, so that the film is not over before the second worker has begun
            self._need(SMALL_TWO_S)
            alone = self._shoot("one", devices[:1], steps=SMALL_STEPS)
        self._need(alone.work_s + alone.hire_s)
        both = self._shoot("both", devices, **({"steps": SMALL_STEPS} if self._small else {}))
        quicker = alone.work_s / both.work_s
        self.report["two_workers"] = {"one_s": alone.work_s, "two_s": both.work_s, "quicker": quicker}
        self._tell("two workers", f"{quicker:.2f} times as quick as one, loads among it on both sides")


if __name__ == "__main__":
    main()
