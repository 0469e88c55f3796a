// @ts-check
// Which initial sync is looked at, and whose mailboxes a new one reads. Pure.

export const NO_RUN = {
  id: null,
  // Whose mailboxes: everybody who is active, or these.
  everybody: true,
  people: [],
  // Only the items of this reason.
  reason: "",
  // What was chosen and not confirmed yet: begin, undo.
  asked: null,
};

const change = (state, values) => ({ ...state, run: { ...state.run, ...values } });

/** @type {import("../lib/session-state.js").Transitions} */
export const RUN_TRANSITIONS = {
  "run-chosen": (state, { id }) => change(state, { id, reason: "", asked: null }),
  "whose-chosen": (state, { everybody }) => change(state, { everybody, asked: null }),
  "person-chosen": (state, { id }) => {
    const { people } = state.run;
    return change(state, { people: people.includes(id) ? people.filter((one) => one !== id) : [...people, id], asked: null });
  },
  "run-reason-chosen": (state, { reason }) => change(state, { reason: reason === state.run.reason ? "" : reason }),
  "run-deed-asked": (state, { deed }) => ({ ...change(state, { asked: deed }), refusal: null }),
  "run-deed-dropped": (state) => change(state, { asked: null }),
  "more-items-arrived": (state, { items, next }) => {
    const part = state.parts.run;
    const value = { ...part.value, items: [...part.value.items, ...items], next };
    return { ...state, parts: { ...state.parts, run: { ...part, value } } };
  },
};

/** Whose mailboxes a new run would read: null for everybody. @param {any} run */
export const chosenPeople = ({ everybody, people }) => (everybody ? null : people);

/** How many mailboxes that are. @param {any} run @param {any[]} representatives */
export const countChosen = ({ everybody, people }, representatives) =>
  everybody ? representatives.filter((one) => one.syncActive && one.mailbox).length : people.length;
