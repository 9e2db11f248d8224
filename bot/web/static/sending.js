// A question on its way: sent at the key, while Gradio still works on the key, and given to Gradio when it asks.
const WHY = { 401: "locked", 429: "too_fast" }; // what the server's refusals mean
const RUN = "gradio_api/run/predict"; // where answers come whole
const SENT = /\/gradio_api\/(run|queue\/join)\b/;

export class Sending {
  /** `take` gets a reply's text, `fail` why there is none; both may be called again with the same. */
  constructor({ take, fail }) {
    this.take = take;
    this.fail = fail;
    this.underway = null;
    this.session = crypto.getRandomValues(new BigUint64Array(2)).join("");
    this.fetch = window.fetch.bind(window);
    window.fetch = (...request) => this.pass(...request);
  }

  /** Sends the question, unless it is answered by the sentence: then Gradio has to ask for it. */
  begin(question, past) {
    if (window.gradio_config?.dependencies[0].queue !== false) return;
    const body = JSON.stringify({ data: [question, past, null], fn_index: 0, session_hash: this.session });
    this.underway = this.fetch(`./${RUN}`, { method: "POST", headers: { "content-type": "application/json" }, body });
    this.underway.then(
      (answer) => this.read(answer.clone()),
      () => this.fail(),
    );
  }

  async read(answer) {
    if (!answer.ok) return this.fail(WHY[answer.status]);
    const [shown] = await answer.json().then(({ data }) => data, () => []);
    return shown === undefined ? this.fail() : this.take(shown);
  }

  /** Gradio's requests: the one for a question that is under way gets that answer, as Gradio keeps silent on failures. */
  async pass(...request) {
    if (!SENT.test(String(request[0]?.url ?? request[0]))) return this.fetch(...request);
    const { underway } = this;
    this.underway = null;
    if (underway) return underway;
    try {
      const answer = await this.fetch(...request);
      if (!answer.ok) this.fail(WHY[answer.status]);
      return answer;
    } catch (error) {
      this.fail();
      throw error;
    }
  }
}
