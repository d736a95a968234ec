"""Switched on, off, or half: the environment decides, in exact words."""

import pytest

from connectors.bot_credentials import Mode
from connectors.zalo_bot.settings import DEFAULT_API_BASE, read_credentials
from settings.reader import SettingsError

TOKEN, SECRET = "4450:bi-mat-gia", "bi-mat-cua-so-gia"
COMPLETE = {"ZALO_BOT_TOKEN": TOKEN, "ZALO_BOT_SECRET": SECRET}


@pytest.mark.parametrize(
    "environment", [{}, {"ZALO_BOT_TOKEN": " "}, {"ZALO_BOT_API_BASE": "http://127.0.0.1:1"}], ids=str
)
def test_without_its_variables_the_channel_is_off(environment):
    assert read_credentials(environment) is None


def test_token_and_secret_switch_the_webhook_on():
    credentials = read_credentials(COMPLETE)
    assert (credentials.account, credentials.secret, credentials.mode) == ("4450", SECRET, Mode.WEBHOOK)
    assert credentials.api_base == DEFAULT_API_BASE == "https://bot-api.zaloplatforms.com"


def test_polling_needs_no_secret():
    credentials = read_credentials({"ZALO_BOT_TOKEN": TOKEN, "ZALO_BOT_MODE": "polling"})
    assert (credentials.mode, credentials.secret) == (Mode.POLLING, None)


@pytest.mark.conformance("I20")
@pytest.mark.parametrize("base", ["https://bot-api.zapps.me/", "http://127.0.0.1:9000/zalo-bot"])
def test_the_address_of_the_api_can_be_set(base):
    assert read_credentials(COMPLETE | {"ZALO_BOT_API_BASE": base}).api_base == base.rstrip("/")


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"ZALO_BOT_TOKEN": TOKEN}, "ZALO_BOT_SECRET: missing"),
        ({"ZALO_BOT_SECRET": SECRET}, "ZALO_BOT_TOKEN: missing"),
        ({"ZALO_BOT_MODE": "polling"}, "ZALO_BOT_TOKEN: missing"),
        ({"ZALO_BOT_MODE": "webhook"}, "ZALO_BOT_TOKEN, ZALO_BOT_SECRET: missing"),
    ],
    ids=str,
)
def test_half_a_configuration_names_what_is_missing(environment, missing):
    with pytest.raises(SettingsError, match=f"^{missing}"):
        read_credentials(environment)


@pytest.mark.conformance("I2")
@pytest.mark.parametrize(("length", "good"), [(7, False), (8, True), (256, True), (257, False)])
def test_a_secret_has_eight_to_256_characters(length, good):
    environment = COMPLETE | {"ZALO_BOT_SECRET": "s" * length}
    if good:
        assert read_credentials(environment).secret == "s" * length
        return
    with pytest.raises(SettingsError, match="ZALO_BOT_SECRET"):
        read_credentials(environment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZALO_BOT_TOKEN", "khong-co-hai-cham"),
        ("ZALO_BOT_TOKEN", ":bi-mat"),
        ("ZALO_BOT_TOKEN", "4450:"),
        ("ZALO_BOT_TOKEN", "4450:bi/mat?x=1"),
        ("ZALO_BOT_TOKEN", "4" * 65 + ":bi-mat"),
        ("ZALO_BOT_SECRET", "bi mat co dau cach"),
        ("ZALO_BOT_SECRET", "bí-mật-có-dấu"),
        ("ZALO_BOT_MODE", "Polling"),
        ("ZALO_BOT_API_BASE", "bot-api.zaloplatforms.com"),
    ],
)
def test_a_value_that_cannot_work_stops_the_start_without_being_shown(name, value):
    with pytest.raises(SettingsError, match=name) as caught:
        read_credentials(COMPLETE | {name: value})
    assert value not in str(caught.value)


@pytest.mark.conformance("I19")
def test_token_and_secret_do_not_show():
    shown = repr(read_credentials(COMPLETE))
    assert TOKEN not in shown
    assert SECRET not in shown
