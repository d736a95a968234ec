"""Which channels an environment switches on, and what is said about one that is half configured."""

import pytest

from app.channels import NAMES, check_environment, is_on, read_public_url
from app.commands.channel import door_address, read_switch
from app.commands.up import up
from app.diagnosis import check_channels
from app.failures import CommandError
from settings.reader import SettingsError

TELEGRAM = {"TELEGRAM_BOT_TOKEN": "7000000001:invented", "TELEGRAM_WEBHOOK_SECRET": "invented"}
ZALO_BOT = {"ZALO_BOT_TOKEN": "4450:invented", "ZALO_BOT_MODE": "polling"}
ZALO_OA = {"ZALO_OA_ID": "388", "ZALO_OA_APP_ID": "360", "ZALO_OA_SECRET": "s", "ZALO_OA_ACCESS_TOKEN": "t"}
HALF = {
    "zalo_oa": ({"ZALO_OA_ID": "388"}, "ZALO_OA_APP_ID"),
    "zalo_bot": ({"ZALO_BOT_TOKEN": "4450:invented"}, "ZALO_BOT_SECRET"),
    "telegram": ({"TELEGRAM_MODE": "polling"}, "TELEGRAM_BOT_TOKEN"),
}


@pytest.fixture
def _nothing_set(monkeypatch):
    import os

    for name in list(os.environ):
        if name.startswith(("ZALO_", "TELEGRAM_", "BHXH_PUBLIC_URL")):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, ()),
        ({"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_API_BASE": "http://127.0.0.1:1"}, ()),
        (TELEGRAM, ("telegram",)),
        (ZALO_BOT, ("zalo_bot",)),
        (ZALO_OA | ZALO_BOT | TELEGRAM, NAMES),
    ],
)
def test_a_channel_is_on_when_its_variables_are_set(environment, names):
    assert check_environment(environment) == names
    assert tuple(name for name in NAMES if is_on(name, environment)) == names


@pytest.mark.parametrize("name", NAMES)
def test_a_half_configured_channel_is_an_error_that_names_what_is_missing(name):
    environment, missing = HALF[name]
    with pytest.raises(SettingsError, match=missing):
        check_environment(environment)
    switch = read_switch(name, environment)
    assert (switch.state, missing in switch.detail) == ("half configured", True)
    assert {read_switch(other, environment).state for other in NAMES if other != name} == {"off"}


@pytest.mark.usefixtures("_nothing_set")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_started_while_a_channel_is_half_configured(name, monkeypatch):
    environment, missing = HALF[name]
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=missing):
        up(port=1, host="127.0.0.1")
    finding = check_channels()
    assert (finding.good, missing in finding.detail, bool(finding.remedy)) == (False, True, True)


@pytest.mark.usefixtures("_nothing_set")
def test_without_channels_the_web_chat_is_there(monkeypatch):
    assert check_channels().detail == "web"
    for variable, value in TELEGRAM.items():
        monkeypatch.setenv(variable, value)
    assert check_channels().detail == "web, telegram"


@pytest.mark.parametrize("url", ["bhxh.example", "ftp://bhxh.example", "//bhxh.example"])
def test_a_public_url_that_no_browser_opens_is_an_error(url):
    with pytest.raises(SettingsError, match="BHXH_PUBLIC_URL"):
        check_environment({"BHXH_PUBLIC_URL": url})


@pytest.mark.parametrize(
    ("given", "read"), [("", None), (" ", None), ("https://bhxh.example/ ", "https://bhxh.example")]
)
def test_a_public_url_has_no_slash_at_its_end(given, read):
    assert read_public_url({"BHXH_PUBLIC_URL": given}) == read


class TestDoorAddress:
    PATH = "/webhooks/telegram"

    @pytest.mark.parametrize(
        ("given", "public", "address"),
        [
            ("", "https://bhxh.example", "https://bhxh.example/webhooks/telegram"),
            ("", "https://bhxh.example/chat/", "https://bhxh.example/chat/webhooks/telegram"),
            ("https://other.example:8443/webhooks/telegram", "https://bhxh.example", None),
            ("http://127.0.0.1:8080/webhooks/telegram", "", None),
            ("http://[::1]:8080/webhooks/telegram", "", None),
            ("http://localhost/webhooks/telegram", "", None),
        ],
    )
    def test_it_is_what_was_given_or_stands_under_the_public_url(self, given, public, address):
        assert door_address(given, self.PATH, {"BHXH_PUBLIC_URL": public}) == (address or given)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ("", "BHXH_PUBLIC_URL"),
            ("http://bhxh.example/webhooks/telegram", "https only"),
            ("http://127.0.0.1.bhxh.example/webhooks/telegram", "https only"),
            ("https://bhxh.example/webhooks/zalo-bot", "must end with /webhooks/telegram"),
            ("https://bhxh.example", "must end with"),
            ("bhxh.example/webhooks/telegram", "no web address"),
            ("https:///webhooks/telegram", "no web address"),
            ("https://bhxh.example:port/webhooks/telegram", "no web address"),
            ("https://[::1/webhooks/telegram", "no web address"),
            ("javascript:alert(1)//webhooks/telegram", "no web address"),
        ],
    )
    def test_what_no_channel_could_or_should_call_is_refused(self, given, said):
        with pytest.raises(CommandError, match=said):
            door_address(given, self.PATH, {})
