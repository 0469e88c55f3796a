// @ts-check
// Long lists of the console go on where they stopped.

/** @param {{store: any}} setting @param {any} perform */
export function goingOn({ store }, perform) {
  return async (/** @type {string} */ part, /** @type {(cursor: string) => Promise<any>} */ ask) => {
    const { items, next } = store.state.parts[part].value;
    const answer = await perform(`${part}-more`, () => ask(next), "");
    // Another cut was asked for meanwhile: what continues the old one is of no use.
    if (!answer || store.state.parts[part].value.items !== items) return;
    store.dispatch({ type: "part-arrived", part, value: { ...answer, items: [...items, ...answer.items] } });
  };
}
