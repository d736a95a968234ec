"""The control door of a server: what a test does in the same process, another process does by HTTP."""

import dataclasses
import statistics

from fastapi import APIRouter, HTTPException, Request


def build_control_router(server):
    router = APIRouter(prefix="/_control")
    _add_deeds(router, server)
    _add_records(router, server)
    _add_conditions(router, server)
    return router


def _add_deeds(router, server):
    @router.post("/say")
    async def say(request: Request):
        return _said(server.says(**await request.json()))

    @router.post("/press")
    async def press(request: Request):
        try:
            return _said(server.presses(**await request.json()))
        except LookupError as error:
            raise HTTPException(409, str(error)) from error

    @router.post("/attach")
    async def attach(request: Request):
        return _said(server.attaches(**await request.json()))

    @router.post("/follow")
    async def follow(request: Request):
        return _said(server.follows(**await request.json()))

    @router.post("/unfollow")
    async def unfollow(request: Request):
        return _said(server.unfollows(**await request.json()))


def _add_records(router, server):
    @router.get("/sent")
    async def sent(after: int = 0, user: str | None = None):
        """Accepted messages whose number is above `after`."""
        return [_sent(one) for one in server.sent if one.number > after and user in (None, one.user)]

    @router.get("/said")
    async def said(after: int = 0, user: str | None = None):
        return [_said(one) for one in server.said if one.number > after and user in (None, one.user)]

    @router.get("/deliveries")
    async def deliveries():
        """How the gateway took the webhook calls."""
        attempts = [attempt for delivery in server.postman.deliveries for attempt in delivery.attempts]
        seconds = sorted(attempt.seconds for attempt in attempts if attempt.status is not None)
        states = [delivery.state for delivery in server.postman.deliveries]
        return {
            "states": {state: states.count(state) for state in sorted(set(states))},
            "attempts": len(attempts),
            "refused": sum(attempt.status is None or attempt.status >= 300 for attempt in attempts),
            "p50_seconds": statistics.median(seconds) if seconds else None,
            "p99_seconds": seconds[int(len(seconds) * 0.99)] if seconds else None,
        }


def _add_conditions(router, server):
    @router.get("/faults")
    async def faults():
        return {
            "waiting": [dataclasses.asdict(fault) for fault in server.faults.waiting],
            "happened": server.faults.happened,
        }

    @router.post("/faults")
    async def add_faults(request: Request):
        """One fault, or a list of them, in the fields of `Fault`."""
        body = await request.json()
        for fault in body if isinstance(body, list) else [body]:
            server.faults.add(**fault)

    @router.delete("/faults")
    async def clear_faults():
        server.faults.clear()

    @router.post("/reset")
    async def reset():
        server.reset()

    @router.post("/clock")
    async def clock(request: Request):
        server.clock.advance((await request.json())["advance_seconds"])

    @router.post("/webhook")
    async def webhook(request: Request):
        """`time_factor`, `duplicate_probability` and `endless_pause_seconds` of the postman."""
        for name, number in (await request.json()).items():
            if name not in ("time_factor", "duplicate_probability", "endless_pause_seconds"):
                raise HTTPException(422, name)
            setattr(server.postman, name, float(number))


def _said(message):
    if message is None:
        return None
    shown = {field.name: getattr(message, field.name) for field in dataclasses.fields(message)}
    shown["delivery"] = message.delivery.state if message.delivery is not None else None
    return shown


def _sent(message):
    return dataclasses.asdict(message)
