"""What Datasette loads from its folder of plugins: the hooks of `kb.site.hooks`."""

from kb.site.hooks import asgi_wrapper, prepare_connection, prepare_jinja2_environment, register_routes  # noqa: F401
