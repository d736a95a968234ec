"""Who the simulated bot is. The token looks like one and opens nothing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TelegramAccount:
    """`secret` is what `use_gateway` registers the webhook with."""

    token: str = "7000000001:fake-telegram-bot-token-of-the-tests"
    secret: str = "secret_of_the_fake_telegram"
    username: str = "bhxh_thu_bot"
    name: str = "BHXH (mô phỏng)"

    @property
    def bot_id(self):
        return int(self.token.partition(":")[0])

    @property
    def user(self):
        """As `from` of the bot's own messages."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.name, "username": self.username}
