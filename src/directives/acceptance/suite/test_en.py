"""Every scenario in English that can be run against any subject."""

from directives.acceptance.binding import bound
from directives.acceptance.scenarios import scenarios

globals().update(bound(each for each in scenarios("en") if not each.own))
