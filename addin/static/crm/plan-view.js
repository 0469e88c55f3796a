// @ts-check
// A new activity of the CRM's own, without a meeting.
import { pushButton } from "../elements/push-button.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { activityFields } from "./activity-fields.js";
import { peopleField } from "./people-field.js";

/** @param {any} state @param {{zone: string}} setting */
export function planView(state, { zone }) {
  const { edit, known, doing, me } = state;
  const value = (field) => edit.drafts[field] ?? (field === "type" ? "appointment" : "");
  return html`<div class="page-head"><h1>Plan an activity</h1></div>
    <form class="sheet narrow" data-submit="plan-requested" data-key="plan">
      ${activityFields({ value, locked: [], known, zone })}
      ${peopleField({ text: edit.drafts.people ?? "", known, hint: mailHint(value("type"), me?.policy) })}
      <p class="ways save-bar">${pushButton("Plan", { submit: true, look: "primary", busy: doing === "plan" })} <a href="${pageAddress("/crm")}">Cancel</a>
      </p>
    </form>`;
}

/** Whether planning alone already brings it to Outlook. */
function mailHint(type, policy) {
  const goesOut = policy?.transfer === "all" && policy.transferTypes.includes(type);
  return goesOut
    ? "It goes to Outlook by itself; colleagues among the people get mail, others are not invited."
    : "The activity stays in the CRM; nobody is mailed.";
}
