"""Workbooks that go out, are filled in elsewhere and come back: each row is known by a hidden signed key."""
