// @ts-check
// A new activity of the CRM's own, without a meeting.
import { pushButton } from "../elements/push-button.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { modelOf } from "../lib/rule-model.js";
import { activityFields } from "./activity-fields.js";
import { peopleField } from "./people-field.js";
import { goesOutAtOnce, planInvites } from "./plan-invites.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function planView(state, setting) {
  const { edit, known, doing, me, page, fieldProblems: problems } = state;
  const value = (field) => edit.drafts[field] ?? (field === "type" ? "appointment" : "");
  const rule = edit.drafts.recurrence ?? modelOf({ start: value("start") }, setting.zone);
  const text = edit.drafts.people ?? "";
  const goesOut = goesOutAtOnce(value("type"), me?.policy);
  const planned = { text, known, invites: page.invites, ownId: me?.representative?.id };
  return html`<div class="page-head"><h1>Plan an activity</h1></div>
    <form class="sheet narrow" data-submit="plan-requested" data-key="plan">
      ${activityFields({ value, locked: [], known, setting, problems, rule })}
      ${peopleField({ text, known, problem: problems.people, hint: goesOut ? "" : "The activity stays in the CRM; nobody is mailed." })}
      ${goesOut ? planInvites(planned) : ""}
      <p class="ways save-bar">${pushButton("Plan", { submit: true, look: "primary", busy: doing === "plan" })} <a href="${pageAddress("/crm")}">Cancel</a>
      </p>
    </form>`;
}
