// The tab of facts: filters, sorting, and each row's place in the report.
import { say, t } from "./page.js";
import { show } from "./tabs.js";

const PAUSE = 150; // milliseconds without typing after which the rows are fetched
const NARROW = 640; // pixels: below, the table's rows are cards and the filters folded away

export function wire(tab, source) {
  const form = tab.querySelector("form");
  const head = tab.querySelector("thead");
  let timer = 0;
  let asked = 0;

  async function fetchRows() {
    const number = ++asked;
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    for (const link of tab.querySelectorAll("[data-shown=all] a[download]")) link.search = query;
    try {
      const answer = await fetch(`./youju/facts/rows?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const { count, html } = await answer.json();
      if (number !== asked) return; // a later one is on its way
      tab.querySelector("tbody").innerHTML = html; // escaped on the server
      const output = tab.querySelector("output");
      output.textContent = output.dataset.text.replace("{count}", count);
    } catch {
      say(t("no_reply"));
    }
  }

  function sort(button) {
    const { sort: by, descending } = form.elements;
    const turned = by.value === button.dataset.sort && descending.value === "false";
    descending.value = String(turned);
    by.value = button.dataset.sort;
    for (const cell of head.querySelectorAll("[aria-sort]")) cell.removeAttribute("aria-sort");
    button.closest("th").ariaSort = `${turned ? "de" : "a"}scending`;
    fetchRows();
  }

  if (tab.clientWidth <= NARROW) tab.querySelector("details").open = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(fetchRows, PAUSE);
  });
  form.addEventListener("reset", () => setTimeout(fetchRows));
  head.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sort]");
    if (button) sort(button);
  });
  tab.addEventListener("click", (event) => {
    const part = event.target.closest("[data-part]");
    if (part) choose(tab, part);
    const element = event.target.closest(".sourced");
    const button = event.target.closest("[data-n]") ?? element?.querySelector("[data-n]");
    if (button && getSelection().isCollapsed) show(element, button, source);
  });
}

function choose(tab, part) {
  for (const one of tab.querySelectorAll("[data-part]")) one.setAttribute("aria-pressed", String(one === part));
  for (const one of tab.querySelectorAll("[data-shown]")) one.hidden = one.dataset.shown !== part.dataset.part;
}
