// @ts-check
// What the user can do where a person of a meeting is matched, the same in the pane and on the CRM pages.
import { listCompanies, listContacts, listRepresentatives } from "../api/directory.js";
import { resolveReview } from "../api/reviews.js";
import { deeds } from "./deeds.js";
import { attempt } from "./session.js";

const TYPING_PAUSE = 250;
const MOST = 8;

/**
 * @param {{store: any, session: any, settled: (activity: any) => unknown}} setting `settled` shows what came of it
 */
export function matchDoings({ store, session, settled }) {
  const { dispatch } = store;
  let typing = /** @type {any} */ (0);

  async function search() {
    const query = store.state.matching?.query ?? "";
    if (!query.trim()) return;
    const found = await attempt(
      session,
      () => findPeople(session.client, query),
      (problem) => dispatch({ type: "match-failed", query, problem }),
    );
    if (found) dispatch({ type: "match-arrived", query, found });
  }

  async function answer(/** @type {string} */ target, /** @type {any} */ given, /** @type {string} */ notice) {
    const { matching } = store.state;
    const { activityId, ...mark } = given;
    dispatch({ type: "doing-started", name: `match-${target}` });
    const refuse = (/** @type {any} */ problem) =>
      dispatch(matching ? { type: "match-refused", problem } : { type: "doing-failed", name: "match", problem });
    const activity = await attempt(session, () => resolveReview(session.client, activityId, mark), refuse);
    if (!activity) return;
    dispatch({ type: "match-left" });
    dispatch({ type: "doing-done", notice });
    await settled(activity);
  }

  const open = () => store.state.matching;
  return {
    "match-left": () => dispatch({ type: "match-left" }),
    "match-typed": ({ value }) => {
      clearTimeout(typing);
      dispatch({ type: "match-typed", query: value });
      typing = setTimeout(search, TYPING_PAUSE);
    },
    "match-form-left": () => dispatch({ type: "match-form-left" }),
    ...deeds({
      "match-asked": ({ activity, address, name = "", ambiguous, marked }) => {
        const person = { activityId: activity, address, name, isAmbiguous: Boolean(ambiguous), isMarked: Boolean(marked) };
        dispatch({ type: "match-opened", person });
        search();
      },
      "match-form-asked": async () => {
        const { items } = await listCompanies(session.client, { limit: 200 }).catch(() => ({ items: [] }));
        dispatch({ type: "match-form-opened", companies: items });
      },
      "match-sent": ({ kind, id, name }) => {
        const { activityId, address } = open();
        return answer(id, { activityId, address, [`${kind}Id`]: id }, `${address} is ${name} from now on.`);
      },
      "match-form-sent": ({ givenName, surname, companyId }) => {
        const { activityId, address } = open();
        const newContact = { givenName, surname, companyId: companyId || null };
        return answer("new", { activityId, address, newContact }, `${address} is a contact from now on.`);
      },
      "mark-set-aside": ({ activity, address, reason }) => {
        const mark = address ? { address } : { reason };
        return answer(`aside-${address ?? reason}`, { activityId: activity, ...mark, ignore: true }, "Set aside.");
      },
    }),
  };
}

/** Contacts by the beginnings of words, colleagues by any part of their names. */
async function findPeople(/** @type {any} */ client, /** @type {string} */ query) {
  const [contacts, colleagues] = await Promise.all([
    listContacts(client, { query, limit: MOST }),
    listRepresentatives(client),
  ]);
  const words = query.toLowerCase();
  const ours = colleagues.items.filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(words));
  return [
    ...contacts.items.map((one) => ({ ...one, kind: "contact" })),
    ...ours.slice(0, MOST).map((one) => ({ ...one, kind: "representative", addresses: [one.address] })),
  ];
}
