"""The watch over everything that is logged: it sees, also through an exception's traceback, and the tests do log."""

import logging

import pytest

from tests.channel_servers import TelegramServer, ZaloBotServer, ZaloOaServer
from tests.channel_servers.environment import environment_of
from tests.fakes.log_watch import WORDS

log = logging.getLogger("connectors.of_this_test")


@pytest.mark.conformance(("G83", "H47", "I19"))
def test_what_is_private_is_seen_at_any_level_and_within_tracebacks(log_watch):
    log.debug("the token is %s", log_watch.forbidden[0])
    log.error("failed", exc_info=ValueError(WORDS[0]))
    log.info("nothing private")
    assert log_watch.found == [(log.name, log_watch.forbidden[0]), (log.name, WORDS[0])]
    log_watch.found.clear()


@pytest.mark.conformance(("G83", "H47", "I19"))
def test_every_secret_of_the_simulated_platforms_is_watched_for(log_watch):
    servers = [ZaloOaServer(), ZaloBotServer(), TelegramServer()]
    for server in servers:
        server.url = "http://127.0.0.1:9"
    secrets = [value for name, value in environment_of(servers).items() if name.endswith(("TOKEN", "SECRET"))]
    assert len(secrets) == 8
    assert [secret for secret in secrets if not any(word in secret for word in log_watch.forbidden)] == []
