"""Records with other parts."""

from onrecord.records.actors import Office
from onrecord.records.changing import changed

OFFICE = Office("envoy", of="Bekland")


def test_another_part_makes_another_record() -> None:
    assert changed(OFFICE, title="minister", of="Bekland") == Office("minister", of="Bekland")
    assert OFFICE.title == "envoy"


def test_the_same_parts_give_the_record_itself() -> None:
    assert changed(OFFICE, title="envoy", of="Bekland") is OFFICE
