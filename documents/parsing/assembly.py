"""Lines of an original in, a draft out: the steps of reading a paper in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from documents.parsing.clauses import PlainJoint, read_clause
from documents.parsing.deadlines import dates_in_text, milestones, read_deadline
from documents.parsing.draft import (
    Clause,
    DateInText,
    Deadline,
    LeadRule,
    Name,
    ParsedDocument,
    Section,
    Task,
)
from documents.parsing.excerpt import NOTHING, Excerpt, Span, join
from documents.parsing.facts import read_facts
from documents.parsing.lines import atoms, paragraphs, without_running_heads
from documents.parsing.locate import Located, holds_clause, locate
from documents.parsing.outline import Item, Part, outline
from documents.parsing.problems import find_problems
from documents.parsing.refs import Held, chapter_number, label_annexes, ref_of, row_section, section_of
from documents.parsing.roles import states_rule
from documents.parsing.script import squeeze
from documents.parsing.selection import Candidate, Selection
from documents.parsing.tablelines import with_rows
from documents.parsing.tables import Row, read_rows
from documents.parsing.targets import find_targets
from documents.parsing.unnumbered import number_the_unnumbered
from documents.readers.original import Original

_TITLE_LENGTH = 40
#: in pages of half-width marks the full stop between two sentences may be a point
_STOP = re.compile(r"[。\n]|(?<=[\u4e00-\u9fff）”])\.(?=[\u4e00-\u9fff“]|$)")
#: a line break in a cell that does not end a sentence is one of the column's width
_CELL_BREAK = re.compile(r"(?<![。；])\s*\n\s*")


def parse(original: Original, *, plain_joint: PlainJoint = "first-leads") -> ParsedDocument:
    """Read a paper. Never fails on any text; what could not be read is in ``problems``."""
    found = without_running_heads(with_rows(atoms(original)))
    parts = outline(paragraphs(found))
    number_the_unnumbered(parts)
    selection = Selection(parts)
    held = [Held(part, selection.pick(part), _table_rows(part)) for part in parts]
    label_annexes(held)
    facts = read_facts(found, _preamble(held), _outside(held))
    reader = _Reader(facts.year, plain_joint)
    sections: list[Section] = []
    tasks: list[Task] = []
    for one in held:
        if one:
            sections += _sections(one, selection)
            tasks += [reader.from_item(candidate, one.part) for candidate in one.candidates]
            tasks += reader.from_rows(one.rows, one.part)
    rules = _rules(tasks, parts)
    facts = replace(facts, lead_rule=rules)
    result = tuple(tasks)
    return ParsedDocument(facts, tuple(sections), result, find_problems(facts, result, rules, original.text))


_Rows = list[tuple[Row, Item | None]]


def _table_rows(part: Part) -> _Rows:
    """The task rows of a part, each with the chapter it stands under."""
    rows = read_rows([one.cells or () for one, _ in part.rows])
    chapters = [chapter for _, chapter in part.rows]
    return [(row, chapter) for row, chapter in zip(rows, chapters, strict=True) if row]


def _preamble(held: Sequence[Held]) -> list[Excerpt]:
    """All text before the chapters of the first part that holds tasks."""
    texts: list[Excerpt] = []
    for one in held:
        texts += [paragraph.text for paragraph in one.part.lead]
        if one:
            break
        texts += [text for item in one.part.walk() for text in item.whole]
    return texts


def _outside(held: Sequence[Held]) -> list[Excerpt]:
    """The text that belongs to no task: notice, other chapters, closing paragraphs."""
    candidates = [candidate for one in held for candidate in one.candidates]
    used = {id(inner) for candidate in candidates for inner in candidate.item.walk()}
    rest = [text for one in held for item in one.part.walk() if id(item) not in used for text in item.whole]
    lead = [paragraph.text for one in held for paragraph in one.part.lead]
    return [*lead, *rest, *(c.located.after for c in candidates if c.located.after)]


def _sections(one: Held, selection: Selection) -> list[Section]:
    part, candidates, rows = one.part, one.candidates, one.rows
    chapters = [item for item in part.sections if item.children or not _is_task(item, candidates)]
    read = [_section(item, candidates, selection) for item in chapters]
    named = [replace(s, number=chapter_number(i, part)) for s, i in zip(read, chapters, strict=True)]
    found = named or _row_sections(rows, part)
    loose = any(row_section(row, chapter, part) == part.annex_label for row, chapter in rows)
    if (part.annex and not found) or (loose and not _row_sections(rows, part)):
        title = part.title or next((paragraph.text for paragraph in part.lead), NOTHING)
        found.append(Section(part.annex_label, squeeze(title.text), title.span))
    return found


def _row_sections(rows: _Rows, part: Part) -> list[Section]:
    """Chapters that stand in a column of the table: 一、…… in the first cell."""
    found: dict[str, Section] = {}
    for row, chapter in rows:
        number = row_section(row, chapter, part)
        if row.ordinal and number:
            title = row.section_title
            found.setdefault(number, Section(number, squeeze(title.text), title.span))
    return list(found.values())


def _is_task(item: Item, candidates: list[Candidate]) -> bool:
    return any(one.item is item for one in candidates)


def _section(item: Item, candidates: list[Candidate], selection: Selection) -> Section:
    text = _heading(selection.located(item).text)
    below = [
        child
        for child in item.children
        if not _is_task(child, candidates) and any(_is_task(one, candidates) for one in child.walk())
    ]
    inner = tuple(_section(child, candidates, selection) for child in below)
    return Section(item.number, text.text, text.span, inner)


def _heading(text: Excerpt) -> Excerpt:
    first = re.split(r"[。\n]", text.key)[0]
    return text.cut(0, len(first)).strip("：")


def _rules(tasks: list[Task], parts: list[Part]) -> tuple[LeadRule, ...]:
    """Rule sentences inside clauses, then those standing in the open under the task that they follow."""
    found = [replace(rule, ref=task.ref) for task in tasks if task.clause for rule in task.clause.rules]
    found = [rule for rule in found if len(rule.text) > 3]
    known = {rule.span for rule in found}
    for part in parts:
        texts = [text for item in part.walk() for text in item.text[1:]] + [one.text for one in part.lead]
        for text in texts:
            found += [
                rule for rule in _open_rules(text, part) if not any(_within(rule.span, k) for k in known)
            ]
    return tuple(sorted(found, key=lambda rule: rule.span))


def _open_rules(text: Excerpt, part: Part) -> Iterator[LeadRule]:
    """Sentences outside brackets that say who leads where several names stand."""
    for sentence in re.finditer(r"[^。\n]+。?", text.key):
        if states_rule(sentence[0]):
            piece = text.cut(*sentence.span()).strip()
            yield LeadRule(piece.text, piece.span, "附件" if part.annex else "")


def _within(inner: Span, outer: Span) -> bool:
    return inner.start < outer.end and outer.start < inner.end


class _Reader:
    """Turns candidates and rows into tasks, with the year of the paper at hand."""

    def __init__(self, year: int | None, plain_joint: PlainJoint) -> None:
        self._year = year
        self._plain_joint: PlainJoint = plain_joint

    def from_item(self, one: Candidate, part: Part) -> Task:
        """The task of an outline item."""
        text = join([one.located.text, *one.absorbed], glue="\n")
        title, body = split_title(text)
        clause, note = self._clause(one)
        deadline = self._deadline(one, clause, title, body)
        section = section_of(one.item, part)
        spans = _spans(title, body, clause, deadline)
        whole = join([title, body], glue="。") if title else body
        return Task(
            ref=ref_of(one.item, part),
            section=section,
            number=None if one.item.given else one.item.number.strip(),
            title=title.text or None,
            body=body.text,
            clause=clause,
            deadline=deadline,
            dates=self._dates(whole, clause, deadline),
            targets=tuple(find_targets(whole)),
            spans=spans,
            confidence=clause.confidence if clause else 0.5,
            note=note,
        )

    def _clause(self, one: Candidate) -> tuple[Clause | None, str]:
        if one.located.clause:
            return self._read(one.located.clause), _note(one.located)
        if one.inherited:
            above = locate(one.inherited.text).clause
            if above:
                note = f"本项没有责任分工，按上级标题“{one.inherited.label}”的责任分工执行，请核对。"
                return self._read(above), note
        return None, ""

    def _read(self, piece: Excerpt) -> Clause:
        return read_clause(piece, plain_joint=self._plain_joint, year=self._year)

    def _deadline(self, one: Candidate, clause: Clause | None, title: Excerpt, body: Excerpt) -> Deadline:
        if clause and clause.deadline.raw:
            return clause.deadline
        if one.located.limit:
            return read_deadline(one.located.limit, self._year)
        whole = join([title, body], glue="。")
        return Deadline() if "。" in whole.key.strip("。") else self._of_sentence(whole)

    def _dates(self, whole: Excerpt, clause: Clause | None, deadline: Deadline) -> tuple[DateInText, ...]:
        """Limits on part of the task: in its text, and steps named in its clause."""
        steps = clause.milestones if clause else ()
        return steps if deadline.kind == "fixed" else (*dates_in_text(whole, self._year), *steps)

    def _of_sentence(self, whole: Excerpt) -> Deadline:
        """A task of one sentence with one limit: the limit governs all of it."""
        dates = dates_in_text(whole, self._year)
        if len(dates) != 1 or not dates[0].date or dates[0].milestone:
            return Deadline()
        inferred = str(dates[0].date.year) not in dates[0].raw
        return Deadline(dates[0].raw, dates[0].date, "fixed", dates[0].span, inferred)

    def from_rows(self, rows: _Rows, part: Part) -> list[Task]:
        """The tasks of a table."""
        found: list[Task] = []
        for place, (row, chapter) in enumerate(rows, 1):
            section = row_section(row, chapter, part)
            number = row.number.key.strip(".、 ") or (
                found[-1].number or "" if found and (row.shifted or row.continued) else str(place)
            )
            ref = f"{section}/{number}" if section else number
            again = sum(1 for task in found if task.ref.split("-")[0] == ref)
            found.append(self._from_row(row, f"{ref}-{again + 1}" if again else ref, number, section))
        return found

    def _from_row(self, row: Row, ref: str, number: str, section: str | None) -> Task:
        clause = self._from_owners(row)
        deadline = read_deadline(row.limit, self._year)
        if not deadline.raw and clause:
            deadline = clause.deadline
        steps = (*(clause.milestones if clause else ()), *milestones(row.limit, self._year))
        title, body = _row_title(row)
        whole = join([title, body], glue="。")
        return Task(
            ref=ref,
            section=section,
            number=number,
            title=squeeze(title.text),
            body=body.text,
            clause=clause,
            deadline=deadline,
            dates=steps,
            targets=tuple(find_targets(whole)),
            spans=_spans(title, body, clause, deadline),
            confidence=(clause.confidence if clause else 0.5) * (0.8 if row.shifted else 1.0),
            note="单元格疑为合并，责任单位取自上一行，请核对。" if row.shifted else "",
        )

    def _from_owners(self, row: Row) -> Clause | None:
        """One clause of the cells that name bodies; a single cell is its own clause."""
        if not row.owners:
            return None
        role, cell = row.owners[0]
        if len(row.owners) == 1:
            return read_clause(cell, plain_joint=self._plain_joint, year=self._year, column=role)
        return _merged(
            [read_clause(c, plain_joint="all-lead", year=self._year, column=r) for r, c in row.owners], row
        )


def _note(located: Located) -> str:
    """What the coordinator should know of how the clause stood in the text."""
    if holds_clause(located.text):
        return "任务内容中还有其他责任分工，这里取最后一处，请核对其余各处。"
    return "责任分工之后还有文字，已并入任务内容，请核对。" if located.trailing else ""


def _merged(clauses: list[Clause], row: Row) -> Clause:
    leads: list[Name] = []
    responsible: list[Name] = []
    participants: list[Name] = []
    for (role, _), clause in zip(row.owners, clauses, strict=True):
        (leads if role == "lead" else responsible if role in ("plain", "shared") else participants).extend(
            clause.leads
        )
        responsible += clause.responsible
        participants += clause.participants
    if not leads and responsible:
        leads, responsible = responsible[:1], responsible[1:]
    raw = join([cell for _, cell in row.owners], glue="；")
    return Clause(
        raw=raw.text,
        mode="lead_responsible"
        if responsible
        else "lead_support"
        if participants
        else "single"
        if len(leads) == 1
        else "co_lead"
        if leads
        else None,
        leads=tuple(leads),
        responsible=tuple(responsible),
        participants=tuple(participants),
        open_leads=any(clause.open_leads for clause in clauses),
        open_participants=any(clause.open_participants for clause in clauses),
        doubts=tuple(doubt for clause in clauses for doubt in clause.doubts),
        span=raw.span,
    )


def _row_title(row: Row) -> tuple[Excerpt, Excerpt]:
    """The cell of the task; of several sentences in it the first is the title, where it is short enough."""
    cell = row.title.without(_CELL_BREAK)
    phrase = cell.strip("。")
    head, rest = split_title(cell)
    return (head, rest) if head and rest and not row.body else (phrase or cell, row.body)


def split_title(text: Excerpt) -> tuple[Excerpt, Excerpt]:
    """Heading and text: the words to the first full stop, unless they are already the measure itself."""
    text = text.strip()
    match = _STOP.search(text.key)
    if not match:
        return (text, NOTHING) if len(text) <= _TITLE_LENGTH else (NOTHING, text)
    title, body = text.cut(0, match.start()).strip(), text.cut(match.end()).strip()
    if len(title) > _TITLE_LENGTH:
        return NOTHING, text
    return title, body


def _spans(title: Excerpt, body: Excerpt, clause: Clause | None, deadline: Deadline) -> dict[str, Span]:
    spans = {name: piece.span for name, piece in (("title", title), ("body", body)) if piece}
    if clause and clause.span:
        spans["responsibility_raw"] = clause.span
    if deadline.span:
        spans["deadline"] = deadline.span
    return spans
