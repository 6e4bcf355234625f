"""配合情况: a lead asks those who take part for a short note, they give it, the lead takes it over."""
