// @ts-check
// Focus follows what was refused or asked, and comes back to the button that asked. Escape leaves a question.
// It goes to the answer that changes nothing: whoever presses Enter twice has decided nothing.
import { focusOn } from "../lib/page.js";

/** What is asked at present, with the button that asked it and where focus goes. @param {any} state */
function questionOf({ asked, presetAsked, run }) {
  if (asked) return { by: `[data-do=decision-asked][data-id="${asked.id}"][data-deed=${asked.deed}]`, at: "[data-key=question-no]" };
  if (run.asked) return { by: `[data-do=run-deed-asked][data-deed=${run.asked}]`, at: "[data-key=question-no]" };
  return presetAsked ? { by: `[data-key=preset-${presetAsked}]`, at: "[data-key=preset-no]" } : null;
}

/** @param {Element} root @param {any} state @param {any} before */
export function moveFocus(root, state, before) {
  if (state.policyProblems !== before.policyProblems && !state.doing && ["policy", "trial"].includes(before.doing))
    focusOn(root, "#policy-problems");
  const [now, then] = [questionOf(state), questionOf(before)];
  if (now && now.by !== then?.by) focusOn(root, now.at);
  else if (then && !now) focusOn(root, then.by, "main");
}

/** @param {{state: any, dispatch: (happening: any) => void}} store */
export function leaveQuestion({ state, dispatch }) {
  if (state.asked) dispatch({ type: "decision-dropped" });
  else if (state.run.asked) dispatch({ type: "run-deed-dropped" });
  else if (state.presetAsked) dispatch({ type: "preset-asked", preset: null });
}
