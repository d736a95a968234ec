"""Errors of Zalo's OA API: they come with HTTP status 200."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OaError:
    """`error` and `message` of an answer."""

    code: int
    message: str


RATE_LIMIT = OaError(-32, "Your application reached limit call api")
SEND_FAILED = OaError(-200, "Send message failed")
TOO_LONG = OaError(-210, "Params is over max length")
OUT_OF_QUOTA = OaError(-211, "Out of quota")
NOT_FOLLOWED = OaError(-213, "User has not followed OA")
TOKEN_INVALID = OaError(-216, "Access token is invalid")
USER_QUOTA = OaError(-218, "Out of user receive quota")
TOKEN_EXPIRED = OaError(-220, "Access token has expired or been removed")
USER_INACTIVE = OaError(-227, "User is banned or has been inactive for more than 45 days")
NO_INTERACTION = OaError(-230, "User has not interacted with the OA in the past 7 days")
TYPE_UNSUPPORTED = OaError(-233, "Message type is not supported")
USER_RESTRICTS = OaError(-244, "User has restricted this type of message from your OA")


def invalid(what):
    """A parameter that cannot be understood."""
    return OaError(-201, f"{what} is invalid")
