"""佐证材料: what is taken, adding, removing, showing, handing out."""
