"""延期 and 销号: asking, signing off, deciding."""
