// The conversation: questions and answers on the page, kept in the browser, copied and exported as text.
import { judge, opinionButtons } from "./opinion.js";
import { receiptButton, toggleReceipt } from "./receipt.js";
import { afterPaint, copy, download, make, options, say, t } from "./page.js";
import { wordDocument } from "./word.js";

const KEPT = 60; // turns
const REMEMBERED = 6; // questions that a follow-up may lean on

export class Talk {
  constructor(app, source, actions) {
    this.app = app;
    this.source = source;
    this.actions = actions;
    this.key = `youju:${options.report}`;
    this.turns = [];
    this.list = app.querySelector("#turns");
    this.pending = null;
    app.querySelector("#anew").addEventListener("click", () => this.clear());
    app.querySelector("#formats").addEventListener("click", (event) => this.export(event.target.dataset.format));
    this.list.addEventListener("click", (event) => this.tapped(event));
  }

  /** The questions so far that the server should remember. */
  questions() {
    return this.turns.slice(-REMEMBERED).map((turn) => turn.question);
  }

  /** The question that waits for its answer. */
  asked() {
    return this.pending.dataset.question;
  }

  begin(question) {
    this.pending = this.add(question);
    this.pending.querySelector(".answer").append(make("p", { class: "busy" }, t("busy")));
    this.toEnd(this.pending);
  }

  /** Shows the sentences that are written so far. */
  grow(reply) {
    const answer = this.pending?.querySelector(".answer");
    if (!answer) return;
    const words = make("div", { class: "words", lang: "zh-CN", "aria-busy": "true" });
    words.innerHTML = reply.html; // escaped on the server
    this.pending.reply = reply;
    answer.replaceChildren(words, make("p", { class: "busy" }, t("busy")));
  }

  finish(reply) {
    const article = this.pending;
    this.pending = null;
    if (!article) return;
    const turn = { question: article.dataset.question, reply };
    // Sentences that were shown as they came do not arrive once more.
    if (!article.querySelector(".words")) article.classList.add("arriving");
    this.fill(article, turn);
    const kept = reply.status === "answered" || reply.status === "refused";
    if (kept) this.turns.push(turn);
    afterPaint(() => {
      if (kept) this.save();
      if (reply.report && reply.report !== options.report) say(t("renewed"));
      this.toSource(reply);
      this.toEnd(article);
      if (kept) this.follow(article, turn);
    });
  }

  /** Beside the conversation the first source opens by itself. */
  toSource(reply) {
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
      make("h2", { class: "question" }, [make("span", { class: "who", "aria-hidden": "true" }, t("asker")), make("span", {}, question)]),
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
        make("p", { class: "verdict" }, t(reply.why ?? "no_reply")),
        make("p", {}, t(`${reply.why ?? "no_reply"}_why`)),
        make("p", { class: "follow" }, [make("button", { type: "button", "data-do": "again" }, t("again"))]),
      );
      return;
    }
    const words = make("div", { class: "words", lang: "zh-CN" });
    words.innerHTML = reply.html; // escaped on the server
    answer.append(words);
    article.reply = reply;
    this.addFoot(answer, reply);
  }

  addFoot(answer, reply) {
    if (reply.citations.length) {
      const cited = make("ol", { class: "cited", "aria-label": t(reply.status === "answered" ? "source" : "near_short"), lang: "zh-CN" });
      for (const [place, several] of byPlace(reply.citations)) {
        if (several.length === 1) {
          const [{ n }] = several;
          const number = make("span", { class: "n", "aria-hidden": "true" }, String(n));
          cited.append(make("li", {}, [make("button", { type: "button", class: "place", "data-n": n }, [number, make("span", {}, place)])]));
          continue;
        }
        const buttons = several.map(({ n }) =>
          make("button", { type: "button", class: "place", "data-n": n, "aria-label": `${t("source_n", { n })} ${place}` }, [
            make("span", { class: "n" }, String(n)),
          ]),
        );
        cited.append(make("li", { class: "shared" }, [...buttons, make("span", {}, place)]));
      }
      answer.append(cited);
    }
    const foot = make("p", { class: "foot" });
    if (reply.status === "answered") foot.append(make("button", { type: "button", "data-do": "copy" }, t("copy")));
    if (reply.status !== "error") foot.append(...opinionButtons());
    if (reply.receipt) foot.append(receiptButton());
    if (foot.children.length) answer.append(foot);
    this.addFollowing(answer, reply);
  }

  addFollowing(answer, reply) {
    if (!reply.suggestions.length) return;
    answer.append(
      make("div", { class: "follow" }, [
        make("span", {}, t(reply.status === "answered" ? "next" : "may_ask")),
        ...reply.suggestions.map((text) => make("button", { type: "button", class: "ask", lang: "zh-CN" }, text)),
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
    if (button.dataset.do === "copy") copy(asText(article.dataset.question, article.reply), t("copied"));
    if (button.dataset.do === "recheck") toggleReceipt(article, button);
    if (button.dataset.useful) judge(article, button);
    if (button.dataset.do === "again") {
      this.actions.ask(article.dataset.question);
      article.remove();
    }
  }

  toEnd(article) {
    article.scrollIntoView({ block: "start" }); // at once: gliding would keep the browser from drawing the answer
  }

  // --- kept in the browser ---

  save() {
    this.turns = this.turns.slice(-KEPT);
    try {
      localStorage.setItem(this.key, JSON.stringify(this.turns));
    } catch {
      say(t("not_kept"));
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
    if (kept.length) this.show(kept);
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 500);
  }

  /** Shows these turns and no others. */
  show(turns) {
    this.turns = turns;
    this.list.replaceChildren();
    this.source.close();
    for (const turn of turns) this.fill(this.add(turn.question), turn);
    if (turns.length) this.list.lastElementChild.scrollIntoView({ block: "start" });
    else delete this.app.dataset.talking;
    for (const id of ["anew", "export"]) this.app.querySelector(`#${id}`).hidden = !turns.length;
  }

  clear() {
    const cleared = this.turns;
    this.show([]);
    localStorage.removeItem(this.key);
    const undo = make("button", { type: "button" }, t("undo"));
    undo.addEventListener("click", () => {
      this.show([...cleared, ...this.turns]);
      this.save();
      say(t("restored"));
    });
    say(t("cleared"), undo);
    document.querySelector("#question textarea, #question input")?.focus();
  }

  /** Downloads the conversation as a Markdown or a Word document. */
  export(format) {
    if (!format) return;
    document.getElementById("formats").hidePopover();
    const title = this.turns.find((turn) => turn.reply.citations.length)?.reply.citations[0].title ?? "";
    if (format === "docx") {
      const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
      download(`${t("file")}.docx`, wordDocument(t("record"), title, this.turns.map(asParts)), type);
      return;
    }
    const parts = this.turns.map((turn) => `## ${turn.question}\n\n${asText(null, turn.reply)}\n`);
    download(`${t("file")}.md`, `# ${t("record")}\n\n${title}\n\n${parts.join("\n")}`, "text/markdown");
  }
}

/** The citations that stand beside one another in the same place, together. */
function byPlace(citations) {
  const groups = [];
  for (const one of citations) {
    const place = [one.table ? null : one.path.at(-1), one.table, one.row].filter(Boolean).join(" › ") || one.title;
    if (groups.at(-1)?.[0] === place) groups.at(-1)[1].push(one);
    else groups.push([place, [one]]);
  }
  return groups;
}

/** An answer with its sources as plain text. */
function asText(question, reply) {
  const lines = question ? [t("asked", { text: question }), t("answered", { text: reply.text })] : [reply.text];
  const sources = sourcesOf(reply);
  if (sources.length) lines.push("", t(reply.status === "answered" ? "sources" : "sources_near"), ...sources);
  return lines.join("\n");
}

function sourcesOf(reply) {
  return reply.citations.map((one) => {
    const place = [...one.path, one.table, one.row].filter(Boolean).join(" › ");
    return `[${one.n}] 《${one.title}》${place}：“${one.quote}”`;
  });
}

/** A turn as a document has it: paragraphs of runs, the short answer in bold, marks raised. */
function asParts({ question, reply }) {
  const words = new DOMParser().parseFromString(reply.html, "text/html").body;
  const paragraphs = [...words.querySelectorAll("p, li")].map((block) => {
    const runs = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      const raised = Boolean(parent.closest(".mark"));
      const text = raised ? `[${walker.currentNode.data}]` : walker.currentNode.data;
      runs.push({ text, raised, bold: Boolean(parent.closest("strong, .verdict")) });
    }
    return { listed: block.tagName === "LI", runs };
  });
  const heading = reply.citations.length ? t(reply.status === "answered" ? "sources" : "sources_near") : "";
  return { question, paragraphs, heading, sources: sourcesOf(reply) };
}
