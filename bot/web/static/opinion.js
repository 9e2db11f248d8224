// 有用 / 没用 under an answer; only what is sent here is kept on the server.
import { make, options, say, t } from "./page.js";

const REASONS = ["数字不对", "出处不对", "答非所问", "没有答全", "其他"]; // as they are kept

export function opinionButtons() {
  return [true, false].map((useful) =>
    make("button", { type: "button", "data-useful": String(useful), "aria-pressed": "false" }, t(useful ? "useful" : "useless")),
  );
}

/** 有用 is sent at once; 没用 asks why first. */
export function judge(article, button) {
  article.querySelector(".opinion")?.remove();
  if (button.dataset.useful === "true") send(article, { useful: true });
  else ask(article, button);
}

function ask(article, button) {
  const form = make("form", { class: "opinion" }, [
    make("fieldset", {}, [
      make("legend", {}, t("why")),
      ...REASONS.map((reason, i) =>
        make("label", {}, [make("input", { type: "radio", name: "reason", value: reason }), options.texts.reasons[i]]),
      ),
    ]),
    make("textarea", { rows: "2", maxlength: "1000", "aria-label": t("comment"), placeholder: t("comment_hint") }),
    make("button", { type: "submit" }, t("submit")),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = new FormData(form).get("reason");
    send(article, { useful: false, reason, comment: form.querySelector("textarea").value });
    form.remove();
    button.focus();
  });
  button.closest(".foot").after(form);
  form.querySelector("input").focus();
}

async function send(article, given) {
  const body = JSON.stringify({ answer: article.reply.id, ...given });
  const headers = { "content-type": "application/json" };
  try {
    const answer = await fetch("./youju/feedback", { method: "POST", headers, body });
    if (answer.status === 410) return say(t("expired"));
    if (!answer.ok) throw new Error(String(answer.status));
    for (const button of article.querySelectorAll("[data-useful]")) {
      button.setAttribute("aria-pressed", String(button.dataset.useful === String(given.useful)));
    }
    say(t("thanks"));
  } catch {
    say(t("not_sent"));
  }
}
