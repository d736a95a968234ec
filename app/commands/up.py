"""`bhxh up`: starts gateway, Rasa and action server, and keeps them alive."""

from __future__ import annotations

import os
import time

import typer

from app.channels import check_environment
from app.failures import CommandError
from app.paths import MODELS, RASA
from app.ports import require_free
from app.stack import StackPorts, choose_ports, is_ready, plan_stack
from app.supervisor import Supervisor

START_SECONDS = 180.0
POLL_SECONDS = 0.3


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(up)


def up(
    port: int = typer.Option(8080, help="Public port of the chat page"),
    host: str = typer.Option("0.0.0.0", help="Address of the public port; 127.0.0.1 for this machine only"),
) -> None:
    """Start the product and keep it running; Ctrl-C stops it."""
    check_environment(os.environ)
    if not RASA.exists() or not any(MODELS.glob("*.tar.gz")):
        raise CommandError("Rasa or its dialogue model is missing. Run: make setup")
    require_free(port, host)
    ports = choose_ports(port)
    supervisor = Supervisor(plan_stack(ports, host), say)
    supervisor.start()
    if wait_until_ready(supervisor, ports):
        say(f"✓ Chat page: http://localhost:{port}/   (Ctrl-C stops)")
    supervisor.run()
    say("✓ stopped")


def wait_until_ready(supervisor: Supervisor, ports: StackPorts) -> bool:
    """Says when each process is ready; False when stopped meanwhile or when it takes too long."""
    waiting = ports.ready_urls
    started = time.monotonic()
    say(f"… starting {', '.join(waiting)}")
    while waiting and not supervisor.stopping:
        supervisor.tend()
        for name, url in list(waiting.items()):
            if is_ready(url):
                del waiting[name]
                say(f"✓ {name} ({time.monotonic() - started:.0f} s)")
        if time.monotonic() - started > START_SECONDS:
            say(f"! not ready after {START_SECONDS:.0f} s: {', '.join(waiting)}; see var/log/ and `make doctor`")
            return False
        time.sleep(POLL_SECONDS)
    return not waiting


def say(line: str) -> None:
    """To the person at the terminal."""
    typer.echo(line)
