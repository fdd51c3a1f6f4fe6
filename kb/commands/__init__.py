"""The commands of `zhibiao`, a module a topic; each imports what is heavy when it is called."""
