"""The page's texts: the same in every language, and each of them used."""

import re

import pytest

from bot.web.page import STATIC
from bot.web.wording import LANGUAGES, wording

ZH = wording("zh")
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
FRAME = (STATIC / "frame.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_texts(language: str) -> None:
    """No text is missing, none is left over, and each takes the same values."""
    texts = wording(language)
    assert {part: set(texts[part]) for part in texts} == {part: set(ZH[part]) for part in ZH}
    for part, group in texts.items():
        for name, text in group.items():
            wanted = re.findall(r"\{\w+\}", str(ZH[part][name]))
            assert sorted(re.findall(r"\{\w+\}", str(text))) == sorted(wanted), (part, name)
    assert len(texts["script"]["reasons"]) == len(ZH["script"]["reasons"])


def test_english_is_english() -> None:
    """No Chinese sentence is left in the English interface."""
    for part in wording("en").values():
        for text in part.values():
            assert not re.search(r"[\u4e00-\u9fff]", str(text))


def test_the_texts_that_scripts_and_frame_ask_for_are_there() -> None:
    """Each `t("…")` of the scripts and each `{{t.…}}` of the frame names a text."""
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', SCRIPTS)) | set(re.findall(r'\? "(\w+)" : "\w+"\)', SCRIPTS))
    assert len(asked) > 20
    assert asked <= set(ZH["script"])
    framed = set(re.findall(r"\{\{t\.(\w+)\}\}", FRAME))
    assert len(framed) > 20
    assert framed <= set(ZH["frame"])


def test_no_script_and_no_frame_speaks_by_itself() -> None:
    """What a reader sees stands in the texts; only the reasons' kept values and a font's name are in the scripts."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/|const REASONS[^\n]*|宋体|《|》", "", SCRIPTS, flags=re.DOTALL)
    assert not re.findall(r"[\u4e00-\u9fff]+", code)
    assert not re.findall(r"[\u4e00-\u9fff]+", FRAME)
