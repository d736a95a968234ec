import dataclasses

import pytest

from connectors.zalo_oa.settings import read_credentials
from settings.reader import SettingsError

WHOLE = {
    "ZALO_OA_ID": "2300000000000000001",
    "ZALO_OA_APP_ID": "3600000000000000001",
    "ZALO_OA_SECRET": "bi-mat-gia",
    "ZALO_OA_APP_SECRET": "bi-mat-ung-dung-gia",
    "ZALO_OA_ACCESS_TOKEN": "the-truy-cap-gia",
    "ZALO_OA_REFRESH_TOKEN": "the-lam-moi-gia",
}


def without(*names):
    return {name: value for name, value in WHOLE.items() if name not in names}


@pytest.mark.parametrize("environment", [{}, dict.fromkeys(WHOLE, ""), {"ZALO_OA_API_BASE": "http://127.0.0.1:9"}])
def test_without_its_variables_the_channel_is_off(environment):
    assert read_credentials(environment) is None


def test_a_whole_set_is_read_with_the_documented_addresses():
    credentials = read_credentials(WHOLE)
    assert (credentials.oa_id, credentials.app_id) == ("2300000000000000001", "3600000000000000001")
    assert (credentials.api_base, credentials.oauth_base) == ("https://openapi.zalo.me", "https://oauth.zaloapp.com")
    assert not credentials.is_bootstrap
    assert credentials.can_refresh


def test_addresses_can_be_changed_and_end_without_a_slash():
    bases = {"ZALO_OA_API_BASE": "http://127.0.0.1:9001/", "ZALO_OAUTH_BASE": "http://127.0.0.1:9002"}
    credentials = read_credentials({**WHOLE, **bases})
    assert (credentials.api_base, credentials.oauth_base) == ("http://127.0.0.1:9001", "http://127.0.0.1:9002")


@pytest.mark.conformance("G84")
def test_two_secrets_are_valid_while_one_replaces_the_other():
    assert read_credentials({**WHOLE, "ZALO_OA_SECRET": "cu, moi"}).secrets == ("cu", "moi")


@pytest.mark.conformance("G9")
@pytest.mark.parametrize("secret", ["", " , "])
def test_without_the_webhook_secret_it_is_bootstrap_and_tokens_may_come_later(secret):
    credentials = read_credentials({**without("ZALO_OA_ACCESS_TOKEN", *WHOLE), **ids(), "ZALO_OA_SECRET": secret})
    assert credentials.is_bootstrap


def ids():
    return {name: WHOLE[name] for name in ("ZALO_OA_ID", "ZALO_OA_APP_ID")}


def test_an_access_token_alone_is_enough_to_send():
    credentials = read_credentials(without("ZALO_OA_REFRESH_TOKEN", "ZALO_OA_APP_SECRET"))
    assert not credentials.can_refresh


def test_a_refresh_token_alone_is_enough_too():
    assert read_credentials(without("ZALO_OA_ACCESS_TOKEN")).can_refresh


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (without("ZALO_OA_ID"), ["ZALO_OA_ID"]),
        (without("ZALO_OA_APP_ID"), ["ZALO_OA_APP_ID"]),
        ({"ZALO_OA_SECRET": "x"}, [name for name in WHOLE if name != "ZALO_OA_SECRET"]),
        (without("ZALO_OA_APP_SECRET"), ["ZALO_OA_APP_SECRET"]),
        (without("ZALO_OA_REFRESH_TOKEN"), ["ZALO_OA_REFRESH_TOKEN"]),
        (without("ZALO_OA_REFRESH_TOKEN", "ZALO_OA_ACCESS_TOKEN"), ["ZALO_OA_REFRESH_TOKEN"]),
        (
            without("ZALO_OA_REFRESH_TOKEN", "ZALO_OA_ACCESS_TOKEN", "ZALO_OA_APP_SECRET"),
            ["ZALO_OA_ACCESS_TOKEN", "ZALO_OA_REFRESH_TOKEN", "ZALO_OA_APP_SECRET"],
        ),
    ],
)
def test_half_configured_names_what_is_missing(given, missing):
    with pytest.raises(SettingsError) as raised:
        read_credentials(given)
    said = str(raised.value).split(": missing")[0]
    named = [name for name in WHOLE if name in said.replace("(", " ").replace(")", " ").replace(",", " ").split()]
    assert named == [name for name in WHOLE if name in missing]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZALO_OA_ID", "23 00"),
        ("ZALO_OA_APP_ID", "ứng dụng"),
        ("ZALO_OA_ACCESS_TOKEN", "bí mật"),
        ("ZALO_OA_APP_SECRET", "a b"),
        ("ZALO_OA_API_BASE", "openapi.zalo.me"),
        ("ZALO_OAUTH_BASE", "ftp://zalo"),
        ("ZALO_OAUTH_BASE", "https://zalo:port"),
    ],
)
def test_what_cannot_be_right_is_named_without_its_value(name, value):
    with pytest.raises(SettingsError, match=name) as raised:
        read_credentials({**WHOLE, name: value})
    assert value not in str(raised.value)


@pytest.mark.conformance("G83")
def test_credentials_never_show_a_secret():
    credentials = read_credentials(WHOLE)
    shown = repr(credentials) + str(dataclasses.replace(credentials))
    assert not [value for name, value in WHOLE.items() if not name.endswith("_ID") and value in shown]
