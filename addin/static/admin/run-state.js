// @ts-check
// Which initial sync is looked at, and whose mailboxes a new one reads. Pure.

export const NO_RUN = {
  id: null,
  // Whose mailboxes: of everybody who is active, of all also who is not active yet, or of some; null: nobody chose yet.
  whose: null,
  // Those that are ticked, with their names.
  people: [],
  // The preset that the next dry run looks at; none: the policy in force.
  trial: "",
  // Only the items of this reason.
  reason: "",
  // Only what would change something; all of a reason that is chosen.
  changesOnly: true,
  // What was chosen and not confirmed yet: begin, undo.
  asked: null,
};

const change = (state, values) => ({ ...state, run: { ...state.run, ...values } });

/** @type {import("../lib/session-state.js").Transitions} */
export const RUN_TRANSITIONS = {
  "run-chosen": (state, { id }) => change(state, { id, reason: "", asked: null }),
  "whose-chosen": (state, { whose }) => change(state, { whose, asked: null }),
  "person-chosen": (state, { id, name }) => {
    const others = state.run.people.filter((one) => one.id !== id);
    const isNew = others.length === state.run.people.length;
    return change(state, { people: isNew ? [...others, { id, name }] : others, asked: null });
  },
  "trial-chosen": (state, { preset }) => change(state, { trial: preset, asked: null }),
  "run-reason-chosen": (state, { reason }) => change(state, { reason: reason === state.run.reason ? "" : reason }),
  "run-changes-chosen": (state) => change(state, { changesOnly: !state.run.changesOnly }),
  "run-deed-asked": (state, { deed }) => ({ ...change(state, { asked: deed }), refusal: null }),
  "run-deed-dropped": (state) => change(state, { asked: null }),
  "twins-arrived": (state, { run, itemIds, link }) => {
    const part = state.parts.run;
    const isMeant = (/** @type {any} */ item) => item.linkable && (!itemIds || itemIds.includes(item.id));
    const items = part.value.items.map((/** @type {any} */ item) => (isMeant(item) ? { ...item, linked: link } : item));
    const value = { ...run, items, next: part.value.next };
    return { ...state, parts: { ...state.parts, run: { ...part, value } } };
  },
  "more-items-arrived": (state, { items, next }) => {
    const part = state.parts.run;
    const value = { ...part.value, items: [...part.value.items, ...items], next };
    return { ...state, parts: { ...state.parts, run: { ...part, value } } };
  },
};

const isActive = (/** @type {any} */ one) => one.syncActive && one.mailbox;

/** Whether somebody is not active who could be. @param {any[]} representatives */
export const hasInactive = (representatives) => representatives.some((one) => one.mailbox && !one.syncActive);

/** Whose mailboxes are meant as long as nobody chose: where nobody is active yet, of all. @param {any} run @param {any[]} representatives */
export const whoseOf = ({ whose }, representatives) => whose ?? (representatives.some(isActive) ? "active" : "all");

/** Whose mailboxes a new run would read, as the server takes it. @param {any} run @param {any[]} representatives */
export function chosenPeople(run, representatives) {
  const whose = whoseOf(run, representatives);
  if (whose === "some") return { representativeIds: run.people.map((/** @type {any} */ one) => one.id) };
  return whose === "active" ? { representativeIds: null, activeOnly: true } : { representativeIds: null };
}

/** How many mailboxes that are. @param {any} run @param {any[]} representatives */
export function countChosen(run, representatives) {
  const whose = whoseOf(run, representatives);
  if (whose === "some") return run.people.length;
  return representatives.filter(whose === "active" ? isActive : (one) => one.mailbox).length;
}

/** Which items of the plan are read, as the server takes it. @param {{reason: string, changesOnly: boolean}} run */
export function itemsAsked({ reason, changesOnly }) {
  if (reason) return { reason };
  return changesOnly ? { changes: true } : {};
}
