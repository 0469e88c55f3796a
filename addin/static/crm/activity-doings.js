// @ts-check
// What can be done with one activity, and planning one.
import { changeActivity, deleteActivity, planActivity, readActivityDecisions, restoreActivity } from "../api/activities.js";
import { retryLink, settleLink } from "../api/panel.js";
import { activityAddress } from "../lib/addresses.js";
import { deeds } from "../lib/deeds.js";
import { problemOf, ruleOf } from "../lib/rule-model.js";
import { withInvites } from "../lib/standing-words.js";
import { zoneOf } from "../lib/zones.js";
import { counter, performer } from "./deeds.js";
import { readied } from "./drafts.js";
import { plannedParticipants } from "./plan-invites.js";

/** @param {{store: any, session: any, reading: any}} setting */
export function activityDoings(setting) {
  const { store, session, reading } = setting;
  const { dispatch } = store;
  const perform = performer(setting);

  async function changeStatus(name, status) {
    const { id, version } = store.state.page.activity;
    const activity = await perform(name, () => changeActivity(session.client, id, { status }, version));
    if (!activity) return;
    dispatch({ type: "doing-done" });
    dispatch({ type: "status-changed", activity });
  }

  async function removeOrRestore(name, ask, notice) {
    const { id, version } = store.state.page.activity;
    const answer = await perform(name, () => ask(session.client, id, version));
    if (answer === undefined) return;
    dispatch({ type: "doing-done", notice });
    await reading.activity();
  }

  async function transfer() {
    const { activity: stored, invites } = store.state.page;
    const { participants } = withInvites(stored, invites);
    const chosen = Object.keys(invites).length ? { participants } : {};
    const wishes = { transferToOutlook: true, ...chosen };
    const ask = () => changeActivity(session.client, stored.id, wishes, stored.version);
    const activity = await perform("transfer", ask);
    if (!activity) return;
    dispatch({ type: "doing-done" });
    dispatch({ type: "status-changed", activity });
  }

  async function retry() {
    const { link } = store.state.page.activity;
    if ((await perform("retry", () => retryLink(session.client, link.id))) === undefined) return;
    dispatch({ type: "doing-done", notice: "It is tried again." });
    await reading.activity();
  }

  async function showEarlier() {
    const { activity, decisions, earlier } = store.state.page;
    const answer = await perform("earlier", () => readActivityDecisions(session.client, activity.id, earlier));
    if (!answer) return;
    dispatch({ type: "doing-done" });
    // What happened meanwhile began the list anew.
    if (store.state.page.decisions !== decisions) return;
    dispatch({ type: "decisions-arrived", decisions: [...decisions, ...answer.items], earlier: answer.next });
  }

  async function settle({ field, keep }) {
    const { link } = store.state.page.activity;
    const kept = await perform(`settle-${field}-${keep}`, () => settleLink(session.client, link.id, field, keep));
    if (kept === undefined) return;
    dispatch({ type: "doing-done", notice: keep === "crm" ? "The CRM's value is kept." : "Outlook's value is kept." });
    await reading.activity();
  }

  async function plan() {
    const zone = zoneOf(store.state);
    const { people = "", recurrence: rule, ...drafts } = store.state.edit.drafts;
    const wrong = rule && problemOf(rule);
    if (wrong) return dispatch({ type: "plan-refused", problem: { title: wrong } });
    const values = { type: "appointment", timeZone: zone, ...readied(drafts, {}, zone) };
    const repeats = rule?.rhythm ? { recurrence: { rule: ruleOf(rule) } } : {};
    const ask = async () => {
      // A name is somebody only once it is known who there is.
      await reading.known();
      const { known, page } = store.state;
      const participants = plannedParticipants({ text: people, known, invites: page.invites });
      return planActivity(session.client, { ...values, participants, ...repeats });
    };
    const activity = await perform("plan", ask, "plan-refused");
    return activity && location.assign(activityAddress(activity));
  }

  const count = counter(setting);
  const question = (/** @type {string} */ name) => () => {
    dispatch({ type: "confirm-asked", name });
    return count(name);
  };
  return {
    "activity-repeated": () => reading.activity(),
    "decisions-repeated": () => reading.decisions(store.state.page.activity),
    "invite-chosen": ({ address }, element) => dispatch({ type: "invite-chosen", address, invite: element.checked }),
    "confirm-left": () => dispatch({ type: "confirm-left" }),
    ...deeds({
      "cancel-asked": question("cancel"),
      "delete-asked": question("delete"),
      "transfer-asked": question("transfer"),
      "complete-requested": () => changeStatus("complete", "completed"),
      "replan-requested": () => changeStatus("replan", "planned"),
      "cancel-requested": () => changeStatus("cancel", "cancelled"),
      "delete-requested": () => removeOrRestore("delete", deleteActivity, "Deleted."),
      "transfer-requested": transfer,
      "settle-sent": settle,
      "earlier-asked": showEarlier,
      "retry-requested": retry,
      "restore-requested": () => removeOrRestore("restore", restoreActivity, "Restored."),
      "plan-requested": plan,
    }),
  };
}
