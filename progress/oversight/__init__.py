"""批示 and 专项检查: what leaders and inspections ask of a task, and what came of it. Nothing here is scored."""
