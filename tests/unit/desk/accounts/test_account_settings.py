from pathlib import Path

import pytest
import yaml

from desk.settings import read_settings
from settings.reader import SettingsError

OURS = Path(__file__).resolve().parents[4] / "settings.yml"


def changed(folder, group, key, value):
    document = yaml.safe_load(OURS.read_text(encoding="utf-8"))
    document["desk"]["accounts"][group][key] = value
    path = folder / "settings.yml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


def test_the_settings_of_the_project_are_safe():
    assert read_settings(OURS).accounts.password.memory_mib == 64


@pytest.mark.parametrize(
    ("group", "key", "value"),
    [
        ("password", "shortest", 8),
        ("password", "memory_mib", 18),
        ("password", "passes", 1),
        ("password", "lanes", 0),
        ("lockout", "attempts", 0),
        ("lockout", "address_attempts", 0),
        ("lockout", "first_seconds", 0),
        ("lockout", "ceiling_seconds", 1),
        ("session", "per_operator", 0),
        ("session", "idle_minutes", 0),
        ("session", "absolute_hours", 25),
        ("totp", "required_roles", ["boss"]),
        ("totp", "window_steps", 11),
    ],
)
def test_a_value_that_makes_accounts_unsafe_stops_the_start(tmp_path, group, key, value):
    with pytest.raises(SettingsError, match=rf"desk\.accounts\.{group}\.{key}"):
        read_settings(changed(tmp_path, group, key, value))
