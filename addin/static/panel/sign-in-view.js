// @ts-check
// Before anything can be shown: who are you, and are you somebody here?
import { sentenceOf } from "../api/problem.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { html } from "../lib/html.js";

/** @param {any} state */
export function signInView({ sentence, claims, doing }) {
  return html`${statusLine({ tone: "quiet", title: claims ? "Your organisation wants you to confirm who you are" : "Not signed in", detail: sentence === "Sign in to go on." ? "" : sentence })}
    <p>Liaison links meetings in Outlook with activities of your CRM and keeps both in step. It changes nothing before you say so.</p>
    <p class="block">${pushButton(claims ? "Go on" : "Sign in", { does: "sign-in-requested", look: "primary", busy: doing?.name === "sign-in" })}</p>`;
}

/** @param {any} state */
export function strangerView({ startProblem: problem, person }) {
  const who = person?.address ? ` (${person.address})` : "";
  return html`${statusLine({ tone: "quiet", title: "You are not in Liaison yet", detail: sentenceOf(problem) })}
    <p>Your sign-in${who} worked. An administrator of Liaison has to import you before you can link meetings.</p>
    ${problem.traceId ? html`<p class="code">Trace <copy-text>${problem.traceId}</copy-text></p>` : ""}
    <p class="block">${pushButton("Look again", { does: "start-over" })}</p>`;
}

/** @param {any} state */
export function startFailedView({ startProblem: problem, sentence }) {
  if (problem)
    return html`<h2 class="only-read">Liaison cannot start</h2>${failureNote(problem, { retry: "start-over" })}`;
  return html`${statusLine({ tone: "bad", title: "Liaison cannot start here", detail: sentence })}
    <p class="block">${pushButton("Try again", { does: "start-over" })}</p>`;
}
