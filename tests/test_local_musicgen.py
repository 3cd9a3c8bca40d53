"""Music by a model: the plumbing, with tiny random weights. What comes is noise; no real model was heard here."""

import io
import wave

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from photoplay.agent.music import brought  # noqa: E402
from photoplay.render.protocol import Job, Renderer  # noqa: E402
from photoplay.render.registry import find_renderer  # noqa: E402
from photoplay.render.requests import Score, ScoreCue  # noqa: E402
from photoplay.storyboard.errors import BadInput, Refused, UnknownName  # noqa: E402
from photoplay.storyboard.vocabulary import Beat, Mood  # noqa: E402


def write_model(folder):
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import (
        EncodecConfig,
        MusicgenConfig,
        MusicgenDecoderConfig,
        MusicgenForConditionalGeneration,
        PreTrainedTokenizerFast,
        T5Config,
    )

    torch.manual_seed(0)
    text = T5Config(vocab_size=64, d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    audio = EncodecConfig(
        sampling_rate=32_000, audio_channels=1, num_filters=4, upsampling_ratios=[8, 5, 4, 4], codebook_size=32,
        codebook_dim=8, hidden_size=8, num_lstm_layers=1, target_bandwidths=[2.0],
    )  # fmt: skip
    decoder = MusicgenDecoderConfig(
        vocab_size=32, hidden_size=16, ffn_dim=32, num_hidden_layers=1, num_attention_heads=2, num_codebooks=4,
        pad_token_id=32, bos_token_id=32,
    )  # fmt: skip
    parts = {"text_encoder": text, "audio_encoder": audio, "decoder": decoder}
    model = MusicgenForConditionalGeneration(
        MusicgenConfig(
            **{name: part.to_dict() | {"model_type": part.model_type} for name, part in parts.items()}
        )
    )
    for layer in model.audio_encoder.quantizer.layers:  # they are zeros until they are trained
        layer.codebook.embed.normal_()
    for name in ("pad_token_id", "bos_token_id", "decoder_start_token_id"):
        setattr(model.generation_config, name, 32)
    model.save_pretrained(folder)
    known = {w: n for n, w in enumerate(["<pad>", "</s>", "<unk>", "calm", "tense", "piano"])}
    tokens = Tokenizer(models.WordLevel(known, unk_token="<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokens, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    ).save_pretrained(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("weights") / "tiny"
    write_model(path)
    return path


@pytest.fixture
def player(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PHOTOPLAY_DEVICE", "cpu")
    (tmp_path / "photoplay.toml").write_text(f'[music.tiny]\nfolder = "{folder}"\n')
    found = find_renderer("musicgen:tiny")
    found.load("cpu", None)
    return found


def score(milliseconds=5_500, seed=3):
    cues = (
        ScoreCue(at=0, mood=Mood.calm, beat=Beat.setup),
        ScoreCue(at=2_500, mood=Mood.tense, beat=Beat.climax),
    )
    return Score(milliseconds=milliseconds, cues=cues, seed=seed)


def heard(player, request):
    (part,) = player.render([Job(request)], lambda *_: None)
    with wave.open(io.BytesIO(part.data)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 48_000, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32767


def test_it_is_as_long_as_the_film_louder_in_the_climax_and_ends_in_silence(player):
    assert isinstance(player, Renderer)
    music = heard(player, score())
    assert len(music) == 5_500 * 48
    level = [np.sqrt(np.mean(music[at : at + 9600] ** 2)) for at in range(0, len(music) - 9600, 9600)]
    assert min(level[2:18]) > 0.01, "no hole where one scene's music passes into the next"
    assert np.mean(level[13:17]) > 1.2 * np.mean(level[3:8])
    assert np.abs(music[-100:]).max() < 0.002


def test_the_same_seed_gives_the_same_music_and_another_another(player):
    first = heard(player, score())
    assert np.array_equal(heard(player, score()), first)
    assert not np.array_equal(heard(player, score(seed=4)), first)


def test_it_may_be_asked_for_and_is_refused_where_it_is_not_there(player, folder, tmp_path):
    with brought("composed", player="musicgen:tiny") as found:
        assert found.music.player == "musicgen:tiny"
    settings = tmp_path / "photoplay.toml"
    settings.write_text(f'[music.tiny]\nfolder = "{folder}"\nurl = "x"\n')
    with pytest.raises(BadInput, match="nothing else"):
        find_renderer("musicgen:tiny")
    settings.write_text('[music.tiny]\nfolder = "/nosuch"\n')
    with pytest.raises(BadInput, match="holds no weights"):
        find_renderer("musicgen:tiny")
    settings.write_text("")
    with pytest.raises(UnknownName), brought("composed", player="musicgen:tiny"):
        pass


def test_pickled_weights_are_not_opened(player, folder, tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "config.json").write_text((folder / "config.json").read_text())
    (bad / "pytorch_model.bin").write_bytes(b"\x80\x04cos\nsystem\n.")
    (tmp_path / "photoplay.toml").write_text(f'[music.bad]\nfolder = "{bad}"\n')
    with pytest.raises(BadInput, match="safetensors"):
        find_renderer("musicgen:bad")


def test_a_folder_of_another_model_is_refused_in_words(player, folder, tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (bad / name).write_text((folder / name).read_text())
    (bad / "model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    (tmp_path / "photoplay.toml").write_text(f'[music.bad]\nfolder = "{bad}"\n')
    with pytest.raises(Refused, match="no MusicGen"):
        find_renderer("musicgen:bad").load("cpu", None)
