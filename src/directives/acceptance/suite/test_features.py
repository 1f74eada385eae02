"""Every scenario that can be run against any subject, in both languages."""

from directives.acceptance.binding import bound
from directives.acceptance.scenarios import all_scenarios

globals().update(bound(each for each in all_scenarios() if not each.own))
