"""What the score pane says in words: beside the list, below it, above it, and before sealing. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from kwartier.instrument import model as m
from kwartier.instrument.selection import has_order
from kwartier.records.files import AnswerRow, Sheet
from kwartier.text import cells, clean, one_line
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.safe import parts
from kwartier.workflow.agreed import consensus_of
from kwartier.workflow.apart import UNKNOWN
from kwartier.workflow.people import counting, is_sealed, person, revealed, role_words, sheet_read_by
from kwartier.workflow.reopening import may_reopen
from kwartier.workflow.sealing import expected_keys, key_title, open_keys
from kwartier.workflow.settled import is_definitive
from kwartier.workflow.suggesting import Suggestion
from kwartier.workflow.suggestion_words import TITLE, differs, with_reason
from kwartier.workflow.texts import read_while_scoring
from kwartier.workflow.was import answer_was
from kwartier.workspace.desk import Desk

MUTED = "$text-muted"
SEALS = "Klaar? ctrl+s verzegelt uw blad."
EMPTY = Content("")


def many(content: m.Content, step: m.AnyStep) -> str:
    """Those who do this step, as they are called."""
    role = next((one for one in content.role if one.id == step.role), None)
    return (role.many or role.title) if role else "wie hier invult"


def done_word(content: m.Content) -> str:
    """What is done with an item here: a score is given, or an answer where no scale has an order."""
    return "gescoord" if has_order(content) else "beantwoord"


def why_closed(desk: Desk, step: m.ScoreStep) -> str:
    """Why this person cannot score here, apart from having sealed; empty where that can be done."""
    record, content = desk.record, desk.content
    if desk.locked:
        return desk.locked
    if record.envelope.paper is not None:
        return "Deze meting is van papier overgenomen; daarvan zijn geen scorebladen vastgelegd."
    own = person(record, desk.viewer or "")
    whose = sheet_read_by(record, step, desk.viewer or "")
    if whose != (desk.viewer or ""):
        return f"Dit vulde {desk.name(whose)} in ({role_words(content, step.role)[0]}); u leest mee."
    if own is None or (step.role and own.role != step.role):
        return f"Hier scoren {many(content, step)}. Wie dat is, kiest zichzelf met ctrl+r."
    if own.stopped is not None:
        return "U bent met deze meting gestopt; wat verzegeld is, blijft staan."
    if step.settled and is_definitive(record, content):
        return "Het verslag is definitief, dus deze scores liggen vast."
    return ""


Texts = Sequence[tuple[str, str]]
"""What is read while scoring: what each text is called, and the text, empty where there is none yet."""


def written(desk: Desk, step: m.ScoreStep, item: m.Item) -> Texts:
    """The texts that are read while this item is scored."""
    return read_while_scoring(desk.record, desk.content, step, item)


def in_full(texts: Texts, row: AnswerRow | None = None, suggested: Sequence[Suggestion] = ()) -> Content:
    """The whole texts, to read; each under what it is called where there are more."""
    texts = [*texts, *((TITLE, suggestion_words(one, row)) for one in suggested)]
    if len(texts) == 1:
        return parts(texts[0][1] or "Bij dit item is nog niets geschreven.")
    return Content("\n\n").join(
        [parts((_capital(label), "bold"), "\n", text or ("nog niets geschreven", MUTED)) for label, text in texts]
    )


def beside(
    line: Line,
    row: AnswerRow | None,
    texts: Texts,
    wording: str,
    suggested: Sequence[Suggestion] = (),
    under: Content = EMPTY,
    was: str = "",
    remark: str = "Mijn opmerking",
    reference: Content = EMPTY,
) -> Content:
    """All there is to read about a line, the chosen answer marked; `under` are its parts, as `under` tells them.

    `remark` is what the remark is called, and `reference` what there is to read beside every item of the section.
    """
    item = line.item
    pieces = [parts((f"{item.id}  {item.title}", "bold"))]
    if item.statement:
        pieces.append(parts("\n", item.statement))
    if line.part is not None:
        pieces.append(parts("\n\n", (f"Deel {line.part.id}  ", "bold"), (line.part.title, "bold")))
    pieces += [_options(line, row), under]
    if was:
        pieces.append(parts("\n\n", (f"Vorige keer {was}", MUTED)))
    pieces += [parts("\n\n", (TITLE, "bold"), "\n", suggestion_words(one, row)) for one in suggested]
    for label, text in texts:
        pieces.append(parts("\n\n", (_capital(label), "bold"), "\n", text or ("nog niets geschreven", MUTED)))
    if row is not None and row.note:
        pieces.append(parts("\n\n", (remark, "bold"), "\n", row.note))
    pieces.append(reference)
    if item.source or wording:
        pieces.append(parts("\n\n", ("\n".join(filter(None, [item.source, wording])), MUTED)))
    return parts(*pieces)


def under(lines: Sequence[Line], line: Line, answers: Mapping[Key, AnswerRow]) -> Content:
    """The parts to choose under an item, each with its answer; empty where there are none."""
    counted = rows.parts_told(line, answers)
    if not counted:
        return EMPTY
    pieces = [parts("\n\n", (counted, "bold"), " (mag; b klapt uit en in)")]
    for one in lines:
        if one.item.id == line.item.id and one.part is not None and one.optional:
            said = rows.told(one, answers.get(one.key))
            pieces.append(parts("\n", one.part.title, (f": {said}" if said else "", "bold")))
    return parts(*pieces)


def _options(line: Line, row: AnswerRow | None) -> Content:
    chosen = rows.position_of(line, row)
    pieces = []
    for place in range(len(line.scale.options)):
        sign = rows.label(line.scale, place, whole=True)
        words = rows.anchor(line, place)
        words = "" if words and words in sign else f" {words}"
        style = "bold" if place == chosen else ""
        pieces.append(parts("\n", (f"[{sign}]{words}" if place == chosen else f" {sign} {words}", style)))
    if line.scale.missing:
        key, title = rows.missing_key(line.scale), line.scale.missing_title
        if row is not None and row.missing:
            pieces.append(parts("\n", (f"[{key}] {title}: {row.missing}", "bold")))
        else:
            pieces.append(parts("\n", f" {key}  {title}"))
    return parts("\n", *pieces)


def below(
    line: Line,
    row: AnswerRow | None,
    texts: Texts,
    width: int,
    *,
    alone: bool,
    lines: int = 8,
    suggested: Sequence[Suggestion] = (),
    takes: str = "",
    under: str = "",
    was: str = "",
    remark: str = "Mijn opmerking",
    closed: bool = False,
) -> Content:
    """The same in so many lines, below the list. Where it stands `alone` also what is asked and what the score says.

    `takes` says with which key a suggestion is taken over, `under` how many parts there are to choose.
    """
    noted = row is not None and bool(row.note)
    pieces = [_in_short(line, row, width, max(lines // 3, 2), more=not noted, closed=closed)] if alone else []
    if was and alone:
        pieces.append(parts((one_line(was, width), MUTED)))
    if under:
        pieces.append(parts(one_line(f"{under} (mag; b klapt uit en in)", width)))
    for one in suggested if alone else ():
        title = f"{TITLE}{takes}: "
        pieces.append(parts((title, "bold"), one_line(suggestion_words(one, row), 2 * width - len(title) - 4)))
    used = sum(-(-cells(one) // width) for piece in pieces for one in piece.plain.split("\n"))
    room = max(lines - used - noted, 2) if alone else 5
    for label, text in texts:
        said = (
            one_line(text, max(room // len(texts), 1) * width - 11 - cells(label)) if text else "nog niets geschreven"
        )
        pieces.append(parts((f"{_capital(label)}: ", "bold"), said))
    if row is not None and row.note:
        room = (1 if alone else 2) * width - cells(remark) - 4
        pieces.append(parts((f"{remark}: ", "bold"), one_line(row.note, max(room, width // 2))))
    return Content("\n").join(pieces)


def _in_short(line: Line, row: AnswerRow | None, width: int, lines: int, *, more: bool, closed: bool) -> Content:
    said = rows.told(line, row)
    title = line.part.title if line.part is not None else line.item.title
    position = rows.position_of(line, row)
    sign = f"[{rows.label(line.scale, position, whole=False)}] " if position >= 0 else ""
    return parts(
        (one_line(f"{line.item.id}  {title}", width), "bold"),
        f"\n{one_line(line.item.statement, (lines + more) * width - 12)}" if line.item.statement else "",
        parts(
            "\n",
            (sign, "bold"),
            one_line(said, lines * width - 12) if said else (rows.how_to(line, closed=closed), "italic"),
        ),
    )


def suggestion_words(one: Suggestion, row: AnswerRow | None) -> str:
    """What is suggested and why, and that something else was given."""
    given = row.value if row is not None else None
    return with_reason(one, f"; gegeven is {given}" if differs(one, given) else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def otherwise_than_before(
    lines: Sequence[Line], before: Mapping[Key, AnswerRow], answers: Mapping[Key, AnswerRow]
) -> str:
    """Where another answer stands than in the record before this one; empty where nowhere."""
    found = [key_title(one.key) for one in lines if answer_was(one.scale, before.get(one.key), answers.get(one.key))]
    some = ", ".join(found[:12]) + (f" en {len(found) - 12} meer" if len(found) > 12 else "")
    return f"anders dan de vorige keer: {some}" if found else ""


def progress(desk: Desk, step: m.ScoreStep, otherwise: str = "") -> Content:
    """What is still to be scored, where it is `otherwise` than suggested, and how far the others are."""
    pieces = []
    whose = sheet_read_by(desk.record, step, desk.viewer or "")
    own = desk.record.personal.get((step.id, whose), {})
    left = [key_title(key) for key in open_keys(desk.content, own)]
    reads_along = whose != (desk.viewer or "")
    if left and "sealed" not in own and not reads_along:
        some = ", ".join(left[:12]) + (f" en {len(left) - 12} meer" if len(left) > 12 else "")
        what = "scoren" if done_word(desk.content) == "gescoord" else "beantwoorden"
        pieces.append(parts((f"Nog te {what}: {some}", "")))
    elif "sealed" not in own and not reads_along and not left:
        told = "Dit blijft open: u kunt het altijd veranderen." if step.stays_open else SEALS
        pieces.append(parts(f"Alles is {done_word(desk.content)}. {told}"))
    if otherwise:
        pieces.append(parts((otherwise, MUTED)))
    if others := _others(desk, step):
        pieces.append(parts((" · ".join(others), MUTED)))
    return Content("\n").join(pieces)


def _others(desk: Desk, step: m.ScoreStep) -> list[str]:
    state = next(one for one in desk.states() if one.id == step.id)
    whose = sheet_read_by(desk.record, step, desk.viewer or "")
    shadows = {one.id for one in desk.record.envelope.person if one.shadow}
    return [
        clean(f"{desk.name(one.id)} ({one.id}{', loopt mee' if one.id in shadows else ''}): {one.detail}")
        for one in state.people
        if one.id != whose
    ]


def notice(desk: Desk, step: m.ScoreStep, closed: str) -> Content:
    """What has to be known before anything else: why nothing can be changed, for whom is waited, what stands out."""
    told: list[str] = []
    own = person(desk.record, desk.viewer or "")
    if own is not None and is_sealed(desk.record, step.id, own.id):
        told.append(_sealed(desk, step, own.id))
    elif closed:
        told.append(f"Alleen lezen. {closed}")
    if step.private and not closed:
        told.append("Uw antwoorden ziet wie meekijkt; uw opmerkingen leest alleen u, tot u iets anders kiest (w).")
    if own is not None and own.shadow:
        told.append("U loopt mee: u scoort zoals ieder ander, maar uw scores tellen niet mee.")
    told += [f"! {one.message} {one.advice}".strip() for one in desk.findings() if one.step == step.id]
    return parts("\n".join(told))


def _sealed(desk: Desk, step: m.ScoreStep, code: str) -> str:
    sheet = desk.record.read_of(step.id, code, Sheet)
    words = [f"✓ Verzegeld op {sheet.sealed:%d-%m-%Y} om {sheet.sealed:%H:%M}." if sheet.sealed else "✓ Verzegeld."]
    if not revealed(desk.record, step):
        state = next(one for one in desk.states() if one.id == step.id)
        waiting = [f"{desk.name(one.id)} ({one.detail})" for one in state.people if one.counts and not one.sealed]
        if any(one.detail == UNKNOWN for one in state.people):
            words.append("Pak het blad nu in: op het beginscherm met ctrl+p, Blad inpakken.")
        elif waiting:
            words.append(f"Wacht op: {', '.join(waiting)}.")
    elif (later := consensus_of(desk.content, step)) is not None and len(counting(desk.record, step)) > 1:
        words.append(f"De scores liggen naast elkaar: c gaat naar '{later.title}'.")
    if may_reopen(desk.record, desk.content, step, code):
        words.append("Toch iets veranderen: h heropent uw blad, met een reden.")
    return " ".join(words)


def before_sealing(desk: Desk, step: m.ScoreStep, *, reveals: bool) -> str:
    """What sealing means, for this person at this moment."""
    own = person(desk.record, desk.viewer or "")
    told = [
        "Na het verzegelen verandert er niets meer aan uw scores en opmerkingen, en dat is te controleren. "
        "Het is geen geheimhouding en bewijst niet wie er scoorde."
    ]
    if own is not None and own.shadow:
        told.append("Uw scores tellen niet mee.")
    if reveals and len(counting(desk.record, step)) > 1:
        told.append(
            "Dit is het laatste blad dat telt: daarna liggen alle scores naast elkaar, voor iedereen, en kan niemand "
            "zijn blad nog heropenen."
        )
    elif reveals:
        told.append(
            "Dit is het enige blad dat telt: uw scores zijn daarna de definitieve, en heropenen kan dan niet meer."
        )
    elif step.blind and not revealed(desk.record, step):
        told.append(
            "De anderen zien uw scores pas als alle bladen die tellen verzegeld zijn. Tot dan kunt u uw blad "
            "heropenen, met een reden."
        )
    elif not step.blind:
        told.append("Heropenen kan, met een reden.")
    return "\n\n".join([*told, "Ongedaan maken kan niet."])


def incomplete(content: m.Content, left: Sequence[tuple[str, str]]) -> str:
    """Why a sheet cannot be sealed yet."""
    some = ", ".join(key_title(key) for key in left[:12]) + (" …" if len(left) > 12 else "")
    return f"Nog {len(left)} van {len(expected_keys(content))} niet {done_word(content)}: item {some}."
