"""Parameters of a call, however they came: query, form or JSON."""

import json
from urllib.parse import parse_qsl

JSON_FIELDS = ("reply_markup", "allowed_updates", "entities", "reply_parameters", "link_preview_options")


class UnreadableParametersError(ValueError):
    """The body is no form and no JSON object."""


def read_parameters(query, content_type, body):
    """A dict of str to anything. python-telegram-bot sends forms whose nested values are JSON texts."""
    parameters = dict(query)
    if "application/json" in content_type:
        try:
            sent = json.loads(body)
        except ValueError as error:
            raise UnreadableParametersError from error
        if not isinstance(sent, dict):
            raise UnreadableParametersError
        parameters.update(sent)
    else:
        parameters.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    for name in JSON_FIELDS:
        if isinstance(parameters.get(name), str):
            parameters[name] = _decoded(parameters[name])
    return parameters


def _decoded(text):
    try:
        return json.loads(text) if text else None
    except ValueError as error:
        raise UnreadableParametersError from error


def whole_number(parameters, name, otherwise=0):
    """`otherwise` where it is missing or not a number."""
    try:
        return int(parameters.get(name, otherwise))
    except (TypeError, ValueError):
        return otherwise
