"""Time of one's own GPUs: quoted from earlier takes, booked as it was used, stopped where it is enough."""

import json
import time
from decimal import Decimal

import pytest
from films import slate_film
from gpu_crew import Crew, Log, Painter

from photoplay.agent.gpu_time import GpuClock
from photoplay.agent.limits import Limits, Used
from photoplay.agent.prices import GpuPrice, Prices
from photoplay.agent.production import Production
from photoplay.memory.ledger import Ledger
from photoplay.memory.project import Project
from photoplay.render.registry import find_renderer
from photoplay.storyboard.errors import LimitReached, OverBudget, RenderError
from photoplay.studio.cost import show

HOURLY = Prices(gpu=GpuPrice(price=Decimal(36_000)))
"""Ten a second, so that a take of 0.2 s costs about 2. A shot has two: its keyframe and its clip."""


class Cards(Crew):
    """GPUs for the painter, and the processor for all that every film has."""

    def find(self, name):
        return super().find(name) if name in self.painters else find_renderer(name)


def filming(folder, *, shots=3, sleep_s=0.2, budget="any", prices=HOURLY, limits=None, fails=None):
    crew = Cards(Painter("painter", Log(), sleep_s=sleep_s, fails=fails))
    if not folder.exists():
        film = slate_film(shots=shots, width=64, height=64, lines=False, goes_on=())
        settings = film.settings.model_copy(update={"renderer": "painter"})
        short = tuple(s.model_copy(update={"frames": 36}) for s in film.shots)
        Project.create(
            folder, film.model_copy(update={"settings": settings, "shots": short}), "a test", "person"
        )
    production = Production(Project.open(folder), crew=crew)
    production.budget, production.prices, production.limits = budget, prices, limits or Limits()
    production.said = []
    production.listener = lambda told: production.said.append((told.stage, told.words))
    return production


def gpu(folder):
    return [o for o in Ledger(folder).orders() if o.kind == "gpu"]


def quoted(production):
    return [words for stage, words in production.said if stage == "quote"]


def takes(folder):
    return sum(
        1 for path in folder.glob("takes/*/*/record.json") if json.loads(path.read_text())["made"]["gpu_ms"]
    )


def test_gpu_time_is_unknown_first_then_booked_and_quoted_from_what_takes_took(tmp_path):
    film = tmp_path / "film"
    first = filming(film)
    first.render(["s00"])
    assert "GPU time of unknown length for 2 takes by painter" in quoted(first)[0]
    assert "0.00" not in quoted(first)[0].replace("36000.00", "")
    still, booked = gpu(film)
    assert still.item == booked.item == "s00"
    assert (booked.state, booked.charge, booked.settled) == ("received", "charged", True)
    assert 190 <= booked.milliseconds < 2_000
    assert booked.price.amount == Decimal(booked.milliseconds) / 100
    second = filming(film)
    second.make("takes")
    assert "about 0.0 GPU minutes for 4 takes by painter" in quoted(second)[0]
    assert sorted(o.item for o in gpu(film)) == ["s00", "s00", "s01", "s01", "s02", "s02"]
    third = filming(film)
    third.make("takes")
    assert quoted(third) == []
    assert len(gpu(film)) == 6


def test_without_a_price_nothing_is_booked_and_without_a_budget_nothing_that_costs_is_begun(tmp_path):
    filming(tmp_path / "free", prices=Prices(), budget="").make("takes")
    assert not (tmp_path / "free" / "ledger.jsonl").exists()
    with pytest.raises(OverBudget, match="nothing may be spent unless you say so"):
        filming(tmp_path / "paid", budget="").make("takes")
    assert takes(tmp_path / "paid") == 0


def test_a_budget_reached_in_the_midst_of_shooting_keeps_takes_and_goes_on_later(tmp_path):
    film = tmp_path / "film"
    production = filming(film, shots=8, budget="9")
    with pytest.raises(OverBudget, match="--budget allows 9") as stopped:
        production.make("takes")
    assert stopped.value.exit_code == 6
    made = takes(film)
    assert 1 <= made < 16
    assert sum(o.price.amount for o in gpu(film)) <= 12  # the engine listens five times a second
    kept = {path: path.read_bytes() for path in film.glob("takes/*/*/picture.*")}
    again = filming(film, budget="any")
    again.make("takes")
    assert takes(film) == 16
    assert all(path.read_bytes() == data for path, data in kept.items())
    done = [o.key for o in gpu(film) if not o.words]
    assert len(done) == len(set(done)) == 16


def test_a_take_without_end_is_stopped_where_the_budget_ends_and_its_time_is_booked(tmp_path):
    film = tmp_path / "film"
    began = time.monotonic()
    with pytest.raises(OverBudget):
        filming(film, shots=1, sleep_s=30, budget="5").make("takes")
    assert time.monotonic() - began < 15
    [booked] = gpu(film)
    assert "no take came of it" in booked.words
    assert 5 <= booked.price.amount < 20
    assert takes(film) == 0


def test_a_take_that_would_pass_the_budget_is_not_begun(tmp_path):
    production = filming(tmp_path / "film", shots=2)
    production.make("takes")
    spent = sum(o.price.amount for o in gpu(tmp_path / "film"))
    clock = GpuClock(
        production.project, production.planner(), HOURLY, Limits(), Used(), lambda: str(spent + 3)
    )
    first, second = [n for n in production.plan().nodes if n.renderer == "painter"][:2]
    assert clock.may(first) == ""  # about 2
    assert "not begun. --budget allows" in clock.may(second)  # about 4 with the first
    assert isinstance(clock.out_of, OverBudget)


def test_gpu_minutes_are_limited_for_one_run_and_the_same_command_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("photoplay.agent.gpu_time.MS_A_MINUTE", 900)
    film = tmp_path / "film"
    with pytest.raises(LimitReached, match=r"limit of 1 GPU minutes.*--limit gpu_minutes=2"):
        filming(film, shots=8, prices=Prices(), limits=Limits(gpu_minutes=1)).make("takes")
    made = takes(film)
    assert 1 <= made < 16
    with pytest.raises(LimitReached):
        filming(film, prices=Prices(), limits=Limits(gpu_minutes=1)).make("takes")
    assert made < takes(film) <= 16
    filming(film, prices=Prices(), limits=Limits(gpu_minutes=20)).make("takes")
    assert takes(film) == 16


def test_time_of_tries_that_failed_is_booked_too(tmp_path):
    def fails(seed, painter):
        if seed == 1:
            time.sleep(0.2)
            raise ValueError("a bug")

    with pytest.raises(RenderError, match="bug"):
        filming(tmp_path / "film", fails=fails).make("takes")
    failed = [o for o in gpu(tmp_path / "film") if o.words]
    assert [o.item for o in failed] == ["s01"]
    assert failed[0].milliseconds >= 190


def test_time_that_a_kill_left_unbooked_is_booked_by_the_next_run(tmp_path):
    film = tmp_path / "film"
    filming(film).make("takes")
    lines = (film / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    assert b'"received"' in lines[-1]
    (film / "ledger.jsonl").write_bytes(b"".join(lines[:-1]))  # killed before the last take was booked
    assert [o.charge for o in gpu(film)] == ["charged"] * 5 + ["may be charged"]
    filming(film).make()
    assert [o.charge for o in gpu(film)] == ["charged"] * 6
    record = Project.open(film).store.record(gpu(film)[-1].key)
    assert gpu(film)[-1].milliseconds == record.made.gpu_ms


def test_the_report_and_cost_say_what_the_film_cost(tmp_path, capsys):
    film = tmp_path / "film"
    filming(film, shots=1).make()
    report = json.loads((film / "out" / "report.json").read_text())
    assert report["cost"]["kinds"]["gpu"]["number"] == 2
    assert report["cost"]["totals"]["charged"]["known"]["USD"] == str(
        sum(o.price.amount for o in gpu(film)).normalize()
    )
    show(Ledger(film).orders())
    said = capsys.readouterr().out
    assert "GPU time: 2 (" in said
    assert "GPU time by painter (0." in said
