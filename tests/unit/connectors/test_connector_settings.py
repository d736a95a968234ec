from pathlib import Path

import pytest
import yaml

from connectors.settings import read_settings
from settings.reader import SettingsError

OURS = Path(__file__).resolve().parents[3] / "settings.yml"


def test_the_settings_of_the_project_are_complete():
    assert read_settings(OURS).web.message_characters == 2000


@pytest.mark.parametrize(
    ("section", "key"), [("web", "token_days"), ("worker", "lease_seconds"), ("dialogue", "timeout_seconds")]
)
def test_a_missing_key_is_named(tmp_path, section, key):
    document = yaml.safe_load(OURS.read_text())
    del document["connectors"][section][key]
    path = tmp_path / "settings.yml"
    path.write_text(yaml.safe_dump(document))
    with pytest.raises(SettingsError, match=f"connectors.{section}.{key}"):
        read_settings(path)
