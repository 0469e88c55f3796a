// @ts-check
// What every page knows of who is signed in, and how a page's happenings are looked up. Pure.

/** What a page knows before anybody is signed in. */
export const NO_SESSION = {
  phase: "starting",
  sentence: null,
  claims: null,
  startProblem: null,
  settings: null,
  me: null,
  person: null,
  doing: null,
  refusal: null,
  notice: "",
};

/** @typedef {Record<string, (state: any, happening: any) => any>} Transitions */

/**
 * @param {{phaseOf?: (me: any) => string, signingIn?: any}} [options] into which phase somebody who signed in gets,
 *   and what the page's `doing` is while he signs in
 * @returns {Transitions}
 */
export function sessionTransitions({ phaseOf = () => "ready", signingIn = "sign-in" } = {}) {
  return {
    "start-begun": (state) => ({ ...state, phase: "starting", doing: null }),
    "host-connected": (state, { settings, person }) => ({ ...state, settings, person }),
    "host-failed": (state, { sentence, problem = null }) => ({
      ...state,
      phase: "failed",
      sentence,
      startProblem: problem,
    }),
    "sign-in-needed": (state, { sentence, claims = null }) => ({
      ...state,
      phase: "sign-in",
      sentence,
      claims,
      doing: null,
    }),
    "sign-in-started": (state) => ({ ...state, doing: signingIn, startProblem: null }),
    "sign-in-failed": (state, { sentence }) => ({ ...state, phase: "sign-in", sentence, doing: null }),
    "signed-in": (state, { me }) => ({
      ...state,
      phase: phaseOf(me),
      me,
      sentence: null,
      claims: null,
      startProblem: null,
      doing: null,
    }),
    "me-failed": (state, { problem }) => ({
      ...state,
      phase: problem.code === "not-a-user" ? "not-a-user" : "failed",
      startProblem: problem,
      sentence: null,
      doing: null,
    }),
    "refusal-closed": (state) => ({ ...state, refusal: null }),
  };
}

/** The page's `reduce`. @param {string} page how it is named where a happening is unknown @param {Transitions} transitions */
export function createReduce(page, transitions) {
  return (/** @type {any} */ state, /** @type {any} */ happening) => {
    const transition = transitions[happening.type];
    if (!transition) throw new Error(`${page} no happening "${happening.type}".`);
    return transition(state, happening);
  };
}
