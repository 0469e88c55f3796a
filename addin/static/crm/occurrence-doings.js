// @ts-check
// Single occurrences of a series: changed, cancelled, taken back to what the series has.
import { changeActivity, readActivity } from "../api/activities.js";
import { fromField } from "../lib/dates.js";
import { deeds } from "../lib/deeds.js";
import { movedTo, occurrenceOf, withCancelled, withChanged, withoutException } from "../lib/occurrences.js";
import { attempt } from "../lib/session.js";
import { zoneOf } from "../lib/zones.js";
import { counter } from "./deeds.js";

const WISHES = /** @type {Record<string, (activity: any, at: string, drafts: any) => any[]>} */ ({
  change: withChanged,
  cancel: withCancelled,
  restore: withoutException,
});

/** @param {{store: any, session: any, reading: any}} setting */
export function occurrenceDoings(setting) {
  const { store, session, reading } = setting;
  const { dispatch } = store;
  const count = counter(setting);

  function ask({ at, deed }) {
    dispatch({ type: "occurrence-asked", at, deed });
    const { activity, mails } = store.state.page;
    if (activity.link?.state === "live" && !mails.change) count("change");
  }

  function type({ field, value }) {
    const { activity, occurrence } = store.state.page;
    const isTime = field === "start" || field === "end";
    const typed = isTime && value.includes("T") ? fromField(value, zoneOf(store.state)) : value;
    if (isTime && !typed) return;
    const times = { ...occurrenceOf(activity, occurrence.at), ...occurrence.drafts };
    dispatch({ type: "occurrence-typed", values: field === "start" ? movedTo(times, typed) : { [field]: typed } });
  }

  async function send() {
    const { activity, occurrence } = store.state.page;
    const exceptions = WISHES[occurrence.deed](activity, occurrence.at, occurrence.drafts);
    dispatch({ type: "occurrence-sending" });
    const saved = await attempt(
      session,
      () => changeActivity(session.client, activity.id, { recurrence: { exceptions } }, activity.version),
      async (problem) => {
        const isStale = problem.code === "version-mismatch";
        const newer = isStale ? await readActivity(session.client, activity.id).catch(() => null) : null;
        dispatch({ type: "occurrence-failed", problem, newer });
      },
    );
    if (!saved) return;
    dispatch({ type: "occurrence-saved", activity: saved });
    await reading.decisions(saved);
  }

  return {
    "occurrence-asked": ask,
    "occurrence-typed": type,
    ...deeds({ "occurrence-sent": send }),
    "occurrence-left": () => dispatch({ type: "occurrence-left" }),
  };
}
