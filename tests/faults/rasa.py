"""`python -m tests.faults.rasa`: a dialogue engine with Rasa's REST door that is slow, failing and killable.

"Câu hỏi thứ 7" is answered with "Trả lời thứ 7", so that every delivered text names the message it answers.
"""

import argparse
import asyncio
import random
import re

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

NUMBER = re.compile(r"thứ (\d+)")
HANG_SECONDS = 30.0


def build_app(slow, failing, hanging, chance):
    """`slow`, `failing` and `hanging` are probabilities of one call."""
    app = FastAPI(openapi_url=None)

    @app.get("/webhooks/rest/")
    async def look():
        return {"status": "ok"}

    @app.post("/webhooks/rest/webhook")
    async def say(request: Request):
        message = await request.json()
        fate = chance.random()
        if fate < failing:
            return Response("Internal Server Error", 500)
        if fate < failing + hanging:
            await asyncio.sleep(HANG_SECONDS)
        elif fate < failing + hanging + slow:
            await asyncio.sleep(chance.uniform(0.1, 1.0))
        asked = NUMBER.search(message["message"])
        text = f"Trả lời thứ {asked[1]}" if asked else "Kính chào anh/chị"
        return JSONResponse([{"recipient_id": message["sender"], "text": text}])

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.faults.rasa", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--slow", type=float, default=0.05)
    parser.add_argument("--failing", type=float, default=0.03)
    parser.add_argument("--hanging", type=float, default=0.003)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    app = build_app(options.slow, options.failing, options.hanging, chance)
    uvicorn.run(app, host="127.0.0.1", port=options.port, log_level="warning", timeout_graceful_shutdown=1)
