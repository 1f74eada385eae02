"""Social-media platforms by their names, in both languages and as people spell them."""

import re

from directives.domain.organisation.folding import folded
from directives.domain.values import Text

PLATFORMS = {
    "whatsapp": Text(en="WhatsApp", hi="व्हाट्सऐप"),
    "instagram": Text(en="Instagram", hi="इंस्टाग्राम"),
    "facebook": Text(en="Facebook", hi="फ़ेसबुक"),
    "x": Text(en="X (Twitter)", hi="एक्स (ट्विटर)"),
}
"""Platforms with a name in both languages; a directive may ask for others."""
_SLUG = re.compile("[a-z0-9_-]+")
ALSO = {"whatsapp": ("व्हाट्सएप", "वॉट्सऐप", "वाट्सऐप"), "facebook": ("FB",), "x": ("X", "Twitter", "एक्स", "ट्विटर")}
"""What else they are called."""


def called(platform: str) -> str:
    """The platform that is called so, ``x`` of Twitter or ट्विटर; what is none of these, as it is."""
    names = {slug: (slug, name.en, str(name.hi), *ALSO.get(slug, ())) for slug, name in PLATFORMS.items()}
    return next((slug for slug, known in names.items() if folded(platform) in map(folded, known)), platform)


def slug_of(platform: object) -> object:
    """A platform by its name; what is written as a slug stays, as a directive may have it."""
    return called(platform) if isinstance(platform, str) and not _SLUG.fullmatch(platform) else platform
