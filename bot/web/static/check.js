// The tab of checking: a draft goes in, its figures come back marked; the draft is kept nowhere.
import { download, say, t } from "./page.js";

export function wire(tab, source) {
  const form = tab.querySelector("form");
  const text = form.elements.text;
  const outcome = tab.querySelector(".outcome");
  const button = form.querySelector(".main");
  const label = button.textContent;

  const complain = (said) => (form.querySelector(".problem").textContent = said);
  const count = () => (form.querySelector("output").textContent = text.value.length);

  async function check() {
    busy(true);
    const answer = await send("./youju/check", JSON.stringify({ text: text.value }), complain);
    busy(false);
    if (!answer) return;
    const found = await answer.json();
    const replies = repliesOf(found);
    outcome.innerHTML = found.html; // escaped on the server
    for (const element of outcome.querySelectorAll(".sourced")) {
      element.reply = replies[Number(element.dataset.finding)];
      if (element.reply && element.ariaLabel) element.reply.told = element.ariaLabel;
    }
    form.hidden = true;
    outcome.hidden = false;
    tab.scrollTop = 0;
    outcome.focus({ preventScroll: true });
  }

  function busy(is) {
    if (is) complain("");
    button.disabled = is;
    button.textContent = is ? button.dataset.busy : label;
  }

  async function take(file) {
    if (!file) return;
    busy(true);
    const answer = await send(`./youju/check/draft?${new URLSearchParams({ name: file.name })}`, file, complain);
    busy(false);
    if (!answer) return;
    text.value = (await answer.json()).text;
    count();
    check();
  }

  async function save(kind) {
    const answer = await send(`./youju/check/file?kind=${kind}`, JSON.stringify({ text: text.value }), say);
    if (!answer) return;
    const name = decodeURIComponent(answer.headers.get("content-disposition").split("''")[1]);
    download(name, await answer.blob(), answer.headers.get("content-type"));
  }

  function choose(element) {
    for (const one of outcome.querySelectorAll("[data-chosen]")) one.removeAttribute("data-chosen");
    for (const one of outcome.querySelectorAll(`[data-finding="${element.dataset.finding}"]`)) one.dataset.chosen = "";
    const other = element.matches(".claim") ? ".findings" : ".text";
    outcome.querySelector(`${other} [data-chosen]`)?.scrollIntoView({ block: "nearest" });
    if (element.reply) source.open(element.reply, 1, element.matches(".claim") ? element : element.querySelector("[data-n]"));
    else source.close();
  }

  function edit() {
    source.close();
    outcome.hidden = true;
    form.hidden = false;
    text.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  text.addEventListener("input", count);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.querySelector("[type=file]").addEventListener("change", (event) => {
    take(event.target.files[0]);
    event.target.value = "";
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
  outcome.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const found = event.target.closest("[data-finding]");
    if (button?.dataset.file) save(button.dataset.file);
    else if (button?.matches(".edit")) edit();
    else if (button?.matches(".verdicts button")) filter(outcome, button);
    else if (found) choose(found);
  });
  tellOnHover(outcome, source);
}

/** What the source panel shows for each finding; null where the report has no place for it. */
function repliesOf({ report, sources, findings }) {
  return findings.map(({ passages, short }) => {
    const citations = passages.map((passage, at) => ({ ...sources[passage], n: at + 1 }));
    return citations.length ? { status: "answered", report, citations, short } : null;
  });
}

/** Sends a request; what the server refuses goes to `complain` in its own words. */
async function send(address, body, complain) {
  const type = typeof body === "string" ? "application/json" : "application/octet-stream";
  try {
    const answer = await fetch(address, { method: "POST", headers: { "content-type": type }, body });
    if (answer.ok) return answer;
    const isOurs = answer.headers.get("content-type")?.startsWith("text/plain");
    complain(isOurs ? await answer.text() : t("no_reply"));
  } catch {
    complain(`${t("no_reply")} ${t("no_reply_why")}`);
  }
  return null;
}

function filter(outcome, button) {
  const is = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(is));
  for (const element of outcome.querySelectorAll(`.findings [data-verdict="${button.dataset.verdict}"]`)) element.hidden = !is;
  for (const element of outcome.querySelectorAll(`.claim[data-verdict="${button.dataset.verdict}"]`)) element.toggleAttribute("data-off", !is);
}

/** What the report says to a figure, at the figure. */
function tellOnHover(outcome, source) {
  const show = (event) => {
    const claim = event.target.closest?.(".claim");
    if (claim && (event.type === "mouseover" || claim.matches(":focus-visible"))) source.tell(claim, claim.ariaLabel);
  };
  const hide = () => (source.tip.hidden = true);
  outcome.addEventListener("mouseover", show);
  outcome.addEventListener("focusin", show);
  outcome.addEventListener("mouseout", hide);
  outcome.addEventListener("focusout", hide);
}
