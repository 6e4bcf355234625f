"""What the review screen shows: the paper with its marks, what to check first, the tasks by section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from departments.models import Department, DepartmentGroup
from departments.roster import Roster
from documents.marks import Mark, Paragraph, paragraphs
from documents.models import Draft
from documents.reading import DraftTask, Problem, draft_problems, draft_sections, draft_tasks

# What the kinds of problems are called when several tasks have the same one; the parser's own sentence
# stands below.
HEADLINES = {
    "rule_inferred": "“负责”未写明首位是否牵头",
    "open_ended": "名单未列完（“等”“有关部门”）",
    "no_clause": "没有找到责任分工",
    "unresolved": "责任分工中没有识别出单位",
    "no_lead": "未写明牵头单位",
    "doubtful_name": "单位名称有疑问",
    "inferred": "责任分工沿用上级标题",
    "year_inferred": "时限的年份为推定",
    "no_date": "时限无法换算为日期",
    "relative": "时限不是具体日期",
    "continuing": "持续推进，没有具体日期",
    "before_issue": "时限早于成文日期",
    "milestone": "日期是中间节点，不是完成时限",
    "low_confidence": "原文有注音、繁体字或缺字",
    "duplicate": "编号重复",
    "missing": "文件信息不全",
    "no_tasks": "没有识别出任务",
    "two_deadlines": "合并的任务时限不同",
}
SHOWN_REFS = 4
MANY_NAMES = 5
LONGEST_PROBLEM = 300  # characters; a longer stretch is marked at its beginning only


@dataclass(frozen=True)
class Issue:
    """Open problems of one kind, settled together; `indexes` are their places in the draft's list.

    `name` is the entry's own on the page, `follower` that of the entry to go on with once this one is settled.
    """

    kind: str
    must: bool
    headline: str
    details: tuple[str, ...]
    where: str
    anchor: str
    indexes: tuple[int, ...]
    task: int | None
    name: str = ""
    follower: str = ""

    @property
    def joint(self) -> bool:
        """Whether to ask who leads: the first, or all."""
        return self.kind == "rule_inferred"

    @property
    def leaderless(self) -> bool:
        """Whether to ask who leads: nobody does."""
        return self.kind in ("no_clause", "unresolved", "no_lead")


@dataclass(frozen=True)
class Row:
    """A task in the table; `open` are its problems not yet settled; first and last are said of its section."""

    task: DraftTask
    open: tuple[Problem, ...]
    first: bool = False
    last: bool = False

    @property
    def must(self) -> bool:
        """Whether the task cannot be adopted as it stands."""
        return any(problem.must for problem in self.open)


@dataclass(frozen=True)
class SectionRows:
    """A section with its tasks; both names are empty for tasks outside every section."""

    number: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Unknown:
    """A printed name that is no department of the jurisdiction; decided when the draft is adopted."""

    name: str
    where: str
    likely: tuple[Department, ...]


@dataclass(frozen=True)
class Collective:
    """A printed name that stands for several departments."""

    name: str
    where: str
    group: DepartmentGroup


@dataclass
class Review:
    """All of the page."""

    draft: Draft
    issues: list[Issue]
    settled: int
    sections: list[SectionRows]
    paragraphs: list[Paragraph]
    unknown: list[Unknown] = field(default_factory=list)
    collectives: list[Collective] = field(default_factory=list)

    @property
    def must(self) -> int:
        """How many kinds of problems have to be settled before adoption."""
        return sum(issue.must for issue in self.issues)

    @property
    def optional(self) -> tuple[int, ...]:
        """Places of the problems that may be accepted all at once."""
        return tuple(place for issue in self.issues if not issue.must for place in issue.indexes)

    @property
    def checks(self) -> int:
        """How many entries the list of things to check has."""
        return len(self.issues) + (1 if self.mostly_unknown else len(self.unknown)) + len(self.collectives)

    @property
    def mostly_unknown(self) -> bool:
        """Whether the unknown names are too many for a line each, as in the first paper of a place."""
        return len(self.unknown) > MANY_NAMES

    @property
    def tasks(self) -> int:
        """How many tasks were read."""
        return sum(len(section.rows) for section in self.sections)


def compile_review(draft: Draft, roster: Roster) -> Review:
    """Put the page together; reads nothing but the draft, its document and the roster."""
    tasks, problems = draft_tasks(draft), draft_problems(draft)
    outside = {one.ref for one in tasks if one.left_out} - {one.ref for one in tasks if not one.left_out}
    waiting = [one for one in problems if one.open and one.ref not in outside]
    review = Review(
        draft=draft,
        issues=group_issues(waiting, tasks),
        settled=sum(not one.open for one in problems),
        sections=section_rows(draft_sections(draft), tasks, waiting),
        paragraphs=marked_text(draft, tasks, waiting),
    )
    labels = short_labels(tasks)
    for name, refs in names_with_refs(tasks).items():
        found, place = roster.find(name), where([labels[ref] for ref in refs])
        if found is None:
            review.unknown.append(Unknown(name, place, tuple(roster.suggest(name))))
        elif isinstance(found, DepartmentGroup):
            review.collectives.append(Collective(name, place, found))
    return review


def short_labels(tasks: Iterable[DraftTask]) -> dict[str, str]:
    """What a task is called in a list: （四） where its number is the only such one, else 一/（四）."""
    shorts = {task.ref: task.ref.rpartition("/")[2] for task in tasks}
    counts = Counter(shorts.values())
    return {ref: short if counts[short] == 1 else ref for ref, short in shorts.items()}


def names_with_refs(tasks: Iterable[DraftTask]) -> dict[str, tuple[str, ...]]:
    """Every printed name with the tasks it stands in; tasks left out do not count."""
    found: dict[str, list[str]] = {}
    for task in tasks:
        for name in dict.fromkeys(() if task.left_out else task.names):
            found.setdefault(task.full_names.get(name, name), []).append(task.ref)
    return {name: tuple(refs) for name, refs in found.items()}


def group_issues(problems: Sequence[Problem], tasks: Sequence[DraftTask]) -> list[Issue]:
    """Problems of one kind together, those that must be settled first, then in the order of the paper."""
    groups: dict[tuple[bool, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((not problem.must, problem.kind, problem.field), []).append(problem)
    by_ref = {task.ref: task.key for task in tasks}
    labels = short_labels(tasks)
    ordered = sorted(groups.values(), key=lambda several: not several[0].must)
    issues = [_issue(several, by_ref, labels) for several in ordered]
    names = [issue.name for issue in issues]
    return [replace(issue, follower=after) for issue, after in zip(issues, [*names, ""][1:], strict=True)]


def _issue(several: Sequence[Problem], by_ref: Mapping[str, int], labels: Mapping[str, str]) -> Issue:
    first = several[0]
    refs = tuple(dict.fromkeys(problem.ref for problem in several if problem.ref))
    return Issue(
        kind=first.kind,
        must=first.must,
        headline=HEADLINES.get(first.kind, "") or first.message.rstrip("。"),
        details=tuple(dict.fromkeys(problem.message for problem in several)),
        where=where([labels.get(ref, ref) for ref in refs]) or "文件信息",
        anchor=f"p{first.index}" if first.span else "",
        indexes=tuple(problem.index for problem in several),
        task=by_ref.get(first.ref),
        name=f"issue-{first.kind}-{first.field}-{first.must:d}",
    )


def where(refs: Sequence[str]) -> str:
    """Which tasks, in short: 一/（四）、二/（八）, or 一/（四）等18项."""
    if len(refs) > SHOWN_REFS:
        return f"{refs[0]}等{len(refs)}项"
    return "、".join(refs)


def section_rows(
    sections: Sequence[tuple[str, str]], tasks: Sequence[DraftTask], problems: Sequence[Problem]
) -> list[SectionRows]:
    """The tasks under their sections, in the order of the paper; sections without tasks are left out."""
    titles = dict(sections)
    by_ref: dict[str, list[Problem]] = {}
    for problem in problems:
        by_ref.setdefault(problem.ref, []).append(problem)
    members: dict[str, list[DraftTask]] = {}
    for task in tasks:
        members.setdefault(task.section, []).append(task)
    return [
        SectionRows(number, titles.get(number, ""), tuple(_rows(several, by_ref)))
        for number, several in members.items()
    ]


def _rows(tasks: Sequence[DraftTask], problems: Mapping[str, Sequence[Problem]]) -> Iterable[Row]:
    for task in tasks:
        ends = {"first": task is tasks[0], "last": task is tasks[-1]}
        yield Row(task, tuple(problems.get(task.ref, ())), **ends)


def marked_text(draft: Draft, tasks: Sequence[DraftTask], problems: Sequence[Problem]) -> list[Paragraph]:
    """The original with marks: what was read, and in another colour what needs checking."""
    text = draft.document.text
    headings = heading_places(text, draft_sections(draft))
    marks = [Mark(start, end, f"ms{place}") for place, (start, end) in enumerate(headings)]
    for task in tasks:
        marks += _task_marks(task)
    marks += [_problem_mark(one, one.span) for one in problems if one.span]
    titles = [place[0] for task in tasks if (place := task.spans.get("title"))]
    runs = [span for task in tasks for span in task.spans.values()]
    return paragraphs(text, marks, headings=[start for start, _ in headings], titles=titles, runs=runs)


def _task_marks(task: DraftTask) -> list[Mark]:
    marks = [_field_mark(task, name, span) for name, span in task.spans.items()]
    marks += [
        Mark(*task.places[name], task=task.key, field=role)
        for role in ("leads", "responsible", "participants")
        for name in getattr(task, role)
        if name in task.places
    ]
    if "title" not in task.spans and task.place:
        start = task.place[0]
        marks.append(Mark(start, start + 1, f"mt{task.key}", task=task.key, field="title"))
    return marks


def _field_mark(task: DraftTask, name: str, span: tuple[int, int]) -> Mark:
    """One field's place; the places of a task that was merged into this one go by its key and their name."""
    field_name = name.rpartition(":")[2]
    anchor = {"title": f"mt{task.key}", "responsibility_raw": f"mr{task.key}"}.get(name, "")
    return Mark(*span, anchor, task=task.key, field=field_name, quiet=field_name == "body")


def _problem_mark(problem: Problem, span: tuple[int, int]) -> Mark:
    start, end = span
    return Mark(start, min(end, start + LONGEST_PROBLEM), f"p{problem.index}", problem=True)


def heading_places(text: str, sections: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Where the headings of the sections stand; a heading that is not found is left out."""
    places, cursor = [], 0
    for number, title in sections:
        if not (words := [re.escape(char) for char in title if not char.isspace()]):
            continue
        gap = r"\s*"
        lead = gap.join(re.escape(char) for char in number) + r"[、.．\s]*" if number != "附件" else ""
        found = re.compile(lead + gap.join(words)).search(text, cursor)
        if found:
            places.append(found.span())
            cursor = found.end()
    return places
