import pytest

from connectors import hub as hub_module
from connectors.hub import Hub


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(hub_module, "SOON_SECONDS", 0.01)


async def test_a_watch_wakes_when_something_was_said():
    hub = Hub()
    with hub.watching("a") as watch:
        hub.publish("a")
        assert await watch.wait(1.0)


async def test_a_watch_of_another_conversation_sleeps_on():
    hub = Hub()
    with hub.watching("b") as watch:
        hub.publish("a")
        assert not await watch.wait(0.01)


async def test_every_page_of_a_conversation_is_told():
    hub = Hub()
    with hub.watching("a") as one, hub.watching("a") as two:
        hub.publish("a")
        assert await one.wait(1.0)
        assert await two.wait(1.0)


async def test_news_published_soon_arrive():
    hub = Hub()
    with hub.watching("a") as watch:
        watch.has_news = False
        hub.publish_soon("a")
        assert await watch.wait(1.0)
        assert watch.has_news


async def test_work_that_lasts_is_shown_without_being_news():
    hub = Hub()
    with hub.watching("a") as watch:
        watch.has_news = False
        hub.start_working("a")
        assert await watch.wait(1.0)
        assert hub.is_working("a")
        assert not watch.has_news


async def test_finished_work_is_over():
    hub = Hub()
    hub.start_working("a")
    hub.stop_working("a")
    assert not hub.is_working("a")


async def test_closed_pages_are_forgotten():
    hub = Hub()
    with hub.watching("a"):
        assert (hub.watches_of("a"), hub.watches) == (1, 1)
    assert (hub.watches_of("a"), hub.watches, hub.watched) == (0, 0, {})


async def test_the_page_that_is_furthest_behind_counts():
    hub = Hub()
    with hub.watching("a") as one, hub.watching("a") as two:
        one.seen_sequence, two.seen_sequence = 7, 3
        assert hub.watched == {"a": 3}


async def test_closing_wakes_everybody():
    hub = Hub()
    with hub.watching("a") as watch:
        hub.close()
        assert await watch.wait(1.0)
        assert hub.closed
