// Wires the page together: the question box (Gradio's), the conversation, the source panel, the report.
import { make, options, say, t } from "./page.js";
import { Talk } from "./talk.js";
import { Source } from "./source.js";
import { Reading } from "./reading.js";
import { Sending } from "./sending.js";

const ENOUGH = options.patience; // milliseconds after which a silent server counts as gone
const UNANSWERED = "youju:unanswered"; // a question kept for the reload that follows a lost connection

const app = document.getElementById("app");
const source = new Source(app);
const reading = new Reading(app, source);
const talk = new Talk(app, source, { ask });
const sending = new Sending({ take, fail: (why) => finish({ status: "failed", why }) });
let waiting = 0;
let taken = null; // the number of the last whole answer

const field = (id) => document.querySelector(`#${id} textarea, #${id} input`);

function fill(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts a question to the server through Gradio's own box and button. */
function ask(question) {
  if (waiting) return;
  fill(field("question"), question);
  requestAnimationFrame(() => document.querySelector("#send").click());
}

/** Runs before Gradio sees the key or the click: sends the question and shows it, one at a time. */
function begin(event) {
  const question = field("question").value.trim();
  if (!question || waiting) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const past = JSON.stringify(talk.questions());
  sending.begin(field("question").value, past);
  fill(field("past"), past);
  talk.begin(question);
  waiting = setTimeout(() => finish({ status: "failed" }), ENOUGH);
}

function finish(reply) {
  if (!waiting) return;
  clearTimeout(waiting);
  waiting = 0;
  if (reply.status === "failed") sessionStorage.setItem(UNANSWERED, talk.asked());
  talk.finish(reply);
}

/** What came: the whole answer, or as much of it as is written. One that was taken already is not taken again. */
function take(text) {
  const reply = JSON.parse(text);
  if (waiting && field("question").value.trim() === talk.asked()) fill(field("question"), "");
  if (reply.complete === false) {
    if (waiting) talk.grow(reply);
    return;
  }
  if (reply.id === taken) return;
  taken = reply.id;
  finish(reply);
}

function wire() {
  const box = document.getElementById("box");
  box.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === field("question")) begin(event);
    },
    true,
  );
  box.addEventListener("click", (event) => event.target.closest("#send") && begin(event), true);
  new MutationObserver(() => {
    const text = document.getElementById("reply").textContent.trim();
    if (text) take(text);
  }).observe(document.getElementById("reply"), { childList: true, characterData: true, subtree: true });
  // Gradio goes by the browser's language and has a main landmark of its own; this page has both already.
  document.documentElement.lang = app.lang;
  box.querySelector("main").setAttribute("role", "presentation");
  field("question").setAttribute("enterkeyhint", "send");
  const unanswered = sessionStorage.getItem(UNANSWERED);
  if (unanswered) fill(field("question"), unanswered);
  sessionStorage.removeItem(UNANSWERED);
  app.dataset.ready = "";
  if (!started) start();
  if (matchMedia("(hover: hover)").matches && !location.search) field("question").focus({ preventScroll: true });
}

for (const button of app.querySelectorAll("[data-go]")) {
  button.addEventListener("click", () => go(button.dataset.go));
}

/** Shows a view; the tabs for staff are fetched when they are opened for the first time. */
function go(view) {
  reading.go(view);
  if (view === "facts" || view === "check") import("./tabs.js").then((tabs) => tabs.open(view, app, source));
}
app.addEventListener("click", (event) => {
  const tapped = event.target.closest("button.ask");
  if (tapped) ask(tapped.textContent);
});

let started = false;

/** Fetches the report: after the question box is there, unless the address asks for a passage. */
function start() {
  started = true;
  source.load().then(
    () => reading.start(),
    () => say(t("no_report")),
  );
  if (!options.examples) listExamples();
}

/** The first screen's questions, where the server was still trying them when it sent the page. */
async function listExamples() {
  const list = app.querySelector(".examples");
  try {
    const answer = await fetch("./youju/examples");
    const found = answer.ok ? await answer.json() : [];
    list.replaceChildren(
      ...found.map((text) => make("li", {}, [make("button", { type: "button", class: "ask" }, text)])),
    );
  } catch {
    list.replaceChildren();
  }
}

talk.restore();
const wanted = new URLSearchParams(location.search).get("view");
if (app.querySelector(`[data-go="${CSS.escape(wanted ?? "")}"]`)) go(wanted);
if (location.search) start();

const composed = new MutationObserver(() => {
  if (field("question") && document.getElementById("reply") && field("past")) {
    composed.disconnect();
    wire();
  }
});
composed.observe(document.getElementById("box"), { childList: true, subtree: true });
