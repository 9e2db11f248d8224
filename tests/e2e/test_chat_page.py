"""The chat page in a real browser: asking, checking the source, refusals, the keyboard, a phone."""

import urllib.parse

import pytest
from selenium.webdriver.common.keys import Keys

from tests.e2e.driving import Page

pytestmark = pytest.mark.browser

GDP = "2024年徐汇区GDP是多少？"
UNKNOWN = "明天的天气怎么样？"


def quote(page: Page) -> str:
    """The quote that the source panel shows."""
    return "".join(page.find("#cited blockquote").text.split())


def test_a_question_gets_its_figure_in_bold_with_a_mark(page: Page) -> None:
    """The main job: the figure asked for, stressed, with a mark."""
    answer = page.ask(GDP)
    assert page.status() == "answered"
    assert page.find(".turn:last-child .words strong").text == "3931.2亿元"
    assert page.find(".turn:last-child .mark").text == "1"
    assert "地区生产总值" in answer.text


def test_a_tapped_mark_shows_the_quoted_words_in_the_report(page: Page) -> None:
    """What is highlighted on the screen is the quote, and it holds the figure."""
    page.ask(GDP)
    page.wait("'source' in document.getElementById('app').dataset")
    page.find("#close").click()
    assert page.seen() == ""
    page.find(".turn:last-child .mark").click()
    page.wait("document.querySelector('#report mark.quoted')")
    assert "3931.2亿元" in page.seen()
    assert page.seen() == quote(page)
    assert page.find("#cited .path").text.replace("\n", "").startswith("一、2024年国民经济和社会发展计划执行情况")


@pytest.mark.parametrize(
    ("question", "figure", "inside"),
    [
        pytest.param("2024年非税收入占比是多少？", "4.7%", "p", id="paragraph"),
        pytest.param("2024年人工智能及相关产业总产出预计完成多少亿元？", "850亿元", "table.lists li", id="list-item"),
        pytest.param("2024年共拆除违法建筑多少处？", "649处", "table.lists li", id="broken-by-a-page"),
        pytest.param("2025年重大项目竣工面积的目标是多少？", "216万平方米", "table.cells tr", id="table-row"),
    ],
)
def test_every_kind_of_passage_is_highlighted_by_its_words(page: Page, question: str, figure: str, inside: str) -> None:
    """A paragraph, a list item, a table row and a passage broken by a page are marked word for word."""
    page.ask(question)
    page.wait("document.querySelector('#report mark.quoted')")
    assert figure in page.seen()
    assert page.seen() == quote(page)
    assert page.run(f"Boolean(document.querySelector('#report mark.quoted').closest('{inside}'))")


def test_a_table_row_is_shown_under_its_header(page: Page) -> None:
    """The cited row stands in a table with its column heads and its row label."""
    page.ask("2025年重大项目竣工面积的目标是多少？")
    page.wait("document.querySelector('#report mark.quoted')")
    table = "document.querySelector('#report mark.quoted').closest('table')"
    assert page.run(f"[...{table}.querySelectorAll('thead th')].map(one => one.textContent)") == [
        "序号",
        "指标",
        "属性",
        "2025年目标",
    ]
    label = "document.querySelector('#report mark.quoted').closest('tr').querySelector('th[scope=row]').textContent"
    assert page.run(label) == "重大项目竣工面积"


def test_a_refusal_looks_different_from_an_answer(page: Page) -> None:
    """A refusal has a heading of its own, another ground, and no source panel that opens by itself."""
    page.ask(GDP)
    page.ask(UNKNOWN)
    page.wait("!('source' in document.getElementById('app').dataset)")
    assert page.status() == "refused"
    assert page.find(".turn:last-child .verdict").text
    ground = "getComputedStyle(document.querySelector('.turn[data-status={}] .words')).backgroundColor"
    assert page.run(ground.format("refused")) != page.run(ground.format("answered"))
    assert not page.find("#source").is_displayed()


def test_a_follow_up_shows_how_it_was_understood(page: Page) -> None:
    """The completed question stands above the answer to a follow-up."""
    page.ask("2024年一般公共预算收入是多少？")
    page.ask("那2025年的目标呢？")
    assert "一般公共预算收入" in page.find(".turn:last-child .understood").text


def test_markup_in_a_question_is_text(page: Page) -> None:
    """Nothing that a reader types becomes part of the page or runs."""
    attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    page.ask(attack)
    assert page.find(".turn:last-child .question").text.endswith(attack)
    assert page.count("#turns img, #turns script") == 0
    assert page.run("window.hacked === undefined")


def test_the_conversation_is_there_after_a_reload(page: Page) -> None:
    """Answers, marks and sources survive a reload, follow-ups lean on them, and clearing deletes them."""
    page.ask("2024年一般公共预算收入是多少？")
    page.open()
    assert page.find(".turn .words strong").text == "281.87亿元"
    page.find(".turn .mark").click()
    page.wait("document.querySelector('#report mark.quoted')")
    assert "281.87亿元" in page.seen()
    page.ask("那2025年的目标呢？")
    assert "一般公共预算收入" in page.find(".turn:last-child .understood").text
    page.find("#anew").click()
    assert page.count(".turn") == 0
    page.find("#status button").click()
    assert page.count(".turn") == 2
    page.find("#anew").click()
    page.open()
    assert page.count(".turn") == 0


def test_the_page_works_with_the_keyboard_alone(page: Page) -> None:
    """Ask with Enter, reach the mark with Tab, see its quote, open its source, and come back with Escape."""
    page.find("#question textarea").send_keys(GDP, Keys.ENTER)
    page.answer_after(0)
    page.run("document.getElementById('turns').focus()")
    for _ in range(20):
        page.press(Keys.SHIFT, Keys.TAB)
        if page.run("document.activeElement.matches('.mark')"):
            break
    assert page.run("document.activeElement.matches('.mark')")
    assert "3931.2亿元" in page.find("#tip").text
    page.press(Keys.ENTER)
    assert page.run("document.activeElement.id") == "source"
    assert "3931.2亿元" in page.seen()
    page.press(Keys.ESCAPE)
    page.wait("document.activeElement.matches('.mark')")
    assert not page.find("#source").is_displayed()


def test_a_phone_needs_no_sideways_scrolling(page: Page) -> None:
    """At 390 px nothing is wider than the screen: first page, answer, source, report."""
    page.resize(390, 844)
    page.open()
    assert page.width_beyond() <= 0
    page.ask("2025年重大项目竣工面积的目标是多少？")
    assert page.width_beyond() <= 0
    page.find(".turn:last-child .mark").click()
    page.wait("document.querySelector('#report mark.quoted')")
    assert "216万平方米" in page.seen()
    assert page.width_beyond() <= 0
    assert page.run("document.getElementById('paper').scrollWidth <= document.getElementById('paper').clientWidth")
    page.find("#close").click()
    page.find("[data-go=report]").click()
    assert page.width_beyond() <= 0


def test_a_link_opens_the_report_at_its_passage(page: Page) -> None:
    """The address of a passage opens the report view there, highlighted."""
    page.ask(GDP)
    page.wait("document.querySelector('#report mark.quoted')")
    wanted = quote(page)
    passage = page.run("document.querySelector('#report mark.quoted').closest('[data-passage]').dataset.passage")
    page.open("?" + urllib.parse.urlencode({"passage": passage}))
    page.wait("document.querySelector('#report mark.quoted')")
    assert page.find("#app").get_attribute("data-view") == "report"
    assert page.seen() == wanted


def test_the_report_can_be_searched(page: Page) -> None:
    """Search counts the places and brings the first into view."""
    page.find("[data-go=report]").click()
    page.find("#search input").send_keys("加装电梯")
    page.wait("document.querySelector('#report mark.found[data-now]')")
    assert page.find("#search output").text.startswith("1/")
    assert page.find("#report mark.found[data-now]").text == "加装电梯"


def test_everything_comes_from_this_server_and_nothing_is_blocked(page: Page) -> None:
    """No address elsewhere is asked for, and the browser's console is silent under the security headers."""
    page.asked_for()
    page.console()
    page.open()
    page.ask(GDP)
    assert page.console() == []
    asked = page.asked_for()
    assert asked
    assert {url for url in asked if not url.startswith((page.address, "data:", "blob:"))} == set()


def test_a_follow_up_to_tap_has_an_answer(page: Page) -> None:
    """Whatever is offered under an answer gets an answer when tapped."""
    page.ask("2025年重大项目竣工面积的目标是多少？")
    page.wait("document.querySelectorAll('.turn:last-child .follow .ask').length >= 2")
    offered = page.find(".turn:last-child .follow .ask")
    wanted = offered.text
    offered.click()
    page.answer_after(1)
    assert page.find(".turn:last-child .question").text.endswith(wanted)
    assert page.status() == "answered"


def test_an_example_can_be_tapped(page: Page) -> None:
    """The first screen offers eight questions, and a tap asks one."""
    assert page.count(".examples .ask") == 8
    page.find(".examples .ask").click()
    page.answer_after(0)
    assert page.status() == "answered"


def test_a_long_list_comes_as_a_list_with_a_mark_at_each_item(page: Page) -> None:
    """Sentences from three and more places are items; each item's mark leads to its own words."""
    page.ask("西岸滨江功能区2024年有哪些进展？")
    items = page.count(".turn:last-child .words li")
    assert items >= 3
    assert page.count(".turn:last-child .words li .mark") >= items
    page.find(".turn:last-child .words li:nth-child(3) .mark").click()
    page.wait("document.querySelector('#report mark.quoted')")
    said = "".join(page.find(".turn:last-child .words li:nth-child(3)").text.split())
    assert said[:10] in page.seen()


def test_an_answer_arrives_sentence_by_sentence(page: Page) -> None:
    """The first sentence is there at once, those after it follow; who wants no motion gets all at once."""
    delay = "parseFloat(getComputedStyle(document.querySelector('.turn:last-child {}')).animationDelay)"
    name = "getComputedStyle(document.querySelector('.turn:last-child {}')).animationName"
    features = {"features": [{"name": "prefers-reduced-motion", "value": "no-preference"}]}
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
    page.ask("西岸滨江功能区2024年有哪些进展？")
    assert page.run(name.format(".words li:nth-child(1)")) == "none"
    delays = [page.run(delay.format(f".words li:nth-child({n})")) for n in (2, 3, 4)]
    assert 0 < delays[0] < delays[1] < delays[2] < 1
    page.resize(1440, 900)
    assert page.run(name.format(".words li:nth-child(3)")) == "none"


def test_a_question_that_the_network_lost_is_not_lost(page: Page) -> None:
    """A lost connection is said plainly; once it is back, the page comes anew with the question in its box."""
    page.ask("2024年一般公共预算收入是多少？")
    page.offline(True)
    page.ask(GDP)
    assert page.status() == "failed"
    page.driver.execute_script("window.before = true")
    page.offline(False)
    page.wait("!window.before && 'ready' in (document.getElementById('app')?.dataset ?? {})")
    assert page.run("document.querySelector('#question textarea').value") == GDP
    page.find("#question textarea").send_keys(Keys.ENTER)
    page.answer_after(1)
    assert page.status() == "answered"


def test_a_question_is_sent_once_and_at_the_key(page: Page) -> None:
    """The request leaves before Gradio has worked on the key, and Gradio's own for the same is not sent."""
    sent = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('gradio_api/run'))"
    page.driver.execute_script(
        "document.addEventListener('keydown', ({ key }) => key === 'Enter' && (window.pressed = performance.now()))"
    )
    for count, question in enumerate((GDP, "增长多少？"), 1):
        page.ask(question)
        assert page.status() == "answered"
        assert page.run(f"{sent}.length") == count
        assert page.run(f"{sent}.at(-1).startTime < window.pressed")


def test_copying_gives_answer_and_sources(page: Page) -> None:
    """The copied text has question, answer and each source with its place."""
    page.ask(GDP)
    page.driver.execute_script("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.find(".turn [data-do=copy]").click()
    copied = page.run("window.copied")
    assert GDP in copied and "3931.2亿元" in copied and "[1] 《" in copied
