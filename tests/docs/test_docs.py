"""The documentation builds, without the network, and misses nothing it promises to list."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from lvzhi.core.procedure import Procedure, Registry
from tools import docs

SITE_HOST = re.compile(r'<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?:https?:)?//', re.IGNORECASE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
ROOMS = sorted(
    folder
    for ring in ("core", "records", "work")
    for folder in (docs.SOURCE / ring).iterdir()
    if (folder / "__init__.py").exists()
)
PROCEDURES = docs.ordered(Registry.load())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=docs.ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return docs.pages()


def test_the_site_is_built_without_a_warning(site: Path) -> None:
    assert (site / "index.html").exists()


def test_no_page_fetches_anything_from_another_host(site: Path) -> None:
    reaching = [
        path.name for path in site.rglob("*.html") if SITE_HOST.search(without_canonical(path.read_text("utf-8")))
    ]

    assert not reaching


def without_canonical(text: str) -> str:
    return re.sub(r'<link rel="canonical"[^>]*>', "", text)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.key)
@pytest.mark.parametrize("lang", docs.LANGS)
def test_every_procedure_has_a_page_with_all_its_steps(procedure: Procedure, lang: str, pages: dict[str, str]) -> None:
    page = pages[docs.slug(procedure, lang)]

    names = [*procedure.states, *procedure.actions, *procedure.clocks]
    assert [name for name in names if f"`{name}`" not in page] == []
    assert [c.render(lang) for c in procedure.cited() if c.render(lang) not in page] == []


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.key)
def test_the_diagram_shows_every_state_and_every_move(procedure: Procedure, pages: dict[str, str]) -> None:
    moves = docs.edges(procedure, "zh")

    drawn = docs.diagram(procedure, moves, "zh")

    assert drawn.count("<rect") == len(procedure.states)
    assert drawn.count("<circle") == len(moves)
    assert {name for row in docs.layers(procedure, moves) for name in row} == set(procedure.states)
    assert drawn in pages[docs.slug(procedure, "zh")]


def test_every_procedure_page_is_in_the_site(site: Path) -> None:
    slugs = [docs.slug(procedure, lang) for procedure in PROCEDURES for lang in docs.LANGS]

    assert [slug for slug in slugs if not (site / slug).with_suffix(".html").exists()] == []


def test_every_command_and_option_has_its_place(pages: dict[str, str]) -> None:
    page = pages["reference/commands.md"]

    for name, command in docs.commands():
        if name == "lvzhi":
            continue
        assert re.search(rf"^#+ {re.escape(name)}$", page, re.MULTILINE), name
        section = page.split(f" {name}\n", 1)[1].split("\n#", 1)[0]
        hidden = {option for p in command.params if getattr(p, "hidden", False) for option in p.opts}
        options = {option for p in command.params for option in p.opts if option.startswith("--")} - hidden
        assert {option for option in options if f"`{option}`" not in section} == set()


def test_every_environment_setting_the_sources_read_is_listed() -> None:
    listed = {row["name"] for row in docs.listed()}

    assert docs.names_read() - listed == set(), "add them to docs/reference/environment.yaml"


def test_no_environment_setting_is_listed_that_nothing_reads() -> None:
    listed = {row["name"] for row in docs.listed()}

    assert listed - docs.names_read() == set()


def test_a_setting_read_by_any_usual_way_is_found(tmp_path: Path) -> None:
    source = """
import os
A = os.environ["LVZHI_A"]
B = os.environ.get("LVZHI_B", "x")
C = os.getenv("LVZHI_C")
D = _need("LVZHI_D")
E = option(envvar="LVZHI_E")
def most(name):
    return os.environ.get(name)
most("LVZHI_F")
"""
    (tmp_path / "module.py").write_text(source)

    assert docs.names_read(tmp_path) == {f"LVZHI_{letter}" for letter in "ABCDEF"}


def test_every_environment_setting_has_a_row(pages: dict[str, str]) -> None:
    page = pages["reference/environment.md"]

    assert [row["name"] for row in docs.listed() if f"| `{row['name']}` |" not in page] == []


def test_every_role_has_a_row(pages: dict[str, str]) -> None:
    page = pages["reference/roles.md"]

    assert [role for role in Registry.load().roles if f"| `{role}` |" not in page] == []


def test_every_key_of_a_procedure_file_is_explained() -> None:
    page = (docs.ROOT / "docs" / "reference" / "procedure-files.md").read_text("utf-8")
    schema = json.loads((docs.SOURCE / "procedures" / "procedure.schema.json").read_text("utf-8"))

    keys = {
        key
        for kind in ("procedure", "overlay", "earlier", "action", "clock")
        for key in schema["$defs"][kind]["properties"]
    }

    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_the_example_of_a_new_procedure_holds(tmp_path: Path) -> None:
    page = (docs.ROOT / "docs" / "how-to" / "add-a-procedure.md").read_text("utf-8")
    example = textwrap.dedent(page.split("```yaml\n", 1)[1].split("```", 1)[0])
    (tmp_path / "road_naming.yaml").write_text(example, "utf-8")
    shutil.copy(docs.SOURCE / "procedures" / "roles.yaml", tmp_path)

    registry = Registry.load(tmp_path, schema=True)

    assert registry.ids() == ("road_naming",)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room.parent.name}/{room.name}")
def test_every_room_says_on_half_a_page_what_it_is_for(room: Path) -> None:
    text = (room / "README.md").read_text("utf-8")

    assert text.startswith("# ")
    assert len(text.splitlines()) <= 60
    assert "It never" in text


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_what_the_front_pages_point_to_is_there(name: str) -> None:
    text = (docs.ROOT / name).read_text("utf-8")

    links = [link for link in LINK.findall(text) if not link.startswith(("http:", "https:", "mailto:"))]

    assert [link for link in links if not (docs.ROOT / link).exists()] == []


def test_pictures_are_small() -> None:
    pictures = list((docs.ROOT / "docs" / "pictures").glob("*.png"))

    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 250_000] == []


def test_changelog_fragments_have_a_kind_that_exists() -> None:
    kinds = {"added", "changed", "fixed", "removed", "security"}

    fragments = [
        path for path in (docs.ROOT / "changelog.d").iterdir() if path.suffix == ".md" and path.name != "README.md"
    ]

    assert [path.name for path in fragments if path.stem.rpartition(".")[2] not in kinds] == []
