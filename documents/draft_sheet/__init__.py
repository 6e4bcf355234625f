"""核对表: a draft as a workbook for correcting offline, and the way back into the draft."""
