"""The tests that ``directives acceptance run`` runs."""
