"""--sjabloon: a list of questions as a Word file in an organisation's own style, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Kwartier


@pytest.fixture
def house(tmp_path: Path) -> Path:
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Stichting De Linde: {{ titel }}"
    template.styles["Heading 1"].font.name = "Verdana"
    template.save(str(tmp_path / "huisstijl.docx"))
    return tmp_path / "huisstijl.docx"


def test_the_style_and_the_header_of_the_template_are_used(kwartier: Kwartier, house: Path) -> None:
    target = house.with_name("lijst.docx")
    kwartier.text("vragenlijst", "mie", "--formaat", "docx", "--sjabloon", str(house), "--uit", str(target))
    made = docx.Document(str(target))
    assert made.sections[0].header.paragraphs[0].text.startswith("Stichting De Linde: M")
    assert made.styles["Heading 1"].font.name == "Verdana"
    plain = house.with_name("gewoon.docx")
    kwartier.text("vragenlijst", "mie", "--formaat", "docx", "--uit", str(plain))
    assert "De Linde" not in docx.Document(str(plain)).sections[0].header.paragraphs[0].text


@pytest.mark.parametrize(
    ("form", "template", "code"),
    [("md", "huisstijl.docx", "no-template"), ("docx", "er-niet.docx", "no-template-file")],
)
def test_what_cannot_be_used_is_refused(kwartier: Kwartier, house: Path, form: str, template: str, code: str) -> None:
    target = house.with_name("lijst.docx")
    words = ("--formaat", form, "--sjabloon", str(house.with_name(template)), "--uit", str(target))
    assert kwartier.refused("vragenlijst", "mie", *words, status=2)["code"] == code
    assert not target.exists()


def test_what_is_no_template_leaves_nothing_behind(kwartier: Kwartier, house: Path) -> None:
    target = house.with_name("lijst.docx")
    house.write_text("Beste lezer", encoding="utf-8")
    words = ("--formaat", "docx", "--sjabloon", str(house), "--uit", str(target))
    assert kwartier.refused("vragenlijst", "mie", *words, status=2)["code"] == "template-refused"
    assert not target.exists()
