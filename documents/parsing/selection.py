"""Which items of the outline are tasks, and which are chapters, objectives or requirements.

An item with a clause is a task, and so are its siblings. A clause on a chapter heading holds for the
items under it. A clause after the last of several sub-items belongs to their parent. A paper without
any clause has its tasks in the chapters that say so (主要任务).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from documents.parsing.excerpt import NOTHING, Excerpt, join
from documents.parsing.locate import Located, is_only_a_limit, locate
from documents.parsing.outline import Item, Part
from documents.parsing.roles import states_rule

_TASK_TITLE = re.compile(
    r"任务|重点工作|工作重点|主要举措|重点举措|工作措施|主要措施|改革内容|工作内容|具体措施|重点项目|工作安排|主要工作"
)
_OTHER_TITLE = re.compile(
    r"总体要求|指导思想|基本原则|(?:工作|总体|主要|发展|改革)目标|目标要求|实施步骤|工作步骤|时间安排|进度安排|方法步骤|"
    r"工作要求|有关要求|相关要求|保障措施|组织保障|组织实施|组织领导|工作保障|保障机制|考核|附则|强化组织|加强组织|"
    r"突出重点|督促落实|监督检查|责任追究|编制依据|适用范围|总则"
)
_SECOND = 2
_TASKS_BELOW = re.compile(r"^(?:具体|主要|重点|工作)(?:措施|举措|任务|内容)[：。]?$")


#: how the paragraph begins that closes a plan and belongs to no task
_CLOSING = re.compile(
    r"各[^，。]{0,30}(?:要|应|须|请)|请[各于将]|(?:市|省|县|区|自治区|州)[^，。]{1,20}(?:要|应|将)|以上|本(?:方案|通知|要点|清单)|"
    r"联系(?:人|电话|方式)|附件|抄送|主办|承办|版权|（?此件"
)


def _last_below(item: Item) -> Item:
    while item.children:
        item = item.children[-1]
    return item


def _is_last(item: Item, part: Part) -> bool:
    return item is _last_below(part.items[-1])


@dataclass
class Candidate:
    """An item taken as a task: its text without the clause, and where the clause came from."""

    item: Item
    located: Located
    absorbed: list[Excerpt] = field(default_factory=list)
    inherited: Item | None = None


def is_other_chapter(title: str) -> bool:
    """True for chapters of objectives, steps and requirements, which hold no tasks."""
    return bool(_OTHER_TITLE.search(title))


class Selection:
    """Reads the items' clauses once and picks the tasks of one paper."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts
        self._located = {id(item): self._read(item, part) for part in parts for item in part.walk()}
        for part in parts:
            self._raise_chapters(part)
        self._sure = [any(self._is_sure(item) for item in part.walk()) or bool(part.rows) for part in parts]

    @staticmethod
    def _read(item: Item, part: Part) -> Located:
        """The clause of an item; what follows it belongs to the item unless it closes the part."""
        closing = _is_last(item, part)
        texts = [text for place, text in enumerate(item.text) if not place or not states_rule(text.key)]
        rest: list[Excerpt] = []
        if closing:
            place = next((i for i, t in enumerate(texts) if i and _CLOSING.match(t.key)), len(texts))
            texts, rest = texts[:place], texts[place:]
        found = locate(texts)
        if found.after and is_only_a_limit(found.after.key):
            found = replace(found, limit=found.limit or found.after.strip("（）。"), after=NOTHING)
        if closing:
            return replace(found, after=join([found.after, *rest], glue="\n"))
        if not found.after or _TASKS_BELOW.match(found.after.key):
            return found
        return replace(found, text=join([found.text, found.after], glue="\n"), after=NOTHING, trailing=True)

    def _raise_chapters(self, part: Part) -> None:
        """Where a part begins with （一） as headings over its tasks, these are its chapters."""
        tops = [item for item in part.items if item.level == _SECOND]
        chapters = [item for item in tops if self._is_chapter_heading(item)]
        alone = [item for item in tops if item not in chapters and self._is_live(item)]
        if not part.sections and chapters and not alone:
            for item in tops:
                item.level = 1

    def _is_chapter_heading(self, item: Item) -> bool:
        """A bare heading that is no task itself: its clause, if it has one, is for those below without any."""
        if not item.children or not self._is_bare(item) or self._closes_with_clause(item):
            return False
        if not self.has_clause(item):
            return self.has_clause_below(item)
        return not all(self._is_live(child) for child in item.children)

    def located(self, item: Item) -> Located:
        """The item's text and clause."""
        return self._located[id(item)]

    def has_clause(self, item: Item) -> bool:
        """True when the item's own paragraphs hold a clause."""
        return self.located(item).clause is not None

    def has_clause_below(self, item: Item) -> bool:
        """True when an item under it holds one."""
        return any(self.has_clause(one) for child in item.children for one in child.walk())

    def _is_sure(self, item: Item) -> bool:
        return self.has_clause(item) and self.located(item).sure

    def _is_notice(self, part: Part) -> bool:
        """Numbered requirements before the plan: prose with role words, while what follows has clauses."""
        place = next(i for i, one in enumerate(self._parts) if one is part)
        if part.annex or self._sure[place] or not any(self._sure[place + 1 :]):
            return False
        return not any(_TASK_TITLE.search(self.title_words(item)) for item in part.sections)

    def pick(self, part: Part) -> list[Candidate]:
        """The tasks of a part, in order."""
        if self._is_notice(part):
            return []
        with_clause = [i for i, item in enumerate(part.items) if self._is_live(item) and self._is_meant(item)]
        found: list[Candidate] = []
        for place, item in enumerate(part.items):
            if self._is_task_chapter(place, item, with_clause, part):
                found += self._from_top(item, part)
        return found

    def _is_live(self, item: Item) -> bool:
        return self.has_clause(item) or self.has_clause_below(item)

    def _is_meant(self, item: Item) -> bool:
        """Prose like 领导小组办公室负责统筹 in a chapter on organisation makes no task of it."""
        sure = any(self.has_clause(one) and self.located(one).sure for one in item.walk())
        return sure or not _OTHER_TITLE.search(self.title_words(item))

    def _is_task_chapter(self, place: int, item: Item, live: list[int], part: Part) -> bool:
        if place in live:
            return True
        if part.annex and not part.sections:
            return bool(live)
        title = self.title_words(item)
        if item.level == 1 and _TASK_TITLE.search(title) and not _OTHER_TITLE.search(title):
            return True
        if live:
            between = live[0] < place < live[-1] or item.level > 1 or self._is_task_like(item, live, part)
            return between and not _OTHER_TITLE.search(title)
        return False

    def _is_task_like(self, item: Item, live: list[int], part: Part) -> bool:
        """Where the chapters are tasks themselves, one whose clause cannot be read is a task too."""
        plain = len(live) > 1 and not any(part.items[place].children for place in live)
        return plain and not item.children and part.items[live[0]].level == item.level

    def title_words(self, item: Item) -> str:
        """The heading of a chapter, for judging what kind of chapter it is."""
        return re.split(r"[。\n]", self.located(item).text.key)[0][:60]

    def _from_top(self, item: Item, part: Part) -> list[Candidate]:
        if item.level > 1 or not item.children:
            return self._from(item)
        found = [one for child in item.children for one in self._from(child)]
        if self.has_clause(item):
            for one in found:
                if one.located.clause is None:
                    one.inherited = item
        return found

    def _from(self, item: Item) -> list[Candidate]:
        below = self.has_clause_below(item)
        if self.has_clause(item):
            return self._parent_and_children(item) if below else [self._absorbing(item)]
        if self._closes_with_clause(item):
            return [self._swallowing(item)]
        if below or (item.children and not self._any_clause_near(item) and self._is_bare(item)):
            return [one for child in item.children for one in self._from(child)]
        return [self._absorbing(item)]

    def _parent_and_children(self, item: Item) -> list[Candidate]:
        """Both levels are tasks; the parent's clause holds for items that have none."""
        below = [one for child in item.children for one in self._from(child)]
        for one in below:
            if one.located.clause is None:
                one.inherited = item
        return [Candidate(item, self.located(item)), *below]

    def _absorbing(self, item: Item) -> Candidate:
        """Its sub-items are part of what it says."""
        below = [text for child in item.children for one in child.walk() for text in one.whole]
        return Candidate(item, self.located(item), below)

    def _closes_with_clause(self, item: Item) -> bool:
        """Only the last of several sub-items ends with a clause, which then speaks for all of them.

        So it is where the items beside this one have their clauses, or are built in the same way, or where
        the clause stands on a line of its own.
        """
        if not self._has_one_closing_clause(item):
            return False
        if not self._is_bare(item) or self._stands_alone(_last_below(item)):
            return True
        siblings = item.parent.children if item.parent else []
        return any(
            self.has_clause(one) or (one is not item and self._has_one_closing_clause(one))
            for one in siblings
        )

    def _has_one_closing_clause(self, item: Item) -> bool:
        last = _last_below(item)
        others = [one for one in item.walk() if one is not last and one is not item]
        return (
            last is not item
            and bool(others)
            and self.has_clause(last)
            and not any(map(self.has_clause, [item, *others]))
        )

    def _stands_alone(self, item: Item) -> bool:
        """The clause is a paragraph of its own, not the end of what the item says."""
        clause = self.located(item).clause
        return (
            clause is not None
            and all(clause.span.start > text.span.start + 1 for text in item.text[:1])
            and any(text.span.start <= clause.span.start <= text.span.start + 1 for text in item.text[1:])
        )

    def _swallowing(self, item: Item) -> Candidate:
        last = _last_below(item)
        inner = self.located(last)
        below = [text for one in item.walk() if one is not item and one is not last for text in one.whole]
        head = last.whole[0].cut(0, len(last.whole[0]) - len(last.text[0]))
        below.append(join([head, inner.text]))
        return Candidate(
            item, Located(self.located(item).text, inner.clause, inner.after, inner.limit), below
        )

    def _any_clause_near(self, item: Item) -> bool:
        siblings = item.parent.children if item.parent else []
        return any(self.has_clause(one) for one in siblings)

    def _is_bare(self, item: Item) -> bool:
        """A heading and nothing more."""
        text = self.located(item).text.key.strip("。 ")
        return "。" not in text and "\n" not in text and len(text) <= 40
