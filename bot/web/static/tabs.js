// The tabs for staff: fetched when they are opened, and what they share: their style and the places of facts.
import { make, options, say, t } from "./page.js";
import { wire as wireFacts } from "./facts.js";
import { wire as wireCheck } from "./check.js";

const WIRING = { facts: wireFacts, check: wireCheck };
const opened = new Map();

/** Shows a tab: its content comes once. */
export function open(view, app, source) {
  if (!opened.has(view)) opened.set(view, load(view, app, source));
  return opened.get(view);
}

async function load(view, app, source) {
  const tab = app.querySelector(`#${view}`);
  tab.replaceChildren(make("p", { class: "coming" }, t("busy")));
  try {
    const [answer] = await Promise.all([fetch(`./youju/${view}`), style()]);
    if (!answer.ok) throw new Error(String(answer.status));
    tab.innerHTML = await answer.text(); // escaped on the server
    WIRING[view](tab, source);
    tab.dataset.ready = "";
  } catch {
    opened.delete(view); // the next tap tries again
    tab.replaceChildren(make("p", { class: "coming" }, t("no_tab")));
  }
}

let styled = null;

function style() {
  styled ??= new Promise((resolve) => {
    const link = make("link", { rel: "stylesheet", href: `./youju/${options.version}/tabs.css` });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
  return styled;
}

/** Opens the report at the places of the facts that `element` names, the one that `button` numbers first. */
export async function show(element, button, source) {
  try {
    if (!element.reply) {
      const wanted = new URLSearchParams(element.dataset.facts.split(" ").map((id) => ["fact", id]));
      const answer = await fetch(`./youju/facts/places?${wanted}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const reply = await answer.json();
      if (!reply.citations.length) throw new Error("the report was put in the place of this one");
      element.reply = reply;
    }
    source.open(element.reply, Number(button.dataset.n), button);
  } catch {
    say(t("no_reply"));
  }
}
