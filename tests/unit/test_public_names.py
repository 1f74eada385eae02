"""``__all__`` is exactly the public names."""

import types

import directives


def test_all_is_the_public_names():
    public = {
        name
        for name, value in vars(directives).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType) and name != "version"
    }
    assert public | {"__version__"} == set(directives.__all__)
