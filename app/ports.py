"""Which ports are free, and what to say when one is not."""

from __future__ import annotations

import socket


class PortInUseError(RuntimeError):
    """Shown to whoever starts the product."""


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def require_free(port: int, host: str) -> None:
    """Raises PortInUseError with the way out."""
    if not 1 <= port <= 65_535:
        raise PortInUseError(f"Port {port} does not exist; choose one between 1 and 65535.")
    if not is_free(port, host):
        raise PortInUseError(
            f"Port {port} is in use. Stop what listens there, or choose another: make chat PORT={port + 1}"
        )


def private_port(preferred: int) -> int:
    """The preferred loopback port, or any free one when it is taken."""
    if is_free(preferred):
        return preferred
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
