"""Whole films by tiny random-weight pipelines of the real classes, loaded as a user's weights are.

Random weights prove shapes, counts and plumbing, never how good a picture is.
"""

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

from pathlib import Path

import numpy as np
from diffusion_kit import SETS, tiny_lora, tiny_weights
from tiny_films import all_verify
from treatments import treatment

import photoplay
from photoplay.agent.references import add_reference
from photoplay.memory.images import encode_png, read_image
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.probe import probe
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.requests import Between, Extend, Join, Refine, Still
from photoplay.storyboard.edit_types import Rewrite
from photoplay.storyboard.film import Settings

assert tiny_weights
SECONDS = 14
PAIRS = [
    ("tiny-klein", "tiny-wan-vace"),
    ("tiny-sdxl-ip", "tiny-wan-flf"),
    ("tiny-klein", "tiny-wan-two"),
    ("tiny-sdxl", "tiny-wan-ti2v"),
    ("tiny-klein", "tiny-ltx"),
    ("tiny-klein", "tiny-skyreels"),
]


def settings(keyframes, clips, **values):
    given = {"keyframes": f"diffusion:{keyframes}", "steps": 2, "pixels": 64 * 64} | values
    return Settings(width=96, height=64, renderer=f"diffusion:{clips}", values=given)


def make(folder, keyframes, clips, crew=None, until="film", seconds=SECONDS, **values):
    return photoplay.make(
        "Anna and the whale",
        out=folder,
        seconds=seconds,
        settings=settings(keyframes, clips, **values),
        writer=photoplay.FunctionWriter(lambda brief, seed: treatment()),
        crew=crew or SoloCrew(Diffusion(keyframes), Diffusion(clips)),
        until=until,
    )


def pictures(production):
    """Digest of every picture of the film, by node."""
    store = production.project.store
    return {
        n.id: store.record(n.key).parts["picture"].sha256
        for n in production.plan().nodes
        if n.stage == "picture"
    }


@pytest.mark.parametrize(("keyframes", "clips"), PAIRS, ids=[c for _, c in PAIRS])
def test_a_whole_film_has_exactly_its_frames(tmp_path, tiny_weights, keyframes, clips):
    tiny_weights(keyframes, clips)
    production = make(tmp_path / "film", keyframes, clips)
    seen = probe(production.film_path)
    assert (seen.frames, seen.width, seen.height) == (SECONDS * 24, 96, 64)
    plan = production.plan()
    for node in plan.nodes:
        record = production.project.store.record(node.key)
        wanted = getattr(node.request, "frames", 1) if node.stage == "picture" else 0
        assert record.frames == wanted
    used = {n.renderer for n in plan.nodes}
    assert {f"diffusion:{keyframes}", f"diffusion:{clips}"} <= used
    assert all_verify(production.project)


def test_the_same_seed_is_the_same_film_and_a_second_run_makes_nothing(tmp_path, tiny_weights):
    tiny_weights("tiny-klein", "tiny-wan-vace")
    one = make(tmp_path / "one", "tiny-klein", "tiny-wan-vace")
    other = make(tmp_path / "other", "tiny-klein", "tiny-wan-vace")
    assert pictures(one) == pictures(other)
    again = make(tmp_path / "one", "tiny-klein", "tiny-wan-vace")
    assert again.outcome is None or again.outcome.made == []


def test_two_workers_make_the_stills_that_one_makes(tmp_path, tiny_weights):
    """To within a rounding: which stills are sampled together depends on which worker is free, and a
    batch changes the last digits of a sum."""
    tiny_weights("tiny-klein", "tiny-wan-vace")
    one = make(tmp_path / "one", "tiny-klein", "tiny-wan-vace", until="takes")
    other = make(tmp_path / "other", "tiny-klein", "tiny-wan-vace", crew=LocalCrew(2), until="takes")
    stills = [n for n in one.plan().nodes if isinstance(n.request, Still)]
    assert len(stills) > 1
    for node in stills:
        alone, shared = (
            read_image(p.project.store.path(p.plan().node(node.id).key, "frame-0")) for p in (one, other)
        )
        assert np.abs(alone.astype(int) - shared.astype(int)).max() <= 2, node.id


def test_a_take_is_changed_by_words_beside_what_a_mask_keeps_and_no_other_shot_is_made_again(
    tmp_path, tiny_weights
):
    tiny_weights("tiny-klein", "tiny-wan-vace")
    production = make(tmp_path / "film", "tiny-klein", "tiny-wan-vace", until="takes")
    before = pictures(production)
    mask = np.zeros((64, 96, 3), np.uint8)
    mask[:, :48] = 255
    (tmp_path / "mask.png").write_bytes(encode_png(mask))
    production.modify("s02", "at night, in the rain", strength=60, keep=tmp_path / "mask.png")
    production.make("takes")
    after = pictures(production)
    kept = {n: d for n, d in before.items() if "s02" not in n}
    assert kept.items() <= after.items()
    plan, store = production.plan(), production.project.store
    refined = next(n for n in plan.nodes if isinstance(n.request, Refine))
    assert refined.request.frames == store.record(refined.key).frames
    with (
        open_footage(store.path(refined.key)) as changed,
        open_footage(store.path(refined.request.take.key)) as source,
    ):
        one, other = changed.frame(5).astype(int), source.frame(refined.request.start + 5).astype(int)
    apart = np.abs(one - other).mean(axis=(0, 2))
    width = len(apart)
    left, right = apart[: width * 3 // 8].mean(), apart[width * 5 // 8 :].mean()
    assert left < 8, "what stays is the take's own, but for the encoding"
    assert right > 2 * left


def test_weights_are_loaded_once_stills_are_batched_and_prompts_encoded_once(tmp_path, tiny_weights):
    tiny_weights("tiny-sdxl", "tiny-wan-vace")
    stills, clips = Diffusion("tiny-sdxl"), Diffusion("tiny-wan-vace")
    calls = []
    sample = stills._family.sample
    stills._family.sample = lambda pipe, batch, step: calls.append(len(batch)) or sample(pipe, batch, step)
    production = make(tmp_path / "film", "tiny-sdxl", "tiny-wan-vace", crew=SoloCrew(stills, clips))
    assert (stills.loads, clips.loads) == (1, 1)
    nodes = production.plan().nodes
    drawn = [n for n in nodes if isinstance(n.request, Still)]
    assert sum(calls) == len(drawn)
    assert max(calls) > 1, "stills of the same size are sampled together"
    for renderer, kinds in ((stills, Still), (clips, Between | Extend)):
        words = {renderer._family.words(n.request) for n in nodes if isinstance(n.request, kinds)}
        assert renderer._prompts.encoded_count == len(words)


@pytest.mark.parametrize("method", ["infill", "extend"])
def test_a_long_shot_loses_and_doubles_no_frame_at_its_seams(tmp_path, tiny_weights, method):
    """Pieces are joined exactly: each frame of the shot is a frame of one piece, and none twice."""
    tiny_weights("tiny-klein", "tiny-wan-vace")
    production = make(
        tmp_path / "film", "tiny-klein", "tiny-wan-vace", until="takes", seconds=36, method=method
    )
    store, plan = production.project.store, production.plan()
    joins = [n for n in plan.nodes if isinstance(n.request, Join)]
    assert joins
    for join in joins:
        pieces = join.request.pieces
        assert all(p.start == 0 for p in pieces)
        whole = [store.record(p.take.key).frames for p in pieces]
        shared = [w - p.stop for w, p in zip(whole, pieces, strict=True)]
        assert shared[-1] == 0
        assert set(shared[:-1]) <= ({1} if method == "infill" else {0})
        with open_footage(store.path(join.key)) as footage:
            assert footage.count == join.request.frames
    if method == "infill":
        fills = [n for n in plan.nodes if isinstance(n.request, Between) and n.request.last]
        assert all(n.request.first.part == n.request.last.part == "frame" for n in fills)


def test_one_changed_shot_is_made_again_alone(tmp_path, tiny_weights):
    tiny_weights("tiny-klein", "tiny-wan-vace")
    production = make(tmp_path / "film", "tiny-klein", "tiny-wan-vace")
    before = pictures(production)
    shot = production.film.shots[1]
    production.edit([Rewrite(shot=shot.id, sentence="Anna waves at the sea.")])
    production.render()
    changed = {n for n, digest in pictures(production).items() if before.get(n) != digest}
    goes_on = {s.id for s in production.film.shots if s.opens == "continue"}
    assert changed
    assert all(shot.id in name or any(s in name for s in goes_on) for name in changed)
    assert {n.item for n in production.outcome.made} <= {shot.id, *goes_on}


def test_a_draft_is_small_and_its_keyframes_serve_the_final(tmp_path, tiny_weights):
    tiny_weights("tiny-klein", "tiny-wan-vace")
    draft = make(
        tmp_path / "film", "tiny-klein", "tiny-wan-vace", pixels=256 * 256, quality="draft", until="takes"
    )
    stills = {n.key for n in draft.plan().nodes if isinstance(n.request, Still)}
    assert "draft" in {
        n.request.settings.get("quality") for n in draft.plan().nodes if isinstance(n.request, Between)
    }
    final = make(
        tmp_path / "film", "tiny-klein", "tiny-wan-vace", pixels=256 * 256, quality="final", until="board"
    )
    assert {n.key for n in final.plan().nodes if isinstance(n.request, Still)} == stills


def test_nothing_of_a_users_weights_is_named_in_the_film(tmp_path, tiny_weights):
    path = tiny_weights("tiny-klein", "tiny-wan-vace")
    production = make(tmp_path / "film", "tiny-klein", "tiny-wan-vace", until="takes")
    folders = [
        line.split('"')[1] for line in Path(path).read_text().splitlines() if line.startswith("source")
    ]
    assert len(folders) == 2
    for file in production.project.folder.rglob("*.json*"):
        text = file.read_text(encoding="utf-8")
        assert not any(folder in text for folder in folders), file
    assert SETS["tiny-klein"][0] == "flux2-klein"


def test_a_characters_lora_changes_the_film_and_only_its_shots(tmp_path, tiny_weights):
    tiny_weights("tiny-klein", "tiny-wan-vace")
    production = make(tmp_path / "film", "tiny-klein", "tiny-wan-vace", until="takes")
    before = pictures(production)
    lora = tmp_path / "anna.safetensors"
    lora.write_bytes(tiny_lora("flux2-klein", 1))
    add_reference(production, "Anna", lora)
    production.make(until="takes")
    after = pictures(production)
    shots = {s.id for s in production.film.shots if any(m.entity == "anna" for m in s.cast)}
    drawn = {n for n in after if n.startswith("key-") and before[n] != after[n]}
    assert drawn == {f"key-{shot}-0" for shot in shots}
    assert not [n for n in production.plan().nodes if isinstance(n.request, Between) and n.request.loras]
