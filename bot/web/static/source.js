// The source panel: the quote, where it stands, and the report scrolled to it with the words highlighted.
import { make, copy, options, t, wrap, unwrap } from "./page.js";

const BESIDE = matchMedia("(min-width: 1000px)");

export class Source {
  constructor(app) {
    this.app = app;
    this.panel = app.querySelector("#source");
    this.cited = app.querySelector("#cited");
    this.paper = app.querySelector("#paper");
    this.report = app.querySelector("#report");
    this.tip = app.querySelector("#tip");
    this.current = null; // {reply, n, from}
    this.view = "ask"; // the one that opened it
    app.querySelector("#close").addEventListener("click", () => this.close(true));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.escape());
    this.cited.addEventListener("click", (event) => this.act(event.target.closest("button")?.dataset.do));
    this.wireTip();
    addEventListener("resize", () => this.bring(this.report.querySelector("mark.quoted")));
  }

  /** The report's text comes once, after the page is there. */
  async load() {
    const answer = await fetch(`./youju/report?${options.report.slice(0, 16)}.${options.version}`);
    if (!answer.ok) throw new Error(String(answer.status));
    this.report.innerHTML = await answer.text(); // escaped on the server
    this.loaded = true;
    if (this.current) this.highlight(this.citation().marks);
  }

  beside() {
    return BESIDE.matches;
  }

  citation() {
    return this.current.reply.citations.find((one) => one.n === this.current.n);
  }

  /** Shows citation `n` of a reply; `from` is the mark that was tapped and gets the focus back. */
  open(reply, n, from) {
    this.current = { reply, n, from };
    if (this.app.dataset.view === "report") this.app.dataset.view = "ask";
    this.view = this.app.dataset.view;
    this.app.dataset.source = "";
    this.showQuote(reply);
    for (const mark of this.app.querySelectorAll("[data-n]")) {
      const same = mark.closest(".turn, .sourced").reply === reply && Number(mark.dataset.n) === n;
      mark.toggleAttribute("data-open", same);
    }
    // Words of a report that was put in the place of this one stand elsewhere on its page.
    this.highlight(reply.report === options.report ? this.citation().marks : []);
    if (!from) return;
    this.panel.focus({ preventScroll: true });
    // The sheet of a small screen must not cover the mark that opened it.
    const scroll = from.closest("#scroll, .sheet");
    const below = from.getBoundingClientRect().bottom - this.panel.getBoundingClientRect().top;
    if (!this.beside() && below > 0) {
      scroll.scrollTop += from.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 60;
    }
  }

  showQuote(reply) {
    const one = this.citation();
    this.cited.hidden = false;
    this.panel.dataset.status = reply.status;
    this.app.querySelector("#source-title").textContent = t(reply.status === "answered" ? "source" : "near");
    const steps = [...one.path, one.table, one.row].filter(Boolean);
    this.cited.querySelector(".path").replaceChildren(...steps.map((step) => make("span", {}, step)));
    const told = this.cited.querySelector(".told");
    told.hidden = !reply.told;
    told.textContent = reply.told ?? "";
    const quote = this.cited.querySelector("blockquote");
    quote.textContent = one.quote;
    this.stress(quote, 0, one.quote.length);
    this.app.querySelector("#numbers").replaceChildren(
      ...reply.citations.map((other) => {
        const button = make("button", { type: "button", "aria-label": t("source_n", { n: other.n }) }, String(other.n));
        button.setAttribute("aria-pressed", String(other.n === one.n));
        button.addEventListener("click", () => {
          this.open(reply, other.n, this.current.from);
          this.app.querySelector("#numbers [aria-pressed=true]").focus();
        });
        return button;
      }),
    );
  }

  /** Highlights words of the report and brings them into view; returns the marks made. */
  highlight(places) {
    if (!this.loaded) return [];
    unwrap(this.report, "key");
    unwrap(this.report, "quoted");
    const marks = places.flatMap(({ element, start, end }) => {
      const found = document.getElementById(element);
      if (!found) return [];
      const made = wrap(found, start, end, "quoted");
      this.stress(found, start, end);
      return made;
    });
    this.bring(marks[0]);
    return marks;
  }

  /** Stresses the short answers inside the quote `[start, end)` of an element. */
  stress(element, start, end) {
    for (const short of this.current?.reply.short ?? []) {
      const at = findWhole(element.textContent.slice(start, end), short);
      if (at >= 0) wrap(element, start + at, start + at + short.length, "key");
    }
  }

  /** Scrolls the paper so that `element` stands a third from its top. */
  bring(element) {
    if (!element) return;
    const box = this.paper.getBoundingClientRect();
    const at = element.getBoundingClientRect();
    this.paper.scrollTop += at.top - box.top - Math.min(box.height / 4, 120);
  }

  close(back = false) {
    delete this.app.dataset.source;
    for (const mark of this.app.querySelectorAll("[data-n][data-open]")) mark.removeAttribute("data-open");
    if (back) (this.current?.from ?? document.querySelector("#question textarea, #question input"))?.focus();
  }

  escape() {
    if (!this.tip.hidden) this.tip.hidden = true;
    else if ("source" in this.app.dataset && this.app.dataset.view !== "report") this.close(true);
  }

  act(what) {
    if (!what) return;
    const one = this.citation();
    const place = [...one.path, one.table, one.row].filter(Boolean).join(" › ");
    if (what === "copy-quote") copy(`“${one.quote}”（《${one.title}》${place}）`, t("copied_quote"));
    if (what === "copy-link") copy(this.link(one.passage), t("copied_link"));
    if (what === "whole") this.app.querySelector("[data-go=report]").click();
  }

  /** The address that opens the page at a passage. */
  link(passage) {
    const url = new URL(document.baseURI);
    url.search = new URLSearchParams({ passage }).toString();
    return url.href;
  }

  // --- the quote on hover and on keyboard focus ---

  wireTip() {
    const turns = this.app.querySelector("#turns");
    const show = (event) => {
      const mark = event.target.closest?.(".mark, .place");
      if (mark && (event.type === "mouseover" || mark.matches(":focus-visible"))) this.showTip(mark);
    };
    const hide = () => (this.tip.hidden = true);
    turns.addEventListener("mouseover", show);
    turns.addEventListener("focusin", show);
    turns.addEventListener("mouseout", hide);
    turns.addEventListener("focusout", hide);
    this.app.querySelector("#scroll").addEventListener("scroll", hide, { passive: true });
  }

  showTip(mark) {
    if (!matchMedia("(hover: hover)").matches && !mark.matches(":focus-visible")) return;
    const one = mark.closest(".turn").reply?.citations.find((other) => other.n === Number(mark.dataset.n));
    if (one) this.tell(mark, one.quote);
  }

  /** Shows a text at an element until it is hidden. */
  tell(mark, text) {
    this.tip.textContent = text;
    this.tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const size = this.tip.getBoundingClientRect();
    const above = at.top - size.height - 8;
    this.tip.style.left = `${Math.max(8, Math.min(at.left - 12, innerWidth - size.width - 8))}px`;
    this.tip.style.top = `${above > 60 ? above : at.bottom + 8}px`;
  }
}

/** Where `short` stands in `text`, a figure not being found inside a longer one; -1 if nowhere. */
function findWhole(text, short) {
  const longer = /^\d/.test(short) ? /[\d.]/ : null;
  let at = text.indexOf(short);
  while (at > 0 && longer?.test(text[at - 1])) at = text.indexOf(short, at + 1);
  return at;
}
