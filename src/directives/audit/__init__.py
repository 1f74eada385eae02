"""The audit log: a transparency log (RFC 6962, C2SP) of commitments to the events, and what proves them to others."""
