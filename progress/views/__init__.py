"""Pages of the quarter: 报送, 审核, 报送期, and the conflict page."""
