// @ts-check
// One state per page: dispatch(happening) asks the pure `reduce` for the next state and tells whoever watches.

/**
 * @template S, H
 * @param {(state: S, happening: H) => S} reduce @param {S} initial
 */
export function createStore(reduce, initial) {
  let state = initial;
  /** @type {Array<(state: S, before: S, happening: H) => void>} */
  const watchers = [];
  return {
    get state() {
      return state;
    },
    /** @param {H} happening */
    dispatch(happening) {
      const before = state;
      state = reduce(state, happening);
      if (state !== before) watchers.forEach((watch) => watch(state, before, happening));
    },
    /** @param {(state: S, before: S, happening: H) => void} watch */
    watch(watch) {
      watchers.push(watch);
    },
  };
}
