"""Every scenario in Hindi that can be run against any subject."""

from directives.acceptance.binding import bound
from directives.acceptance.scenarios import scenarios

globals().update(bound(each for each in scenarios("hi") if not each.own))
