"""Reading a paper: lines in, a draft of the ledger out. Pure Python: nothing here knows the database."""

from documents.parsing.assembly import parse
from documents.parsing.clauses import parse_clause
from documents.parsing.draft import ParsedDocument

__all__ = ["ParsedDocument", "parse", "parse_clause"]
