// Wires the page together: the question box (Gradio's), the conversation, the source panel, the report.
import { Talk } from "./talk.js";
import { Source } from "./source.js";
import { Reading } from "./reading.js";

const ENOUGH = 20_000; // milliseconds after which a silent server counts as gone

const app = document.getElementById("app");
const options = JSON.parse(app.dataset.options);
const source = new Source(app, options);
const reading = new Reading(app, source);
const talk = new Talk(app, options, source, { ask });
let waiting = 0;

const field = (id) => document.querySelector(`#${id} textarea, #${id} input`);

function fill(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts a question to the server through Gradio's own box and button. */
function ask(question) {
  fill(field("question"), question);
  requestAnimationFrame(() => document.querySelector("#send").click());
}

/** Runs before Gradio sees the key or the click: shows the question, hands the earlier ones over. */
function begin() {
  const question = field("question").value.trim();
  if (!question || waiting) return;
  fill(field("past"), JSON.stringify(talk.questions()));
  talk.begin(question);
  waiting = setTimeout(() => finish({ status: "failed" }), ENOUGH);
}

function finish(reply) {
  if (!waiting) return;
  clearTimeout(waiting);
  waiting = 0;
  talk.finish(reply);
}

function wire() {
  const box = document.getElementById("box");
  box.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === field("question")) begin();
    },
    true,
  );
  box.addEventListener("click", (event) => event.target.closest("#send") && begin(), true);
  new MutationObserver(() => {
    const text = document.getElementById("reply").textContent.trim();
    if (text) finish(JSON.parse(text));
  }).observe(document.getElementById("reply"), { childList: true, characterData: true, subtree: true });
  // Gradio reports a full queue or a lost connection as a toast.
  new MutationObserver(() => document.querySelector(".toast-body.error") && finish({ status: "failed" })).observe(
    document.body,
    { childList: true, subtree: true },
  );
  // Gradio goes by the browser's language and has a main landmark of its own; this page has both already.
  document.documentElement.lang = app.lang;
  box.querySelector("main").setAttribute("role", "presentation");
  field("question").setAttribute("enterkeyhint", "send");
  app.dataset.ready = "";
  if (!started) start();
  if (matchMedia("(hover: hover)").matches && !location.search) field("question").focus({ preventScroll: true });
}

for (const button of app.querySelectorAll("[data-go]")) {
  button.addEventListener("click", () => reading.go(button.dataset.go));
}
app.addEventListener("click", (event) => {
  const tapped = event.target.closest("button.ask");
  if (tapped) ask(tapped.textContent);
});

let started = false;

/** Fetches the report: after the question box is there, unless the address asks for a passage. */
function start() {
  started = true;
  source.load().then(() => reading.start());
}

talk.restore();
if (location.search) start();

const composed = new MutationObserver(() => {
  if (field("question") && document.getElementById("reply") && field("past")) {
    composed.disconnect();
    wire();
  }
});
composed.observe(document.getElementById("box"), { childList: true, subtree: true });
