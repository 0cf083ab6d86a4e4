"""Which files the user's paths stand for; odd ones are Rejected, none holds the run up."""

import os
import socket
from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.errors import ReadingError
from onrecord.reading import find_inputs, read_path
from onrecord.reading.inputs import read_bytes, shown_path
from onrecord.records.documents import Rejected


def found_in(*paths: Path, skip: Iterable[Path] = ()) -> tuple[list[str], dict[str, str]]:
    """Names of the files found, and codes of the refused ones by name."""
    items = list(find_inputs(paths, skip))
    files = [item.name for item in items if isinstance(item, Path)]
    return files, {item.path.rsplit("/", 1)[-1]: item.code for item in items if isinstance(item, Rejected)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    for name in ("b.txt", "a.html", "deeper/c.md", ".hidden.txt"):
        (tmp_path / "in" / name).write_text("The quay is shut, she said.")
    return tmp_path / "in"


def test_folders_are_walked_in_order_of_name_without_hidden_files(folder: Path) -> None:
    assert found_in(folder) == (["a.html", "b.txt", "c.md"], {})


def test_files_that_lie_beside_articles_are_left_out_of_a_folder_and_read_where_they_are_named(folder: Path) -> None:
    for name in ("README.md", "readme.txt", "LICENSE", "CHANGELOG", "actors.yml", "history.txt", "license fees.txt"):
        (folder / name).write_text("Told of the folder.")
    assert found_in(folder)[0] == ["a.html", "b.txt", "c.md", "history.txt", "license fees.txt"]
    assert found_in(folder / "README.md")[0] == ["README.md"]


def test_each_file_comes_once_however_often_it_is_named(folder: Path) -> None:
    (folder / "copy.txt").symlink_to(folder / "b.txt")
    os.link(folder / "b.txt", folder / "hard.txt")
    assert found_in(folder / "b.txt", folder, folder / "deeper" / ".." / "b.txt")[0] == ["b.txt", "a.html", "c.md"]


def test_the_metadata_file_is_left_out(folder: Path) -> None:
    (folder / "meta.csv").write_text("file,outlet\n")
    assert found_in(folder, skip=[folder / "meta.csv"])[0] == ["a.html", "b.txt", "c.md"]


def test_standard_input_is_passed_on() -> None:
    assert list(find_inputs([Path("-")])) == [Path("-")]


def test_a_missing_file_is_rejected_and_the_others_are_found(folder: Path) -> None:
    assert found_in(folder / "gone.txt", folder / "b.txt") == (["b.txt"], {"gone.txt": "missing"})


def test_attack_35_pipes_sockets_and_devices_are_skipped_without_a_hang(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(folder)  # socket paths may not be long
        listener.bind("sock.txt")
        files, refused = found_in(folder, Path("/dev/zero"))
    assert files == ["a.html", "b.txt", "c.md"]
    assert refused == {
        "pipe.txt": "wrong_type",
        "zero.txt": "wrong_type",
        "sock.txt": "wrong_type",
        "zero": "wrong_type",
    }


@pytest.mark.parametrize("name", ["pipe.txt", "zero.txt"])
def test_attack_35_a_pipe_or_device_put_in_a_files_place_does_not_hang_the_reader(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (item,) = read_path(folder / name)
    assert isinstance(item, Rejected)
    assert item.code == "wrong_type"


def test_attack_35_a_folder_loop_is_not_followed(folder: Path) -> None:
    (folder / "deeper" / "up").symlink_to(folder, target_is_directory=True)
    assert found_in(folder) == (["a.html", "b.txt", "c.md"], {"up": "link"})


def test_attack_35_a_link_to_itself_is_unreadable(folder: Path) -> None:
    (folder / "self.txt").symlink_to(folder / "self.txt")
    assert found_in(folder)[1] == {"self.txt": "unreadable"}


@pytest.mark.parametrize("name", ["-rf.txt", "two\nlines.txt", "bell\x07.txt"])
def test_attack_35_names_that_break_commands_or_reports_are_skipped(folder: Path, name: str) -> None:
    (folder / name).write_text("The quay is shut, she said.")
    items = [item for item in find_inputs([folder]) if isinstance(item, Rejected)]
    assert [item.code for item in items] == ["odd_name"]
    assert "\n" not in items[0].path + items[0].reason


def test_names_that_are_no_utf_8_can_be_read_and_shown(folder: Path) -> None:
    path = folder / os.fsdecode(b"caf\xe9.txt")
    path.write_text("The quay is shut, she said.")
    (document,) = read_path(path)
    assert document.path.endswith("caf\\xe9.txt")
    assert shown_path(path) == document.path


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    (item,) = read_path(folder / "b.txt")
    assert isinstance(item, Rejected)
    assert item.code == "unreadable"


@pytest.mark.parametrize(("content", "most", "code"), [(b"", 10, "empty"), (b"x" * 11, 10, "too_large")])
def test_empty_and_huge_files_are_refused(tmp_path: Path, content: bytes, most: int, code: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        read_bytes(tmp_path / "a.txt", most)
    assert caught.value.code == code
