// @ts-check
// A deed that says what it will do before it does it.
import { pushButton } from "../elements/push-button.js";
import { html } from "../lib/html.js";

export function question(label, words, deed, busy) {
  return html`<div class="question" role="group" aria-label="${label}" aria-describedby="question-words"><p id="question-words">${words}</p>
    <p class="ways">${pushButton(label, { does: "run-deed-sent", values: { deed }, busy, key: `send-${deed}` })}
    ${pushButton("Not now", { does: "run-deed-dropped", look: "subtle", key: "question-no" })}</p></div>`;
}
