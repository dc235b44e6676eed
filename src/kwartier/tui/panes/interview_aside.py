"""What stands beside the interview: anchors, pace, and what the other auditors noted of the same item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kwartier.records.files import InterviewFile
from kwartier.tui.safe import Part, parts
from kwartier.tui.widgets.questions import LEGEND
from kwartier.workflow.interviewing import notes_of
from kwartier.workflow.paragraphs import as_text
from kwartier.workflow.sealing import scale_for
from kwartier.workflow.sittings import clock, pace

if TYPE_CHECKING:
    from kwartier.instrument.model import Item
    from kwartier.tui.panes.interview import InterviewPane
    from kwartier.workspace.desk import Desk

LONG = 200
"""A statement of more characters than this is scrolled on a narrow screen, so all of it is put beside it too."""


def beside_item(pane: InterviewPane, item: Item) -> Content:
    """What helps to listen for this item."""
    pieces = _time(pane, item.id)
    if len(item.statement) > (LONG if pane.measurement.has_class("-narrow") else 3 * LONG):
        pieces += [(f"Item {item.id}\n", "bold"), f"{item.statement}\n\n"]
    pieces += _anchors(pane.desk, item)
    pieces += _others(pane, item.id)
    if item.prompts:
        pieces += [("\n" + LEGEND.replace(" · ", "\n"), "$text-muted")]
    return parts(*pieces)


def beside_loose(pane: InterviewPane) -> Content:
    """How loose notes get their item, the numbers for it, and what others noted without one."""
    pieces: list[Part] = [
        ("Losse aantekeningen\n", "bold"),
        "Wat nog geen item heeft. Zet de cursor in een alinea, druk ctrl+g en typ het nummer van haar item.\n\n",
    ]
    for item in pane.items:
        pieces += [(f"{item.id:>4}", "bold"), f"  {item.short or item.title}\n"]
    return parts(*pieces, *_others(pane, ""))


def progress(desk: Desk, step: str) -> Content:
    """How far the interview is, for who may not read raw notes."""
    file = desk.record.read(step, InterviewFile)
    asked = sum(row.asked for row in file.prompt)
    of = sum(len(item.prompts) for item in desk.content.items())
    pieces: list[Part] = [
        ("Alleen hoe ver het is\n\n", "bold"),
        f"Gesprekken: {len(file.session)}, samen {clock(sum(one.length() for one in file.session))}\n",
        f"Vragen gesteld: {asked} van {of}\n",
    ]
    for (name, code), found in sorted(desk.record.hidden.items()):
        if name == step:
            many = "1 alinea" if found.done == 1 else f"{found.done} alinea's"
            pieces.append(f"Aantekeningen van {desk.name(code)}: {'vernietigd' if found.destroyed else many}\n")
    pieces += [("\nRuwe aantekeningen zijn er voor de auditors. Kies met ctrl+r wie u bent.", "$text-muted")]
    return parts(*pieces)


def _anchors(desk: Desk, item: Item) -> list[Part]:
    if not item.anchors:
        return []
    pieces: list[Part] = [("Waar let je op\n", "bold")]
    for option, anchor in zip(scale_for(desk.content, item, "").options, item.anchors, strict=False):
        title = f" {option.title}" if option.title and option.title != str(option.value) else ""
        pieces += [(f"{option.value}{title}  ", "bold"), f"{anchor}\n"]
    return pieces


def _time(pane: InterviewPane, item: str) -> list[Part]:
    here = pane.clock.on_item(item)
    return [
        (f"{pace(len(pane.left), pane.clock.left)}\n", "bold"),
        f"Dit item: {here} min\n" if here or pane.clock.running else "",
        (f"{pane.clock.words()}\n\n", "$text-muted"),
    ]


def _others(pane: InterviewPane, item: str) -> list[Part]:
    pieces: list[Part] = []
    for code, file in notes_of(pane.desk.record, pane.step.id):
        text = as_text(file.note, item)
        if code != pane.desk.viewer and (text or file.destroyed):
            told = text if text else f"vernietigd op {file.destroyed:%d-%m-%Y}"
            pieces += [(f"\nAantekeningen van {pane.desk.name(code)}\n", "bold"), f"{told}\n"]
    return pieces
