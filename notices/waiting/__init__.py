"""待办: what waits for a person beside the reports of a period, told in one digest a kind, ledger and day."""
