"""Pages: sign-in, password, 人员."""
