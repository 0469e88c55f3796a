// @ts-check
// Follows one activity while its page is visible: a small read every two seconds that answers 304 while nothing changed.

const EVERY = 2000;
const LONGEST = 30_000;

/** Whether an activity read now says anything else than the one shown. @param {any} shown @param {any} read */
export function isNews(shown, read) {
  return shown?.version !== read.version || JSON.stringify(shown.link) !== JSON.stringify(read.link);
}

/**
 * @param {{poll: (etag: string|null) => Promise<{changed: boolean, etag: string|null, value: any}>,
 *   changed: (value: any, isFirst: boolean) => void}} options
 */
export function follow({ poll, changed }) {
  let etag = /** @type {string|null} */ (null);
  let pause = EVERY;
  let timer = /** @type {any} */ (0);
  let stopped = false;

  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await poll(etag);
        // The first answer may already be newer than what is shown; who asked can tell.
        if (answer.changed && !stopped) changed(answer.value, etag === null);
        etag = answer.etag;
        pause = EVERY;
      } catch {
        // Quiet on purpose: what the person does next will say what is wrong.
        pause = Math.min(pause * 2, LONGEST);
      }
    }
    if (!stopped) timer = setTimeout(look, pause);
  };
  timer = setTimeout(look, 0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
