"""Workbooks and archives: what every room needs to write and to read Office files safely. Plain Python, no Django."""
