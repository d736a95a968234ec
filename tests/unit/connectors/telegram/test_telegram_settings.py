"""Switched on, off, or half: the environment decides, in exact words."""

import pytest

from connectors.bot_credentials import Mode
from connectors.telegram.settings import DEFAULT_API_BASE, read_credentials
from settings.reader import SettingsError

TOKEN, SECRET = "100200300:bi-mat-gia-cua-bot", "bi-mat_cua-so-gia"
COMPLETE = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": SECRET}


@pytest.mark.parametrize(
    "environment", [{}, {"TELEGRAM_BOT_TOKEN": " "}, {"TELEGRAM_API_BASE": "http://127.0.0.1:1"}], ids=str
)
def test_without_its_variables_the_channel_is_off(environment):
    assert read_credentials(environment) is None


def test_token_and_secret_switch_the_webhook_on():
    credentials = read_credentials(COMPLETE | {"TELEGRAM_BOT_TOKEN": f"{TOKEN}\n"})
    assert (credentials.token, credentials.secret, credentials.mode) == (TOKEN, SECRET, Mode.WEBHOOK)
    assert credentials.account == "100200300"
    assert credentials.api_base == DEFAULT_API_BASE == "https://api.telegram.org"


def test_polling_needs_no_secret():
    credentials = read_credentials({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_MODE": "polling"})
    assert (credentials.mode, credentials.secret) == (Mode.POLLING, None)


@pytest.mark.parametrize("base", ["https://bot-api.vidu.vn/", "http://127.0.0.1:9000/telegram"])
def test_the_address_of_the_api_can_be_set(base):
    assert read_credentials(COMPLETE | {"TELEGRAM_API_BASE": base}).api_base == base.rstrip("/")


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"TELEGRAM_BOT_TOKEN": TOKEN}, "TELEGRAM_WEBHOOK_SECRET: missing"),
        ({"TELEGRAM_WEBHOOK_SECRET": SECRET}, "TELEGRAM_BOT_TOKEN: missing"),
        ({"TELEGRAM_MODE": "polling"}, "TELEGRAM_BOT_TOKEN: missing"),
        ({"TELEGRAM_MODE": "webhook"}, "TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET: missing"),
    ],
    ids=str,
)
def test_half_a_configuration_names_what_is_missing(environment, missing):
    with pytest.raises(SettingsError, match=f"^{missing}"):
        read_credentials(environment)


@pytest.mark.parametrize(("length", "good"), [(1, True), (256, True), (257, False)])
def test_a_secret_has_up_to_256_characters(length, good):
    environment = COMPLETE | {"TELEGRAM_WEBHOOK_SECRET": "s" * length}
    if good:
        assert read_credentials(environment).secret == "s" * length
        return
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        read_credentials(environment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "khong-co-hai-cham"),
        ("TELEGRAM_BOT_TOKEN", "ten:bi-mat"),
        ("TELEGRAM_BOT_TOKEN", "100200300:"),
        ("TELEGRAM_BOT_TOKEN", "100200300:bi/mat?x=1"),
        ("TELEGRAM_BOT_TOKEN", "1" * 19 + ":bi-mat"),
        ("TELEGRAM_WEBHOOK_SECRET", "bi mat"),
        ("TELEGRAM_WEBHOOK_SECRET", "bí-mật"),
        ("TELEGRAM_MODE", "Polling"),
        ("TELEGRAM_API_BASE", "api.telegram.org"),
        ("TELEGRAM_API_BASE", "https://api.telegram.org/bot{token}"),
    ],
)
def test_a_value_that_cannot_work_stops_the_start_without_being_shown(name, value):
    with pytest.raises(SettingsError, match=name) as caught:
        read_credentials(COMPLETE | {name: value})
    assert value not in str(caught.value)


def test_an_unknown_mode_names_the_choices():
    with pytest.raises(SettingsError, match="must be webhook or polling"):
        read_credentials(COMPLETE | {"TELEGRAM_MODE": "both"})


@pytest.mark.conformance("H47")
def test_token_and_secret_do_not_show():
    shown = repr(read_credentials(COMPLETE))
    assert TOKEN not in shown
    assert SECRET not in shown
