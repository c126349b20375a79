"""What the report of `make chaos` does with outcomes."""

import pytest

from tests.chaos.report import Part, write


def test_outcomes_are_written_between_their_marks_and_faults_are_told(tmp_path):
    document = tmp_path / "reliability.md"
    document.write_text("前\n<!-- killed -->\n旧\n<!-- /killed -->\n后\n", encoding="utf-8")
    part = Part("killed")
    part.add("杀", 3, "完整")
    part.demand(False, "丢了一条")
    write(part, document)
    text = document.read_text(encoding="utf-8")
    assert "旧" not in text
    assert text.startswith("前\n")
    assert text.endswith("\n后\n")
    assert "| 杀 | 3 | 完整 |" in text
    assert "未达到：丢了一条" in text
    with pytest.raises(ValueError, match="no place"):
        write(Part("nothing"), document)
