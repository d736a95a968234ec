"""Our actions behind rasa-sdk's real HTTP door, with an assistant from a table: needs no model and no index."""

from __future__ import annotations

import sys

from rasa_sdk.endpoint import create_app

from actions import wiring
from actions.executor import build_executor
from knowledge.answering.assistant import AnswerRecord
from tests.unit.actions.fakes import CLARIFICATION, LATE, MATERNITY, FakeAssistant, answered

KNOWS = {
    "tron dong": answered(LATE),
    "thai san": answered(MATERNITY),
    "sinh con": CLARIFICATION,
    "nguoi lao dong": answered(LATE),
    "nguoi su dung lao dong": answered(MATERNITY),
}


class TableAssistant(FakeAssistant):
    def answer(self, question: str, *, audience: str = "") -> AnswerRecord:
        if "xin làm hỏng" in question:
            raise ValueError(question)
        return super().answer(question, audience=audience)


def main(port: int) -> None:
    wiring.assistant = lambda: TableAssistant(KNOWS)
    server = create_app(build_executor(), cors_origins=None)
    server.run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
