// 复核 under an answer: what it was made from, and the receipt to make it again with.
import { copy, make, t } from "./page.js";

const SHOWN = ["report_sha256", "index_sha256", "program"];

export function receiptButton() {
  return make("button", { type: "button", "data-do": "recheck", "aria-expanded": "false" }, t("recheck"));
}

/** Shows the receipt of the answer, or takes it away again. */
export function toggleReceipt(article, button) {
  const shown = article.querySelector(".receipt");
  button.setAttribute("aria-expanded", String(!shown));
  if (shown) return shown.remove();
  const { receipt } = article.reply;
  const text = JSON.stringify(receipt);
  const named = t("receipt_names");
  const facts = SHOWN.flatMap((field, i) => [make("dt", {}, named[i]), make("dd", {}, receipt[field])]);
  const taken = make("button", { type: "button" }, t("copy_receipt"));
  taken.addEventListener("click", () => copy(text, t("copied_receipt")));
  button.closest(".foot").after(
    make("section", { class: "receipt", "aria-label": t("recheck") }, [
      make("p", {}, t("receipt_why")),
      make("dl", {}, facts),
      make("pre", { tabindex: "0", "aria-label": t("receipt") }, text),
      taken,
    ]),
  );
}
