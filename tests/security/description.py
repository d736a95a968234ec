"""The console's doors as OpenAPI, for fuzzers: the console itself describes nothing to anybody."""

import re

from console.operator.doors import operator_doors
from console.security.form import MEDIA_TYPE

NUMBERS = {"episode", "ticket", "operator", "alert"}
ENDLESS = {"GET /console/events"}
ENDING = {"POST /console/sign-out", "POST /console/password", "POST /console/operators/{operator}/sessions"}
"""A fuzzer that passes these has no session any more."""
FIELDS = {
    "text": "string",
    "note": "string",
    "reason": "string",
    "code": "string",
    "title": "string",
    "login": "string",
    "name": "string",
    "words": "string",
    "query": "string",
    "channel": "string",
    "day": "string",
    "date": "string",
    "kind": "string",
    "roles": "string",
    "request_id": "string",
    "to": "integer",
    "sequence": "integer",
    "id": "integer",
    "year": "integer",
}
QUERIES = ("after", "note", "question", "words", "channel", "reason", "kind", "page", "month", "week", "day")


def description():
    """OpenAPI 3.0."""
    paths = {}
    for door in operator_doors(object()):
        if f"{door.method} {door.path}" in ENDLESS | ENDING:
            continue
        path = door.path.replace(":path", "")
        paths.setdefault(path, {})[door.method.lower()] = _operation(door.method, path)
    return {"openapi": "3.0.3", "info": {"title": "console", "version": "1"}, "paths": paths}


def _operation(method, path):
    names = re.findall(r"\{(\w+)\}", path)
    parameters = [_parameter(name, "path", "integer" if name in NUMBERS else "string") for name in names]
    operation = {"responses": {"200": {"description": "whatever the door answers"}}, "parameters": parameters}
    if method == "GET":
        parameters += [_parameter(name, "query", "string") for name in QUERIES]
    else:
        properties = {name: {"type": kind} for name, kind in FIELDS.items()}
        operation["requestBody"] = {"content": {MEDIA_TYPE: {"schema": {"type": "object", "properties": properties}}}}
    return operation


def _parameter(name, where, kind):
    schema = {"type": kind}
    if kind == "integer":
        schema["minimum"] = 1
        schema["maximum"] = 12
    return {"name": name, "in": where, "required": where == "path", "schema": schema}
