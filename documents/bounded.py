"""Reading a file in a process of its own, within limits of time and memory.

Formats are machinery written by others, and a file may be made to keep it busy for ever or to fill the memory.
A thread cannot be stopped and a limit on memory would hit the whole server, so a file is read by a child: it
gets no settings and no secrets, writes nothing, and is killed when it takes too long. Starting it costs about
half a second; a short plain text, which no machinery reads, is not worth that and is read at once.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess  # nosec B404  # fixed programs only, never a shell
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from documents.parsing import parse
from documents.readers import UnreadableFile, read
from documents.readers.legacy import modern

Json = dict[str, Any]
#: a page is waited for at most 60 seconds; the conversion of an old format takes its own share of them
SECONDS = 25
MEMORY = 1024 * 1024 * 1024
_SHORT = 32 * 1024
_HOME = Path(__file__).resolve().parent.parent
_TOO_LONG = "文件内容过于复杂，没有能在规定时间内读完。请只保留方案正文和任务分工表，另存后重新上传。"
_TOO_LARGE = "文件内容过大，没有能读完。请只保留方案正文和任务分工表，另存后重新上传。"
_BROKEN = "文件已损坏，无法读取。请用 Office、WPS 或浏览器打开后另存，再重新上传。"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a paper and its draft in the parser's schema; every place in the draft counts in the text."""

    text: str
    draft: Json


def read_and_parse(data: bytes, name: str, *, seconds: int = SECONDS, memory: int = MEMORY) -> Reading:
    """Read a file and parse it; ``UnreadableFile`` says in Chinese what is wrong and what to do."""
    if PurePath(name).suffix.lower() in (".txt", ".md") and len(data) <= _SHORT:
        return _here(data, name)
    data, name = modern(data, name)
    answer = _ask_child(data, name, seconds, memory)
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    if "failed" in answer:
        _log.warning("A file could not be read: %s", answer["failed"])
        raise UnreadableFile(_BROKEN)
    return Reading(answer["text"], answer["draft"])


def _here(data: bytes, name: str) -> Reading:
    original = read(data, name)
    return Reading(original.text, parse(original).as_dict())


def _ask_child(data: bytes, name: str, seconds: int, memory: int) -> Json:
    """What the child answers; a child that died answered that the file is too large."""
    command = [sys.executable, "-m", "documents.bounded", str(seconds), str(memory)]
    message = json.dumps(PurePath(name).name).encode() + b"\n" + data
    environment = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "TMPDIR") if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603  # our own module, the file comes by standard input
            command,
            input=message,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOME,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_TOO_LONG) from error
    try:
        answer: Json = json.loads(done.stdout)
    except ValueError as error:
        _log.warning("The process that reads a file ended with status %s", done.returncode)
        raise UnreadableFile(_TOO_LARGE) from error
    return answer


def _limit(seconds: int, memory: int) -> None:
    """The processor time stands in for the parent's clock, should the parent be gone."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer() -> Json:
    try:
        name = json.loads(sys.stdin.buffer.readline())
        reading = _here(sys.stdin.buffer.read(), name)
    except UnreadableFile as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _TOO_LARGE}
    except (
        Exception
    ):  # whatever a reader stumbles over: the child must answer, the parent logs it and tells the person
        return {"failed": traceback.format_exc(limit=-3)}
    return {"text": reading.text, "draft": reading.draft}


def main() -> None:
    """The child: limits first, then the file from standard input, then one JSON object."""
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    out, sys.stdout = sys.stdout, sys.stderr
    json.dump(_answer(), out)


if __name__ == "__main__":
    main()
