"""Sets of weights: names, the user's own, identity in keys, the lock, stacks and devices. No torch."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import weights_kit as kit

from photoplay.render.diffusion import fetching, hardware, stacks, weight_lock, weights
from photoplay.render.diffusion.weight_lock import Locked, LockedFile
from photoplay.render.diffusion.weight_places import Hub, hub_place, is_path, lock_files, snapshot
from photoplay.storyboard.errors import BadInput, UnknownName

DOCS = Path(__file__).parent.parent / "docs" / "weights.md"


@pytest.fixture(autouse=True)
def _alone(tmp_path, monkeypatch):
    """Neither the person's weights nor the hub's cache of this machine."""
    for name in ("PHOTOPLAY_WEIGHTS", "PHOTOPLAY_WEIGHTS_LOCK", "PHOTOPLAY_DEVICE", "HF_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def own(text, path="photoplay-weights.toml"):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def a_folder(tmp_path, fill=7, name="model"):
    return kit.write(tmp_path / name, kit.model_files(fill))


def named(tmp_path, folder, more=""):
    own(f'[weights.mine]\nfamily = "wan-vace"\nsource = "{folder}"\n{more}')
    return weights.weight_set("mine")


def test_what_ships_names_no_revision_and_every_figure_has_a_source():
    sets = weights.weight_sets()
    assert len(sets) >= 11
    for name, ws in sets.items():
        assert not ws.revision, name
        assert not is_path(ws.source)
        assert ws.licence != "unknown"
        assert ws.download_mb.source in ("vendor", "unverified"), f"nobody here measured {name}"
        assert ws.download_mb.value > 1000
        assert ws.memory_mb.value > 1000
    text = Path(weights.__file__).with_name("weight_sets.json").read_text()
    assert not re.search(r"[0-9a-f]{40}", text)


def test_a_family_alone_is_its_default_set():
    assert weights.weight_set("wan-vace").name == "wan-vace-1.3b"
    assert weights.weight_set("flux2-klein").name == "flux2-klein-4b"
    for family, name in weights.families().items():
        assert weights.weight_set(family).name == name
        assert weights.weight_set(name).family == family


def test_an_unknown_set_lists_those_there_are():
    with pytest.raises(UnknownName, match=r"'wan-vce'.*wan-vace-14b") as told:
        weights.weight_set("wan-vce")
    assert "sdxl" in told.value.known
    assert len(told.value.known) == len(set(told.value.known)), "a family and its set may have one name"


def test_own_sets_stand_over_those_that_ship_and_the_nearer_file_over_the_farther(tmp_path):
    far = '[weights.wan-vace]\nfamily = "wan-vace"\nsource = "me/far"\n[weights.other]\nfamily = "ltx"\nsource = "me/o"\n'
    own(far, tmp_path / "home/.config/photoplay/weights.toml")
    assert weights.weight_set("wan-vace").source == "me/far"
    own('[weights.wan-vace]\nfamily = "wan-vace"\nsource = "me/near"\n')
    assert weights.weight_set("wan-vace").source == "me/near"
    assert weights.weight_set("other").source == "me/o"


def test_the_environment_names_the_weights_file_instead_of_the_current_folder(tmp_path, monkeypatch):
    own('[weights.near]\nfamily = "ltx"\nsource = "me/near"\n')
    own('[weights.named]\nfamily = "ltx"\nsource = "./model"\n', tmp_path / "w/mine.toml")
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS", str(tmp_path / "w/mine.toml"))
    assert weights.weight_set("named").source == str(tmp_path / "w/model"), "a path begins at its file"
    with pytest.raises(UnknownName):
        weights.weight_set("near")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('source = "a/b"', "family"),
        ('family = "ltx"', "source"),
        ('family = "sora"\nsource = "a/b"', r"no family 'sora'.*sdxl"),
        ('family = "ltx"\nsource = "a/b"\nclass_path = "os.system"', "class_path"),
        ('family = "ltx"\nsource = "a/b"\ncustom_pipeline = "x/y"', "custom_pipeline"),
        ('family = "ltx"\nsource = "no place"', "neither a hub id"),
        ('family = "ltx"\nsource = "hub:a/b/../../c"', "neither a hub id"),
        ('family = "ltx"\nsource = "https://host/x"', "neither a hub id"),
        ('family = "ltx"\nsource = "./x.safetensors"', "base"),
        ('family = "ltx"\nsource = "a/b"\nrevision = "main"', "revision"),
        ('family = "ltx"\nsource = "a/b"\nrevision = "0123abc"', "revision"),
        ('family = "ltx"\nsource = "./x"\nrevision = "' + kit.COMMIT + '"', "revision"),
        ('family = "ltx"\nsource = "a/b"\nfiles = { transfomer = "./x.gguf" }', "transfomer"),
        ('family = "ltx"\nsource = "a/b"\nfiles = { transformer = "./x.ckpt" }', "transformer"),
        ('family = "ltx"\nsource = "a/b"\ncommercial = "perhaps"', "commercial"),
        ('family = "ltx"\nsource = "a/b"\nmemory_mb = -1', "memory_mb"),
    ],
)
def test_a_wrong_table_is_named_with_its_file(table, says):
    own(f"[weights.mine]\n{table}\n")
    with pytest.raises(BadInput, match=says) as told:
        weights.weight_sets()
    assert "photoplay-weights.toml, [weights.mine]" in str(told.value)


@pytest.mark.parametrize(
    "text", ["[weights\n", "x = 1\n", "weights = 3\n", '[weights."../up"]\nfamily="ltx"\n']
)
def test_a_wrong_weights_file_is_refused(text):
    own(text)
    with pytest.raises(BadInput, match=r"photoplay-weights\.toml"):
        weights.weight_sets()


def test_places_are_told_apart_by_their_spelling_alone():
    for text in ("/m/x", "./x", "../x", "~/x", "C:\\m\\x", "D:/m", "x.safetensors", "a/b.GGUF"):
        assert is_path(text)
    assert hub_place("owner/name") == Hub("owner/name")
    assert hub_place("hub:owner/name/f/x.gguf") == Hub("owner/name", "f/x.gguf")
    for text in ("name", "a/b/c", "hub:a", "hub:a/b/", "hub:a/b//x", "hub:-a/b", "a b/c", ""):
        assert hub_place(text) is None


def test_before_a_download_a_set_can_be_planned_with_and_says_in_one_line_what_to_do():
    ws = weights.weight_set("wan-vace")
    assert weights.identity(ws) == "Wan-AI/Wan2.1-VACE-1.3B-diffusers@unresolved"
    assert not weights.is_here(ws)
    with pytest.raises(BadInput) as told:
        weights.located(ws)
    words = str(told.value)
    assert "\n" not in words
    for part in (
        "19,000 MB (unverified)",
        "MB free at",
        "Apache-2.0",
        "`photoplay weights get wan-vace-1.3b`",
    ):
        assert part in words
    gated = ws.model_copy(update={"gated": True})
    assert "Access must be asked for" in weights.not_here(gated)


def test_a_folder_is_located_and_known_by_what_is_in_it_not_by_where_it_lies(tmp_path):
    first = named(tmp_path, a_folder(tmp_path))
    known = weights.identity(first)
    found = weights.located(first)
    assert found.folder == tmp_path / "model"
    assert found.sizes() == {"text_encoder": 2 * 3010 + 8, "transformer": 2 * 3010, "vae": 8}
    assert weights.identity(named(tmp_path, a_folder(tmp_path, name="elsewhere"))) == known
    assert weights.identity(named(tmp_path, a_folder(tmp_path, fill=8, name="other"))) != known
    assert weights.identity(first.model_copy(update={"layout": "flf"})) != known


def test_a_readme_changes_no_identity_and_a_configuration_does(tmp_path):
    folder = a_folder(tmp_path)
    ws = named(tmp_path, folder)
    known = weights.identity(ws)
    (folder / "README.md").write_text("hello")
    assert weights.identity(ws) == known
    (folder / "transformer/config.json").write_text('{"x": 1}')
    assert weights.identity(ws) != known


def test_the_last_bytes_of_a_tensor_are_seen(tmp_path):
    folder = a_folder(tmp_path)
    ws = named(tmp_path, folder)
    known = weights.identity(ws)
    path = folder / "transformer/diffusion_pytorch_model.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))
    assert weights.identity(ws) != known


def test_a_missing_drive_leaves_planning_possible(tmp_path):
    ws = named(tmp_path, tmp_path / "gone")
    assert weights.identity(ws).startswith("sha256:")
    with pytest.raises(BadInput, match="does not exist"):
        weights.located(ws)


@pytest.mark.parametrize(("suffix", "make"), [("gguf", kit.gguf), ("safetensors", None)])
def test_a_single_file_stands_for_the_transformer_over_its_base(tmp_path, suffix, make):
    base = a_folder(tmp_path, name="base")
    (base / "transformer/diffusion_pytorch_model.safetensors").unlink()
    file = tmp_path / f"vace.{suffix}"
    file.write_bytes(make() if make else kit.safetensors({"blocks.0": ("BF16", [8])}))
    own(f'[weights.mine]\nfamily = "wan-vace"\nsource = "{file}"\nbase = "{base}"\n')
    ws = weights.weight_set("mine")
    found = weights.located(ws)
    assert found.files == {"transformer": file}
    assert found.folder == base
    assert found.sizes()["transformer"] == (64 if make else 16)
    known = weights.identity(ws)
    file.write_bytes(make(fill=9) if make else kit.safetensors({"blocks.0": ("BF16", [8])}, 9))
    assert weights.identity(ws) != known


def test_a_whole_sdxl_checkpoint_and_a_whole_ltx_file_stand_for_all_they_hold(tmp_path):
    base = a_folder(tmp_path, name="base")
    file = tmp_path / "all.safetensors"
    file.write_bytes(kit.safetensors({"vae.x": ("BF16", [8]), "model.diffusion_model.y": ("BF16", [8])}))
    for family, parts in (
        ("sdxl", {"checkpoint"}),
        ("ltx", {"transformer", "vae"}),
        ("wan", {"transformer"}),
    ):
        own(f'[weights.mine]\nfamily = "{family}"\nsource = "{file}"\nbase = "{base}"\n')
        assert set(weights.located(weights.weight_set("mine")).files) == parts


def test_a_download_is_quoted_fetched_checked_and_locked(tmp_path):
    ws = weights.weight_set("wan-vace")
    hub = kit.Hub({ws.source: {**kit.model_files(), **kit.NOT_NEEDED}})
    quoted = fetching.quote(ws, hub)
    (piece,) = quoted.pieces
    assert set(piece.files) == set(kit.model_files())
    assert kit.COMMIT in quoted.words()
    assert "apache-2.0" in quoted.words()
    assert not lock_files()[0].exists(), "a quote locks nothing"
    told = []
    found = fetching.fetch(ws, told.append, quoted, hub)
    assert found.folder == snapshot(ws.source, kit.COMMIT)
    lock = json.loads(lock_files()[0].read_text())["hub"][ws.source]
    assert lock["revision"] == kit.COMMIT
    assert lock["resolved_from"] == "main"
    assert lock["files"]["vae/diffusion_pytorch_model.safetensors"]["sha256"]
    assert weights.identity(ws) == f"{ws.source}@{kit.COMMIT}"
    assert weights.is_here(ws)
    assert any(kit.COMMIT in words for words in told)
    assert fetching.quote(ws, hub).missing_mb == 0
    assert not (found.folder / "modeling.py").exists()


def test_files_of_another_repository_come_along(tmp_path):
    ws = weights.weight_set("sdxl-base")
    adapter = {
        "sdxl_models/ip-adapter_sdxl.safetensors": kit.safetensors({"x": ("F16", [4])}),
        "sdxl_models/ip-adapter_sdxl.bin": b"pickle",
        "sdxl_models/image_encoder/config.json": b"{}",
        "sdxl_models/image_encoder/model.safetensors": kit.safetensors({"x": ("F16", [4])}),
        "sdxl_models/image_encoder/pytorch_model.bin": b"pickle",
    }
    found = fetching.fetch(ws, client=kit.Hub({ws.source: kit.model_files(), "h94/IP-Adapter": adapter}))
    assert found.files["ip_adapter"].name == "ip-adapter_sdxl.safetensors"
    assert sorted(p.name for p in found.files["image_encoder"].iterdir()) == [
        "config.json",
        "model.safetensors",
    ]


def test_a_base_for_a_single_file_is_fetched_without_the_weights_that_the_file_holds(tmp_path):
    file = tmp_path / "t.gguf"
    file.write_bytes(kit.gguf())
    own(f'[weights.mine]\nfamily = "wan-vace"\nsource = "{file}"\nbase = "me/base"\n')
    ws = weights.weight_set("mine")
    names = set(fetching.quote(ws, kit.Hub({"me/base": kit.model_files()})).pieces[0].files)
    assert "transformer/config.json" in names
    assert "transformer/diffusion_pytorch_model.safetensors" not in names
    assert "text_encoder/model-00001-of-00002.safetensors" in names


def test_a_pinned_commit_is_asked_for_and_no_other_is_taken(tmp_path):
    own(f'[weights.mine]\nfamily = "ltx"\nsource = "me/x"\nrevision = "{kit.COMMIT}"\n')
    ws = weights.weight_set("mine")
    assert weights.identity(ws) == f"me/x@{kit.COMMIT}"
    hub = kit.Hub({"me/x": kit.model_files()})
    fetching.quote(ws, hub)
    assert hub.asked[0] == ("model_info", "me/x", kit.COMMIT)
    with pytest.raises(BadInput, match="not with the commit asked for"):
        fetching.quote(ws, kit.Hub({"me/x": kit.model_files()}, sha="f" * 40))


def test_locks_are_read_beside_the_weights_file_and_then_in_the_user_s_folder(tmp_path, monkeypatch):
    weight_lock.write_lock("a/b", Locked(revision="a" * 40))
    assert lock_files() == [tmp_path / "home/.config/photoplay/weights.lock.json"]
    own('[weights.m]\nfamily = "ltx"\nsource = "a/b"\n')
    assert weight_lock.locked("a/b").revision == "a" * 40
    weight_lock.write_lock("a/b", Locked(revision="b" * 40, files={"x": LockedFile(size=1)}))
    weight_lock.write_lock("a/b", Locked(revision="b" * 40, files={"y": LockedFile(size=2)}))
    assert (tmp_path / "here/weights.lock.json").is_file()
    assert weight_lock.locked("a/b").revision == "b" * 40
    assert set(weight_lock.locked("a/b").files) == {"x", "y"}
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(tmp_path / "other.json"))
    assert weight_lock.locked("a/b") is None


# -- stacks -----------------------------------------------------------------------------------


def test_stacks_are_chosen_by_memory_and_all_may_be_sold():
    assert [s.memory_mb for s in stacks.stacks()] == [8000, 16000, 24000, 48000, 80000]
    # What cards of 8, 16, 24, 48 and 80 GB, and one of 144, really show.
    shown = [(8_589, 8), (15_843, 16), (25_385, 24), (48_305, 48), (84_990, 80), (151_000, 80)]
    for memory, size in shown:
        stack = stacks.choose(memory, commercial=True)
        assert stack.name == f"{size}gb"
        for spec in (stack.renderer, stack.keyframes):
            assert weights.weight_set(spec.removeprefix("diffusion:")).commercial is True
        assert "Apache-2.0" in stack.words
        assert stack.peak_mb.value <= memory * 1.05
        assert f"({stack.peak_mb.source})" in stack.words


@pytest.mark.parametrize(("memory", "says"), [(0, "no GPU"), (6_400, "6,400 MB")])
def test_too_small_a_gpu_or_none_is_one_clear_line(memory, says):
    with pytest.raises(BadInput, match=says) as told:
        stacks.choose(memory)
    assert "PHOTOPLAY_DEVICE=cpu" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_licence_that_is_not_known_bars_a_sold_film_and_names_what_fits():
    own('[weights."wan-vace-1.3b"]\nfamily = "wan-vace"\nsource = "me/tuned"\n')
    assert stacks.choose(16_000).sets[1].source == "me/tuned"
    with pytest.raises(BadInput, match=r"wan-vace-1.3b: unknown.*flux2-klein-4b") as told:
        stacks.choose(16_000, commercial=True)
    assert "wan-vace-14b" not in str(told.value), "it does not fit that GPU"
    with pytest.raises(BadInput, match="ltx-2b"):
        stacks.refuse_uncommercial([weights.weight_set("ltx")])


def test_the_page_shows_the_stacks_as_they_are():
    assert stacks.table() in DOCS.read_text(encoding="utf-8")


# -- devices ----------------------------------------------------------------------------------


def told(line):
    return lambda python: line


def test_devices_are_asked_of_another_interpreter_once(monkeypatch):
    asked = []
    monkeypatch.setattr(hardware, "_FOUND", {})
    monkeypatch.setattr(hardware.importlib.util, "find_spec", lambda name: True)
    line = (
        'a library greets\n[{"id": "cuda:0", "name": "A", "total_mb": 80, "free_mb": 70}, {"id": "cuda:1"}]\n'
    )
    monkeypatch.setattr(hardware, "_ask", lambda python: asked.append(python) or line)
    assert [d.id for d in hardware.devices()] == ["cuda:0", "cuda:1"]
    assert hardware.devices()[0].total_mb == 80
    assert len(asked) == 1
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    hardware.devices()
    assert len(asked) == 2, "another environment is another question"
    monkeypatch.setenv("PHOTOPLAY_DEVICE", "cuda:1")
    assert [d.id for d in hardware.devices()] == ["cuda:1"]
    monkeypatch.setenv("PHOTOPLAY_DEVICE", "cuda:7")
    with pytest.raises(BadInput, match=r"cuda:7.*cuda:0, cuda:1"):
        hardware.devices()


@pytest.mark.parametrize("line", ["", "Traceback ...", "[1, 2]", '{"id": 3}', "null"])
def test_an_interpreter_that_answers_nonsense_sees_no_gpu(monkeypatch, line):
    monkeypatch.setattr(hardware, "_FOUND", {})
    monkeypatch.setattr(hardware.importlib.util, "find_spec", lambda name: True)
    monkeypatch.setattr(hardware, "_ask", told(line))
    assert hardware.devices() == ()


def test_the_processor_is_there_when_asked_for(monkeypatch):
    monkeypatch.setenv("PHOTOPLAY_DEVICE", "cpu")
    (device,) = hardware.devices()
    assert device.id == "cpu"


def test_without_torch_there_is_no_device(monkeypatch):
    monkeypatch.setattr(hardware.importlib.util, "find_spec", lambda name: None)
    assert hardware.devices() == ()


# -- the command line -------------------------------------------------------------------------


def photoplay(*words):
    return subprocess.run(
        [sys.executable, "-m", "photoplay", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_weights_are_listed(tmp_path):
    folder = a_folder(tmp_path)
    own(f'[weights.mine]\nfamily = "wan-vace"\nsource = "{folder}"\n')
    listed = json.loads(photoplay("weights", "--json").stdout)
    assert {w["name"]: w["here"] for w in listed}["mine"] is True
    assert not {w["name"]: w["here"] for w in listed}["sdxl-base"]
    words = photoplay("weights").stdout
    assert re.search(r"here  mine +wan-vace +commercial use not known\n +licence: unknown\n", words)
    rows = [line for line in words.splitlines() if line.startswith(("here", "  - "))]
    assert len(rows) == len(listed)
    uses = ("commercial use allowed", "commercial use not known")
    assert len({line.index(use) for line in rows for use in uses if use in line}) == 1, "one column"
    assert "download 16,000 MB (unverified), memory 13,000 MB (vendor)" in words
    sold = photoplay("weights", "--license", "commercial").stdout
    assert "flux2-klein-4b" in sold
    assert "ltx-2b" not in sold
    assert "mine" not in sold
    assert "mine" in photoplay("doctor").stdout


def test_getting_what_is_not_there_is_one_line(tmp_path):
    done = photoplay("weights", "get", "nosuch")
    assert done.returncode == 2
    assert "wan-vace-14b" in done.stderr
    own(f'[weights.mine]\nfamily = "wan-vace"\nsource = "{a_folder(tmp_path)}"\n')
    done = photoplay("weights", "get", "mine")
    assert done.returncode == 2
    assert "nothing to download" in done.stderr


def test_nothing_heavy_is_imported_by_looking_at_weights():
    program = (
        "import sys; from photoplay.render.diffusion import weights, stacks, hardware, fetching, loading;"
        "weights.weight_sets(); stacks.stacks();"
        "print([m for m in ('torch', 'diffusers', 'transformers', 'huggingface_hub') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_transformer_alone_in_a_repository_is_fetched_instead_of_the_model_s_own(tmp_path):
    """FramePack as it ships: HunyuanVideo, with another transformer and an image encoder laid over it."""
    ws = weights.weight_set("framepack-i2v")
    tensors = kit.safetensors({"x": ("F16", [4])})
    alone = {
        "config.json": b'{"_class_name": "HunyuanVideoTransformer3DModelPacked"}',
        "diffusion_pytorch_model.safetensors": tensors,
        "README.md": b"words",
    }
    encoder = {
        "image_encoder/config.json": b'{"architectures": ["SiglipVisionModel"]}',
        "image_encoder/model.safetensors": tensors,
        "image_embedder/diffusion_pytorch_model.safetensors": tensors,
    }
    hub = kit.Hub(
        {
            ws.source: kit.model_files(),
            "lllyasviel/FramePackI2V_HY": alone,
            "lllyasviel/flux_redux_bfl": encoder,
        }
    )
    asked = {piece.repo: set(piece.files) for piece in fetching.quote(ws, hub).pieces}
    assert "transformer/diffusion_pytorch_model.safetensors" not in asked[ws.source]
    assert asked["lllyasviel/FramePackI2V_HY"] == {"config.json", "diffusion_pytorch_model.safetensors"}
    assert asked["lllyasviel/flux_redux_bfl"] == {
        "image_encoder/config.json",
        "image_encoder/model.safetensors",
    }
    found = fetching.fetch(ws, client=hub)
    assert (found.files["transformer"] / "config.json").is_file()
    assert found.files["image_encoder"].name == "image_encoder"
