"""The bundled documents: read by `kb.demo`."""
