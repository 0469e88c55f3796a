// @ts-check
// The policy being edited: what a control holds, what it means, and what differs from the policy in force. Pure.

/** What a control of this kind shows for a value of the policy. @param {any} shape @param {any} value */
export function rawOf({ kind }, value) {
  if (kind === "lines") return (value ?? []).join("\n");
  if (kind === "number") return String(value ?? "");
  return value ?? "";
}

/** What was entered, as the API takes it; what is no value stays as it is, so that the server can say so. @param {any} shape @param {any} raw */
export function valueOf({ kind }, raw) {
  if (kind === "number") return /^\d+$/.test(raw) ? Number(raw) : raw;
  if (kind === "day") return raw || null;
  if (kind !== "lines") return raw;
  const lines = raw
    .split(/[\n,;]/)
    .map((/** @type {string} */ line) => line.trim())
    .filter(Boolean);
  return lines.length ? lines : null;
}

/** Number and unit of "5 minutes". @param {string} text */
export function intervalParts(text) {
  const [number = "", unit = "minute"] = String(text).split(" ");
  return { number, unit: unit.replace(/s$/, "") };
}

/** Only what differs from the policy in force is sent. @param {any[]} shapes @param {any} drafts @param {any} policy */
export function changesOf(shapes, drafts, policy) {
  const entered = shapes.filter(({ name }) => name in drafts);
  return Object.fromEntries(
    entered
      .map((shape) => [shape.name, valueOf(shape, drafts[shape.name])])
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(policy[name])),
  );
}

/** Whether this version acts on such a value; the one in force is always fine. @param {any} shape @param {any} value @param {any} policy */
export function isCarriedOut({ name, carriedOut }, value, policy) {
  const same = (/** @type {any} */ one) => JSON.stringify(one) === JSON.stringify(value);
  return carriedOut === null || same(policy[name]) || carriedOut.some(same);
}

/** What taking a preset would change: [{name, was, is}]. @param {any} preset @param {any} policy */
export function presetChanges({ keys, notYet = [] }, policy) {
  return Object.keys(keys)
    .filter((name) => !notYet.includes(name) && JSON.stringify(keys[name]) !== JSON.stringify(policy[name]))
    .map((name) => ({ name, was: policy[name], is: keys[name] }));
}

/** What the server said of single keys: {key: [sentence]}; a refusal that names keys only is told at each of them. @param {any} problem */
export function problemsOf(problem) {
  if (problem.errors) return problem.errors;
  const sentence = "This version cannot carry this out yet.";
  return Object.fromEntries((problem.keys ?? []).map((/** @type {string} */ key) => [key, [sentence]]));
}

/** @type {import("../lib/session-state.js").Transitions} */
export const POLICY_TRANSITIONS = {
  "policy-typed": (state, { name, value }) => ({
    ...state,
    policyDraft: { ...state.policyDraft, [name]: value },
    policyProblems: without(state.policyProblems, name),
  }),
  "policy-refused": (state, { problem }) => {
    const policyProblems = problemsOf(problem);
    // What is told at the fields is not told once more above them.
    return { ...state, doing: null, refusal: Object.keys(policyProblems).length ? null : problem, policyProblems };
  },
  // What was typed while this was on its way is still to be saved.
  "policy-taken": (state, { sent }) => {
    const later = Object.entries(state.policyDraft).filter(([name, value]) => sent[name] !== value);
    return { ...state, policyDraft: Object.fromEntries(later), policyProblems: {}, refusal: null };
  },
  "policy-dropped": (state) => ({ ...state, policyDraft: {}, policyProblems: {}, refusal: null }),
  "preset-asked": (state, { preset }) => ({ ...state, presetAsked: preset, refusal: null }),
};

function without(/** @type {any} */ problems, /** @type {string} */ name) {
  const { [name]: _, ...others } = problems;
  return others;
}
