"""How well a trained model reads a file of labelled messages; run with `.venv-rasa/bin/python -m bot.nlu_report`.

Prints one JSON object: macro F1, recall and F1 of each intent, and the rows that were misread.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.nlu_scores import Reading, scores


def main(arguments: Sequence[str] | None = None) -> None:
    """`--model` is a file, or a folder whose newest model is taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="models")
    parser.add_argument("--nlu", default="tests/fixtures/nlu/test_nlu.yml")
    options = parser.parse_args(arguments)
    readings = asyncio.run(read_all(options.model, Path(options.nlu)))
    json.dump(scores(readings), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


async def read_all(model: str, file: Path) -> list[Reading]:
    """Each row of the file with the intent that the model finds."""
    from rasa.core.agent import load_agent
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    agent = await load_agent(model_path=model)
    if not agent.is_ready():
        raise FileNotFoundError(f"no model in {model}; run: make train")
    readings = []
    for example in load_data(str(file)).intent_examples:
        text = example.get("text")
        parsed = await agent.parse_message(text)
        readings.append(Reading(text, example.get("intent"), parsed["intent"]["name"]))
    return readings


if __name__ == "__main__":
    main()
