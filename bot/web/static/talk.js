// The conversation: questions and answers on the page, kept in the browser, copied and exported as text.
import { judge, opinionButtons } from "./opinion.js";
import { make, say, copy, download } from "./page.js";

const KEPT = 60; // turns
const REMEMBERED = 6; // questions that a follow-up may lean on

export class Talk {
  constructor(app, options, source, actions) {
    this.app = app;
    this.source = source;
    this.actions = actions;
    this.key = `youju:${options.report}`;
    this.turns = [];
    this.list = app.querySelector("#turns");
    this.pending = null;
    app.querySelector("#anew").addEventListener("click", () => this.clear());
    app.querySelector("#export").addEventListener("click", () => this.export());
    this.list.addEventListener("click", (event) => this.tapped(event));
  }

  /** The questions so far that the server should remember. */
  questions() {
    return this.turns.slice(-REMEMBERED).map((turn) => turn.question);
  }

  begin(question) {
    this.pending = this.add(question);
    this.pending.querySelector(".answer").append(make("p", { class: "busy" }, "正在查找报告原文…"));
    this.toEnd(this.pending);
  }

  finish(reply) {
    const article = this.pending;
    this.pending = null;
    if (!article) return;
    const turn = { question: article.dataset.question, reply };
    this.fill(article, turn);
    if (reply.status === "answered" || reply.status === "refused") {
      this.turns.push(turn);
      this.save();
      this.follow(article, turn);
    }
    this.toEnd(article);
    if (reply.citations?.length && reply.status === "answered" && this.source.beside()) {
      this.source.open(reply, reply.citations[0].n, null);
    } else {
      this.source.close();
    }
  }

  add(question) {
    this.app.dataset.talking = "";
    for (const id of ["anew", "export"]) this.app.querySelector(`#${id}`).hidden = false;
    const article = make("article", { class: "turn" }, [
      make("h2", { class: "question" }, [make("span", { class: "who", "aria-hidden": "true" }, "问"), make("span", {}, question)]),
      make("div", { class: "answer" }),
    ]);
    article.dataset.question = question;
    this.list.append(article);
    return article;
  }

  fill(article, turn) {
    const { reply } = turn;
    const answer = article.querySelector(".answer");
    article.dataset.status = reply.status;
    answer.replaceChildren();
    if (reply.status === "failed") {
      answer.append(
        make("p", { class: "verdict" }, "没有得到回应"),
        make("p", {}, "网络或服务暂时不通，您的问题没有丢。"),
        make("p", { class: "follow" }, [make("button", { type: "button", "data-do": "again" }, "再问一次")]),
      );
      return;
    }
    const words = make("div", { class: "words" });
    words.innerHTML = reply.html; // escaped on the server
    answer.append(words);
    article.reply = reply;
    this.addFoot(answer, reply);
  }

  addFoot(answer, reply) {
    if (reply.citations.length) {
      const cited = make("ol", { class: "cited", "aria-label": reply.status === "answered" ? "依据" : "相近内容" });
      for (const one of reply.citations) {
        const place = [one.table ? null : one.path.at(-1), one.table, one.row].filter(Boolean).join(" › ");
        cited.append(
          make("li", {}, [
            make("button", { type: "button", class: "place", "data-n": one.n }, [
              make("span", { class: "n", "aria-hidden": "true" }, String(one.n)),
              make("span", {}, place || one.title),
            ]),
          ]),
        );
      }
      answer.append(cited);
    }
    const foot = make("p", { class: "foot" });
    if (reply.status === "answered") foot.append(make("button", { type: "button", "data-do": "copy" }, "复制回答和出处"));
    if (reply.status !== "error") foot.append(...opinionButtons());
    if (foot.children.length) answer.append(foot);
    this.addFollowing(answer, reply);
  }

  addFollowing(answer, reply) {
    if (!reply.suggestions.length) return;
    answer.append(
      make("div", { class: "follow" }, [
        make("span", {}, reply.status === "answered" ? "接着问" : "可以问"),
        ...reply.suggestions.map((text) => make("button", { type: "button", class: "ask" }, text)),
      ]),
    );
  }

  /** Asks for follow-ups once the answer is shown: they are tried on the server, which takes a moment. */
  async follow(article, turn) {
    const { reply } = turn;
    if (reply.suggestions.length || !reply.citations.length) return;
    try {
      const answer = await fetch(`./youju/following/${reply.id}`, { method: "POST" });
      if (answer.ok) reply.suggestions = await answer.json();
    } catch {
      return; // an answer without follow-ups is still an answer
    }
    this.addFollowing(article.querySelector(".answer"), reply);
    this.save();
  }

  tapped(event) {
    const button = event.target.closest("button");
    const article = event.target.closest(".turn");
    if (!button || !article) return;
    if (button.dataset.n) this.source.open(article.reply, Number(button.dataset.n), button);
    if (button.dataset.do === "copy") copy(asText(article.dataset.question, article.reply), "已复制回答和出处");
    if (button.dataset.useful) judge(article, button);
    if (button.dataset.do === "again") {
      this.actions.ask(article.dataset.question);
      article.remove();
    }
  }

  toEnd(article) {
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    article.scrollIntoView({ block: "start", behavior: smooth ? "smooth" : "auto" });
  }

  // --- kept in the browser ---

  save() {
    this.turns = this.turns.slice(-KEPT);
    try {
      localStorage.setItem(this.key, JSON.stringify(this.turns));
    } catch {
      say("浏览器不允许保存，刷新后对话会丢失。");
    }
  }

  restore() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      localStorage.removeItem(this.key);
    }
    // What is restored is not news: a screen reader should not read it all out.
    this.list.setAttribute("aria-live", "off");
    for (const turn of kept) {
      this.fill(this.add(turn.question), turn);
      this.turns.push(turn);
    }
    if (kept.length) this.list.lastElementChild.scrollIntoView({ block: "start" });
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 500);
  }

  clear() {
    this.turns = [];
    localStorage.removeItem(this.key);
    this.list.replaceChildren();
    this.source.close();
    delete this.app.dataset.talking;
    for (const id of ["anew", "export"]) this.app.querySelector(`#${id}`).hidden = true;
    say("对话已清除");
    document.querySelector("#question textarea, #question input")?.focus();
  }

  export() {
    const parts = this.turns.map((turn) => `## ${turn.question}\n\n${asText(null, turn.reply)}\n`);
    const title = this.turns[0]?.reply.citations[0]?.title ?? "";
    download("有据-对话.md", `# 问答记录\n\n${title}\n\n${parts.join("\n")}`);
  }
}

/** An answer with its sources as plain text. */
function asText(question, reply) {
  const lines = question ? [`问：${question}`, `答：${reply.text}`] : [reply.text];
  if (reply.citations.length) lines.push("", reply.status === "answered" ? "出处：" : "相近内容（不是答案）：");
  for (const one of reply.citations) {
    const place = [...one.path, one.table, one.row].filter(Boolean).join(" › ");
    lines.push(`[${one.n}] 《${one.title}》${place}：“${one.quote}”`);
  }
  return lines.join("\n");
}
