"""What a coordinator must look at before a draft becomes a ledger. One entry for each thing inferred or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from documents.parsing.draft import Facts, LeadRule, Problem, Task
from documents.parsing.excerpt import Span
from documents.parsing.script import GAP, TONED_GLOSS, fold, is_traditional

_FIRST = ("第一", "首位", "首个", "最前")


def find_problems(
    facts: Facts, tasks: tuple[Task, ...], rules: tuple[LeadRule, ...], text: str = ""
) -> tuple[Problem, ...]:
    """All problems of a draft, in the order of its tasks; those of the paper itself come first."""
    found = [*_of_paper(facts, tasks), *_of_script(text)]
    first_leads = any(word in rule.text for rule in rules for word in _FIRST)
    counts = Counter(task.ref for task in tasks)
    for task in tasks:
        if counts[task.ref] > 1:
            found.append(
                _at(
                    task, "ref", "duplicate", f"编号“{task.ref}”在文件中出现多次，请核对任务编号。", must=True
                )
            )
        found += _of_task(task, facts, first_leads=first_leads)
    return tuple(found)


def _of_paper(facts: Facts, tasks: tuple[Task, ...]) -> Iterable[Problem]:
    nowhere = Span(0, 0)
    if not tasks:
        yield Problem(
            "", "tasks", "no_tasks", "没有识别出任务。请核对文件内容，或改用表格导入。", nowhere, must=True
        )
    if not facts.title:
        yield Problem("", "title", "missing", "没有识别出文件标题，请补填。", nowhere, must=True)
    if not facts.document_number:
        yield Problem("", "document_number", "missing", "没有识别出发文字号，如有请补填。", nowhere)
    if not facts.issued_on:
        yield Problem("", "issued_on", "missing", "没有识别出成文日期，如有请补填。", nowhere)


def _of_script(text: str) -> Iterable[Problem]:
    """What makes the reading of the whole paper less sure: pronunciations, traditional script, lost characters."""
    gloss = TONED_GLOSS.search(fold(text))
    if gloss:
        message = f"原文夹有拼音注音（如“{text[slice(*gloss.span())]}”），识别时已略去，请抽查单位名称。"
        yield Problem("", "text", "low_confidence", message, Span(*gloss.span()))
    if is_traditional(text):
        message = "原文为繁体字，单位名称按原文保留，请核对是否与单位名录对应。"
        yield Problem("", "text", "low_confidence", message, Span(0, 0))
    gap = GAP.search(text)
    if gap:
        message = f"原文有缺字或无法辨认的字（如“{gap[0]}”），请对照纸质文件核对。"
        yield Problem("", "text", "low_confidence", message, Span(*gap.span()))


def _at(task: Task, field: str, kind: str, message: str, *, must: bool = False) -> Problem:
    span = task.spans.get(field) or task.spans.get("title") or task.spans.get("body") or Span(0, 0)
    return Problem(task.ref, field, kind, message, span, must)


def _of_task(task: Task, facts: Facts, *, first_leads: bool) -> Iterable[Problem]:
    clause = task.clause
    if task.number is None:
        yield _at(task, "ref", "unnumbered", f"原文这一项没有编号，编号“{task.ref}”是按顺序代拟的，请核对。")
    if clause is None:
        yield _at(task, "responsibility_raw", "no_clause", "没有找到责任分工，请指定牵头单位。", must=True)
    elif not clause.names:
        message = f"责任分工“{clause.raw}”中没有识别出单位，请人工填写。"
        yield _at(task, "responsibility_raw", "unresolved", message, must=True)
    else:
        yield from _of_roles(task, first_leads=first_leads)
    if task.note:
        yield _at(task, "responsibility_raw", "inferred", task.note)
    yield from _of_deadline(task, facts)


def _of_roles(task: Task, *, first_leads: bool) -> Iterable[Problem]:
    clause = task.clause
    if clause is None:
        return
    if not clause.leads:
        yield _at(
            task,
            "responsibility_raw",
            "no_lead",
            "责任分工未写明牵头单位（按职责分工负责），请指定由谁牵头填报。",
            must=True,
        )
    if clause.mode == "joint" and not first_leads:
        message = f"文件没有说明第一位为牵头单位，暂按惯例以“{clause.leads[0].text}”为牵头，请核对。"
        yield _at(task, "leads", "rule_inferred", message)
    if clause.open_leads:
        yield _at(task, "leads", "open_ended", "责任单位名单以“等”或“有关部门”结尾，请补充具体单位。")
    if clause.open_participants:
        yield _at(task, "participants", "open_ended", "参与单位名单以“等”或“有关部门”结尾，请补充具体单位。")
    for doubt in clause.doubts:
        yield _at(task, "responsibility_raw", "doubtful_name", doubt + "，请核对。")


def _of_deadline(task: Task, facts: Facts) -> Iterable[Problem]:
    limit = task.deadline
    for step in task.dates:
        if step.milestone and limit.kind == "none":
            message = f"“{step.raw}”是开工、启用等中间节点，没有作为完成时限，请核对是否需要填写到期日。"
            yield Problem(task.ref, "deadline", "milestone", message, step.span)
    if limit.inferred:
        yield _at(
            task,
            "deadline",
            "year_inferred",
            f"时限“{limit.raw}”没有写年份，按文件年份推定为{limit.date:%Y年}。",
        )
    elif limit.kind == "fixed" and not limit.date:
        yield _at(task, "deadline", "no_date", f"时限“{limit.raw}”无法换算为日期，请补填。", must=True)
    elif limit.kind in ("relative", "continuing"):
        yield _at(task, "deadline", limit.kind, f"时限“{limit.raw}”不是具体日期，请核对是否需要填写到期日。")
    if limit.date and facts.issued_on and limit.date < facts.issued_on:
        yield _at(task, "deadline", "before_issue", f"时限“{limit.raw}”早于文件的成文日期，请核对。")
