"""Maps: the documents of a workspace laid out on a plane, so that what is alike in meaning stands together."""
