// @ts-check
// What deeds of the CRM pages have in common: how they are told, and that who would get mail is counted first.
import { previewMails } from "../api/activities.js";
import { attempt } from "../lib/session.js";

/** Asks the server whom Outlook would mail. @param {{store: any, session: any}} setting */
export function counter({ store, session }) {
  return async (/** @type {string} */ by) => {
    const counted = (/** @type {any} */ mails) => store.dispatch({ type: "mails-counted", by, mails });
    const { id } = store.state.page.activity;
    counted({});
    const ask = () => previewMails(session.client, id, by);
    const mails = await attempt(session, ask, (problem) => counted({ problem }));
    if (mails) counted(mails);
  };
}

/** Busy while it runs. @param {{store: any, session: any}} setting */
export function performer({ store, session }) {
  return async (name, ask, refused = "doing-failed") => {
    store.dispatch({ type: "doing-started", name });
    return attempt(session, ask, (problem) => store.dispatch({ type: refused, problem }));
  };
}
