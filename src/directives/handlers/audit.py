"""The audit log: a key is introduced."""

from directives.domain.audit import AUDIT, IntroduceLogKey, introduce
from directives.handlers.registry import handles
from directives.handlers.unit_of_work import UnitOfWork
from directives.store.audit_log import log_of


@handles(IntroduceLogKey)
def introduce_log_key(command: IntroduceLogKey, uow: UnitOfWork) -> None:
    """Record which key signs from now on."""
    state, version = uow.models.states.of(AUDIT)
    log = log_of(uow.models.session)
    origin = None if log is None else log.origin
    uow.record(AUDIT.stream(), version, introduce(command, state, origin, [uow.models.units.top().code]))
