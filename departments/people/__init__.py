"""Acts on people: one module each, named for the act. They ask `departments.permissions` themselves."""
