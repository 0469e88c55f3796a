// @ts-check
// What the CRM owns and is written right after a meeting: the outcome and the next step.
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { html } from "../lib/html.js";
import { draftOf } from "./state.js";

/** @param {any} state */
export function activityView(state) {
  if (!state.view.activity || state.view.activity.deletedAt) return "";
  const { edit } = state;
  const isOpen = ["dirty", "saving", "conflict", "failed"].includes(edit.status);
  return html`<section aria-labelledby="after"><h3 id="after">After the meeting</h3>
    <form data-submit="save-requested" data-key="after-form">
      ${field(state, "outcome", "Outcome")}
      ${field(state, "nextStep", "Next step")}
      ${conflict(state)}
      ${edit.status === "failed" ? failureNote(edit.problem, { key: "save-failure" }) : ""}
      ${
        isOpen
          ? html`<p class="ways">${pushButton(edit.status === "conflict" ? "Save mine" : "Save", { look: "primary", submit: true, busy: edit.status === "saving" })}
        ${pushButton("Discard", { does: "draft-dropped", look: "subtle", disabled: edit.status === "saving" })}</p>`
          : ""
      }
    </form></section>`;
}

function field(state, name, label) {
  return html`<label class="field"><span>${label}</span>
    <textarea id="${name}" name="${name}" rows="2" data-type="draft-typed" data-field="${name}">${draftOf(state, name)}</textarea></label>`;
}

function conflict({ edit }) {
  if (edit.status !== "conflict") return "";
  const newer = Object.keys(edit.drafts).map(
    (name) => html`<li>${name === "outcome" ? "Outcome" : "Next step"} is now “${edit.newer[name] || "empty"}”</li>`,
  );
  return html`<div class="failure-note" role="alert" data-key="conflict"><div class="failure-words">
    <p>${edit.newer.changedBy || "Somebody"} changed this activity while you were writing. Your words are kept.</p>
    <ul class="quiet">${newer}</ul></div></div>`;
}
