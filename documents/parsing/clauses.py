"""A responsibility clause: who leads, who is co-responsible, who takes part, until when.

How it is read: role words cut the clause into regions; a label owns the names after it, a verb the names
before it; rule sentences and time limits are cut out and kept. From the regions' roles follows the mode.
Nothing is made up: a clause in which nobody leads stays without a lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from documents.parsing import brackets
from documents.parsing.deadlines import is_time, milestones, read_deadline
from documents.parsing.draft import Clause, DateInText, Deadline, LeadRule, Mode, Name
from documents.parsing.excerpt import Excerpt, join
from documents.parsing.names import expanded, is_strong, split_names
from documents.parsing.roles import RULES, SIGNAL, Mark, Role, find_marks, role_word
from documents.parsing.script import GAP, GLOSS

#: second halves of words that names end with, cut off by a line break
_HALVES = ("员会", "公室", "导小组", "和改革", "单位", "部门")
#: brackets round brackets round a clause: more than this is no clause
_WRAPPINGS = 4
PlainJoint = Literal["first-leads", "all-lead"]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of names and the role they have; strict where prose stands beside it.

    ``run_on`` where the names may run into what is to be done.
    """

    piece: Excerpt
    role: Role | None
    strict: bool = False
    run_on: bool = False


@dataclass
class _Cast:
    """The names found so far, by role."""

    names: dict[Role, list[Name]] = field(default_factory=dict)
    open: set[Role] = field(default_factory=set)
    seen: set[Role] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)

    def of(self, *roles: Role) -> list[Name]:
        """Names of these roles in the order of the text, each once."""
        found = sorted((n for r in roles for n in self.names.get(r, [])), key=lambda n: n.span)
        return list({n.text: n for n in reversed(found)}.values())[::-1]


def parse_clause(text: str, *, plain_joint: PlainJoint = "first-leads", year: int | None = None) -> Clause:
    """Read one clause given as text; places count in that text."""
    return read_clause(Excerpt.of(text), plain_joint=plain_joint, year=year)


def read_clause(
    piece: Excerpt,
    *,
    plain_joint: PlainJoint = "first-leads",
    year: int | None = None,
    column: Role | None = None,
) -> Clause:
    """Read a clause; ``column`` is the role that a table column gives to names without role words."""
    raw = _content(piece.strip())
    inner = _unbroken(raw.without(GLOSS))
    cast, deadline, rules = _Cast(), Deadline(), []
    steps: list[DateInText] = []
    for region in _regions(inner, find_marks(inner.key), column):
        if region.role == "rule":
            rules.append(LeadRule(region.piece.strip("，。；（）").text, region.piece.span))
        elif region.role == "time":
            deadline = deadline if deadline.raw else read_deadline(region.piece, year)
            steps += milestones(region.piece, year)
        else:
            _enlist(region, cast)
    clause = _assign(cast, plain_joint)
    return replace(
        clause, raw=raw.text, deadline=deadline, rules=tuple(rules), span=raw.span, milestones=tuple(steps)
    )


def _content(piece: Excerpt) -> Excerpt:
    """Without the brackets round the whole; of a paragraph with a clause at its end, that clause."""
    for _ in range(_WRAPPINGS):
        piece = _without_lone_bracket(piece)
        groups = brackets.groups(piece.key)
        trimmed = piece.strip("。；，.")
        if len(groups) != 1 or groups[0].start or groups[0].end != len(trimmed) - 1:
            return _closing_bracket(piece, groups)
        piece = trimmed.cut(1, len(trimmed) - 1).strip()
    return piece


def _without_lone_bracket(piece: Excerpt) -> Excerpt:
    """Without a bracket at either end whose partner was lost in copying."""
    key = piece.key
    if key[:1] in ("（", "【") and all(group.start for group in brackets.groups(key)):
        return piece.cut(1).strip()
    if key[-1:] in ("）", "】") and all(group.end != len(key) - 1 for group in brackets.groups(key)):
        return piece.cut(0, -1).strip()
    return piece


def _closing_bracket(piece: Excerpt, groups: list[brackets.Group]) -> Excerpt:
    """The bracket with role words that ends the text, when no role word stands before it."""
    if not groups:
        return piece
    last = groups[-1]
    inner, rest = piece.key[last.start + 1 : last.end], piece.key[last.end + 1 :].strip("。；，. ")
    if role_word(inner.strip()) or RULES.fullmatch(inner.strip("。；， ")):
        return piece
    if not rest and SIGNAL.search(inner) and not find_marks(piece.key[: last.start]):
        return piece.cut(last.start + 1, last.end).strip()
    return piece


def _unbroken(piece: Excerpt) -> Excerpt:
    """Take out line breaks that cut a name or a role word in two; keep those between names and labels."""
    cuts = []
    heads = _heads(piece.key)
    for match in re.finditer(r"\s*\n\s*", piece.key):
        before = re.split(r"[、，；。：\n]", piece.key[: match.start()])[-1].strip()
        after = re.split(r"[、，；。\n]", piece.key[match.end() :], maxsplit=1)[0]
        whole = not before or _ends_with_mark(before)
        whole = whole or (is_strong(before) and (not heads or after[:1] in heads))
        if after.startswith(_HALVES) or not (whole or _opens_with_label(after)):
            cuts.append((match.start(), match.end()))
    return join(piece.split(cuts)) if cuts else piece


def _heads(key: str) -> set[str]:
    """How names begin in a list that has separators; there, a line that begins otherwise goes on with a name."""
    members = re.split(r"[、，；。：（]\s*", key)
    return {one[0] for one in members if one and is_strong(one)} if "、" in key else set()


def _ends_with_mark(key: str) -> bool:
    marks = find_marks(key)
    return bool(marks and marks[-1].end == len(key))


def _opens_with_label(key: str) -> bool:
    marks = find_marks(key)
    return bool(marks and marks[0].is_label and not marks[0].start)


def _regions(piece: Excerpt, marks: list[Mark], column: Role | None) -> Iterable[Region]:
    """Cut the clause at its role words; text without any is only believed when it has a name in it."""
    label, cursor, spoken = column, 0, False
    prose = not marks and not column and not _has_name(piece.key)
    for mark in marks:
        before = piece.cut(cursor, mark.start)
        if mark.role == "rule":
            yield from _timed(before, _standing(label, spoken), strict=prose or (label is None and spoken))
            yield Region(piece.cut(mark.start, mark.end), "rule")
        elif mark.is_label:
            yield from _timed(before, _standing(label, spoken), strict=prose or (label is None and spoken))
            label, prose = mark.role, False
        elif mark.bracketed:
            yield from _before_bracket(before, label, mark, open_list=piece.key[mark.end :].startswith("、"))
            prose = False
        else:
            yield from _before_verb(before, label, mark, strict=prose)
            prose = mark.before_prose
        spoken = spoken or mark.role != "rule"
        cursor = mark.end
    joined = bool(marks) and marks[-1].role == "join"
    rest = _timed(piece.cut(cursor), _standing(label, spoken), strict=prose or (label is None and spoken))
    yield from (replace(region, run_on=joined) for region in rest)


def _has_name(key: str) -> bool:
    return any(is_strong(part) for part in re.split(r"[、，；。\s]|和|及|等", key))


def _standing(label: Role | None, spoken: bool) -> Role | None:
    """The role of names that no verb follows: the label's; plain in a clause without any role word."""
    if label:
        return label
    return "shared" if spoken else "plain"


def _before_verb(before: Excerpt, label: Role | None, mark: Mark, *, strict: bool) -> Iterable[Region]:
    """Under a label, a verb takes only the last group: 牵头单位：甲局，乙局、丙局配合."""
    comma = [m.start() for m in re.finditer(r"[，；。]", before.key)]
    if label and label not in ("person", "time", "other") and comma and mark.role != label:
        yield from _timed(before.cut(0, comma[-1]), label, strict=strict)
        before = before.cut(comma[-1] + 1)
    elif comma and "。" in before.key:
        stop = before.key.rindex("。")
        yield from _timed(before.cut(0, stop), _standing(label, True), strict=True)
        before = before.cut(stop + 1)
    yield from _timed(before, mark.role, strict=strict)


def _before_bracket(before: Excerpt, label: Role | None, mark: Mark, *, open_list: bool) -> Iterable[Region]:
    """甲局、乙局（牵头），丙局: the names of its group; in the midst of one list only the name before it."""
    places = [
        m.start()
        for m in re.finditer(r"[、，；。]" if open_list else r"[，；。]", before.key.strip("，、；"))
    ]
    cut = places[-1] + 1 if places else 0
    yield from _timed(before.cut(0, cut), label or "shared", strict=False)
    yield from _timed(before.cut(cut), mark.role, strict=False)


def _timed(piece: Excerpt, role: Role | None, *, strict: bool) -> Iterable[Region]:
    """The region without its members that are time limits (市卫健委、2020年底前)."""
    if role == "time":
        yield Region(piece, "time")
        return
    kept, cursor = [], 0
    for match in re.finditer(r"[^，；、。\n]+", piece.key):
        if is_time(match[0].strip()) and not is_strong(match[0]):
            yield Region(piece.cut(match.start(), match.end()), "time")
            kept.append(piece.cut(cursor, match.start()))
            cursor = match.end()
    for part in [*kept, piece.cut(cursor)]:
        if part.strip("，；、。："):
            yield Region(part, role, strict)


def _enlist(region: Region, cast: _Cast) -> None:
    """Add the names of a region to the cast."""
    role = region.role
    if role is None or role in ("person", "other"):
        return
    piece = region.piece
    if not region.strict and "。" in piece.key.strip("。 "):
        stop = piece.key.strip().index("。")
        _enlist(Region(piece.cut(stop + 1), role, strict=True), cast)
        piece = piece.cut(0, stop)
    found = split_names(piece, strict=region.strict, run_on=region.run_on)
    fulls = expanded(found.names)
    cast.seen.add(role)
    cast.names.setdefault(role, []).extend(
        Name(one.text, one.span, full) for one, full in zip(found.names, fulls, strict=True)
    )
    if found.open:
        cast.open.add(role)
    cast.doubts += [f"“{one.text}”中有缺字" for one in found.names if GAP.search(one.text)]
    if not region.strict:
        cast.doubts += [f"“{one.text}”未能识别为单位名称" for one in found.dropped]
        cast.doubts += [f"“{one.text}”可能不是单位名称" for one in found.names if not is_strong(one.key)]


def _assign(cast: _Cast, plain_joint: PlainJoint) -> Clause:
    """From roles to leads, responsible, participants and mode."""
    if cast.of("join"):
        cast.names["lead"] = cast.of("lead", "join")
    if cast.of("lead"):
        return _with_lead(cast)
    if cast.of("separate"):
        return _clause(cast, "separate", cast.of("separate"), cast.of("plain", "duty", "shared"))
    plain = cast.of("plain")
    if plain and cast.of("duty") and cast.of("duty")[0].span < plain[0].span:
        return _clause(cast, "by_duty", [], cast.of("duty", "shared", "plain"))
    if plain and cast.of("duty", "shared"):
        return _clause(cast, "lead_responsible", plain[:1], plain[1:] + _others(cast, plain))
    if plain:
        return _plain(cast, plain, plain_joint)
    duty = cast.of("duty", "shared")
    if duty or cast.open & {"duty", "shared"}:
        return _clause(cast, "by_duty", [], duty)
    return _clause(cast, None, [], [])


def _others(cast: _Cast, leads: list[Name]) -> list[Name]:
    return [n for n in cast.of("duty", "shared") if n.text not in {lead.text for lead in leads}]


def _with_lead(cast: _Cast) -> Clause:
    leads = cast.of("lead")
    shared = cast.of("plain", "separate", "duty", "shared")
    if shared or cast.open & {"plain", "duty", "shared"}:
        mode: Mode = "lead_responsible"
    elif cast.of("part") or "part" in cast.open:
        mode = "lead_support"
    else:
        mode = "co_lead" if len(leads) > 1 else "single"
    return _clause(cast, mode, leads, shared)


def _plain(cast: _Cast, plain: list[Name], plain_joint: PlainJoint) -> Clause:
    if len(plain) == 1 and "plain" not in cast.open:
        return _clause(cast, "single", plain, [])
    split = len(plain) if plain_joint == "all-lead" else 1
    return _clause(cast, "joint", plain[:split], plain[split:])


def _clause(cast: _Cast, mode: Mode | None, leads: list[Name], responsible: list[Name]) -> Clause:
    return Clause(
        raw="",
        mode=mode,
        leads=tuple(leads),
        responsible=tuple(responsible),
        participants=tuple(cast.of("part")),
        open_leads=bool(cast.open - {"part"}),
        open_participants="part" in cast.open,
        doubts=tuple(cast.doubts),
    )
