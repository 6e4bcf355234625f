"""Pages of papers: list and upload, review, correction."""
