"""Which files go with a piece of evidence: their name, size, ending, and whether what they hold is what they say.

Works on a name and bytes; nothing is opened, drawn or unpacked here.
"""

from __future__ import annotations

import unicodedata

from kwartier.errors import Refused
from kwartier.instrument.model import EvidenceStep
from kwartier.text import one_line

LONGEST_NAME = 120
"""Characters of the name of a file, its ending included."""

_MEGA = 1_000_000
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_PROGRAM_ENDINGS = frozenset(
    (
        *("app", "bat", "bin", "cmd", "com", "command", "cpl", "desktop", "dll", "dmg", "elf", "exe", "hta", "iso"),
        *("jar", "js", "jse", "lnk", "msi", "ps1", "psm1", "py", "reg", "scr", "sh", "so", "url", "vb", "vbe", "vbs"),
        "wsf",
    )
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_STARTS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "wav": (b"RIFF",),
    "ogg": (b"OggS",),
    "flac": (b"fLaC",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "rtf": (b"{\\rtf",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "ppt": (b"\xd0\xcf\x11\xe0",),
    **dict.fromkeys(["zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"], _ZIP),
}
"""How a file with this ending starts."""

_BOXED = frozenset(["mp4", "m4a", "m4v", "mov", "heic"])
"""Endings of files that say "ftyp" from the fifth byte on."""

_TEXTS = frozenset(
    ("txt", "md", "csv", "tsv", "html", "htm", "xml", "json", "toml", "yaml", "yml", "ics", "srt", "vtt")
)
_TOLD = {"webp": b"WEBP", "wav": b"WAVE"}
"""What stands from the ninth byte on, where the start is shared."""


def plain_name(name: str) -> str:
    """The name of a file as it is kept: without folders, on one line, without what a terminal or system acts upon."""
    before, found = None, name
    while found != before:  # taking a sign away may bring together what makes another one
        before, found = found, _plainer(found)
    return found or "bestand"


def _plainer(name: str) -> str:
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    line = one_line(unicodedata.normalize("NFC", last), 10_000).replace("\ufffd", "")
    bare = " ".join("".join(sign for sign in line if sign not in '<>:"|?*').split()).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if dot and len(ending) < LONGEST_NAME // 2:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return bare[:LONGEST_NAME]


def ending_of(name: str) -> str:
    """The ending of a name in lower case, without its dot; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def require_size(step: EvidenceStep, size: int, name: str) -> None:
    """Refuses a file that is empty, or larger than the step takes."""
    if size == 0:
        raise Refused("file-empty", "Dit bestand is leeg.", place=name, advice="Kijk of u het goede bestand koos.")
    if size > step.most_bytes:
        raise Refused(
            "file-too-large",
            f"Dit bestand is te groot: er mag hoogstens {megabytes(step.most_bytes)} bij.",
            place=name,
            advice="Maak het kleiner (een foto met minder beeldpunten, een korter stuk), of zet bij de vindplaats "
            "waar het te vinden is.",
        )


def require_kind(step: EvidenceStep, name: str, data: bytes) -> None:
    """Refuses an ending that the step does not take, a program, and content that its ending contradicts."""
    ending = ending_of(name)
    allowed = ", ".join(step.file_kinds)
    if (step.file_kinds and ending not in step.file_kinds) or ending in _PROGRAM_ENDINGS:
        told = f"een bestand op '.{ending}'" if ending else "een bestand zonder soort achter de naam"
        raise Refused(
            "file-kind",
            f"Hier kan {told} niet bij.",
            place=name,
            advice=f"Wel: {allowed}." if allowed else "Bewaar het als pdf, of als foto of tekst.",
        )
    if data.startswith(_PROGRAMS):
        raise Refused(
            "file-program",
            "Dit bestand is een programma, ook al heet het anders.",
            place=name,
            advice="Kies het bestand dat u bedoelt; een programma komt er niet bij.",
        )
    if not _fits(ending, data):
        raise Refused(
            "file-contradicts",
            f"Wat erin staat is geen '.{ending}'-bestand.",
            place=name,
            advice="Kijk of de naam klopt, of bewaar het opnieuw met het programma waarmee u het maakte.",
        )


def _fits(ending: str, data: bytes) -> bool:
    if ending in _BOXED:
        return data[4:8] == b"ftyp" or data[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip")
    if ending in _STARTS:
        return data.startswith(_STARTS[ending]) and data[8:12] == _TOLD.get(ending, data[8:12])
    starts = tuple(start for known in _STARTS.values() for start in known if len(start) > len(b"ID3"))
    if ending in _TEXTS:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return not data.startswith(starts) and (wide or b"\x00" not in data)
    return True


def megabytes(size: int) -> str:
    """A size in MB, as people write it: "10 MB", "0,1 MB"."""
    whole, rest = divmod(round(size / (_MEGA / 10)), 10)
    if not whole and not rest:
        return f"{size} bytes"
    return f"{whole},{rest} MB" if rest else f"{whole} MB"
