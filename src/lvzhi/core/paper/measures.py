"""The measures of GB/T 9704-2012, each once. Millimetres and points; the section stands beside it."""

PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # mm, 5.1: A4
TOP, LEFT = 37, 28  # mm, 5.2.1: 天头, 订口
TEXT_WIDTH, TEXT_HEIGHT = 156, 225  # mm, 5.2.1: 版心
RIGHT = PAGE_WIDTH - LEFT - TEXT_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TEXT_HEIGHT

LINES, CHARS = 22, 28  # 5.2.3: lines a page, characters a line
MM = 72 / 25.4  # points in a millimetre
LINE = TEXT_HEIGHT * MM / LINES  # pt, 28.99
CHAR = TEXT_WIDTH * MM / CHARS  # pt, 15.79: a little less than size three

SIZE_TWO, SIZE_THREE, SIZE_FOUR = 22, 16, 14  # pt: 二号, 三号, 四号
TITLE_CHARS = 20  # characters of size two that fit a line
MARK_SIZE = 42  # pt, the largest 发文机关标志 (7.2.4 leaves the size to taste)
MARK_WIDTH = 150  # mm it may fill
MARK_NARROWEST = 0.6  # long names are set narrower, as printers do, but not below this

MARK_TOP = 35  # mm below the upper edge of the 版心, 7.2.4
RULE_GAP = 4  # mm from the number to the red line, 7.2.7
RULE = 1.5  # pt, thickness of the red line (not fixed by the standard)
PAGE_NUMBER_GAP = 7  # mm below the 版心, 7.5

LETTER_MARK_TOP = 30  # mm from the page's edge, 10.1
LETTER_RULE_GAP = 4  # mm from the mark to the upper double line, 10.1
LETTER_RULE_BOTTOM = 20  # mm from the lower double line to the page's edge, 10.1
LETTER_RULE_WIDTH = 170  # mm, 10.1

IMPRINT_THICK, IMPRINT_THIN = 0.35, 0.25  # mm, lines of the 版记, 7.4.1
SIZE_CHART = 12  # pt, 小四: charts (not in the standard)
CHART_PARTS = 40  # the length of a bar is rounded to so many parts of the longest
RED = "FF0000"
BAR = "5F6B73"


def mark_scale(letters: int) -> tuple[float, float]:
    """Size in points and width factor at which a mark of so many letters fits on one line."""
    size = min(float(MARK_SIZE), MARK_WIDTH * MM / letters / MARK_NARROWEST)
    return round(size, 1), min(1.0, round(MARK_WIDTH * MM / letters / size, 2))
