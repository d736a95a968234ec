"""The environment variables that make the product take the fakes for the real channels, and back."""

from tests.channel_servers.telegram.account import TelegramAccount
from tests.channel_servers.telegram.server import TelegramServer
from tests.channel_servers.zalo_bot.server import DEFAULT_SECRET, DEFAULT_TOKEN, ZaloBotServer
from tests.channel_servers.zalo_oa.account import ZaloOaAccount
from tests.channel_servers.zalo_oa.server import ZaloOaServer

NAMES = ("zalo-oa", "zalo-bot", "telegram")


def build_servers(environment, names=NAMES):
    """With the credentials of the environment where it has them, else with invented ones."""

    def given(variable, otherwise):
        return environment.get(variable) or otherwise

    blank = ZaloOaAccount()
    makers = {
        "zalo-oa": lambda: ZaloOaServer(
            ZaloOaAccount(
                given("ZALO_OA_ID", blank.oa_id),
                given("ZALO_OA_APP_ID", blank.app_id),
                given("ZALO_OA_SECRET", blank.secret),
                given("ZALO_OA_APP_SECRET", blank.app_secret),
                given("ZALO_OA_ACCESS_TOKEN", blank.access_token),
                given("ZALO_OA_REFRESH_TOKEN", blank.refresh_token),
            )
        ),
        "zalo-bot": lambda: ZaloBotServer(
            given("ZALO_BOT_TOKEN", DEFAULT_TOKEN), given("ZALO_BOT_SECRET", DEFAULT_SECRET)
        ),
        "telegram": lambda: TelegramServer(
            TelegramAccount(
                given("TELEGRAM_BOT_TOKEN", TelegramAccount.token),
                given("TELEGRAM_WEBHOOK_SECRET", TelegramAccount.secret),
            )
        ),
    }
    return [makers[name]() for name in names]


def name_gateway(servers, url, mode="webhook"):
    """Whose webhooks are called. An Official Account cannot be polled."""
    for server in servers:
        if mode == "webhook" or isinstance(server, ZaloOaServer):
            server.use_gateway(url)


def environment_of(servers, mode="webhook"):
    """For the gateway's process; the servers are served already. `mode` is webhook or polling."""
    variables = {}
    for server in servers:
        match server:
            case ZaloOaServer(account=account, url=url):
                variables |= {
                    "ZALO_OA_ID": account.oa_id,
                    "ZALO_OA_APP_ID": account.app_id,
                    "ZALO_OA_SECRET": account.secret,
                    "ZALO_OA_APP_SECRET": account.app_secret,
                    "ZALO_OA_ACCESS_TOKEN": account.access_token,
                    "ZALO_OA_REFRESH_TOKEN": account.refresh_token,
                    "ZALO_OA_API_BASE": url,
                    "ZALO_OAUTH_BASE": url,
                }
            case ZaloBotServer(token=token, secret=secret, url=url):
                names = ("ZALO_BOT_TOKEN", "ZALO_BOT_SECRET", "ZALO_BOT_API_BASE", "ZALO_BOT_MODE")
                variables |= dict(zip(names, (token, secret, url, mode), strict=True))
            case TelegramServer(account=account, url=url):
                names = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_API_BASE", "TELEGRAM_MODE")
                variables |= dict(zip(names, (account.token, account.secret, url, mode), strict=True))
    return variables
