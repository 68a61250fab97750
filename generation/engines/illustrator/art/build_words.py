"""List the usual words of Chinese: `python -m generation.engines.illustrator.art.build_words FOLDER`.

FOLDER holds the unpacked PyPI package jieba 0.42.1. Its dictionary gives each word with its frequency and its kind.
"""

import re
import sys
import textwrap
from pathlib import Path

LIST = Path(__file__).with_name("chinese.txt")
HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
NAMES = ("nr", "ns", "nt")  # of people, places, firms: only the well known ones
SMALL = ("ad", "c", "d", "e", "f", "m", "mq", "o", "p", "q", "r", "u", "vd", "y")  # words that name nothing


def main() -> None:
    """Write what names something, an empty line, and what does not."""
    lines = (Path(sys.argv[1]) / "jieba" / "dict.txt").read_text(encoding="utf-8").splitlines()
    naming, small = [], []
    for word, frequency, kind in (line.split() for line in lines):
        if not HAN.fullmatch(word):
            continue
        if kind in SMALL:
            small += [word] if int(frequency) >= 50 else []
        elif int(frequency) >= (40 if kind.startswith(NAMES) else 10):
            naming.append(word)
    LIST.write_text("\n\n".join(textwrap.fill(" ".join(words), 118) for words in (naming, small)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
