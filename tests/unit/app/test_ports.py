import socket

import pytest

from app.ports import PortInUseError, is_free, private_port, require_free


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_that_something_listens_on_is_not_free(taken_port):
    assert not is_free(taken_port)


def test_a_taken_public_port_is_an_error_that_says_which_to_try(taken_port):
    with pytest.raises(PortInUseError, match=f"make chat PORT={taken_port + 1}"):
        require_free(taken_port, "127.0.0.1")


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_does_not_exist_is_refused(port):
    with pytest.raises(PortInUseError, match="does not exist"):
        require_free(port, "127.0.0.1")


def test_a_taken_private_port_gives_way_to_a_free_one(taken_port):
    other = private_port(taken_port)
    assert other != taken_port
    assert is_free(other)
