"""单位: places and their tree, departments, other writings, collectives, reorganisation, lists as workbooks."""
