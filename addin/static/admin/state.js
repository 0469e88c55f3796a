// @ts-check
// What the console knows, and what each happening makes of it. Pure.
import { createReduce, NO_SESSION, sessionTransitions } from "../lib/session-state.js";
import { POLICY_TRANSITIONS } from "./policy-state.js";
import { NO_RUN, RUN_TRANSITIONS } from "./run-state.js";

const PART = { status: "busy", value: null, problem: null };

const VIEWS = ["overview", "representatives", "initial", "policy", "log", "audit", "links", "held", "add-in"];

export const initial = {
  ...NO_SESSION,
  view: "overview",
  // Each is read by itself, so that one failing part does not hide the others.
  parts: {
    service: PART,
    syncUser: PART,
    mailboxes: PART,
    representatives: PART,
    found: PART,
    policy: PART,
    policyKeys: PART,
    presets: PART,
    decisions: PART,
    reasons: PART,
    audit: PART,
    links: PART,
    held: PART,
    failed: PART,
    waiting: PART,
    reviews: PART,
    runs: PART,
    run: PART,
  },
  run: NO_RUN,
  // What is looked for among our people.
  peopleSearch: "",
  filters: { reason: "", outcome: "", representativeId: "", action: "", actor: "", since: "" },
  // What the mailbox test said, by representative.
  tests: {},
  // What is being changed of the policy, by key, as its controls hold it; and what was wrong with it.
  policyDraft: {},
  policyProblems: {},
  // The preset whose changes are being looked at.
  presetAsked: null,
  // Which decision about what is held was chosen and not confirmed yet.
  asked: null,
};

/** @type {import("../lib/session-state.js").Transitions} */
const TRANSITIONS = {
  ...sessionTransitions({ phaseOf: (me) => (me.isAdministrator ? "ready" : "not-an-administrator") }),
  "view-chosen": (state, { view, filters = {} }) => ({
    ...state,
    view: VIEWS.includes(view) ? view : "overview",
    filters: { ...state.filters, ...filters },
    refusal: null,
  }),
  "part-asked": (state, { part }) => withPart(state, part, { status: "busy" }),
  "part-arrived": (state, { part, value }) => withPart(state, part, { status: "done", value, problem: null }),
  "part-failed": (state, { part, problem }) => withPart(state, part, { status: "failed", problem }),
  "filter-chosen": (state, { name, value }) => ({ ...state, filters: { ...state.filters, [name]: value } }),
  "doing-started": (state, { name }) => ({ ...state, doing: name, refusal: null }),
  "doing-done": (state, { notice = "" }) => ({ ...state, doing: null, notice }),
  "doing-failed": (state, { problem }) => ({ ...state, doing: null, refusal: problem }),
  "representative-changed": (state, { changed }) => {
    const { value } = state.parts.representatives;
    const items = value.items.map((/** @type {any} */ one) => (one.id === changed.id ? changed : one));
    return withPart(state, "representatives", { value: { ...value, items } });
  },
  "people-searched": (state, { text }) => ({ ...state, peopleSearch: text }),
  tested: (state, { id, answer }) => ({ ...state, tests: { ...state.tests, [id]: answer }, notice: answer.sentence }),
  "decision-asked": (state, { id, deed }) => ({ ...state, asked: { id, deed }, refusal: null }),
  "decision-dropped": (state) => ({ ...state, asked: null }),
  ...POLICY_TRANSITIONS,
  ...RUN_TRANSITIONS,
};

export const reduce = createReduce("The console knows", TRANSITIONS);

function withPart(state, part, values) {
  return { ...state, parts: { ...state.parts, [part]: { ...state.parts[part], ...values } } };
}
