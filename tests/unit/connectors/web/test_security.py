import httpx
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from connectors.web.security import SecurityHeaders


async def page(_request):
    return PlainTextResponse("trang", headers={"Referrer-Policy": "same-origin"})


async def get(path):
    app = SecurityHeaders(Starlette(routes=[Route("/", page)]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test") as client:
        return await client.get(path)


async def test_every_answer_carries_the_headers():
    for path in ("/", "/nowhere"):
        headers = (await get(path)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_a_header_that_the_page_sets_itself_stays():
    assert (await get("/")).headers["referrer-policy"] == "same-origin"
