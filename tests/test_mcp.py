"""``photoplay mcp`` by the official client: tools in one folder, words in and typed answers out, nothing paid."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_films import copy_of_a_film
from treatments import treatment

pytest.importorskip("mcp", reason="the extra photoplay[mcp]")
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.client import Client

from photoplay import SlateRenderer, Studio
from photoplay.agent.directing.understood import Understood
from photoplay.storyboard.edit_types import Retake, SetScene
from photoplay.studio.mcp_server import FilmTools

TOOLS = {
    "list_films", "make_film", "show_film", "propose_change", "apply_change", "undo", "render", "cost",
}  # fmt: skip


class Reader:
    """Understands two sentences."""

    name, model = "two", ""

    def understand(self, film, words, talk, tell):
        if words == "shot 1 once more":
            edits = (Retake(shot=film.shots[0].id, seed=77),)
            return Understood(edits=edits, read_as=("shot 1 is made again",))
        if words == "the first scene at night":
            return Understood(edits=(SetScene(scene=film.story.scenes[0].id, hour="night"),))
        return Understood(unread=(words,))


def tools(root, **more):
    studio = Studio(
        renderer=SlateRenderer(), writer=lambda brief, seed: treatment(), reader=Reader(), size=(128, 72),
        environment={}, **more,
    )  # fmt: skip
    return FilmTools(studio, root)


def asked(root, talk, **more):
    """What ``talk`` returns, given a client of a server over ``root``."""

    async def main():
        async with Client(tools(root, **more).server()) as client:
            return await talk(client)

    return asyncio.run(main())


async def call(client, tool, _progress=None, **arguments):
    """The tool's answer. A refusal is raised in its own words."""
    result = await client.call_tool(tool, arguments, progress_callback=_progress)
    if result.is_error:
        raise AssertionError(result.content[0].text)
    return result.structured_content


def test_a_film_is_made_shown_changed_and_changed_back(tmp_path):
    said = []

    async def progress(done, total, words):
        said.append((done, total, words))

    async def talk(client):
        made = await call(
            client,
            "make_film",
            progress,
            idea="Anna and the whale",
            name="the-lamp",
            seconds=20,
            size="128x72",
        )
        assert (made["title"], len(made["shots"])) == ("The Lamp", 5)
        assert {shot["take"] for shot in made["shots"]} == {"current"}
        assert made["path"] == str(tmp_path / "the-lamp" / "out" / "film.mp4")
        assert Path(made["path"]).is_file()
        shown = await call(client, "propose_change", name="the-lamp", words="shot 1 once more")
        assert shown["kind"] == "proposal"
        assert shown["made_again"] == [made["shots"][0]["id"]]
        assert shown["cost"] == "nothing paid"
        assert (await call(client, "show_film", name="the-lamp"))["shots"] == made["shots"]
        done = await call(client, "apply_change", name="the-lamp", proposal=shown["proposal"])
        assert done["made"] == shown["made_again"]
        assert done["path"] == made["path"]
        await call(client, "undo", name="the-lamp")
        assert (await call(client, "show_film", name="the-lamp"))["shots"] == made["shots"]
        assert (await call(client, "cost", name="the-lamp"))["charged"] == "nothing"
        listed = await call(client, "list_films")
        assert listed["films"] == [{"name": "the-lamp", "title": "The Lamp", "shots": 5, "made": True}]
        with pytest.raises(AssertionError, match="no such proposal"):
            await call(client, "apply_change", name="the-lamp", proposal=shown["proposal"])

    asked(tmp_path, talk)
    assert [words for _, _, words in said if words.startswith("shoot:")]
    assert said[-1][2].startswith("deliver:")
    made = [(done, total) for done, total, words in said if words.endswith("is made")]
    assert made[-1][0] == made[-1][1] > 5


def test_words_that_are_not_understood_change_nothing(tmp_path):
    copy_of_a_film(tmp_path / "lamp")
    before = (tmp_path / "lamp" / "edits.jsonl").read_bytes()

    async def talk(client):
        shown = await call(client, "propose_change", name="lamp", words="make it pop")
        assert shown["kind"] == "refusal"
        assert shown["proposal"] is None
        assert "make it pop" in shown["words"]

    asked(tmp_path, talk)
    assert (tmp_path / "lamp" / "edits.jsonl").read_bytes() == before


def test_a_proposal_for_a_film_that_was_changed_since_is_not_applied(tmp_path):
    copy_of_a_film(tmp_path / "lamp")

    async def talk(client):
        first = await call(client, "propose_change", name="lamp", words="the first scene at night")
        second = await call(client, "propose_change", name="lamp", words="shot 1 once more")
        await call(client, "apply_change", name="lamp", proposal=second["proposal"])
        with pytest.raises(AssertionError, match="changed by somebody else"):
            await call(client, "apply_change", name="lamp", proposal=first["proposal"])

    asked(tmp_path, talk)


@pytest.mark.parametrize(
    "name", ["../x", "/etc", "a/b", "..", "con", "", "A b", "-x", "x" * 60, "file:x", "link", "nobody"]
)
def test_a_name_is_never_a_path(tmp_path, name):
    outside = copy_of_a_film(tmp_path / "outside")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(outside)
    before = sorted(p for p in tmp_path.rglob("*"))

    async def talk(client):
        with pytest.raises(AssertionError, match=r"name|pattern|film"):
            await call(client, "show_film", name=name)
        with pytest.raises(AssertionError, match=r"name|pattern|film"):
            await call(client, "render", name=name)
        if name != "nobody":
            with pytest.raises(AssertionError, match=r"name|pattern|film"):
                await call(client, "make_film", idea="Anna sings", name=name, until="story")
        assert (await call(client, "list_films"))["films"] == []

    asked(root, talk)
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_films_of_one_idea_get_names_of_their_own_and_a_broken_one_is_told(tmp_path):
    async def talk(client):
        for _ in range(2):
            await call(client, "make_film", idea="Anna sings", until="story")
        (tmp_path / "broken").mkdir()
        (tmp_path / "broken" / "edits.jsonl").write_text("no journal\n")
        return await call(client, "list_films")

    listed = asked(tmp_path, talk)
    assert [row["name"] for row in listed["films"]] == ["anna-sings", "anna-sings-2"]
    assert list(listed["unreadable"]) == ["broken"]


def test_a_model_can_choose_no_renderer_writer_path_or_budget(tmp_path):
    async def talk(client):
        listed = (await client.list_tools()).tools
        assert {tool.name for tool in listed} == TOOLS
        for tool in listed:
            given = set(tool.input_schema["properties"])
            assert given <= {
                "idea", "name", "seconds", "style", "size", "shots", "dialogue", "until", "words", "proposal", "n",
            }, tool.name  # fmt: skip
            assert tool.output_schema["type"] == "object"
            assert tool.description
        with pytest.raises(AssertionError, match="style"):
            await call(client, "make_film", idea="Anna sings", style="oil", until="story")

    asked(tmp_path, talk)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_paid_because_an_environment_allows_it(tmp_path, monkeypatch):
    """The command gives the budget "0" where it was given none."""
    allowed = []
    monkeypatch.setenv("PHOTOPLAY_BUDGET", "any")
    monkeypatch.setattr(FilmTools, "server", lambda self: allowed.append(self) or _Nothing())
    from photoplay.studio.mcp import mcp

    copy_of_a_film(tmp_path / "lamp")
    mcp(films=tmp_path)
    mcp(films=tmp_path, budget="2.50")
    assert [served._open("lamp").production.budget for served in allowed] == ["0", "2.50"]


class _Nothing:
    def run(self, transport):
        assert transport == "stdio"


# -- over standard input and output ------------------------------------------------------------------


@contextlib.asynccontextmanager
async def served(folder):
    command = [
        "-c", "from photoplay.studio.command import run; run()",
        "mcp", "--films", str(folder), "--renderer", "slate",
    ]  # fmt: skip
    given = StdioServerParameters(
        command=sys.executable, args=command, cwd=folder, env={"PHOTOPLAY_SIZE": "128x72", **os.environ}
    )
    async with stdio_client(given) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        yield session


def test_over_standard_input_and_output_a_film_is_made_by_real_workers(tmp_path):
    told = []

    async def progress(done, total, words):
        told.append(words)

    async def main():
        async with served(tmp_path) as session:
            result = await session.call_tool(
                "make_film", {"idea": "A whale sings", "seconds": 8}, progress_callback=progress
            )
            assert not result.is_error, result.content[0].text
            return result.structured_content

    made = asyncio.run(main())
    assert Path(made["path"]).is_file()
    assert made["name"] == "a-whale-sings"
    assert any("is made" in words for words in told)


def test_nothing_but_the_protocol_is_on_standard_output_and_no_socket_is_opened(tmp_path):
    """Printing, in this process and in children, goes to standard error while it serves."""
    watch = """
import socket, sys, subprocess
def refuse(*given, **more): raise SystemExit("a socket was bound")
socket.socket.bind = refuse
from photoplay.studio import mcp_server
before = mcp_server.FilmTools._list
def noisy(self):
    print("a stray line")
    subprocess.run([sys.executable, "-c", "print('from a child')"])
    return before(self)
mcp_server.FilmTools._list = noisy
from photoplay.studio.command import run
run()
"""
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"},
        },
    }  # fmt: skip
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    ask = {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "list_films", "arguments": {}},
    }
    process = subprocess.Popen(
        [sys.executable, "-c", watch, "mcp", "--films", str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    lines = []
    for message in (hello, ready, ask):
        process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
        if "id" in message:
            lines.append(json.loads(process.stdout.readline()))
    rest, errors = process.communicate(timeout=30)
    assert [line["id"] for line in lines] == [1, 2]
    assert lines[1]["result"]["structuredContent"] == {"films": [], "unreadable": {}}
    assert rest == ""
    assert "a stray line" in errors
    assert "from a child" in errors
    assert process.returncode == 0, errors


def test_without_the_package_the_command_says_what_to_install(tmp_path):
    program = (
        "import sys; sys.modules['mcp'] = None\n"
        "from photoplay.studio.command import run\n"
        "run()\n"
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program, "mcp", "--films", str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "photoplay[mcp]" in done.stderr
    assert done.stdout == ""


def test_an_argument_that_a_tool_does_not_know_is_refused_and_nothing_is_made(tmp_path):
    async def talk(client):
        with pytest.raises(AssertionError, match="lenght"):
            await call(client, "make_film", idea="Anna and the whale", name="the-lamp", lenght=20)
        listed = await client.list_tools()
        assert all(tool.input_schema["additionalProperties"] is False for tool in listed.tools)
        return await call(client, "list_films")

    assert asked(tmp_path, talk)["films"] == []
