"""Somebody who is signed in to a ConsoleSite, and sends forms as browsers do."""


class EditorBrowser:
    """`site` is a ConsoleSite, `who` the id of an account."""

    def __init__(self, site, who):
        self._site, (self._token, self._session) = site, site.token(who)

    async def opens(self, path):
        async with self._site.browser(self._token) as browser:
            return await browser.get(path)

    async def sends(self, path, **fields):
        headers = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
        data = {"csrf": self._session.csrf_token, **fields}
        async with self._site.browser(self._token) as browser:
            return await browser.post(path, data=data, headers=headers)
