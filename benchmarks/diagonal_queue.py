"""The diagonal queue on tiny pipelines: time, peak of memory and calls of the model, by length of the film.

    python benchmarks/diagonal_queue.py                  16, 64 and 240 frames, each family
    python benchmarks/diagonal_queue.py 16 64 240 1200   these lengths
    python benchmarks/diagonal_queue.py --full           the formula alone, for full-size weights; runs no model

Random weights of 64 x 64 pixels on the processor: the memory says whether a film is made in flat memory, and
the calls what the method costs. The times say nothing about a GPU.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

FAMILIES = ("tiny-wan-t2v", "tiny-wan-ti2v", "tiny-skyreels", "tiny-ltx")
FULL = {
    "Wan 2.1 from words (81 frames, 50 steps)": (50, 81, 4, 16),
    "Wan 2.2 of 5B (121 frames, 50 steps)": (50, 121, 4, 24),
    "SkyReels-V2 540p (97 frames, 30 steps)": (30, 97, 4, 24),
    "LTX (161 frames, 40 steps)": (40, 161, 8, 24),
}
"""Steps, frames of the longest clip, frames of a latent frame, frames a second."""
STEPS = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("lengths", type=int, nargs="*", default=[16, 64, 240])
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--child")
    options = parser.parse_args()
    if importlib.util.find_spec("diffusers") is None:
        print("Not measured: diffusers is not installed.")
    elif options.full:
        full()
    elif options.child:
        measure(options.child, options.lengths)
    else:
        measured(options.lengths)


def full() -> None:
    """The formula for a minute of film, with full-size weights. No model is run."""
    from photoplay.render.diffusion.diagonal import cost

    for name, (steps, longest, per, rate) in FULL.items():
        frames, most = ((n - 1) // per + 1 for n in (60 * rate, longest))
        print(f"{name}, a minute: {cost(steps, frames, most).words()}")


def measured(lengths: list[int]) -> None:
    """One process a family, so that its peak is its own; lengths rise in it, and a flat peak stays."""
    settings = {
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
        "HF_HUB_OFFLINE": "1",
        "PHOTOPLAY_DEVICE": "cpu",
    }
    print(f"{'family':14} {'frames':>6} {'seconds':>8} {'peak MB':>8}  calls (of {STEPS} steps)")
    for family in FAMILIES:
        command = [sys.executable, __file__, *map(str, sorted(lengths)), "--child", family]
        subprocess.run(command, check=True, env=os.environ | settings)


def measure(name: str, lengths: list[int]) -> None:
    """Films of these lengths by one family, a line each."""
    from diffusion_kit import weights_toml

    from photoplay.render.diffusion.diagonal import cost
    from photoplay.render.diffusion.renderer import Diffusion

    with tempfile.TemporaryDirectory(prefix="photoplay-queue-") as folder:
        os.environ["PHOTOPLAY_WEIGHTS"] = str(weights_toml(Path(folder) / "weights.toml", name))
        os.environ["PHOTOPLAY_WEIGHTS_LOCK"] = str(Path(folder) / "lock.json")
        renderer = Diffusion(name)
        renderer.load("cpu", None)
        can = renderer.capabilities()
        film(renderer, 16)  # so that loading is not measured
        for length in lengths:
            began = time.perf_counter()
            made = film(renderer, length)
            took = time.perf_counter() - began
            rule = can.frame_rule
            latents, longest = ((n - 1) // rule.step + 1 for n in (rule.snap(length), can.longest))
            words = cost(STEPS, latents, longest).words()
            print(f"{name:14} {made:6} {took:8.1f} {peak_mb():8.0f}  {words}", flush=True)


def film(renderer, length: int) -> int:
    """How many frames came; each is thrown away as it comes."""
    from diffusion_kit import Footage, anchor, between, noise_frame

    from photoplay.render.protocol import Frame, Job

    given = {anchor(1): Footage(noise_frame(1))} if "first" in renderer.capabilities().inputs else {}
    settings = {"method": "queue", "steps": STEPS, "guidance": 1}
    request = between(length, settings=settings, **({"first": anchor(1)} if given else {}))
    outputs = renderer.render([Job(request, given)], lambda job, share, words="": None)
    return sum(isinstance(output, Frame) for output in outputs)


def peak_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
