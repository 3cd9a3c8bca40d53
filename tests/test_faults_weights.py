"""Faults 27 and the download: nothing that could run code reaches a loader; every fault is one line."""

import errno
import io
import json
import pickle
import struct
import sys
from pathlib import Path

import pytest
import weights_kit as kit

from photoplay.render.diffusion import fetching, weight_files, weights
from photoplay.render.diffusion.weight_files import HEADER_CAP, read_weights
from photoplay.render.diffusion.weight_places import lock_files, snapshot
from photoplay.render.diffusion.weight_safety import examine
from photoplay.storyboard.errors import BadInput, NoRoom, PhotoplayError


@pytest.fixture(autouse=True)
def _alone(tmp_path, monkeypatch):
    for name in ("PHOTOPLAY_WEIGHTS", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("PHOTOPLAY_WEIGHTS_LOCK", str(tmp_path / "weights.lock.json"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


class Canary:
    """A pickle that writes a file when it is loaded."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return (io.open, (self.path, "w"))


@pytest.fixture
def canary(tmp_path):
    """(bytes of the pickle, the file that would show that it fired)."""
    fired = tmp_path / "fired"
    data = pickle.dumps(Canary(fired))
    pickle.loads(data).close()
    assert fired.exists(), "the canary can sing"
    fired.unlink()
    return data, fired


def located(folder: Path):
    Path("photoplay-weights.toml").write_text(f'[weights.mine]\nfamily = "wan-vace"\nsource = "{folder}"\n')
    return weights.located(weights.weight_set("mine"))


def refused(folder: Path, says: str):
    with pytest.raises(BadInput, match=says) as told:
        located(folder)
    assert "\n" not in str(told.value)
    assert str(folder) in str(told.value)


# -- pickles ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["bin", "ckpt", "pt", "pth", "pickle", "pkl"])
def test_pickled_weights_alone_are_refused_by_name_and_the_canary_never_fires(tmp_path, canary, suffix):
    data, fired = canary
    folder = kit.write(tmp_path / "m", kit.model_files())
    (folder / "vae/diffusion_pytorch_model.safetensors").unlink()
    (folder / f"vae/diffusion_pytorch_model.{suffix}").write_bytes(data)
    refused(folder, rf"diffusion_pytorch_model\.{suffix}")
    assert not fired.exists()


def test_a_pickle_beside_safetensors_is_not_in_the_way_and_not_read(tmp_path, canary):
    data, fired = canary
    folder = kit.write(tmp_path / "m", {**kit.model_files(), "vae/diffusion_pytorch_model.bin": data})
    assert located(folder).folder == folder
    assert not fired.exists()


@pytest.mark.parametrize("name", ["model.safetensors", "model.gguf"])
def test_a_renamed_pickle_is_refused(tmp_path, canary, name):
    data, fired = canary
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput, match="refused"):
        read_weights(path)
    assert not fired.exists()


def test_no_module_of_weights_imports_pickle():
    for name, module in sys.modules.items():
        if name.startswith("photoplay.render.diffusion"):
            assert not hasattr(module, "pickle"), name


# -- headers that lie -------------------------------------------------------------------------

GOOD = {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}


def lie(**more):
    return kit.packed({"a": {**GOOD["a"], **more}}, bytes(8))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "too short"),
        (b"\0" * 7, "too short"),
        (b"version https://git-lfs.github.com/spec/v1\n", "LFS pointer"),
        ((100_000_000).to_bytes(8, "little") + b"{}", f"{HEADER_CAP:,}"),
        ((2**63).to_bytes(8, "little") + b"{}", "claims"),
        ((50).to_bytes(8, "little") + b"{}", "claims 50 bytes of a file of 10"),
        (kit.packed(b"[" * 50_000 + b"]" * 50_000), "JSON"),
        (kit.packed(b'{"a":' * 50_000), "JSON"),
        (kit.packed([1]), "not an object"),
        (kit.packed(b'{"a":NaN}'), "JSON"),
        (kit.packed(b'{"a":' + b"9" * 5000 + b"}"), "JSON"),
        (kit.packed(b'{"a":{},"a":{}}'), "twice"),
        (kit.packed({"__metadata__": {"x": {}}}), "metadata"),
        (kit.packed({"a": 3}), "not described"),
        (kit.packed({"a": {**GOOD["a"], "code": "x"}}, bytes(8)), "not described"),
        (lie(dtype="PICKLE"), "unknown type"),
        (lie(shape=[-2]), "whole numbers"),
        (lie(shape=[True, 2]), "whole numbers"),
        (lie(shape=[2.0]), "whole numbers"),
        (lie(shape=[3]), "does not fit its shape"),
        (lie(shape=[2**52, 2**52]), "does not fit its shape"),
        (lie(data_offsets=[8, 0]), "does not fit"),
        (lie(data_offsets=[4, 12]), "gap"),
        (lie(data_offsets=[2**40, 2**40 + 8]), "gap"),
        (kit.packed({**GOOD, "b": GOOD["a"]}, bytes(8)), "overlaps"),
        (kit.packed(GOOD, bytes(4)), "cut short"),
        (kit.packed(GOOD, bytes(9)), "something added"),
    ],
)
def test_a_safetensors_header_that_lies_is_refused(tmp_path, data, says):
    path = tmp_path / "x.safetensors"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=says) as told:
        read_weights(path)
    assert str(path) in str(told.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"GGUF", "begin"),
        (b"GGML" + bytes(40), "begin"),
        (kit.gguf(version=1), "version 1"),
        (kit.gguf(version=1 << 24), "version"),
        (kit.gguf(offset=10**6), "outside the file"),
        (b"GGUF" + struct.pack("<IQQ", 3, 2**40, 0), "million"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**60), "more than the file holds"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<QBI", 1, 97, 77), "unknown kind"),
        (
            b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<QBIIQ", 1, 97, 9, 8, 2**50),
            "more than the file",
        ),
        (b"GGUF" + struct.pack("<IQQ", 3, 1, 0) + struct.pack("<QBI", 1, 97, 9999), "dimensions"),
    ],
)
def test_a_gguf_header_that_lies_is_refused(tmp_path, data, says):
    path = tmp_path / "x.gguf"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=says):
        read_weights(path)


def test_true_headers_are_read(tmp_path):
    one, two = tmp_path / "x.safetensors", tmp_path / "x.gguf"
    one.write_bytes(kit.safetensors({"a": ("BF16", [3, 2]), "b": ("F8_E4M3", [5]), "c": ("F32", [])}))
    two.write_bytes(kit.gguf())
    assert [t.elements for t in read_weights(one).tensors] == [6, 5, 1]
    assert [t.name for t in read_weights(two).tensors] == ["a.weight"]
    assert read_weights(two).half_bytes == 64


def test_a_file_changed_after_it_was_read_is_read_again(tmp_path):
    path = tmp_path / "x.safetensors"
    path.write_bytes(kit.packed(GOOD, bytes(8)))
    read_weights(path)
    path.write_bytes(kit.packed(GOOD, bytes(4)))
    with pytest.raises(BadInput):
        read_weights(path)


# -- folders that would run code --------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"_class_name": ["pipeline", "Mine"]}, "no plain pipeline class"),
        ({"_class_name": "__import__"}, "no class"),
        ({"_class_name": None}, "no plain pipeline class"),
        ({"vae": ["my_module", "AutoencoderKLWan"]}, "my_module"),
        ({"vae": ["diffusers_modules.local", "X"]}, "code of its own"),
        ({"vae": ["os", "System"]}, "code of its own"),
        ({"vae": [None, "AutoencoderKLWan"]}, "code of its own"),
        ({"vae": ["diffusers", "os.system"]}, "no class"),
        ({"vae": ["diffusers", "__class__"]}, "no class"),
        ({"vae": ["diffusers"]}, "library and a class"),
        ({"custom_pipeline": "owner/name"}, "custom_pipeline"),
        ({"../up": ["diffusers", "AutoencoderKLWan"]}, "library and a class"),
    ],
)
def test_an_index_that_asks_for_code_is_refused(tmp_path, change, says):
    folder = kit.write(tmp_path / "m", kit.model_files())
    (folder / "model_index.json").write_text(json.dumps({**kit.INDEX, **change}))
    refused(folder, says)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("pipeline.py", b"", "holds code"),
        ("vae/autoencoder.py", b"", "holds code"),
        ("vae/fast.so", b"", "holds code"),
        ("text_encoder/config.json", b'{"auto_map": {"AutoModel": "modeling.Mine"}}', "auto_map"),
        ("tokenizer/tokenizer_config.json", b'{"x": [{"auto_map": {"a": "b"}}]}', "auto_map"),
        ("text_encoder/config.json", b'{"trust_remote_code": true}', "trust_remote_code"),
        ("text_encoder/config.json", b"{" * 90_000, "JSON"),
        ("text_encoder/adapter_config.json", b'{"base_model_name_or_path": "x/y"}', "elsewhere"),
        (
            "text_encoder/model.safetensors.index.json",
            b'{"weight_map": {"a": "../../x.safetensors"}}',
            "outside its folder",
        ),
        (
            "text_encoder/model.safetensors.index.json",
            b'{"weight_map": {"a": "x.bin"}}',
            "outside its folder",
        ),
        ("text_encoder/model.safetensors.index.json", b'{"weight_map": {"a": "no.safetensors"}}', "missing"),
        ("text_encoder/model.safetensors.index.json", b"[]", "no index"),
        ("vae/diffusion_pytorch_model.safetensors", b"x" * 40, "claims"),
    ],
)
def test_a_folder_that_asks_for_code_or_lies_is_refused(tmp_path, name, data, says):
    refused(kit.write(tmp_path / "m", {**kit.model_files(), name: data}), says)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("model_index.json", "diffusers' layout"),
        ("vae/diffusion_pytorch_model.safetensors", "missing"),
        ("text_encoder/model-00002-of-00002.safetensors", "missing"),
    ],
)
def test_what_is_missing_is_named(tmp_path, name, says):
    folder = kit.write(tmp_path / "m", kit.model_files())
    (folder / name).unlink()
    refused(folder, says)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_followed_for_reading_and_not_in_circles(tmp_path):
    folder = kit.write(tmp_path / "m", kit.model_files())
    blob = tmp_path / "blob"
    (folder / "vae/diffusion_pytorch_model.safetensors").rename(blob)
    (folder / "vae/diffusion_pytorch_model.safetensors").symlink_to(blob)
    (folder / "transformer").rename(tmp_path / "t")
    (folder / "transformer").symlink_to(tmp_path / "t")
    assert located(folder).sizes()["vae"] == 8
    (tmp_path / "t/code.py").write_text("")
    refused(folder, "holds code")
    (tmp_path / "t/code.py").unlink()
    (folder / "vae/round").symlink_to(folder)
    refused(folder, "no folder of one model")


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_a_pipe_is_no_weight_file(tmp_path):
    import os

    folder = kit.write(tmp_path / "m", kit.model_files())
    os.mkfifo(folder / "vae/x.safetensors")
    refused(folder, "not a plain file")
    with pytest.raises(BadInput, match="not a file"):
        read_weights(folder / "vae/x.safetensors")


def test_a_part_that_is_replaced_needs_no_weights_in_the_folder(tmp_path):
    folder = kit.write(tmp_path / "m", kit.model_files())
    (folder / "vae/diffusion_pytorch_model.safetensors").unlink()
    examine(folder, {"vae"})
    with pytest.raises(BadInput):
        examine(folder)


# -- the download -----------------------------------------------------------------------------


class GatedRepoError(Exception):
    pass


class RepositoryNotFoundError(Exception):
    pass


class RevisionNotFoundError(Exception):
    pass


class OfflineModeIsEnabled(ConnectionError):
    pass


class HTTPError(Exception):
    def __init__(self, code=None):
        super().__init__("boom https://secret:token@host")
        self.response = type("R", (), {"status_code": code})


def a_set():
    return weights.weight_set("wan-vace")


def repos(more=None):
    return {a_set().source: {**kit.model_files(), **kit.NOT_NEEDED, **(more or {})}}


@pytest.mark.parametrize("failing", ["model_info", "hf_hub_download", "snapshot_download"])
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (GatedRepoError(), "is gated: ask for access at https://huggingface.co/"),
        (RepositoryNotFoundError(), "no repository"),
        (RevisionNotFoundError(), "no such commit"),
        (OfflineModeIsEnabled(), "HF_HUB_OFFLINE"),
        (HTTPError(503), "answered 503"),
        (HTTPError(401), "private"),
        (HTTPError(), "cannot be reached"),
        (TimeoutError(), "cannot be reached"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset"), "Connection reset"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_every_fault_of_the_hub_is_one_line_and_locks_nothing(failing, error, says):
    hub = kit.Hub(repos(), failing=failing, fail=error)
    with pytest.raises(BadInput, match=says) as told:
        fetching.fetch(a_set(), client=hub)
    assert "\n" not in str(told.value)
    assert "token" not in str(told.value)
    assert not lock_files()[0].exists()
    assert weights.identity(a_set()).endswith("@unresolved")


def test_a_bug_in_a_client_is_not_called_a_fault_of_the_hub():
    with pytest.raises(ZeroDivisionError):
        fetching.quote(a_set(), kit.Hub(repos(), failing="model_info", fail=ZeroDivisionError()))


def test_what_the_libraries_really_raise_is_understood():
    errors = pytest.importorskip("huggingface_hub.errors")
    for error, says in (
        (errors.OfflineModeIsEnabled("x"), "HF_HUB_OFFLINE"),
        (errors.LocalEntryNotFoundError("x"), "cannot be fetched"),
    ):
        with pytest.raises(BadInput, match=says):
            fetching.quote(a_set(), kit.Hub(repos(), failing="model_info", fail=error))


def test_no_room_on_the_disk_is_said_before_anything_is_downloaded(monkeypatch):
    monkeypatch.setattr(fetching, "free_mb", lambda path: 100)
    hub = kit.Hub(repos())
    with pytest.raises(NoRoom, match=r"need 1 MB more, and 100 MB are free at .*HF_HUB_CACHE"):
        fetching.fetch(a_set(), client=hub)
    assert "snapshot_download" not in {asked[0] for asked in hub.asked}


def test_a_gated_set_is_said_to_be_gated():
    assert "gated" in fetching.quote(a_set(), kit.Hub(repos(), gated="manual")).words()


@pytest.mark.parametrize("sha", ["main", "", "0123abc", None, "G" * 40])
def test_an_answer_that_is_no_commit_is_never_locked(sha):
    with pytest.raises(BadInput, match="not with the commit"):
        fetching.fetch(a_set(), client=kit.Hub(repos(), sha=sha))
    assert not lock_files()[0].exists()


def test_a_repository_in_another_layout_is_refused_before_it_is_downloaded():
    hub = kit.Hub({a_set().source: {"model.ckpt": b"x"}})
    with pytest.raises(BadInput, match="not in diffusers' layout"):
        fetching.fetch(a_set(), client=hub)
    assert "snapshot_download" not in {asked[0] for asked in hub.asked}


def test_a_repository_with_code_is_refused_before_its_weights_are_downloaded():
    index = json.dumps({**kit.INDEX, "vae": ["mine", "Vae"]}).encode()
    hub = kit.Hub(repos({"model_index.json": index}))
    with pytest.raises(BadInput, match="code of its own"):
        fetching.fetch(a_set(), client=hub)
    assert "snapshot_download" not in {asked[0] for asked in hub.asked}


@pytest.mark.parametrize("name", ["vae/x*.json", "vae/[a].json", "vae/a\nb.json", "vae/a b.json"])
def test_odd_names_of_files_are_refused(name):
    with pytest.raises(BadInput, match="odd name"):
        fetching.quote(a_set(), kit.Hub(repos({name: b"{}"})))


@pytest.mark.parametrize("name", ["vae/../../x.json", "/etc/x.json", "../vae/x.json"])
def test_names_that_lead_out_of_the_snapshot_are_not_asked_for(name):
    assert name not in fetching.quote(a_set(), kit.Hub(repos({name: b"{}"}))).pieces[0].files


VAE = "vae/diffusion_pytorch_model.safetensors"


@pytest.mark.parametrize(
    ("served", "says"),
    [
        (kit.safetensors({"v": ("F32", [4])}, fill=9), "digest differs"),
        (kit.safetensors({"v": ("F32", [5])}), "bytes long"),
    ],
)
def test_a_download_that_differs_from_what_was_described_is_not_locked(served, says):
    with pytest.raises(BadInput, match=says):
        fetching.fetch(a_set(), client=kit.Hub(repos(), served={VAE: served}))
    assert not lock_files()[0].exists()
    assert not weights.is_here(a_set())


def test_another_commit_than_was_shown_is_not_locked():
    class Shifty(kit.Hub):
        def snapshot_download(self, repo_id, *, revision, allow_patterns):
            return super().snapshot_download(repo_id, revision="f" * 40, allow_patterns=allow_patterns)

    with pytest.raises(BadInput, match="another commit"):
        fetching.fetch(a_set(), client=Shifty(repos()))
    assert not lock_files()[0].exists()


def test_a_cache_that_lost_a_file_says_so_and_getting_again_mends_it():
    fetching.fetch(a_set(), client=kit.Hub(repos()))
    path = snapshot(a_set().source, kit.COMMIT) / VAE
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BadInput, match=r"not whole.*weights get wan-vace-1.3b"):
        weights.located(a_set())
    fetching.fetch(a_set(), client=kit.Hub(repos()))
    assert weights.is_here(a_set())


@pytest.mark.parametrize("text", ["{", "[]", '{"hub": 3}', '{"hub": {"a/b": {"revision": "main"}}}'])
def test_a_lock_file_that_is_none_is_refused_and_left_alone(text):
    lock_files()[0].write_text(text)
    for ask in (weights.identity, weights.located):
        with pytest.raises(PhotoplayError, match=r"weights\.lock\.json"):
            ask(a_set())
    with pytest.raises(PhotoplayError, match=r"weights\.lock\.json"):
        fetching.fetch(a_set(), client=kit.Hub(repos()))
    assert lock_files()[0].read_text() == text


def test_a_film_can_name_a_set_and_nothing_else():
    for name in ("../../etc", "/models/x", "owner/name", "x.safetensors", "os:system", "C:\\x"):
        with pytest.raises(PhotoplayError):
            weights.weight_set(name)


def test_headers_are_read_once_a_process(tmp_path, monkeypatch):
    folder = kit.write(tmp_path / "m", kit.model_files())
    located(folder)
    monkeypatch.setattr(weight_files, "_safetensors", lambda *a: pytest.fail("read again"))
    located(folder)
