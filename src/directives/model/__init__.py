"""The rules: pure functions over frozen values, without input, output or clock."""
