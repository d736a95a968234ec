"""One citizen as the Official Account's server knows them."""

from dataclasses import dataclass

from tests.channel_servers.zalo_oa import errors

WINDOW_SECONDS = 7 * 24 * 3600


@dataclass
class Follower:
    """`interacted_at` is None for somebody who never wrote, or unfollowed since. `quota` None has no end."""

    user: str
    name: str = "Nguyễn Văn Thử"
    follows: bool = False
    interacted_at: float | None = None
    banned: bool = False
    restricts: bool = False
    quota: int | None = None

    def refusal(self, now):
        """Why nothing can be sent to them now, or None."""
        if self.banned:
            return errors.USER_INACTIVE
        if self.restricts:
            return errors.USER_RESTRICTS
        if not self.follows and self.interacted_at is None:
            return errors.NOT_FOLLOWED
        if self.interacted_at is None or now - self.interacted_at > WINDOW_SECONDS:
            return errors.NO_INTERACTION
        return errors.USER_QUOTA if self.quota == 0 else None
