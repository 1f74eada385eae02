"""The rules: frozen values and pure functions, without input, output or clock."""
