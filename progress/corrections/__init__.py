"""申请更正: asking for a confirmed report to be opened again, and what the office answers."""
