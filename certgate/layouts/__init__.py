"""The layouts in which teams keep the policies of a service, recognised by themselves.

:func:`service` reads a folder; :mod:`certgate.layouts.templates` takes policies out of single files. docs/layouts.md
says what is recognised as what.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.source import Place

if TYPE_CHECKING:
    from certgate.layouts.inventory import Service

NAMES_SHOWN = 8


def service(folder: str) -> Service:
    """The service whose files stand in a folder.

    APIOps artifacts come first, in the folder or somewhere below; without any, templates that say whose their policies
    are; without any, plain files. Raises UsageError ``service-several`` where there are artifacts of several services,
    ``service-missing`` where nothing is recognised; InputError for a folder that cannot be read.
    """
    from certgate.layouts import apiops, plain, templated, tree
    from certgate.layouts.gathering import Gathering

    files = tree.files(Path(folder))
    gathering = Gathering(Path(folder), folder)
    roots = apiops.roots(files)
    if roots:
        root = roots[0]
        if len(roots) > 1 and () not in roots:
            names = ", ".join("/".join(each) for each in roots[:NAMES_SHOWN])
            raise UsageError(
                f"{folder} holds artifacts of {len(roots)} services",
                code="service-several",
                place=Place(folder),
                hint=f"name one of these folders: {names}",
            )
        apiops.gather(gathering, () if () in roots else root, files)
        return gathering.service(apiops.LAYOUT)
    templated.gather(gathering, files)
    if gathering.policies:
        return gathering.service(templated.LAYOUT)
    plain.gather(gathering, files)
    if not gathering.policies and not gathering.fragments:
        raise UsageError(
            f"{folder} holds no policy that certgate recognises",
            code="service-missing",
            place=Place(folder),
            hint="docs/layouts.md says what is recognised; or give files: --policy P, --scope NAME=F",
        )
    return gathering.service(plain.LAYOUT)
