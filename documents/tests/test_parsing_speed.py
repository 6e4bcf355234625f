"""Reading takes the time that people do not notice, and grows with the paper, not with its square."""

from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pytest
from django.conf import settings

from documents.parsing import parse
from documents.readers import read
from documents.readers.original import Original, RawLine, assemble

PAPERS = Path(settings.BASE_DIR) / "fixtures" / "papers"
LIMIT_MS = 200
#: a page of a paper holds about six hundred characters
PAGES = 300
GROWTH = 6.0
ROUNDS = 3
_BODY = "健全协同联动机制，压实属地责任，推动资源共享，到2024年底覆盖率达到90%以上，新建站点12个。" * 5


def milliseconds(papers: Sequence[Original], rounds: int) -> list[float]:
    """The best of several rounds for each, by turns: what reading costs when nothing else is going on."""
    times = [[_once(paper) for paper in papers] for _ in range(rounds)]
    return [min(each) for each in zip(*times, strict=True)]


def _once(paper: Original) -> float:
    start = process_time()
    parse(paper)
    return (process_time() - start) * 1000


def long_paper(pages: int, *, broken: bool) -> Original:
    """A plan of so many pages, two tasks a page, in chapters of twenty; perhaps broken at a width."""
    lines = ["东岭市2024年重点工作任务分工"]
    for number in range(2 * pages):
        if not number % 20:
            lines.append(f"第{'一二三四五六七八九十'[number // 20 % 10]}部分 完善体系")
        task = f"{number % 20 + 1}．完善第{number}项机制。{_BODY}（市甲局、市发展改革委分别负责，市财政局等参与）"
        lines += [task[i : i + 34] for i in range(0, len(task), 34)] if broken else [task]
    return assemble(RawLine(line) for line in lines)


@pytest.mark.speed
def test_it_reads_the_largest_of_five_papers_unnoticed(capsys: pytest.CaptureFixture[str]) -> None:
    papers = {path.stem: read(path.read_bytes(), path.name) for path in PAPERS.glob("*.txt")}
    spent = dict(zip(papers, milliseconds(list(papers.values()), 7), strict=True))
    with capsys.disabled():
        print("\nreading: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in sorted(spent.items())))
    assert max(spent.values()) < LIMIT_MS


@pytest.mark.speed
@pytest.mark.parametrize("broken", [False, True])
def test_it_takes_time_in_proportion_to_the_length(broken: bool, capsys: pytest.CaptureFixture[str]) -> None:
    papers = [long_paper(pages, broken=broken) for pages in (PAGES // 4, PAGES // 2, PAGES)]
    once, twice, four = milliseconds(papers, ROUNDS)
    with capsys.disabled():
        print(
            f"\n{PAGES} pages{' of broken lines' if broken else ''}: {four:.0f} ms; "
            f"half {twice:.0f} ms, quarter {once:.0f} ms; ratios {twice / once:.2f} and {four / once:.2f}"
        )
    assert four <= GROWTH * once


@pytest.mark.speed
def test_it_takes_time_in_proportion_to_one_endless_line(capsys: pytest.CaptureFixture[str]) -> None:
    once, four = milliseconds([assemble([RawLine("（一）" * items)]) for items in (1000, 4000)], ROUNDS)
    with capsys.disabled():
        print(f"\none line of numbers alone: {four:.0f} ms, a quarter of it {once:.0f} ms")
    assert four <= GROWTH * once
