"""Peak memory and time of every method of long or consistent pictures, by length, on tiny random weights.

    python benchmarks/methods.py                    # 16, 64, 240 and 1,200 frames: about ten minutes
    python benchmarks/methods.py --frames 16,64 --only queue,packed

Each figure is a process of its own, whose allocator gives back what is freed at once (which costs time). What it proves is how memory and time grow with length: tiny weights say
nothing of a real model's seconds or megabytes, nor of how good a picture is.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LENGTHS = (16, 64, 240, 1200)
SIDE = 64
"""Pixels of a frame, both ways."""
STEPS = 2

SETS = {
    "klein": ("flux2-klein", "flux2-klein", ""),
    "sdxl": ("sdxl", "sdxl", ""),
    "vace": ("wan-vace", "wan-vace", ""),
    "wan-words": ("wan", "wan-t2v", "t2v"),
    "wan-5b": ("wan", "wan-ti2v", "ti2v-5b"),
    "skyreels": ("skyreels", "skyreels", ""),
    "ltx": ("ltx", "ltx", ""),
    "animatediff": ("animatediff", "animatediff", ""),
    "framepack": ("framepack", "framepack", ""),
    "framepack-f1": ("framepack", "framepack", "f1"),
    "helios": ("helios", "helios", ""),
    "sd-upscale": ("sd-upscale", "sd-upscale", ""),
}
"""Weights -> family, name of the tiny pipeline, layout."""

METHODS = {
    "one clip": ("vace", "", {"method": "clip"}),
    "infill": ("vace", "klein", {"method": "infill"}),
    "extension": ("vace", "klein", {"method": "extend"}),
    "sparse": ("vace", "klein", {"method": "sparse"}),
    "end first, planned": ("vace", "klein", {"method": "end-first"}),
    "cascade": ("vace", "klein", {"method": "cascade", "refine": "diffusion:wan-words"}),
    "queue, Wan 5B": ("wan-5b", "klein", {"method": "queue"}),
    "queue, SkyReels": ("skyreels", "", {"method": "queue"}),
    "queue, LTX": ("ltx", "", {"method": "queue"}),
    "FreeNoise": ("animatediff", "", {"method": "free-noise"}),
    "VidRD": ("animatediff", "", {"method": "extend"}),
    "packed, FramePack": ("framepack-f1", "klein", {"method": "packed"}),
    "packed, Helios": ("helios", "", {"method": "packed"}),
    "end first, FramePack": ("framepack", "klein", {"method": "end-first"}),
    "refine, Wan": ("wan-words", "", "refine"),
    "refine, LTX": ("ltx", "", "refine"),
    "upscale": ("sd-upscale", "", "upscale"),
}
"""Method -> weights of its clips, of its keyframes, and the film's settings or the kind of request."""


def weights_file(folder, *names):
    """Tiny weights of these sets, written to ``folder``, and the file that names them."""
    from photoplay.render.diffusion.tiny import write

    lines = []
    for name in filter(None, dict.fromkeys(names)):
        family, tiny, layout = SETS[name]
        source = write(tiny, folder / name)
        lines += [f"[weights.{name}]", f'family = "{family}"', f'source = "{source}"']
        lines += [f'layout = "{layout}"'] * bool(layout)
        if family == "animatediff":
            lines.append(f'files = {{ motion_adapter = "{source / "motion"}" }}')
    path = folder / "weights.toml"
    path.write_text("\n".join(lines) + "\n")
    os.environ |= {
        "PHOTOPLAY_WEIGHTS": str(path),
        "PHOTOPLAY_WEIGHTS_LOCK": str(folder / "lock.json"),
        "PHOTOPLAY_DEVICE": os.environ.get("PHOTOPLAY_DEVICE", "cpu"),
        "HF_HUB_OFFLINE": "1",
    }


def one_shot(frames, clips, keyframes, values, rate):
    """A film of one shot that renders exactly so many frames at its renderer's rate."""
    from photoplay.render import shot_requests
    from photoplay.storyboard.film import Brief, CastMember, Event, Film, Scene, Settings, Shot, Story
    from photoplay.storyboard.looks import Character, Place

    shot_requests.HANDLE_FRAMES, shot_requests.LENGTH_STEP = 0, 1
    story = Story(
        title="The keeper",
        characters=(Character(id="anna", name="Anna", noun="keeper"),),
        places=(Place(id="shore", name="the shore"),),
        scenes=(Scene(id="one", place="shore"),),
    )
    shot = Shot(
        id="s00",
        scene="one",
        event=Event(sentence="Anna looks out to sea.", actor="anna"),
        opening="She stands.",
        closing="She walks.",
        cast=(CastMember(entity="anna"),),
        frames=frames,
    )
    given = {"steps": STEPS, "pixels": SIDE * SIDE} | values
    given |= {"keyframes": f"diffusion:{keyframes}"} if keyframes else {"keyframes": "none"}
    settings = Settings(width=SIDE, height=SIDE, rate=rate, renderer=f"diffusion:{clips}", values=given)
    return Film(id="film-1", brief=Brief(idea="A keeper."), settings=settings, story=story, shots=(shot,))


def filmed(frames, clips, keyframes, values, folder):
    """Make the shot by its plan; (frames there, seconds, requests)."""
    from photoplay.memory.project import Project
    from photoplay.render.crew import SoloCrew
    from photoplay.render.diffusion.renderer import Diffusion
    from photoplay.render.engine import Engine
    from photoplay.render.plan import Planner

    renderer = Diffusion(clips)
    rate = renderer.capabilities().native_rate
    assert rate is not None, f"{clips} has no rate of its own"
    film = one_shot(frames, clips, keyframes, values, rate)
    crew = SoloCrew(renderer)
    project = Project.create(folder / "film", film, "benchmark", "benchmark")
    planner = Planner(crew.find)
    nodes = [n for n in planner.plan(film).nodes if n.item == "s00"]
    began = time.monotonic()
    with project.lock():
        outcome = Engine(project.store, project.anchors, planner, crew).run(nodes)
    assert not outcome.failed, outcome.failed
    shown = project.store.record(planner.plan(film).node(planner.plan(film).shown["s00"]).key)
    return shown.frames, time.monotonic() - began, len(nodes)


class Footage:
    """A take that is made up as it is read: a bright square wanders over grey."""

    def __init__(self, count, side):
        self.count, self._side = count, side

    def frame(self, index):
        import numpy as np

        pixels = np.full((self._side, self._side, 3), 90, np.uint8)
        at = index * 2 % (self._side - 16)
        pixels[16:32, at : at + 16] = 230
        return pixels

    def frames(self, start, stop):
        return (self.frame(n) for n in range(start, stop))


def again(frames, clips, kind):
    """Refine or enlarge a take that is made up; (frames there, seconds, requests)."""
    from photoplay.render.diffusion.renderer import Diffusion
    from photoplay.render.protocol import Frame, Job
    from photoplay.render.requests import Input, Raster, Refine, Upscale
    from photoplay.storyboard.picture import picture
    from photoplay.storyboard.rate import Rate

    renderer = Diffusion(clips)
    can = renderer.capabilities()
    film = one_shot(frames, clips, "", {}, can.native_rate or Rate())
    take = Input(key="a" * 64)
    seen = {
        "picture": picture(film, film.shots[0]),
        "frames": frames,
        "take": take,
        "settings": {"steps": STEPS},
    }
    if kind == "refine":
        request, side = Refine(**seen, raster=Raster(width=SIDE, height=SIDE), strength=60), SIDE
    else:
        request, side = Upscale(**seen, raster=Raster(width=SIDE, height=SIDE)), SIDE // 2
    renderer.load(os.environ["PHOTOPLAY_DEVICE"], None)
    began = time.monotonic()
    given = 0
    for output in renderer.render([Job(request, {take: Footage(frames, side)})], lambda *told, **more: None):
        given += output.hold if isinstance(output, Frame) else 0
    return given, time.monotonic() - began, 1


def peak_mb():
    """The most memory that this process took."""
    try:
        status = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(method, frames):
    """One figure, in this process."""
    clips, keyframes, how = METHODS[method]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        more = (
            [v.partition(":")[2] for v in how.values() if str(v).startswith("diffusion:")]
            if isinstance(how, dict)
            else []
        )
        weights_file(folder, clips, keyframes, *more)
        if isinstance(how, dict):
            there, seconds, requests = filmed(frames, clips, keyframes, how, folder)
        else:
            there, seconds, requests = again(frames, clips, how)
    return {"frames": there, "seconds": seconds, "requests": requests, "mb": peak_mb()}


def asked(method, frames):
    """One figure, from a process of its own; the refusal where the method is for shorter clips."""
    words = [sys.executable, __file__, "--one", method, str(frames)]
    given = {
        "OMP_NUM_THREADS": "1",  # tiny tensors only wait for more threads
        # What is freed is given back at once, so that a peak is what was held, not what glibc keeps.
        "MALLOC_MMAP_THRESHOLD_": "131072",
        "MALLOC_TRIM_THRESHOLD_": "131072",
    }
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | given)
    if done.returncode == 0:
        return json.loads(done.stdout.splitlines()[-1])
    last = (done.stderr.strip().splitlines() or ["no words"])[-1]
    return {"refused": last.partition(": ")[2] or last}


def growth(found, lengths):
    """How peak memory grows from the longest but one to the longest: MB for each thousand frames more."""
    sized = [(n, found[n]["mb"]) for n in lengths if "mb" in found[n]]
    if len(sized) < 2 or sized[-1][0] != lengths[-1]:
        return ""
    (a, one), (b, other) = sized[-2:]
    return f"{(other - one) * 1000 / (b - a):+.0f}"


def main():
    """Print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--frames", default=",".join(map(str, LENGTHS)))
    words.add_argument(
        "--only", default="", help="methods whose names hold one of these, with commas between"
    )
    words.add_argument("--one", nargs=2, metavar=("METHOD", "FRAMES"), help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.one:
        print(json.dumps(measure(given.one[0], int(given.one[1]))))
        return
    lengths = [int(n) for n in given.frames.split(",")]
    only = [name.strip() for name in given.only.split(",") if name.strip()]
    print("Tiny random weights: how memory and time grow, and nothing of a real model's figures.")
    head = "".join(f"{n:>9,} fr." for n in lengths)
    print(f"{'method':24}{head}{'MB per 1,000 more':>20}")
    for method in METHODS:
        if only and not any(name in method for name in only):
            continue
        found = {n: asked(method, n) for n in lengths}
        cells = "".join(
            f"{found[n]['mb']:>6.0f}/{found[n]['seconds']:<5.1f}" if "mb" in found[n] else f"{'-':>12}"
            for n in lengths
        )
        print(f"{method:24}{cells}{growth(found, lengths):>20}", flush=True)
        refused = {found[n]["refused"] for n in lengths if "refused" in found[n]}
        for reason in sorted(refused)[:1]:
            print(f"{'':24}(-: {reason[:110]})")
    print("Each cell: peak MB of the process / seconds of rendering, imports and loading not counted.")


if __name__ == "__main__":
    main()
