// @ts-check
// The one live region of a page: results are said there, so that nobody has to look for them.

/** @param {string} text */
export function announce(text) {
  const region = document.getElementById("announcements");
  if (!region) return;
  // The same sentence twice in a row would not be read out; an invisible space makes it another one.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
