"""`python -m tests.security`: scanners against a gateway of their own on loopback; writes into docs/security.md.

The scanners are no part of the project: `python3 -m venv /tmp/scan && /tmp/scan/bin/pip install wapiti3`, and then
`BHXH_SCANNERS=/tmp/scan/bin`. Schemathesis is among the tests' own requirements.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from app.paths import VAR
from tests.benchmark.page import measured_on, write_measured
from tests.benchmark.stacks import lonely_gateway
from tests.conftest import ROOT
from tests.security.description import description
from tests.security.matrix import PAGE
from tests.security.scene import checked, prepare

COMMAND = "python -m tests.security"
SCANNERS = Path(os.environ.get("BHXH_SCANNERS", "/usr/bin"))
CRAWL_SECONDS = 90
ATTACK_SECONDS = 12  # for each module
EXAMPLES = 12
SHOWN = 3
MODULES = "backup,cookieflags,crlf,csp,csrf,exec,file,http_headers,methods,permanentxss,redirect,sql,ssrf,xss,xxe"
SERIOUS = ("SQL Inj", "Reflected Cross", "Stored Cross", "Command exec", "Path Trav", "Server Side Request", "XML Ext")
WITH_ROLES = "console, signed in with every role"
WORK = VAR / "security"


def say(line):
    print(line, file=sys.stderr, flush=True)


def run(command, seconds, **more):
    """Its output and whether it ended by itself with success."""
    say(" ".join(part if len(part) < 60 else "…" for part in map(str, command)))
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, cwd=WORK, **more)
    return done.stdout + done.stderr, done.returncode


def headers(url, signed_in):
    yield f"Cookie: {signed_in.cookie}"
    yield f"X-CSRF-Token: {signed_in.csrf}"
    yield f"Origin: {url}"
    yield "Sec-Fetch-Site: same-origin"


def wapiti(url, page, name, signed_in=None):
    """Rows of the table: what was found, by kind, and how many requests were sent."""
    report = WORK / f"wapiti-{name.split()[0].strip(',')}.json"
    report.unlink(missing_ok=True)
    command = [
        SCANNERS / "wapiti",
        "-u",
        url + page,
        "--scope",
        "domain",
        "--flush-session",
        "-f",
        "json",
        "-o",
        report,
        "-d",
        "4",
    ]
    command += ["--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(ATTACK_SECONDS)]
    command += ["--max-links-per-page", "60", "-m", MODULES, "--no-bugreport"]
    for door in ("/console/sign-out", "/console/password", "/console/operators/.*/sessions", "/console/events"):
        command += ["-x", url + door.replace(".*", "*")]
    for header in headers(url, signed_in) if signed_in else ():
        command += ["-H", header]
    output, _ = run(command, 900)
    if not report.exists():
        raise AssertionError(output[-2_000:])
    found = json.loads(report.read_text(encoding="utf-8"))
    kinds = {kind: entries for kind, entries in found["vulnerabilities"].items() if entries}
    kinds |= {kind: entries for kind, entries in found["anomalies"].items() if entries}
    pages = found["infos"].get("crawled_pages_nbr", "?")
    listed = "; ".join(f"{kind}: {len(entries)}" for kind, entries in kinds.items()) or "nothing"
    details = grouped(entry for entries in kinds.values() for entry in entries)
    return f"| {found['infos']['version']}, {name} | {pages} pages | {listed} |", list(details), kinds


def grouped(entries):
    """One line for each thing said, with how often and where first."""
    places = {}
    for entry in entries:
        places.setdefault(entry["info"], set()).add(f"{entry['method']} {entry['path']}")
    for said, where in sorted(places.items()):
        first = ", ".join(f"`{each}`" for each in sorted(where)[:SHOWN])
        yield f"{said}: {len(where)} doors, among them {first}"


def schemathesis(url, name, schema, signed_in=None):
    """Row of the table: calls, and answers of 5xx."""
    where = WORK / f"schema-{name.split()[0].strip(',')}.json"
    where.write_text(json.dumps(schema), encoding="utf-8")
    command = [ROOT / ".venv/bin/schemathesis", "run", where, "--url", url, "--checks", "not_a_server_error"]
    command += ["--max-examples", str(EXAMPLES), "--phases", "fuzzing", "--seed", "11", "--no-color", "--mode", "all"]
    for header in headers(url, signed_in) if signed_in else ():
        command += ["-H", header]
    output, code = run(command, 900)
    (WORK / f"schemathesis-{name.split()[0].strip(',')}.log").write_text(output, encoding="utf-8")
    cases = [line.strip() for line in output.splitlines() if "generated" in line or "passed" in line or "found" in line]
    version, _ = run([ROOT / ".venv/bin/schemathesis", "--version"], 60)
    result = "no 5xx" if code == 0 else "5xx: see the log"
    return f"| {version.strip()}, {name} | {'; '.join(cases[-2:])} | {result} |", code


def new_database():
    """Its address."""
    WORK.mkdir(parents=True, exist_ok=True)
    for leftover in WORK.glob("scanned.db*"):
        leftover.unlink()
    return f"sqlite:///{WORK / 'scanned.db'}"


def main():
    address = new_database()
    signed_in = prepare(address)
    with lonely_gateway({"BHXH_DATABASE_URL": address}) as stack:
        url = stack.gateway_url
        console, code = schemathesis(url, f"every door of the {WITH_ROLES}", description(), signed_in)
        checked(url, signed_in)
        inside, details, kinds = wapiti(url, "/console/desk", WITH_ROLES, signed_in)
        checked(url, signed_in)
        outside, more, public = wapiti(url, "/", "public pages and the sign-in page")
    lines = [f"{measured_on()}.", "", "| tool and what it was let at | how much | findings |", "|---|---|---|"]
    lines += [console, inside, outside, ""]
    lines += [f"- {detail}" for detail in [*details, *more]]
    write_measured(COMMAND, lines, PAGE)
    serious = [kind for kind in {**kinds, **public} if kind.startswith(SERIOUS)]
    print("\n".join(lines))
    sys.exit(1 if serious or code else 0)


if __name__ == "__main__":
    main()
