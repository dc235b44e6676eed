"""kwartier verslagen, and verslag in several formats: what is made, what is left, and what is refused beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Kwartier, Prepared

REF, LATER, OTHER = "kwadrant/mie/2026-11-22", "kwadrant/mie/2027-11-22", "vierkant/mie/2026-11-22"


def begun(kwartier: Kwartier) -> None:
    """Two measurements of one organisation and one of another."""
    kwartier.organisation()
    kwartier.start("Anna", "Bram")
    kwartier.start("Anna", "Bram", day="2027-11-22", more=["--volgt", REF])
    kwartier.organisation("Vierkant")
    kwartier.start("Cor", "Dia", slug="vierkant")


@pytest.fixture
def ready(kwartier: Kwartier, prepared: Prepared) -> Kwartier:
    return prepared(kwartier, begun)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_reports_and_again(ready: Kwartier) -> None:
    told = ready.text("verslagen", "kwadrant", "--naar", "map", "--formaat", "md,html")
    assert told == "4 verslagen gemaakt in map.\n"
    assert names(ready.desk / "map") == [
        f"verslag-{ref.replace('/', '-')}.{form}" for ref in (REF, LATER) for form in ("html", "md")
    ]
    more = ready.json("verslagen", "--alles", "--naar", "map", "--formaat", "md")
    assert [Path(one).name for one in more["written"]] == ["verslag-vierkant-mie-2026-11-22.md"]
    assert len(more["there"]) == 2 and more["old"] == [] == more["left"]
    kept = (ready.desk / "map" / "verslag-kwadrant-mie-2026-11-22.md").read_bytes()
    ready.explain(REF)
    told = ready.text("verslagen", "kwadrant", "--naar", "map", "--formaat", "md")
    assert "0 verslagen gemaakt" in told and "2 verslagen stonden er al." in told
    assert "ouder dan de meting zelf: verslag-kwadrant-mie-2026-11-22.md" in told
    assert (ready.desk / "map" / "verslag-kwadrant-mie-2026-11-22.md").read_bytes() == kept
    ready.text("verslagen", "kwadrant", "--naar", "map", "--formaat", "md", "--overschrijf")
    assert (ready.desk / "map" / "verslag-kwadrant-mie-2026-11-22.md").read_bytes() != kept


def test_a_summary_without_names_of_one_instrument_and_what_is_left_out(ready: Kwartier) -> None:
    made = ready.json(
        *("verslagen", "vierkant", "--naar", "map", "--formaat", "md", "--variant", "samenvatting", "--zonder-namen")
    )
    assert [Path(one).name for one in made["written"]] == ["samenvatting-vierkant-mie-2026-11-22-zonder-namen.md"]
    text = (ready.desk / made["written"][0]).read_text("utf-8")
    assert "Cor" not in text and "Dia" not in text
    done = ready("verslagen", "--alles", "--naar", "leeg", "--definitief", "--formaat", "md")
    assert done.status == 0 and done.err.count("Overgeslagen") == 3 and "Nog niet definitief" in done.err
    assert names(ready.desk / "leeg") == []
    none = ready.json("verslagen", "--alles", "--naar", "leeg", "--instrument", "vie", "--formaat", "md")
    assert none["written"] == []


def test_one_report_in_several_formats(ready: Kwartier) -> None:
    told = ready.text("verslag", REF, "--formaat", "md, html,md", "--uit", "v.md")
    assert told == "Klaar: v.md\nKlaar: v.html\n"
    assert ready.json("verslag", REF, "--formaat", "html,md", "--uit", "w")["files"] == ["w.html", "w.md"]
    assert (ready.desk / "v.md").read_bytes() == (ready.desk / "w.md").read_bytes()


REFUSALS = {
    "no file": (2, "no-file", f"verslag {REF} --formaat pdf"),
    "no file for several": (2, "no-file", f"verslag {REF} --formaat md,html"),
    "no such format": (2, "unknown-format", f"verslag {REF} --formaat odt --uit x.odt"),
    "no format": (2, "unknown-format", f"verslag {REF} --formaat , --uit x"),
    "one of several": (2, "unknown-format", f"verslag {REF} --formaat md,odt --uit nieuw"),
    "no such kind": (2, "unknown-variant", f"verslag {REF} --variant kort"),
    "no name": (2, "path-missing", f"verslag {REF} --formaat md,html --uit /"),
    "a template that is not taken": (2, "no-template", f"verslag {REF} --sjabloon er.docx"),
    "a template that is not there": (2, "no-template-file", "verslagen --alles --naar n --formaat docx --sjabloon x"),
    "one is there": (1, "file-exists", f"verslag {REF} --formaat md,html --uit er.html"),
    "whose": (2, "which", "verslagen --naar nieuw"),
    "all and one": (2, "which", "verslagen kwadrant --alles --naar nieuw"),
    "no such organisation": (1, "unknown-organisation", "verslagen nergens --naar nieuw"),
    "no such format for all": (2, "unknown-format", "verslagen --alles --naar nieuw --formaat odt"),
}


@pytest.mark.parametrize(("status", "code", "words"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused_before_anything_is_written(ready: Kwartier, status: int, code: str, words: str) -> None:
    (ready.desk / "er.html").write_text("van mij", "utf-8")
    before = names(ready.desk)
    error = ready.refused(*words.split(), status=status)
    assert error["code"] == code
    assert error["next"], "a refusal says what to do"
    assert names(ready.desk) == before
    assert (ready.desk / "er.html").read_text("utf-8") == "van mij"


def test_a_folder_among_the_records_is_refused(ready: Kwartier) -> None:
    error = ready.refused("verslagen", "--alles", "--naar", ready.data / "organisations" / "uit", "--formaat", "md")
    assert error["code"] == "among-records" and error["next"]
    assert not (ready.data / "organisations" / "uit").exists()
