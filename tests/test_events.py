"""What happens while a film is made, as events: in order, bounded, for loops of both kinds, and stopped."""

import asyncio
import gc
import threading
import time

import pytest
from tiny_films import copy_of_a_film
from treatments import treatment

from photoplay import SlateRenderer, Studio
from photoplay.storyboard.edit_types import Retake, ShotSetting
from photoplay.storyboard.errors import BadInput, RenderError, Stopped
from photoplay.studio.channel import Channel
from photoplay.studio.events import Begun, Done, Failed, Notice, Progress, StageBegan, TakeBegan, TakeMade

IDEA = "Anna and the whale"


def studio(**more):
    given = {"renderer": SlateRenderer(), "size": (128, 72), "environment": {}}
    return Studio(**{**given, "writer": lambda brief, seed: treatment(), **more})


def stale(folder, **values):
    """A finished film whose first shot is to be made again."""
    film = studio().open(copy_of_a_film(folder))
    shot = film.storyboard.shots[0].id
    film.edit([Retake(shot=shot, seed=99), ShotSetting(shot=shot, values=values)])
    return film, shot


def threads():
    return [t for t in threading.enumerate() if t.name == "photoplay"]


def gone(within=30):
    """Whether the work's threads are over."""
    end = time.monotonic() + within
    while threads() and time.monotonic() < end:
        time.sleep(0.02)
    return not threads()


def test_the_events_of_a_film_tell_all_of_it_in_order(tmp_path):
    events = studio().events(IDEA, out=tmp_path / "film", seconds=20, until="takes")
    with pytest.raises(Stopped, match="no film yet"):
        _ = events.film
    assert not (tmp_path / "film").exists()
    told = list(events)
    assert isinstance(told[0], Begun)
    assert told[0].folder == str(events.film.folder)
    assert isinstance(told[-1], Done)
    assert told[-1].path is None
    stages = [e.stage for e in told if isinstance(e, StageBegan)]
    assert stages == ["write", "cast", "board", "speak", "shoot"]
    made = [e.item for e in told if isinstance(e, TakeMade)]
    assert {shot.id for shot in events.film.storyboard.shots} < set(made)
    assert len(made) == len(set(made))
    for item in made:
        kinds = [type(e) for e in told if getattr(e, "item", "") == item]
        assert kinds.index(TakeBegan) < kinds.index(TakeMade)
        assert Progress not in kinds[kinds.index(TakeMade) :]
    last = next(e for e in reversed(told) if isinstance(e, TakeMade))
    assert last.made == last.total
    assert list(events) == []
    with pytest.raises(BadInput):
        _ = events.film.path


def test_a_shot_that_fails_is_an_event_and_then_the_error(tmp_path):
    film, shot = stale(tmp_path / "film", fail="refused")
    told = []
    with pytest.raises(RenderError, match=shot):
        told.extend(_kept(film.rendering(), told))
    assert [e.item for e in told if isinstance(e, Failed) and not e.again] == [shot]
    assert gone()


def _kept(events, told):
    for event in events:
        told.append(event)
    return []


def test_what_cannot_be_made_is_raised_at_the_first_event(tmp_path):
    events = studio().events("12345", out=tmp_path / "film")
    with pytest.raises(BadInput, match="no words"):
        next(events)
    assert list(events) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["close", "with", "let go"])
def test_leaving_a_loop_stops_the_work_and_it_goes_on_later(tmp_path, how):
    film, shot = stale(tmp_path / "film", **{"sleep-ms": 1500})

    def until_begun(events):
        for event in events:
            if isinstance(event, TakeBegan):
                return

    begun = time.monotonic()
    if how == "with":
        with film.rendering() as events:
            until_begun(events)
    else:
        events = film.rendering()
        until_begun(events)
        if how == "close":
            events.close()
            events.close()
            assert list(events) == []
        del events
        gc.collect()
    assert gone()
    assert time.monotonic() - begun < 20
    assert film.takes[shot].state != "current"
    film.edit([ShotSetting(shot=shot, values={})])
    assert film.render(shot).takes[shot].state == "current"


def test_work_of_other_processes_is_stopped_at_once_though_it_says_nothing(tmp_path):
    film, shot = stale(tmp_path / "film", **{"sleep-ms": 60_000})
    film = Studio(renderer="slate", environment={"PHOTOPLAY_WORKERS": "1"}).open(film.folder)
    events = film.rendering([shot])
    for event in events:
        if isinstance(event, TakeBegan) and event.item == shot:
            break
    time.sleep(0.5)  # no news is on its way
    begun = time.monotonic()
    events.close()
    assert time.monotonic() - begun < 15
    assert film.takes[shot].state != "current"


def test_events_that_were_never_taken_never_begin(tmp_path):
    events = studio().events(IDEA, out=tmp_path / "film")
    events.close()
    assert list(events) == []
    assert list(tmp_path.iterdir()) == []


def test_work_in_a_loop_of_events_can_go_on_with_the_film_afterwards(tmp_path):
    film, shot = stale(tmp_path / "film")
    heard = []
    film.production.listener = lambda told: heard.append(told.stage)
    for _ in film.rendering([shot]):
        pass
    count = len(heard)
    assert count
    for seed in range(100, 103):  # nobody takes events now: nothing may wait for somebody who does
        film.edit([Retake(shot=shot, seed=seed)]).render(shot)
    assert len(heard) > count


def test_a_host_with_a_timer_polls_and_is_never_kept_waiting(tmp_path):
    film, shot = stale(tmp_path / "film", **{"sleep-ms": 700})
    events, told, longest = film.rendering([shot]), [], 0.0
    while not events.over:
        asked = time.monotonic()
        told += events.poll()
        longest = max(longest, time.monotonic() - asked)
        time.sleep(0.01)
    assert isinstance(told[0], Begun)
    assert isinstance(told[-1], Done)
    assert longest < 0.5
    film.edit([ShotSetting(shot=shot, values={"fail": "refused"}), Retake(shot=shot, seed=8)])
    events = film.rendering([shot])

    def polled():
        while not events.over:
            events.poll()
            time.sleep(0.01)

    with pytest.raises(RenderError, match=shot):
        polled()
    assert events.over
    assert events.poll() == []


def test_a_host_with_a_timer_stops_the_work_without_waiting(tmp_path):
    film, shot = stale(tmp_path / "film", **{"sleep-ms": 1500})
    events = film.rendering([shot])
    while not any(isinstance(event, TakeBegan) for event in events.poll()):
        time.sleep(0.01)
    asked = time.monotonic()
    events.cancel()
    assert time.monotonic() - asked < 0.5
    assert gone()
    assert events.over
    assert events.poll() == []
    assert film.takes[shot].state != "current"


# -- asyncio -----------------------------------------------------------------------------------------


def test_async_for_leaves_the_loop_free(tmp_path):
    film, shot = stale(tmp_path / "film", **{"sleep-ms": 1500})

    async def main():
        beats, told = 0, []

        async def beat():
            nonlocal beats
            while True:
                await asyncio.sleep(0.02)
                beats += 1

        heart = asyncio.create_task(beat())
        async for event in film.rendering([shot]):
            told.append(event)
        heart.cancel()
        return beats, told

    beats, told = asyncio.run(main())
    assert isinstance(told[0], Begun)
    assert isinstance(told[-1], Done)
    assert beats > 20


def test_awaited_it_gives_the_film(tmp_path):
    async def main():
        return await asyncio.gather(
            *(studio().amake(IDEA, out=tmp_path / name, seconds=20, until="board") for name in "abc")
        )

    films = asyncio.run(main())
    assert [film.folder.name for film in films] == ["a", "b", "c"]
    assert all(film.storyboard.shots for film in films)


def test_a_task_that_is_cancelled_stops_the_work_first(tmp_path):
    film, shot = stale(tmp_path / "film", **{"sleep-ms": 1500})

    async def main():
        async def through():
            return await film.rendering([shot])

        task = asyncio.create_task(through())
        while not film._production.project._held:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return threads()

    begun = time.monotonic()
    asyncio.run(main())
    assert gone(5)
    assert time.monotonic() - begun < 20
    film.edit([ShotSetting(shot=shot, values={})])


def test_an_error_is_raised_to_whoever_awaits(tmp_path):
    film, shot = stale(tmp_path / "film", fail="refused")

    async def main():
        with pytest.raises(RenderError, match=shot):
            await film.rendering()
        with pytest.raises(BadInput):
            await studio().amake("", out=tmp_path / "other")

    asyncio.run(main())


def test_a_film_is_made_inside_a_running_loop_too(tmp_path):
    async def main():
        return studio().make(IDEA, out=tmp_path / "film", seconds=20, until="board")

    assert asyncio.run(main()).storyboard.shots


# -- the channel -------------------------------------------------------------------------------------


def about(thing):
    return thing[1:] if thing.startswith("p") else None


def test_the_work_waits_where_nobody_takes_and_nothing_is_lost():
    channel = Channel(3, about)
    put = []

    def work():
        for number in range(20):
            channel.put(f"e{number}")
            put.append(number)
        channel.end(None)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.2)
    assert len(put) == 3
    taken = []
    for _ in range(20):
        taken.append(channel.take())
        assert len(put) - len(taken) <= 4
    with pytest.raises(StopIteration):
        channel.take()
    thread.join(5)
    assert taken == [f"e{number}" for number in range(20)]


def test_progress_never_makes_the_work_wait_and_gives_way():
    channel = Channel(3, about)
    for said in ("ea", "p1", "p2", "p1"):  # the second of 1 takes the place of the first
        channel.put(said)
    channel.put("p3")  # no room: left out
    channel.put("eb")  # the oldest progress gives way
    channel.put("ec")
    assert [channel.take() for _ in range(3)] == ["ea", "eb", "ec"]
    channel.end(None)
    channel.put("late")
    with pytest.raises(StopIteration):
        channel.take()


def test_closing_lets_go_of_work_that_waits():
    channel = Channel(1, about)
    raised = []

    def work():
        try:
            for number in range(3):
                channel.put(f"e{number}")
        except Stopped as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.1)
    channel.close()
    thread.join(5)
    assert raised
    with pytest.raises(StopIteration):
        channel.take()


def test_a_loop_that_was_closed_in_the_midst_does_not_stop_the_work():
    channel = Channel(8, about)

    async def main():
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(channel.atake(), 0.05)
        waiting = asyncio.create_task(channel.atake())
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(main())
    channel.put("ea")
    channel.put("eb")

    async def more():
        return [await channel.atake(), await channel.atake()]

    assert asyncio.run(more()) == ["ea", "eb"]


def test_notices_are_events_of_their_own(tmp_path):
    told = list(
        studio(writer="outline").events("A whale sings.", out=tmp_path / "f", seconds=8, until="board")
    )
    assert any("outline writer" in e.words for e in told if isinstance(e, Notice))
