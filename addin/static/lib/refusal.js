// @ts-check
// A refusal stands at the top of a page; whoever acted further down must see it.

/** @param {Element} root @param {{refusal: any}} state @param {{refusal: any}} before */
export function showRefusal(root, { refusal }, { refusal: before }) {
  if (refusal && refusal !== before) root.querySelector("[data-key=refusal]")?.scrollIntoView({ block: "nearest" });
}
