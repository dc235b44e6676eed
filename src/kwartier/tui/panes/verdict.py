"""The work of a step of the form verdict: what kwartier proposes and why, the verdict, its conditions, who signed.

What a verdict needs before it can be given is asked in `verdict_asking`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static

from kwartier.errors import KwartierError, Refused
from kwartier.instrument.model import Value, VerdictStep
from kwartier.records.files import Agreed, Signature, VerdictFile
from kwartier.tui.actions import bindings
from kwartier.tui.forms import Field, Form
from kwartier.tui.panes.row_lines import Edit, Line, removal
from kwartier.tui.panes.rows import RowsPane, bar_button
from kwartier.tui.panes.verdict_asking import decide
from kwartier.tui.safe import Part, parts
from kwartier.tui.widgets.option_line import OptionLine
from kwartier.tui.widgets.row_list import RowList
from kwartier.workflow.people import role_words
from kwartier.workflow.periods import short, with_weekday
from kwartier.workflow.ruling import Proposal
from kwartier.workflow.settled import is_definitive
from kwartier.workflow.verdicts import (
    STATES,
    Offer,
    aid,
    is_open,
    is_waiting,
    left_words,
    loose,
    may_sign,
    offers,
    proposal,
    proposal_words,
    reasons,
    scale_of,
)

MOST_REASONS = 4
"""So many reasons stand above the work; all of them stand beside it."""

WAITS = "De scores liggen nog niet naast elkaar; daarna kan het oordeel gegeven worden."


class VerdictPane(RowsPane):
    """The options stand on a line of their own: one key or a click each. All else is in the list below it."""

    scope: ClassVar[str] = "verdict"
    BINDINGS: ClassVar[list[BindingType]] = bindings("verdict")
    DEFAULT_CSS = """
    VerdictPane {
        & > #told { height: auto; max-height: 50%; overflow-y: auto; }
        & > #options { border-top: solid $panel; border-bottom: solid $panel; }
    }
    """
    adding: ClassVar[str] = "Voorwaarde toevoegen"
    ticking: ClassVar[bool] = True

    def compose(self) -> ComposeResult:
        yield Static(id="told")
        yield OptionLine(id="options")
        yield RowList(id="rows")
        with Horizontal(classes="bar"):
            yield bar_button(f"{self.adding} (t)", "add")
            yield bar_button("Overnemen (o)", "take_offer")
            yield bar_button("Tekenen (s)", "sign")
            yield bar_button("Reden geven (r)", "reason")

    @property
    def verdict_step(self) -> VerdictStep:
        """The step, as what it is."""
        assert isinstance(self.step, VerdictStep)
        return self.step

    @property
    def file(self) -> VerdictFile:
        """What was decided so far."""
        return self.desk.record.read(self.step.id, VerdictFile)

    @property
    def proposal(self) -> Proposal | None:
        """What the rules say of what the desk holds by now."""
        return proposal(self.desk.record, self.desk.content, self.verdict_step)

    @property
    def is_waiting(self) -> bool:
        """Whether the scores do not lie side by side yet for who is at the keyboard."""
        return is_waiting(self.desk.record, self.desk.content, self.verdict_step)

    @property
    def closed(self) -> str:
        """Why nothing can be changed here; empty where it can."""
        return super().closed or (WAITS if self.is_waiting else "")

    @property
    def _is_fixed(self) -> bool:
        """Whether a definitive report fixes what was decided; the conditions and signatures go on."""
        return self.step.settled and is_definitive(self.desk.record, self.desk.content)

    # -- drawing

    def draw(self) -> None:
        """Shows what the desk holds."""
        step = self.verdict_step
        options = self.query_one("#options", OptionLine)
        options.draw(scale_of(self.desk.content, step), self.file.value, missing=False)
        options.display = not self.is_waiting
        super().draw()

    def _draw_bar(self) -> None:
        for action in ("take_offer", "sign"):
            self.query_one(f"#{action}").display = self._can(action)
        super()._draw_bar()

    def status(self) -> str:
        """What still has to happen; the verdict itself stands on the screen."""
        file = self.file
        return super().status() if file.value is None else left_words(self.verdict_step, file)

    def told(self) -> list[Part | Content]:
        """The proposal with its reasons, whose it is, and what a definitive report leaves open."""
        found = self.proposal
        pieces: list[Part | Content] = []
        if words := proposal_words(self.desk.content, self.verdict_step, found):
            pieces.append((f"{words}\n", "bold"))
            why = reasons(found)
            pieces += [f"- {reason}\n" for reason in why[:MOST_REASONS]]
            if len(why) > MOST_REASONS:
                pieces.append((f"- en nog {len(why) - MOST_REASONS}; zie de uitleg (ctrl+d)\n", "$text-muted"))
            pieces.append((f"{aid(self.verdict_step)}\n", "$text-muted"))
        if self._is_fixed:
            pieces.append(
                "Het verslag is definitief: wat er besloten is, ligt vast. Stand, persoon en dag van een voorwaarde en "
                "handtekeningen kunnen nog wel.\n"
            )
        return pieces

    def aside(self) -> Content:
        """The guidance, and all reasons of the proposal."""
        why = reasons(self.proposal)
        told: list[Part | Content] = [("Waarom kwartier dit voorstelt\n", "bold"), *(f"- {one}\n" for one in why), "\n"]
        return parts(*(told if why else []), super().aside())

    def lines(self) -> list[Line]:
        if self.is_waiting:
            return []
        file = self.file
        found = [self._motivation(file)]
        found.append(Line(id="+h-condition", text=parts("Voorwaarden"), heading=True))
        found += [self._condition(row, number) for number, row in enumerate(file.condition, 1)]
        found += [self._offer(one) for one in self._offers()]
        add = parts(("voorwaarde toevoegen", "$text-muted"))
        found.append(Line(id="+add", sign="  + ", text=add, adds=self._new))
        if self.verdict_step.signed_by:
            found.append(Line(id="+h-signature", text=parts("Handtekeningen"), heading=True))
            signed = {row.id: row for row in file.signature}
            found += [self._signature(role, signed.get(role)) for role in self.verdict_step.signed_by]
        return found

    def _offers(self) -> list[Offer]:
        return offers(self.proposal, self.file.condition)

    def _motivation(self, file: VerdictFile) -> Line:
        text: Part = file.reason or ("nog geen", "$text-muted")
        field = Field(
            key="reason", label="Motivering", kind="long", hint="nodig als u anders oordeelt dan het voorstel"
        )
        return Line(
            id="+reason",
            text=parts(("Motivering: ", "bold"), text),
            opens=lambda: self.step_form("Motivering", (field,)),
            removes=Edit(given={"reason": ""}, name="motivering weghalen") if file.reason else None,
        )

    def _condition(self, row: Agreed, number: int) -> Line:
        opened = is_open(row)
        late = opened and row.due is not None and row.due < self.desk.today
        who = self.desk.name(row.who) if row.who else "nog niemand"
        when = with_weekday(row.due) if row.due else "nog geen dag"
        lacks = opened and (not row.who or row.due is None)
        note = f"\n{row.note}" if row.note else ""
        return Line(
            id=row.id,
            sign="[ ] " if opened else "[x] " if row.state == STATES[1] else "[-] ",
            text=parts(
                (f"{number}. {row.text}", "bold" if opened else ""),
                (f"\n{row.state or STATES[0]} · {who} · {when}", "$text-warning" if lacks else "$text-muted"),
                (" · te laat" if late else "", "$text-warning"),
                (note, "$text-muted"),
            ),
            opens=lambda: self.row_form("condition", row.id, f"Voorwaarde {number}", self._fields()),
            adds=self._new,
            removes=removal("condition", row.id, f"voorwaarde {number} weghalen"),
            ticks=Edit(
                given={"condition": [{"id": row.id, "state": STATES[1] if opened else STATES[0]}]},
                name=f"voorwaarde {number} {'voldaan' if opened else 'weer open'}",
            ),
        )

    def _offer(self, one: Offer) -> Line:
        told = parts(("voorstel: ", "$text-muted"), one.text, (" (o neemt over)", "$text-muted"))
        return Line(id=f"+o-{one.id}", sign="  + ", text=told, adds=partial(self._new, one))

    def _signature(self, role: str, row: Signature | None) -> Line:
        title = role_words(self.desk.content, role)[0]
        if row is None:
            told = parts((f"{title}: ", "bold"), ("nog niet getekend", "$text-muted"))
            return Line(id=f"s-{role}", sign="    ", text=told, opens=partial(self._signing, role))
        told = parts((f"{title}: ", "bold"), f"{self.desk.name(row.by)}, {short(row.date)}")
        name = f"handtekening van {title} intrekken"
        return Line(id=f"s-{role}", sign="  ✓ ", text=told, removes=removal("signature", role, name))

    # -- forms

    def _fields(self) -> tuple[Field, ...]:
        return (
            Field(key="text", label="Voorwaarde", kind="long", required=True, hint="wat er geregeld moet worden"),
            Field(key="who", label="Wie", kind="person"),
            Field(key="due", label="Voor", kind="date"),
            Field(key="state", label="Stand", kind="choice", choices=[(one, one) for one in STATES]),
            Field(key="note", label="Opmerking"),
        )

    def _new(self, offer: Offer | None = None) -> Form:
        begin = {"state": STATES[0], **({"text": offer.text} if offer else {})}
        fixed = {"id": offer.id} if offer else {}
        return self.new_row_form("condition", "Nieuwe voorwaarde", self._fields(), begin=begin, fixed=fixed)

    def _signing(self, role: str) -> Form:
        """Asks who signs, of those who can. Raises `Refused` where nobody can, or there is nothing to sign."""
        title = role_words(self.desk.content, role)[0]
        codes = may_sign(self.desk.record, self.desk.content, role)
        if self.file.value is None:
            raise Refused("nothing-to-sign", f"Er is nog geen {self.verdict_step.label} om voor te tekenen.")
        if not codes:
            raise Refused("nobody-signs", f"Er is nog niemand die kan tekenen als {title}; voeg eerst iemand toe.")
        if count := len(loose(self.file)):
            self.point_at_loose()
            raise Refused(
                "condition-loose",
                f"Tekenen kan pas als bij elke voorwaarde staat wie haar regelt en wanneer; bij {count} nog niet.",
                advice="Wijs de voorwaarde aan en druk op e.",
            )
        first = self.desk.viewer if self.desk.viewer in codes else codes[0] if len(codes) == 1 else ""
        fields = (
            Field(
                key="by",
                label="Wie tekent",
                kind="choice",
                choices=[(code, self.desk.name(code)) for code in codes],
                required=True,
            ),
            Field(key="date", label="Dag", kind="date", required=True),
        )
        begin = {"date": self.desk.today, **({"by": first} if first else {})}
        form = self.new_row_form("signature", "Handtekening", fields, begin=begin, fixed={"id": role})
        told = f"{title}. Wat getekend is, verandert niet meer zonder de handtekening in te trekken (delete)."
        return replace(form, told=told)

    def point_at_loose(self) -> None:
        """Points at the first open condition of which is not said yet who sees to it, or when."""
        if rows := loose(self.file):
            self.query_one(RowList).point_at(rows[0].id)

    # -- keys and mouse

    def on_key(self, event: events.Key) -> None:
        """Keys of the scale come before the letters of the actions."""
        if not isinstance(self.screen.focused, RowList) or self.is_waiting:
            return
        options = scale_of(self.desk.content, self.verdict_step).options
        chosen = next((one for one in options if event.character == (one.key or str(one.value))), None)
        if chosen is None:
            return
        event.stop()
        event.prevent_default()
        try:
            self._decide(chosen.value)
        except KwartierError as error:
            self.kwartier.refuse(error)

    @on(OptionLine.Picked)
    def _picked(self, event: OptionLine.Picked) -> None:
        event.stop()
        if event.value is not None:
            self._decide(event.value)

    def _decide(self, value: Value) -> None:
        if self.closed:
            raise Refused("closed-here", self.closed)
        if self.file.signature:
            message = f"Er is al getekend voor dit {self.verdict_step.label}."
            raise Refused("signed", message, advice="Trek eerst de handtekening in: wijs haar aan en druk op delete.")
        if self._is_fixed:
            message = f"Het verslag is definitief; dit {self.verdict_step.label} ligt vast."
            raise Refused("definitive", message, advice="Heropen het in de stap van het verslag.")
        decide(self, value, self.proposal, self._offers())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A signature that stands is not opened: it is withdrawn."""
        if self.line is not None and self.line.opens is None and self.line.adds is None:
            event.stop()
            self.kwartier.tell("Getekend. Met delete trekt u de handtekening in.")
            return
        super().on_option_list_option_selected(event)

    def _can(self, action: str) -> bool:
        if action == "take_offer":
            return not self.closed and not self.is_waiting and bool(self._offers())
        if action == "sign":
            signed = {row.id for row in self.file.signature}
            left = [role for role in self.verdict_step.signed_by if role not in signed]
            return not self.closed and bool(left) and self.file.value is not None
        return super()._can(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Also whether something is offered, and whether somebody still has to sign."""
        if action in ("take_offer", "sign") and self.is_attached and hasattr(self, "_by_id"):
            return self._can(action)
        return super().check_action(action, parameters)

    def action_take_offer(self) -> None:
        """Takes over the condition that is pointed at, else all that kwartier offers."""
        if not self._can("take_offer"):
            return
        offered = self._offers()
        pointed = [one for one in offered if self.line is not None and self.line.id == f"+o-{one.id}"]
        rows = [{"id": one.id, "text": one.text} for one in pointed or offered]
        self.give({"condition": rows}, "voorwaarde overnemen" if len(rows) == 1 else "voorwaarden overnemen")
        self.query_one(RowList).point_at(str(rows[0]["id"]))

    def action_sign(self) -> None:
        """Asks who signs: for the role that is pointed at, else for that of who sits here, else for the first left."""
        if not self._can("sign"):
            return
        signed = {row.id for row in self.file.signature}
        left = [role for role in self.verdict_step.signed_by if role not in signed]
        pointed = [role for role in left if self.line is not None and self.line.id == f"s-{role}"]
        record, content = self.desk.record, self.desk.content
        own = [role for role in left if self.desk.viewer in may_sign(record, content, role)]
        self.open_form(self._signing((pointed or own or left)[0]))
