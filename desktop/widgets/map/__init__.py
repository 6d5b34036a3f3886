"""Parts of the map: the picture with its points, how they are coloured, and what is chosen on it."""
