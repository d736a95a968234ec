"""What a message does besides asking about a rule."""

from enum import Enum


class Act(str, Enum):
    """Acts recognised by rule, before any search. (enum.StrEnum needs Python 3.11; Rasa runs on 3.10.)"""

    SELF_HARM = "self_harm"
    EMERGENCY = "emergency"
    THREAT = "threat"
    REQUEST_PERSON = "request_person"
    SCAM = "scam"
    UNSAFE_INPUT = "unsafe_input"
    COMPLAINT = "complaint"
    OWN_CASE = "own_case"
    OTHER_BODY = "other_body"
    INSULT = "insult"

    def __str__(self) -> str:
        return self.value
