// 有用 / 没用 under an answer; only what is sent here is kept on the server.
import { make, say } from "./page.js";

const REASONS = ["数字不对", "出处不对", "答非所问", "没有答全", "其他"];

export function opinionButtons() {
  return ["有用", "没用"].map((text) =>
    make("button", { type: "button", "data-useful": String(text === "有用"), "aria-pressed": "false" }, text),
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
      make("legend", {}, "哪里不好？"),
      ...REASONS.map((reason) => make("label", {}, [make("input", { type: "radio", name: "reason", value: reason }), reason])),
    ]),
    make("textarea", { rows: "2", maxlength: "1000", "aria-label": "补充说明", placeholder: "补充说明（可不填，请勿写个人信息）" }),
    make("button", { type: "submit" }, "提交"),
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
    if (answer.status === 410) return say("这条回答已经过期，请重新提问后再评价。");
    if (!answer.ok) throw new Error(String(answer.status));
    for (const button of article.querySelectorAll("[data-useful]")) {
      button.setAttribute("aria-pressed", String(button.dataset.useful === String(given.useful)));
    }
    say("已记下，谢谢。");
  } catch {
    say("没有送达，请稍后再试。");
  }
}
