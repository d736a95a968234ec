"""The project's settings file with other numbers, for processes that a test starts."""

import yaml

from app.paths import ROOT, SETTINGS


def write_changed_settings(path, changes):
    """`changes` are sections of `connectors`; raises KeyError for a number that settings.yml does not have.

    The folders of the knowledge are named in full: they are looked for beside the settings file.
    """
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    for section, numbers in changes.items():
        if unknown := numbers.keys() - settings["connectors"][section].keys():
            raise KeyError(f"connectors.{section}: {', '.join(sorted(unknown))}")
        settings["connectors"][section] |= numbers
    for folder in ("content_folder", "index_folder"):
        settings["knowledge"][folder] = str(ROOT / settings["knowledge"][folder])
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path
