"""``__all__`` is exactly the public names."""

import types

import directives


def test_all_is_the_public_names():
    for name in directives.__all__:
        getattr(directives, name)
    public = {
        name
        for name, value in vars(directives).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public - {"Any", "TYPE_CHECKING", "import_module"} | {"__version__"} == set(directives.__all__)
