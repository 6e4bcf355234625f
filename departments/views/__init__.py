"""Pages: sign-in, password, 单位与人员."""
