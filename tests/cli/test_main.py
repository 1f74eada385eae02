"""The command starts and says what it is."""

from click.testing import CliRunner

from directives import __version__
from directives_cli.main import main


def test_version():
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout == f"directives, version {__version__}\n"
