"""Content credentials: what a film says of its making, and that a changed file is found out."""

import json
import shutil
import socketserver
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace

import av
import pytest
from tiny_films import copy_of_a_film, opened

from photoplay.agent import certificate as certificates
from photoplay.agent.certificate import certificate_for
from photoplay.agent.delivery import finished
from photoplay.agent.provenance import MIMES, claim_of, sign, sign_in_place, source_type, verify
from photoplay.storyboard.edit_types import Setting
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.film import Settings
from photoplay.storyboard.music import Music
from photoplay.studio.command import app
from photoplay.studio.settings import Wishes
from photoplay.studio.verify import told

pytest.importorskip("c2pa")


PLAIN = {"title": "x", "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [
    {"action": "c2pa.created", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"}
]}}]}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The user's own folder, empty, and no settings file where the tests run."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certificates, "own_folder", lambda: place)
        patch.chdir(place)
        yield place


@pytest.fixture(scope="module")
def signed(tmp_path_factory, home):
    """A finished film that was asked to be signed afterwards: it was cut again, from what there was."""
    production = opened(copy_of_a_film(tmp_path_factory.mktemp("signed") / "film"))
    with production.project.lock():
        production.edit([Setting(credentials=True)], "sign it")
    production.render()
    return production


@pytest.fixture
def file(signed, tmp_path):
    return shutil.copy(signed.film_path, tmp_path / "film.mp4")


def box(data, name):
    at = data.find(name)
    assert at > 0
    return at


def flipped(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    return path


def packet_of(path, kind):
    """A byte in the middle of the medium's packets."""
    with av.open(str(path)) as media:
        found = [p.pos + p.size // 2 for p in media.demux(getattr(media.streams, kind)[0]) if p.size > 4]
    return found[len(found) // 2]


def test_a_signed_film_is_valid_says_how_it_was_made_and_is_not_called_trusted(signed, file):
    found = verify(file)
    assert (found.state, found.trusted, found.made_here) == ("valid", False, True)
    assert found.source == "algorithmicMedia"
    assert found.title == signed.film.story.title
    assert found.shots == len(signed.film.shots) + 2
    assert "slate (none)" in found.made_by
    words = "\n".join(told(found))
    assert "made on this machine: it proves that nothing was changed since, not who made it" in words
    assert "trusted by" not in words


def test_the_credentials_name_every_take_that_is_seen(signed, file):
    import c2pa

    with open(file, "rb") as source:
        found = json.loads(c2pa.Reader("video/mp4", source).json())
    manifest = found["manifests"][found["active_manifest"]]
    data = next(a["data"] for a in manifest["assertions"] if a["label"] == "org.photoplay.film")
    store = signed.project.store
    used = {item: key for item, (_, key) in signed.takes().items()}
    assert {s["id"]: s["take"] for s in data["shots"]} == used
    assert all(store.record(s["take"]).parts["picture"].sha256 == s["sha256"] for s in data["shots"])
    assert {m["name"]: m["ai_model"] for m in data["made_by"]} == {
        "slate": False, "espeak": False, "score": False, "cards": False, "foley": False,
    }  # fmt: skip
    assert str(signed.project.folder) not in json.dumps(found)


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_one_changed_byte_of_picture_or_sound_is_found_out(file, kind):
    found = verify(flipped(file, packet_of(file, kind)))
    assert found.state == "tampered"
    assert not found.made_here
    assert "not to be relied on" in " ".join(told(found))


def test_a_changed_word_of_the_credentials_is_found_out(file):
    assert verify(flipped(file, box(file.read_bytes(), b"made_by") + 12)).state == "tampered"


def test_a_re_mux_drops_them_and_a_plain_film_has_none(signed, file, tmp_path):
    other = tmp_path / "other.mp4"
    with av.open(str(file)) as old, av.open(str(other), "w") as new:
        streams = {s.index: new.add_stream_from_template(s) for s in (*old.streams.video, *old.streams.audio)}
        for packet in old.demux(*old.streams.video, *old.streams.audio):
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                new.mux(packet)
    assert verify(other).state == "none"
    plain = copy_of_a_film(tmp_path / "plain") / "out" / "film.mp4"
    assert verify(plain).state == "none"


def test_a_signed_film_is_finished_plays_and_is_not_cut_again(signed):
    assert finished(signed.project, signed.plan())
    assert signed.step() == "done"
    with av.open(str(signed.film_path)) as media:
        assert sum(1 for _ in media.decode(video=0)) == signed.delivered.frames
    before = signed.film_path.read_bytes()
    opened(signed.project.folder).make()
    assert signed.film_path.read_bytes() == before


def test_an_unsigned_film_stays_finished_and_asking_for_credentials_makes_no_take_again(tmp_path, home):
    production = opened(copy_of_a_film(tmp_path / "film"))
    record = production.project.out / "cut.json"
    before = json.loads(record.read_text())
    del before["signed"]  # as a version without credentials wrote it
    record.write_text(json.dumps(before))
    assert production.step() == "done"
    with production.project.lock():
        production.edit([Setting(credentials=True)], "sign it")
    assert production.step() == "cut"
    production.render()
    assert list(production.outcome.made) == []
    assert production.delivered.composed_now == 0
    assert not production.delivered.mixed


def test_the_private_key_is_the_users_alone_and_in_no_film(signed, home):
    made = home / "credentials" / certificates.MADE_HERE
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    key = certificate_for().key
    assert b"PRIVATE KEY" in key
    secret = key.split(b"\n")[2]
    for path in signed.project.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"PRIVATE KEY" not in data, path
            assert secret not in data, path
    assert secret.decode() not in repr(certificate_for())


def test_the_certificate_is_made_once_and_by_one_of_two_processes(tmp_path, home, monkeypatch):
    place = tmp_path / "other"
    code = (
        "import sys; from pathlib import Path; from photoplay.agent import certificate as c;"
        "c.own_folder = lambda: Path(sys.argv[1]); print(hash(c.certificate_for().chain))"
    )
    command = [sys.executable, "-c", code, str(place)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONHASHSEED": "0"}) for _ in range(2)
    ]
    assert len({process.communicate()[0] for process in running}) == 1


def test_somebody_elses_certificate_of_the_same_name_is_not_this_machines(file, tmp_path, monkeypatch, home):
    monkeypatch.setattr(certificates, "own_folder", lambda: tmp_path / "stranger")
    theirs = certificate_for()
    other = tmp_path / "theirs.mp4"
    sign(file, other, PLAIN, theirs)
    monkeypatch.setattr(certificates, "own_folder", lambda: home)
    found = verify(other)
    assert (found.state, found.made_here, found.trusted) == ("valid", False, False)
    assert certificates.NAMED in found.signed_by
    assert "not trusted" in " ".join(told(found))


@pytest.fixture
def own(tmp_path, home):
    """A certificate of somebody's own: its files, its authority, and the settings that name it."""
    text = certificates._new()
    cut = text.index(b"-----BEGIN CERTIFICATE-----")
    last = text.rindex(b"-----BEGIN CERTIFICATE-----")
    (tmp_path / "key.pem").write_bytes(text[:cut])
    (tmp_path / "chain.pem").write_bytes(text[cut:])
    (tmp_path / "authority.pem").write_bytes(text[last:])
    (tmp_path / "photoplay.toml").write_text('[certificate]\nchain = "chain.pem"\nkey = "key.pem"\n')
    return tmp_path


def test_ones_own_certificate_signs_and_is_trusted_only_by_whoever_names_its_authority(own, signed, file):
    mine = certificate_for(own)
    assert not mine.made_here
    other = own / "mine.mp4"
    sign(file, other, claim_of(signed.project, signed.plan()), mine)
    assert (verify(other).trusted, verify(other).made_here) == (False, False)
    assert verify(other, own / "authority.pem").trusted
    assert not verify(file, own / "authority.pem").trusted
    with pytest.raises(BadInput, match="no PEM file"):
        verify(other, own / "photoplay.toml")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[certificate]\nchain = "chain.pem"\n', "chain and key"),
        ('[certificate]\nchain = "chain.pem"\nkey = "gone.pem"\n', "cannot be read"),
        ('[certificate]\nchain = "chain.pem"\nkey = "photoplay.toml"\n', "PEM"),
        ('[certificate]\nchain = "chain.pem"\nkey = "other.pem"\n', "not that of its first"),
        ('certificate = "chain.pem"\n', "chain and key"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_refused_before_anything_is_made(own, settings, said):
    (own / "other.pem").write_bytes(certificates._new().partition(b"-----BEGIN CERT")[0])
    (own / "photoplay.toml").write_text(settings)
    with pytest.raises(BadInput, match=said):
        certificate_for(own)


def test_a_certificate_whose_time_is_over_is_refused(own, monkeypatch):
    class Later(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(UTC) + timedelta(days=365 * 30)

    monkeypatch.setattr(certificates, "datetime", Later)
    with pytest.raises(BadInput, match="not in its time"):
        certificate_for(own)


def test_the_settings_of_a_films_folder_can_name_no_certificate(tmp_path):
    folder = copy_of_a_film(tmp_path / "film")
    (folder / "photoplay.toml").write_text('[certificate]\nchain = "/etc/passwd"\nkey = "x"\n')
    with pytest.raises(BadInput, match="certificate"):
        certificate_for(folder)


def test_where_the_package_is_missing_the_film_is_refused_before_a_folder_is_made(
    tmp_path, home, monkeypatch
):
    from photoplay.studio.beginning import Beginning, MakeOptions, begin

    monkeypatch.setitem(sys.modules, "c2pa", None)
    out = tmp_path / "film"
    with pytest.raises(BadInput, match=r"photoplay\[provenance\]"):
        begin(Beginning("A whale sings.", MakeOptions(credentials=True), out, {}, home))
    assert not out.exists()


def test_the_flag_goes_before_the_file_and_the_film_remembers(tmp_path, home):
    (tmp_path / "photoplay.toml").write_text("credentials = true\n")
    assert Wishes({}, {}, tmp_path).settings(None).credentials
    assert not Wishes({"credentials": "off"}, {}, tmp_path).settings(None).credentials
    assert Wishes({}, {}, home).settings(Settings(credentials=True)).credentials
    with pytest.raises(BadInput, match="neither on nor off"):
        Wishes({"credentials": "perhaps"}, {}, home).settings(None)
    assert "credentials" not in Settings().model_dump()


@pytest.mark.parametrize(
    ("shots", "sounds", "own_footage", "kind"),
    [
        ([["animatic"], ["animatic", "conform"]], ["espeak", "score"], False, "algorithmicMedia"),
        ([["diffusion:wan-vace"], ["remote:x"]], ["espeak"], False, "trainedAlgorithmicMedia"),
        ([["diffusion:wan-vace"], ["animatic"]], [], False, "compositeWithTrainedAlgorithmicMedia"),
        ([["animatic"]], ["kokoro"], False, "compositeWithTrainedAlgorithmicMedia"),
        ([["animatic", "conform"]], ["espeak"], True, "compositeSynthetic"),
        ([["diffusion:wan-vace"]], ["espeak"], True, "compositeWithTrainedAlgorithmicMedia"),
        ([["somebodys-own"]], [], False, "trainedAlgorithmicMedia"),
        ([["animatic"]], ["espeak", "soundfont", "foley"], False, "algorithmicMedia"),
        ([["animatic"]], ["piper:amy"], False, "compositeWithTrainedAlgorithmicMedia"),
    ],
)
def test_ai_is_named_wherever_a_model_or_an_unknown_maker_was_at_work(shots, sounds, own_footage, kind):
    assert source_type(shots, sounds, own_footage) == kind


@pytest.mark.parametrize("brought", [{"music": Music(kind="own", track="a" * 64, milliseconds=1000)}, {}])
def test_ones_own_music_in_an_animatic_is_told(signed, brought):
    film = signed.film.model_copy(update={"settings": signed.film.settings.model_copy(update=brought)})
    claim = claim_of(SimpleNamespace(film=film, store=signed.project.store), signed.plan())
    kind = claim["assertions"][0]["data"]["actions"][0]["digitalSourceType"]
    assert kind.endswith("/compositeSynthetic" if brought else "/algorithmicMedia")


def test_other_encodings_are_signed_too(signed, tmp_path):
    from typer.testing import CliRunner

    folder = signed.project.folder
    ran = CliRunner().invoke(app, ["deliver", str(folder), "--as", "prores", "--as", "preview"])
    assert ran.exit_code == 0, ran.output
    for name in ("film-prores.mov", "film-preview.webp", "poster.jpg"):
        assert verify(folder / "out" / name).state == "valid", name
    ran = CliRunner().invoke(app, ["deliver", str(folder), "--no-credentials"])
    assert verify(folder / "out" / "film-web.mp4").state == "none"


def test_the_command_says_it_and_ends_with_1_where_it_does_not_hold(file):
    from typer.testing import CliRunner

    ran = CliRunner().invoke(app, ["verify", str(file)])
    assert (ran.exit_code, "valid: nothing was changed" in ran.output) == (0, True)
    ran = CliRunner().invoke(app, ["verify", str(file), "--json"])
    assert json.loads(ran.output)["state"] == "valid"
    flipped(file, packet_of(file, "video"))
    ran = CliRunner().invoke(app, ["verify", str(file)])
    assert (ran.exit_code, "tampered" in ran.output) == (1, True)


def test_hostile_files_end_in_words(file, tmp_path):
    data = file.read_bytes()
    for number, text in enumerate([b"", b"not a film", data[:3000], data[:-2000], data[:40] + data[900:]]):
        path = tmp_path / f"bad{number}.mp4"
        path.write_bytes(text)
        assert verify(path).state != "valid"
    for path in (tmp_path, tmp_path / "gone.mp4", tmp_path / "film.txt"):
        with pytest.raises(BadInput):
            verify(path)


def test_an_address_in_the_credentials_is_not_asked(file, tmp_path, home):
    """A file may say that its manifest lies on a server: nobody is asked for it."""
    import c2pa

    asked = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            pass

    with socketserver.TCPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mine, other = certificate_for(), tmp_path / "elsewhere.mp4"
        info = c2pa.C2paSignerInfo(b"es256", mine.chain, mine.key, None)
        builder = c2pa.Builder(PLAIN)
        builder.set_no_embed()
        builder.set_remote_url(f"http://127.0.0.1:{server.server_address[1]}/manifest")
        plain = copy_of_a_film(tmp_path / "plain") / "out" / "film.mp4"
        with plain.open("rb") as given, other.open("w+b") as made:
            builder.sign(c2pa.Signer.from_info(info), MIMES[".mp4"], given, made)
        found = verify(other)
        assert found.state == "invalid"
        assert "a server, which is not asked" in found.problems[0]
        server.shutdown()
    assert asked == []


def test_what_cannot_be_signed_stays_whole(signed, tmp_path):
    path = signed.project.out / "odd.mp4"
    path.write_bytes(b"no film at all")
    with pytest.raises(Exception, match="could not be signed"):
        sign_in_place(signed.project, [path], claim_of(signed.project, signed.plan()), certificate_for())
    assert path.read_bytes() == b"no film at all"
    path.unlink()
