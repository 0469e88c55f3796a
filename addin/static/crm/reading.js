// @ts-check
// Reads what the chosen page shows, and follows an open activity.
import { listActivities, pollActivity, readActivity, readActivityDecisions } from "../api/activities.js";
import { listCompanies, listContacts, listRepresentatives } from "../api/directory.js";
import { listMeetings } from "../api/panel.js";
import { listReviews } from "../api/reviews.js";
import { addDays, fromField } from "../lib/dates.js";
import { follow, isNews } from "../lib/follow.js";
import { draftInPlaceOf } from "../lib/series.js";
import { attempt } from "../lib/session.js";
import { zoneOf } from "../lib/zones.js";
import { meetingsQuery } from "./meetings-view.js";
import { peopleText } from "./people-field.js";
import { reviewsQuery } from "./reviews-view.js";

const LISTS = /** @type {Record<string, any>} */ ({
  activities: listActivities,
  meetings: listMeetings,
  reviews: listReviews,
  contacts: listContacts,
  companies: listCompanies,
});

/** Days of the filter are whole days in the person's zone. @param {any} filters @param {string} zone */
export function asQuery({ from, to, linked: _, ...others }, zone) {
  return {
    ...others,
    from: from && fromField(`${from}T00:00`, zone),
    to: to && fromField(`${addDays(to, 1)}T00:00`, zone),
  };
}

const QUERIES = /** @type {Record<string, (filters: any, zone: string) => any>} */ ({
  activities: asQuery,
  meetings: (filters, zone) => meetingsQuery(filters, zone, new Date()),
  reviews: reviewsQuery,
});

/** @param {{store: any, session: any}} options */
export function createReading({ store, session }) {
  const { dispatch } = store;
  let followed = false;
  let latest = 0;
  let offered = /** @type {Promise<void>|null} */ (null);

  async function list({ more = false } = {}) {
    const { route, filters } = store.state;
    dispatch({ type: "list-asked", more });
    const { serial: of, next } = store.state.list;
    const query = {
      limit: 50,
      ...(QUERIES[route.name]?.(filters, zoneOf(store.state)) ?? {}),
      ...(more ? { cursor: next } : {}),
    };
    const answer = await attempt(
      session,
      () => LISTS[route.name](session.client, query),
      (problem) => dispatch({ type: "list-failed", of, problem }),
    );
    if (answer) dispatch({ type: "list-arrived", of, more, items: answer.items, next: answer.next });
  }

  async function activity() {
    const { id } = store.state.route;
    const found = await attempt(
      session,
      () => readActivity(session.client, id),
      (problem) => dispatch({ type: "activity-failed", problem }),
    );
    if (!found) return;
    dispatch({ type: "activity-arrived", activity: found });
    if (!followed) follow({ poll: (etag) => pollActivity(session.client, id, etag), changed: arrived });
    followed = true;
    await decisions(found);
  }

  function arrived(changed, isFirst) {
    if (isFirst && !isNews(store.state.page.activity, changed)) return;
    dispatch({ type: "activity-arrived", activity: changed });
    decisions(changed);
  }

  async function decisions({ id }) {
    const mine = ++latest;
    // Answers may overtake each other; only the one to the last question counts.
    const tell = (/** @type {any} */ told) => mine === latest && dispatch(told);
    const answer = await attempt(
      session,
      () => readActivityDecisions(session.client, id),
      (problem) => tell({ type: "decisions-failed", problem }),
    );
    if (answer) tell({ type: "decisions-arrived", decisions: answer.items, earlier: answer.next });
  }

  /** What forms offer; without it they still work. */
  async function known() {
    const read = (ask) =>
      ask(session.client, { limit: 200 }).then(
        (answer) => answer.items,
        () => [],
      );
    const [companies, contacts, representatives] = await Promise.all(
      [listCompanies, listContacts, listRepresentatives].map(read),
    );
    dispatch({ type: "known-arrived", known: { companies, contacts, representatives } });
  }

  /** A plan in place of a cancelled occurrence begins with what its series says; without that it is empty. */
  async function draft() {
    const { id, at } = store.state.route;
    const series = id && (await readActivity(session.client, id).catch(() => null));
    if (series) dispatch({ type: "draft-begun", drafts: { ...draftInPlaceOf(series, at), people: peopleText(series) } });
  }

  async function page() {
    const { name } = store.state.route;
    const main = { activity, plan: draft }[name] ?? list;
    if (!["activities", "meetings", "reviews"].includes(name)) offered = known();
    await Promise.all([main(), offered]);
  }

  return { list, activity, decisions, page, known: () => offered };
}
