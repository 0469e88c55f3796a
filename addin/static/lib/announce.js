// @ts-check
// The one live region of a page: results are said there, so that nobody has to look for them.

/** How long it takes to see and to read a sentence, in milliseconds. @param {string} text */
const readingTime = (text) => 4000 + 60 * text.length;

/** @param {string} text @param {{isSeen?: boolean}} [how] `isSeen`: it stands nowhere else on the page, so it is shown for a while */
export function announce(text, { isSeen = false } = {}) {
  const region = document.getElementById("announcements");
  if (!region) return;
  region.className = isSeen ? "said" : "only-read";
  // The same sentence twice in a row would not be read out; an invisible space makes it another one.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  if (isSeen) region.animate({ opacity: [1, 1, 0], offset: [0, 0.97, 1] }, { duration: readingTime(text), fill: "forwards" });
}
