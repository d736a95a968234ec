import socket

import pytest

from app.database import describe_database
from app.diagnosis import check_port, never_failing
from app.failures import CommandError


def test_what_stops_a_check_is_its_finding():
    def check_something():
        raise CommandError("no such file")

    finding = never_failing(check_something)()
    assert (finding.good, finding.what, finding.detail) == (False, "something", "no such file")


def test_a_port_held_by_something_else_is_a_finding_with_a_way_out():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        finding = check_port(port)
    assert not finding.good
    assert f"PORT={port + 1}" in finding.remedy


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x", "postgresql+psycopg://u:secret@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_reached_is_described_without_its_password(url):
    good, detail = describe_database(url)
    assert not good
    assert "secret" not in detail


def test_a_database_that_answers_is_good(tmp_path):
    assert describe_database(f"sqlite:///{tmp_path / 'x.db'}")[0]
