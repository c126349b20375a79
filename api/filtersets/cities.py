"""What the 盟市 can be asked for: nothing but themselves; there are twelve."""

from typing import ClassVar

from api.filtersets.base import RecordFilterSet


class CityFilterSet(RecordFilterSet):
    """No filters; `cities/{code}/` is the answer about one."""

    unfiltered: ClassVar[dict[str, str]] = {}
