"""How a task is called: the number that the paper gives it, and its words. Pure."""

_CHINESE = "一二三四五六七八九十百"


def numbered(number: str, words: str) -> str:
    """Number and words as one name, with the mark that such a number takes: （一）完善, 一、完善, 1. 完善; ㈠完善.

    Without a mark 1 and 3家医院 would read as 13家医院.
    """
    if number[-1:].isdecimal():
        return f"{number}. {words}"
    return f"{number}、{words}" if number and number[-1] in _CHINESE else f"{number}{words}"
