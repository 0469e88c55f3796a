// @ts-check
// What an administrator does with the policy: change keys, look at a preset, take it.
import * as api from "../api/admin.js";
import { deeds } from "../lib/deeds.js";
import { attempt } from "../lib/session.js";
import { changesOf, intervalParts, rawOf } from "./policy-state.js";

/** @param {{store: any, session: any, reading: any}} setting @param {any} perform */
export function policyDoings({ store, session, reading }, perform) {
  const { dispatch } = store;
  const policy = () => store.state.parts.policy.value;
  const shapes = () => store.state.parts.policyKeys.value.items;
  const type = (/** @type {string} */ name, /** @type {any} */ value) => dispatch({ type: "policy-typed", name, value });

  const shapeOf = (/** @type {string} */ name) => shapes().find((/** @type {any} */ one) => one.name === name);

  /** What the control of a key holds now. */
  function held(/** @type {string} */ name) {
    return store.state.policyDraft[name] ?? rawOf(shapeOf(name), policy()[name]);
  }

  async function save() {
    const sent = store.state.policyDraft;
    const changes = changesOf(shapes(), sent, policy());
    if (!Object.keys(changes).length) return;
    dispatch({ type: "doing-started", name: "policy" });
    const write = () => api.writePolicy(session.client, changes, policy().version);
    const saved = await attempt(session, write, (problem) => dispatch({ type: "policy-refused", problem }));
    if (!saved) return;
    inForce(saved, sent);
    dispatch({ type: "doing-done", notice: "The policy is saved." });
    await readAgain();
  }

  /** Shown at once: until it is read again the fields would say what was before. */
  function inForce(/** @type {any} */ value, /** @type {any} */ sent) {
    dispatch({ type: "part-arrived", part: "policy", value });
    dispatch({ type: "policy-taken", sent });
  }

  const readAgain = () => Promise.all(["policy", "presets"].map(reading.read));

  async function take({ preset }) {
    const before = store.state.policyDraft;
    const write = () => api.writePolicy(session.client, { preset }, policy().version);
    const taken = await perform(`preset-${preset}`, write, `The preset ${preset} is in force.`);
    if (!taken) return;
    inForce(taken, before);
    dispatch({ type: "preset-asked", preset: null });
    await readAgain();
  }

  return {
    "preset-left": () => dispatch({ type: "preset-asked", preset: null }),
    "policy-typed": ({ name, value }) => type(name, value),
    "policy-part-typed": ({ name, member, value }) => type(name, withPart(held(name), member, value)),
    "policy-ticked": ({ name, word }, element) => {
      const isOn = (/** @type {string} */ one) => (one === word ? element.checked : held(name).includes(one));
      type(name, shapeOf(name).words.filter(isOn));
    },
    "policy-dropped": () => dispatch({ type: "policy-dropped" }),
    ...deeds({
      "preset-asked": ({ preset }) => dispatch({ type: "preset-asked", preset }),
      "preset-taken": take,
      "policy-sent": save,
    }),
    "problem-followed": ({ name }) => focusField(name),
  };
}

function withPart(/** @type {any} */ held, /** @type {string} */ member, /** @type {string} */ value) {
  if (typeof held === "object") return { ...held, [member]: value };
  const { number, unit } = { ...intervalParts(held), [member]: value };
  return `${number} ${unit}${number === "1" ? "" : "s"}`;
}

function focusField(/** @type {string} */ name) {
  const row = document.querySelector(`[data-key="policy-${name}"]`);
  const control = row?.querySelector("input, select, textarea");
  if (control instanceof HTMLElement) control.focus();
}
