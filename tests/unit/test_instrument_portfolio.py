"""What a portfolio adds to a content: what is whole is read, and what cannot be is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.reading import content_of, read_content, read_header
from kwartier.testing.texts import subject_problems

KAS = Path(__file__).parents[1] / "samples" / "instruments" / "kas"
CONTENT = (KAS / "content.toml").read_text(encoding="utf-8")
HEADER = (KAS / "instrument.toml").read_text(encoding="utf-8")
PROFILE = '\n[profile]\nid = "tuinschool"\ninstrument = "kas"\ntitle = "De Tuinschool"\n'


def test_a_whole_portfolio_is_read() -> None:
    content = read_content(CONTENT.encode(), "content.toml")
    assert [topic.id for topic in content.topic] == ["vorst-2020", "luis-2024"]
    assert [extract.id for extract in content.extract] == ["halverwege", "eind"]


# What is changed in the sample, the path of the one mistake that it makes, and words of its message.
BROKEN = [
    ('kind = "assessor"\nnorm = 1', 'kind = "organiser"\nnorm = 1', "role leerling > kind", "wie zelf invult"),
    ("norm = 1\nis_subject", "norm = 2\nis_subject", "role leerling > norm", "van een student"),
    ("norm = 2", "norm = 1\nis_subject = true", "role meester > is_subject", 'na "leerling"'),
    ('id = "geschoold"', 'id = "tuinier"', "role meester > trait tuinier > id", "nog een keer"),
    ("blind = true\noptional", "blind = true\nprivate = true\noptional", "step halverwege > private", 'by = "person"'),
    ("blind = true\noptional", "stays_open = true\noptional", "step halverwege > stays_open", 'by = "person"'),
    (
        'by = "person"\nrole = "leerling"\nprivate = true\nfiles',
        "private = true\nfiles",
        "step bewijs > private",
        "rol",
    ),
    ('role = "leerling"\nprivate = true\nfiles', "private = true\nfiles", "step bewijs > private", "zonder rol"),
    ("files = true", "files = false", "step bewijs > file_kinds", "files = true"),
    ('"pdf", "txt"', '"pdf", "pdf"', "step bewijs > file_kinds nr. 2", "nog een keer"),
    ('"pdf", "txt"', '"pdf", ".TXT"', "step bewijs > file_kinds nr. 2", "zonder punt"),
    ("most_bytes = 100000", "most_bytes = 0", "step bewijs > most_bytes", "minstens 1"),
    ('id = "luis-2024"', 'id = "vorst-2020"', "topic vorst-2020 > id", "nog een keer"),
    ('topic_title = "lastige momenten"\n', "", "topic_title", "meervoud"),
    ('id = "eind"\ntitle = "Eindbeoordeling"', 'id = "halverwege"\ntitle = "E"', "extract halverwege > id", "nog een"),
    ('"zelf", "eind-samen"', '"zelf", "eind-same"', "extract eind > steps nr. 2", 'Bedoelde u "eind-samen"?'),
    ('"zelf", "eind-samen"', '"zelf", "zelf"', "extract eind > steps nr. 2", "nog een keer"),
    ('steps = ["zelf", "eind-samen"]', "steps = []", "extract eind > steps", "een lege rij"),
    (
        'signed_by = ["leerling", "meester"]\n\n[report]',
        'signed_by = ["baas"]\n\n[report]',
        "extract eind > signed_by nr. 1",
        "rollen",
    ),
    (
        'points = ["Kan kijken naar een plant.", "Kan vragen wat een plant nodig heeft."]',
        "points = []",
        "section 1 > list algemeen > points",
        "minstens een punt",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "words"), BROKEN, ids=[f"{n}-{row[2]}" for n, row in enumerate(BROKEN)])
def test_each_mistake_is_told_with_its_place(old: str, new: str, path: str, words: str) -> None:
    assert CONTENT.count(old) == 1, "the sample has another text now"
    with pytest.raises(Mistaken) as caught:
        read_content(CONTENT.replace(old, new).encode(), "content.toml")
    (mistake,) = caught.value.mistakes
    assert mistake.path == path
    assert words in mistake.message()


def test_without_topics_no_evidence_can_touch_them() -> None:
    start, end = CONTENT.index("[[topic]]"), CONTENT.index("[[fact]]")
    with pytest.raises(Mistaken) as caught:
        read_content((CONTENT[:start] + CONTENT[end:]).encode(), "content.toml")
    assert [one.path for one in caught.value.mistakes] == ["step bewijs > topics"]


def test_an_instrument_brings_no_profile_in_its_content_but_a_record_keeps_one() -> None:
    with pytest.raises(Mistaken) as caught:
        read_content((CONTENT + PROFILE).encode(), "content.toml")
    assert [one.path for one in caught.value.mistakes] == ["profile"]
    kept = content_of(tomli.loads(CONTENT + PROFILE), "content.toml")
    assert kept.profile is not None and kept.profile.id == "tuinschool"


@pytest.mark.parametrize(("subject", "found"), [("student", 0), ("workplace", 0), ("organisation", 1)])
def test_only_a_student_or_a_workplace_can_be_who_fills_in(subject: str, found: int) -> None:
    header = read_header(HEADER.replace('"student"', f'"{subject}"').encode(), "instrument.toml")
    problems = [*subject_problems(header, read_content(CONTENT.encode(), "content.toml"))]
    assert [one.where for one in problems] == ["role leerling"] * found
