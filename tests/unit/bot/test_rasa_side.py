import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


def test_the_components_keep_their_promises_inside_rasa():
    assert PYTHON.exists(), "no .venv-rasa; run: make setup"
    command = [str(PYTHON), "-W", "ignore", "-m", "unittest", "-q", "tests.unit.bot.rasa_side"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ran 15 tests" in done.stderr
