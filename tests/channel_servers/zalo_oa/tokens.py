"""OAuth v4 of an Official Account: a refresh token works once, and takes the old access token with it."""

from urllib.parse import parse_qs

from starlette.responses import JSONResponse

ACCESS_SECONDS = 25 * 3600
REFRESH_SECONDS = 90 * 24 * 3600


class OaTokens:
    """`expires_in` is what the next answer says, a string; None leaves it out. `refreshes` counts rotations."""

    def __init__(self, account, clock):
        self._account, self._clock = account, clock
        self.access_token, self.refresh_token = account.access_token, account.refresh_token
        self.access_expires_at = clock.now() + ACCESS_SECONDS
        self.refresh_expires_at = clock.now() + REFRESH_SECONDS
        self.expires_in = str(90_000)
        self.spent = set()
        self.refreshes = 0

    def is_valid(self, access_token):
        return access_token == self.access_token and self._clock.now() < self.access_expires_at

    def expire_access(self):
        self.access_expires_at = self._clock.now()

    def expire_refresh(self):
        self.refresh_expires_at = self._clock.now()

    def exchange(self, form, secret_key):
        """The token endpoint; its errors too come with HTTP status 200."""
        fields = {name: values[0] for name, values in parse_qs(form.decode()).items()}
        if fields.get("app_id") != self._account.app_id:
            return _oauth_error(-14002, "Invalid app id", "The app id does not exist")
        if secret_key != self._account.app_secret:
            # Not in any document that we have; any code outside the documented ones will do.
            return _oauth_error(-14004, "Invalid secret key", "The secret key does not belong to the app")
        if fields.get("grant_type") != "refresh_token":
            return _oauth_error(-14001, "Invalid grant type", "The grant type is not supported")
        return self._rotate(fields.get("refresh_token", ""))

    def _rotate(self, refresh_token):
        if refresh_token in self.spent or refresh_token != self.refresh_token:
            return _oauth_error(-14014, "Invalid refresh token", "The refresh token was used or never existed")
        if self._clock.now() >= self.refresh_expires_at:
            return _oauth_error(-14020, "Refresh token expired", "The refresh token is older than 3 months")
        self.spent.add(refresh_token)
        self.refreshes += 1
        # From the old ones, so that no two servers' tokens meet.
        self.access_token = f"{self._account.access_token}-r{self.refreshes}"
        self.refresh_token = f"{self._account.refresh_token}-r{self.refreshes}"
        self.access_expires_at = self._clock.now() + ACCESS_SECONDS
        self.refresh_expires_at = self._clock.now() + REFRESH_SECONDS
        answer = {"access_token": self.access_token, "refresh_token": self.refresh_token}
        return JSONResponse(answer if self.expires_in is None else {**answer, "expires_in": self.expires_in})


def _oauth_error(code, name, reason):
    return JSONResponse({"error": code, "error_name": name, "error_reason": reason, "error_description": reason})
