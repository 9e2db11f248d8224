// The report as a whole: table of contents, search, and addresses of passages.
import { make, copy, t, wrap, unwrap } from "./page.js";

export class Reading {
  constructor(app, source) {
    this.app = app;
    this.source = source;
    this.found = [];
    this.at = -1;
    this.form = app.querySelector("#search");
    this.input = this.form.querySelector("input");
    this.input.addEventListener("input", () => this.search());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    this.form.querySelector("[data-step]").addEventListener("click", () => this.step(-1));
    source.report.addEventListener("click", (event) => this.pick(event.target.closest("[data-passage]")));
  }

  /** Once the report is there: its contents, and the passage that the address names. */
  start() {
    this.listContents();
    const passage = new URLSearchParams(location.search).get("passage");
    const parts = passage ? this.parts(passage) : [];
    if (parts.length) {
      this.go("report");
      this.mark(parts);
    }
  }

  go(view) {
    if (view !== "report" && view !== this.source.view) this.source.close();
    this.app.dataset.view = view;
    for (const button of this.app.querySelectorAll("[data-go]")) {
      if (button.dataset.go === view) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    this.source.bring(this.source.report.querySelector("mark.quoted"));
  }

  parts(passage) {
    return [...this.source.report.querySelectorAll("[data-passage]")].filter((part) => part.dataset.passage === passage);
  }

  mark(parts) {
    unwrap(this.source.report, "key");
    unwrap(this.source.report, "quoted");
    const marks = parts.flatMap((part) => wrap(part, 0, part.textContent.length, "quoted"));
    this.source.bring(marks[0]);
  }

  /** A passage tapped in the report view is marked and can be shared. */
  pick(part) {
    if (!part || this.app.dataset.view !== "report" || !getSelection().isCollapsed) return;
    this.source.report.querySelector(".share")?.remove();
    const passage = part.dataset.passage;
    const parts = this.parts(passage);
    this.mark(parts);
    const share = make("button", { type: "button", class: "share" }, t("share"));
    share.addEventListener("click", () => copy(this.source.link(passage), t("copied_link")));
    parts.at(-1).after(share);
  }

  listContents() {
    const list = make("ul");
    for (const heading of this.source.report.querySelectorAll("h3, h4, caption")) {
      const entry = make("button", { type: "button", "data-level": heading.tagName.toLowerCase() }, heading.dataset.title ?? heading.textContent);
      entry.addEventListener("click", () => {
        this.source.bring(heading);
        this.app.querySelector("#contents details")?.removeAttribute("open");
      });
      list.append(make("li", {}, [entry]));
    }
    const wide = matchMedia("(min-width: 760px)").matches;
    const details = make("details", wide ? { open: "" } : {}, [make("summary", {}, t("contents")), list]);
    this.app.querySelector("#contents").replaceChildren(details);
  }

  // --- search ---

  search() {
    unwrap(this.source.report, "found");
    const wanted = this.input.value.replace(/\s/g, "").toLowerCase();
    this.found = [];
    this.at = -1;
    if (wanted) {
      for (const element of this.source.report.querySelectorAll("[id]:not(tr)")) this.searchIn(element, wanted);
    }
    this.form.querySelector("output").textContent = wanted ? (this.found.length ? "" : t("nothing")) : "";
    if (this.found.length) this.step(1);
  }

  searchIn(element, wanted) {
    const text = element.textContent.toLowerCase();
    // From the last to the first, so that wrapping leaves the earlier offsets right.
    for (let at = text.lastIndexOf(wanted); at >= 0; at = at > 0 ? text.lastIndexOf(wanted, at - 1) : -1) {
      wrap(element, at, at + wanted.length, "found");
    }
    const marks = [...element.querySelectorAll("mark.found")];
    this.found.push(...marks);
  }

  step(by) {
    if (!this.found.length) return;
    this.found[this.at]?.removeAttribute("data-now");
    this.at = (this.at + by + this.found.length) % this.found.length;
    const mark = this.found[this.at];
    mark.setAttribute("data-now", "");
    this.source.bring(mark);
    this.form.querySelector("output").textContent = `${this.at + 1}/${this.found.length}`;
  }
}
