"""Money: answers of language models are reserved before and settled after, and a budget is a hard stop."""

import json
import os
import select
import subprocess
import sys
from decimal import Decimal

import pytest
from treatments import treatment
from wire_server import MODEL, WireServer, completion, send

from photoplay.agent.limits import Limits
from photoplay.agent.models.own_settings import local_weights
from photoplay.agent.prices import GpuPrice, Prices, TokenPrice, is_own, read_prices
from photoplay.agent.production import open_film
from photoplay.agent.writer import Written
from photoplay.memory.ledger import Ledger
from photoplay.memory.price import read_allowance
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.render.remote.servers import servers
from photoplay.storyboard.errors import BadInput, LimitReached, OverBudget
from photoplay.storyboard.film import Settings
from photoplay.storyboard.treatment import Treatment
from photoplay.studio import beginning, command
from photoplay.studio.asking import agrees

HOST = "api.example.com"
PRICES = Prices({"gpt-x": TokenPrice(input=Decimal(1), output=Decimal(10))})
SETTINGS = Settings(width=128, height=72, renderer="slate")


class Model:
    """A writer on a function: so many answers through its purse, each of 1,000 tokens in and 500 out of 1,000."""

    name, model = "function", "gpt-x"

    def __init__(self, answers=3, host=HOST, model="gpt-x", told=None):
        self.answers, self.host, self.model = answers, host, model
        self.purse = None
        self.asked = 0
        self.told = told or treatment()

    def write(self, brief, seed, tell):
        for _ in range(self.answers):
            reserved = self.purse.reserve(self.model, self.host, 1000, 1000)
            self.asked += 1
            self.purse.settle(reserved, 1000, 500)
        return Written(Treatment.model_validate(self.told))


def begun(folder, writer, budget="", prices=PRICES, limits=None):
    from photoplay.agent.production import Production, read_brief
    from photoplay.memory.project import Project
    from photoplay.storyboard.film import Film

    if (folder / "edits.jsonl").exists():
        production = open_film(folder, writer=writer, crew=SoloCrew(SlateRenderer()))
    else:
        brief = read_brief("Anna keeps a lamp lit for a whale.")
        film = Film(id="film-money", brief=brief.model_copy(update={"seconds": None}), settings=SETTINGS)
        project = Project.create(folder, film, "a test", "person")
        production = Production(project, writer=writer, crew=SoloCrew(SlateRenderer()))
    production.budget, production.prices, production.limits = budget, prices, limits or Limits()
    production.said = []
    production.listener = lambda told: production.said.append(told.words)
    return production


# -- reserved, settled, given back ------------------------------------------------------------


def test_an_answer_is_reserved_at_its_most_and_settled_at_what_it_was(tmp_path):
    production = begun(tmp_path / "film", Model(), budget="1")
    purse, ledger = production.purse(), Ledger(tmp_path / "film")
    first = purse.reserve("gpt-x", HOST, 1_000, 2_000)
    assert str(ledger.spent()) == "0.021 USD"
    assert ledger.orders()[0].charge == "may be charged"
    purse.settle(first, 900, 100)
    assert str(ledger.spent()) == "0.0019 USD"
    assert ledger.orders()[0].charge == "charged"
    second = purse.reserve("gpt-x", HOST, 1_000, 2_000)
    purse.give_back(second)
    assert str(ledger.spent()) == "0.0019 USD"
    third = purse.reserve("gpt-x", HOST, 1_000, 2_000)
    purse.settle(third, None, None)  # a server that does not say: the most that it can have been stands
    assert str(ledger.spent()) == "0.0229 USD"
    assert [o.tokens_out for o in ledger.orders()] == [100, 0, 2_000]


def test_a_kill_between_reserve_and_settle_leaves_what_may_be_charged_and_it_counts(tmp_path):
    folder = tmp_path / "film"
    begun(folder, Model())
    killed = (
        "import os, sys; sys.path.insert(0, sys.argv[2]); import test_money as t; from pathlib import Path;"
        "p = t.begun(Path(sys.argv[1]), t.Model(), budget='0.03').purse();"
        "p.reserve('gpt-x', t.HOST, 1000, 1000); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", killed, folder, os.path.dirname(__file__)], check=False)
    assert done.returncode == 9
    [left] = Ledger(folder).orders()
    assert (left.state, left.charge, left.settled) == ("intended", "may be charged", False)
    production = begun(folder, Model(answers=2), budget="0.02")
    with pytest.raises(OverBudget, match=r"0\.022 USD in all"):
        production.make("story")
    begun(folder, Model(answers=2), budget="0.03").make("story")


def test_two_processes_never_reserve_more_together_than_the_budget(tmp_path):
    folder = tmp_path / "film"
    begun(folder, Model())
    many = (
        "import sys; sys.path.insert(0, sys.argv[2]); import test_money as t; from pathlib import Path\n"
        "from photoplay.storyboard.errors import OverBudget\n"
        "import os, time; p = t.begun(Path(sys.argv[1]), t.Model(), budget='0.22').purse()\n"
        "from photoplay.memory.ledger import Ledger; read = Ledger.orders\n"
        "Ledger.orders = lambda self: (read(self), time.sleep(0.02))[0]  # a slow disk\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "given = 0\n"
        "try:\n  while True: given += bool(p.reserve('gpt-x', t.HOST, 1000, 1000))\n"
        "except OverBudget: print(given)"
    )
    words = [sys.executable, "-c", many, str(folder), os.path.dirname(__file__)]
    both = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    given = [int(process.communicate(timeout=60)[0]) for process in both]
    assert sum(given) == len(Ledger(folder).orders()) == 20  # of 0.011 each
    assert str(Ledger(folder).spent()) == "0.22 USD"


# -- budgets ----------------------------------------------------------------------------------


def test_a_budget_reached_in_the_midst_of_writing_stops_and_the_same_film_goes_on(tmp_path):
    writer = Model(answers=3)
    production = begun(tmp_path / "film", writer, budget="0.02")
    with pytest.raises(OverBudget, match="Allow it with --budget") as stopped:
        production.make()
    assert stopped.value.exit_code == 6
    assert "is kept" in str(stopped.value)
    assert writer.asked == 2  # 0.006 each when settled; the third could have made it 0.023
    assert production.treatment() is None
    begun(tmp_path / "film", Model(answers=3), budget="0.05").make("board")
    assert len(open_film(tmp_path / "film").film.shots) == 5
    assert str(Ledger(tmp_path / "film").spent()) == "0.03 USD"


def test_without_a_budget_nothing_that_costs_is_asked_and_what_is_free_is(tmp_path):
    with pytest.raises(OverBudget, match="nothing may be spent unless you say so"):
        begun(tmp_path / "film", Model()).make("story")
    assert Ledger(tmp_path / "film").orders() == []
    production = begun(tmp_path / "film", Model(host="127.0.0.1:11434", model="qwen"), prices=PRICES)
    production.make("story")
    assert Ledger(tmp_path / "film").spent().nothing
    assert sum(o.tokens_out for o in Ledger(tmp_path / "film").orders()) == 1_500
    assert any("nothing: it is on this machine" in words for words in production.said)


def test_an_unknown_price_asks_and_is_never_zero(tmp_path):
    writer = Model(model="nobody-knows")
    with pytest.raises(OverBudget, match="not known") as refused:
        begun(tmp_path / "film", writer, budget="100").make("story")
    assert '[prices."nobody-knows"]' in str(refused.value)
    assert writer.asked == 0
    production = begun(tmp_path / "film", writer, budget="100")
    questions = []
    production.agree = lambda words: questions.append(words) or True
    production.make("story")
    assert len(questions) == 1
    assert str(Ledger(tmp_path / "film").spent()) == "3 of unknown price"
    with pytest.raises(OverBudget, match="3 of unknown price"):  # what was agreed to is of that run alone
        begun(tmp_path / "film", Model(), budget="100").purse().reserve("gpt-x", HOST, 10, 10)


def test_what_was_agreed_to_does_not_loosen_the_budget_for_what_is_known(tmp_path):
    production = begun(tmp_path / "film", Model(), budget="0.02")
    production.agree = lambda words: True
    purse = production.purse()
    purse.settle(purse.reserve("nobody-knows", HOST, 10, 10), 10, 10)
    purse.settle(purse.reserve("gpt-x", HOST, 1000, 1000), 1000, 1000)
    with pytest.raises(OverBudget, match="cannot be compared"):
        purse.reserve("gpt-x", HOST, 1000, 1000)


# -- limits (fault 20) ------------------------------------------------------------------------


def test_a_writer_that_never_ends_is_stopped_by_steps_and_by_tokens(tmp_path):
    endless = Model(answers=10**9, host="localhost", model="qwen")
    with pytest.raises(LimitReached, match=r"limit of 7 answers.*--limit steps=14"):
        begun(tmp_path / "a", endless, limits=Limits(steps=7)).make("story")
    assert endless.asked == 7
    endless = Model(answers=10**9, host="localhost", model="qwen")
    with pytest.raises(LimitReached, match=r"limit of 10,000 tokens.*--limit tokens="):
        begun(tmp_path / "b", endless, limits=Limits(tokens=10_000)).make("story")
    assert endless.asked == 6  # 1,500 each when settled; the seventh could have passed it
    with pytest.raises(LimitReached):  # tokens are of the film: the next run has no more of them
        begun(tmp_path / "b", Model(host="localhost", model="qwen"), limits=Limits(tokens=10_000)).make(
            "story"
        )
    begun(tmp_path / "b", Model(host="localhost", model="qwen"), limits=Limits(tokens=20_000)).make("story")


def test_a_story_of_too_many_shots_is_refused_before_anything_is_made_and_kept(tmp_path):
    writer = Model(answers=1, host="localhost", model="qwen")
    with pytest.raises(LimitReached, match=r"5 shots, and the limit is 4.*--limit shots=5"):
        begun(tmp_path / "film", writer, limits=Limits(shots=4)).make()
    there = open_film(tmp_path / "film")
    assert there.film.story is None
    assert list((tmp_path / "film").glob("takes/*/*")) == []
    done = begun(tmp_path / "film", Model(answers=10**9), limits=Limits(shots=5)).make("board")
    assert len(done.film.shots) == 5  # as it was written: nobody was asked again


# -- the settings file and the commands -------------------------------------------------------


def test_prices_are_read_from_the_settings_and_a_bad_one_is_named(tmp_path):
    toml = tmp_path / "photoplay.toml"
    toml.write_text(
        '[prices."gpt-x"]\ninput = "0.15"\noutput = 0.60\n[prices."api.example.com/gpt-x"]\ninput = 1\noutput = 2\n'
        'currency = "EUR"\n[gpu]\nprice = "1.90"\n'
    )
    found = read_prices(tmp_path)
    assert str(found.model("gpt-x", "other.example").of(1_000_000, 1_000_000)) == "0.75 USD"
    assert str(found.model("gpt-x", HOST).of(1_000_000, 0)) == "1.00 EUR"
    assert found.model("gpt-y", HOST) is None
    assert str(found.gpu.of(3_600_000)) == "1.90 USD"
    for bad in ('input = "-1"', 'input = "free"', 'inputs = "1"', "input = inf"):
        toml.write_text(f'[prices."gpt-x"]\noutput = 1\n{bad}\n')
        with pytest.raises(BadInput, match="gpt-x"):
            read_prices(tmp_path)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1:11434", True), ("localhost", True), ("[::1]:80", True), ("", True), ("127.0.0.1.evil.example", False),
     ("192.168.1.5:80", False), ("api.example.com", False), ("localhost.example:443", False), ("134744072", False)],
)  # fmt: skip
def test_only_this_machine_is_ones_own(host, own):
    assert is_own(host) is own


def test_the_budget_that_is_said_to_be_enough_can_be_given_and_is_enough(tmp_path):
    finely = Prices({"gpt-x": TokenPrice(input=Decimal("0.123457"), output=Decimal("0.654321"))})
    with pytest.raises(OverBudget, match=r"--budget [\d.]+\.") as stopped:
        begun(tmp_path, Model(), prices=finely).purse().reserve("gpt-x", HOST, 1_001, 1_003)
    enough = str(stopped.value).split("--budget ")[1].split()[0].rstrip(".")
    begun(tmp_path, Model(), read_allowance(enough), finely).purse().reserve("gpt-x", HOST, 1_001, 1_003)


def test_a_server_that_says_it_used_more_than_there_is_breaks_no_book(tmp_path):
    dear = Prices({"gpt-x": TokenPrice(input=Decimal(1_000_000), output=Decimal(1_000_000))})
    purse = begun(tmp_path, Model(), budget="any", prices=dear).purse()
    purse.settle(purse.reserve("gpt-x", HOST, 10, 10), 10**17, 10**17)
    (order,) = Ledger(tmp_path).orders()
    assert order.settled
    assert order.tokens_out == 10_000_000


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Runs a command in a folder of its own: (exit code, standard output, all else in one line)."""
    for name in [
        n for n in os.environ if n.startswith(("OPENAI_", "PHOTOPLAY_")) or n.lower().endswith("_proxy")
    ]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(beginning, "crew_of", lambda wishes: SoloCrew(SlateRenderer()))

    def run(*words):
        code, error = 0, ""
        try:
            command.app(list(words), standalone_mode=False)
        except (BadInput, LimitReached) as raised:
            code, error = raised.exit_code, str(raised)
        out, err = capsys.readouterr()
        return code, out, " ".join((err + error).split())

    return run


def used(tokens_in, tokens_out):
    """A story, and what it used."""

    def answer(handler, server):
        whole = completion(json.dumps(treatment()))
        whole["usage"] = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out}
        send(handler, 200, whole)

    return answer


def test_a_language_model_is_paid_for_by_the_command_line_and_told_by_cost(tmp_path, typed, monkeypatch):
    with WireServer([used(2_000, 1_000)]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        (tmp_path / "photoplay.toml").write_text(f'[prices."{MODEL}"]\ninput = 1\noutput = 10\n')
        wish = ("make", "Anna keeps a lamp lit for a whale.", "--writer", "openai", "--renderer", "slate",
                "--size", "128x72", "--until", "story", "--out", "film")  # fmt: skip
        code, _, said = typed(*wish)
        assert code == 6
        assert "Allow it with --budget" in said
        assert server.asked == []
        assert typed("cost", "film")[1] == "Nothing was ordered.\n"
        code, _, said = typed(*wish, "--budget", "5")
        assert code == 0, said
        asked = len(server.asked)
    code, out, _ = typed("cost", "film", "--json")
    told = json.loads(out)
    answers = told["kinds"]["answer"]
    assert answers["number"] == asked
    assert answers["tokens_in"] == 2_000 * asked
    assert Decimal(answers["totals"]["charged"]["known"]["USD"]) == Decimal("0.012") * asked
    _, out, _ = typed("cost", "film")
    assert "2,000 tokens in, 1,000 out" in out
    assert "Answers of language models:" in out


def test_limits_are_typed_and_a_wrong_one_is_named(tmp_path, typed):
    story = ("make", "Anna keeps a lamp lit for a whale.", "--renderer", "slate", "--until", "board")
    for wrong in ("tokens", "tokens=0", "tokens=many", "money=5"):
        code, _, said = typed(*story, "--limit", wrong)
        assert code == 2
        assert wrong in said
    assert not (tmp_path / "films").exists()
    (tmp_path / "photoplay.toml").write_text("[limits]\nshots = 3\n")
    code, _, said = typed(*story)
    assert code == 6
    assert "the limit is 3" in said
    code, _, said = typed(*story, "--limit", "shots=none")
    assert code == 0, said


def test_money_of_gpu_time_is_exact():
    assert str(GpuPrice(price=Decimal("3.60")).of(1)) == "0.000001 USD"


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own is made")
@pytest.mark.parametrize(
    ("typed", "agreed"), [("y", True), ("Yes", True), ("n", False), ("", False), ("sure", False)]
)
def test_a_person_at_a_terminal_is_asked_and_only_yes_is_yes(monkeypatch, typed, agreed):
    keyboard, terminal = os.openpty()
    with open(terminal, closefd=False) as stdin, open(terminal, "w", closefd=False) as stderr:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stderr", stderr)
        os.write(keyboard, f"{typed}\n".encode())
        assert agrees("What does [red]it[/red] cost?") is agreed
    asked = ""
    while "cost?" not in asked and select.select([keyboard], [], [], 5)[0]:  # it comes in pieces
        asked += os.read(keyboard, 4096).decode()
    assert "[red]it[/red]" in asked  # text is never markup
    os.close(keyboard)
    os.close(terminal)


def test_nobody_is_asked_where_there_is_no_terminal():
    done = subprocess.run(
        [sys.executable, "-c", "from photoplay.studio.asking import agrees; print(agrees('Pay?'))"],
        input="y\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"
    assert "Pay?" not in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("budget", 'budget = "any"'),
        ("prices", f'[prices."{MODEL}"]\ninput = 0\noutput = 0'),
        ("remote", '[remote.studio]\nurl = "https://elsewhere.example/v1"\nmodel = "m"'),
        ("limits", '[limits]\ntokens = "none"'),
    ],
)
def test_a_film_of_a_stranger_brings_no_money_and_no_servers(typed, tmp_path, monkeypatch, name, said):
    begun(tmp_path / "film", Model())
    monkeypatch.chdir(tmp_path / "film")
    (tmp_path / "film" / "photoplay.toml").write_text(said)
    code, _, told = typed("render", ".")
    assert code == 2
    assert f"says {name}." in told
    assert "film's folder" in told
    for reading in (read_prices, servers, lambda: local_weights("x")):
        with pytest.raises(BadInput, match="film's folder"):
            reading()


@pytest.mark.parametrize("said", ["a = " + "[" * 20_000, "a = " + "9" * 5_000, "#" * 1_000_001])
def test_a_settings_file_without_bounds_is_refused(tmp_path, said):
    (tmp_path / "photoplay.toml").write_text(said)
    with pytest.raises(BadInput, match=r"photoplay\.toml"):
        read_prices(tmp_path)


def test_a_server_that_claims_more_than_an_answer_may_have_is_told_of(tmp_path):
    from photoplay.agent.limits import Limits, Used
    from photoplay.agent.paying import LedgerPurse
    from photoplay.agent.prices import Prices
    from photoplay.memory.ledger import Ledger

    said = []
    purse = LedgerPurse(
        Ledger(tmp_path), Prices(), Limits(), Used(), lambda: "any", lambda words: True, said.append
    )
    purse.settle(purse.reserve("m", "host", 100, 100), 90, 90)
    assert not any("more" in words or "at most" in words for words in said[1:])
    del said[:]
    purse.settle(purse.reserve("m", "host", 100, 100), 90, 5_000)
    assert any("5,090" in words and "200" in words for words in said)
