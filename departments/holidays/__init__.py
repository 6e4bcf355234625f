"""节假日: the calendar that working days are counted by, kept by hand where the library ends."""
