"""The README's Python program runs as it stands."""

import re
import shutil
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
DIGITS = REPOSITORY / "bindings" / "c" / "examples" / "digits"


def test_readme_program_reads_a_seven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a picture of the name that it uses."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    programs = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(programs) == 1
    shutil.copy(DIGITS / "7-plain.png", tmp_path / "seven.png")
    monkeypatch.chdir(tmp_path)
    exec(compile(programs[0], "README.md", "exec"), {})
    output = capsys.readouterr().out
    assert output.startswith("7 0.")
    assert "Total params: " in output
