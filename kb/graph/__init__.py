"""The knowledge graph: what is a node, what is an edge, and what can be said of them."""
