"""Which typefaces a paper uses, and where a deployer put them.

The faces named by GB/T 9704-2012 are not free to give away, so none comes with lvzhi. A .docx
names them and the reader's office program has them; a PDF takes them from a folder that the
deployer supplies, or falls back to Noto Serif CJK SC and Noto Sans CJK SC.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from types import MappingProxyType


class Face(StrEnum):
    """The five faces of the standard, by what they are for."""

    BODY = "body"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TITLE = "title"
    FIGURES = "figures"


WORD_NAMES = MappingProxyType(
    {
        Face.BODY: "仿宋_GB2312",
        Face.HEADING: "黑体",
        Face.SUBHEADING: "楷体_GB2312",
        Face.TITLE: "方正小标宋简体",
        Face.FIGURES: "宋体",
    }
)

KNOWN_NAMES = MappingProxyType(
    {
        Face.BODY: ("仿宋_GB2312", "FangSong_GB2312", "方正仿宋_GBK", "仿宋", "FangSong", "STFangsong"),
        Face.HEADING: ("黑体", "SimHei", "方正黑体_GBK", "STHeiti"),
        Face.SUBHEADING: ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "楷体", "KaiTi", "STKaiti"),
        Face.TITLE: (
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05",
            "小标宋",
        ),
        Face.FIGURES: ("宋体", "SimSun", "STSong"),
    }
)

FALLBACKS = MappingProxyType(
    {
        Face.BODY: ("Noto Serif CJK SC", "Noto Serif SC"),
        Face.HEADING: ("Noto Sans CJK SC", "Noto Sans SC"),
        Face.SUBHEADING: ("Noto Serif CJK SC", "Noto Serif SC"),
        Face.TITLE: ("Noto Serif CJK SC", "Noto Serif SC"),
        Face.FIGURES: ("Noto Serif CJK SC", "Noto Serif SC"),
    }
)


@dataclass(frozen=True, slots=True)
class FontSet:
    """Font files by face; a face without a file uses an installed font or the fallback."""

    files: Mapping[Face, Path] = field(default_factory=dict)

    @classmethod
    def from_folder(cls, folder: Path) -> "FontSet":
        """Find the faces among the .ttf and .otf files of a folder, by the names inside the files.

        An unreadable or unknown font file is passed over; a missing folder gives an empty set.
        """
        names = {path: frozenset(_family_names(path)) for path in _font_files(folder)}
        files: dict[Face, Path] = {}
        for face, known in KNOWN_NAMES.items():
            matches = (path for name in known for path, has in names.items() if name in has)
            if found := next(matches, None):
                files[face] = found
        return cls(files)

    def missing(self) -> tuple[Face, ...]:
        """The faces that have no file, for a page that tells the deployer."""
        return tuple(face for face in Face if face not in self.files)


def _font_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in (".ttf", ".otf"))


def _family_names(path: Path) -> Iterator[str]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(path.read_bytes()), lazy=True) as font:
            for record in font["name"].names:
                if record.nameID in (1, 4, 6, 16):
                    yield record.toUnicode()
    except (TTLibError, OSError, KeyError, UnicodeDecodeError):
        return
