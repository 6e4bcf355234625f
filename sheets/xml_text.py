"""Text that may stand in an Office file: XML 1.0 has no place for most control characters.

People paste from web pages and old systems; one stray character would make the whole file unreadable.
"""

import re

# the complement of the Char production of XML 1.0 (section 2.2), surrogates included
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_safe(text: str) -> str:
    """The text without what XML forbids, its line ends all written as a line feed."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
