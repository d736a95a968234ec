import pytest

from app import bootstrap
from app.bootstrap import SetupError, Step


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VAR", tmp_path / "var")
    return tmp_path


def step_that_counts(project, runs):
    source, result = project / "source.txt", project / "result.txt"
    source.write_text("one")

    def run(log):
        runs.append(1)
        result.write_text("made")

    return Step("count", "Counting", (source,), result, run)


def test_a_step_runs_once_while_nothing_changes(project):
    runs = []
    step = step_that_counts(project, runs)
    bootstrap.perform(step)
    bootstrap.perform(step)
    assert len(runs) == 1


def test_a_step_runs_again_when_its_source_changes(project):
    runs = []
    step = step_that_counts(project, runs)
    bootstrap.perform(step)
    (project / "source.txt").write_text("two")
    bootstrap.perform(step)
    assert len(runs) == 2


def test_a_step_runs_again_when_its_result_was_deleted(project):
    runs = []
    step = step_that_counts(project, runs)
    bootstrap.perform(step)
    (project / "result.txt").unlink()
    bootstrap.perform(step)
    assert len(runs) == 2


def test_a_failed_step_leaves_no_stamp(project):
    def fail(log):
        raise SetupError("no")

    step = Step("fail", "Failing", (), project, fail)
    with pytest.raises(SetupError):
        bootstrap.perform(step)
    assert not (project / "var" / "setup" / "fail.stamp").exists()


def test_a_failed_command_is_shown_with_the_end_of_its_log_and_the_way_out(project):
    log = project / "step.log"
    with pytest.raises(SetupError, match=r"(?s)boom.*try this"):
        bootstrap.execute(["sh", "-c", "echo boom; exit 1"], log, "try this")


def test_a_full_disk_is_said_before_anything_is_installed(project, monkeypatch):
    monkeypatch.setattr(bootstrap, "MAIN_PYTHON", project / "none")
    with pytest.raises(SetupError, match="GiB free"):
        bootstrap.check_disk(project, needed_gib=10**6)


def test_a_missing_python_310_is_an_error_that_says_how_to_get_it(project, monkeypatch):
    monkeypatch.setenv("PATH", str(project))
    monkeypatch.setenv("PYENV_ROOT", str(project))
    with pytest.raises(SetupError, match=r"uv python install 3\.10"):
        bootstrap.find_python_310(project / "log")


def test_a_shim_that_does_not_run_is_not_taken_for_python_310(project):
    shim = project / "python3.10"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    assert not bootstrap.is_python_310(str(shim))
