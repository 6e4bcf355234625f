"""登录: one module an act; who may come in, for how long, and how that is proved."""
