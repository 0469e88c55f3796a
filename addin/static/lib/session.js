// @ts-check
// How every page begins: settings, host, token, who am I. Tells the page's state what happened.
import { createClient, ProblemError, readClientSettings } from "../api/client.js";
import { readMe } from "../api/panel.js";
import { SignInNeeded } from "../host/errors.js";
import { connectHost } from "../host/index.js";

/**
 * @param {{inOutlook: boolean, dispatch: (happening: any) => void, meet: (host: any) => void}} options
 *   `meet` is told the host, once, to listen to it
 */
export function createSession({ inOutlook, dispatch, meet }) {
  const session = {
    host: /** @type {any} */ (null),
    client: /** @type {any} */ (null),
    settings: /** @type {any} */ (null),

    /** @returns {Promise<boolean>} whether somebody is signed in */
    async start() {
      dispatch({ type: "start-begun" });
      try {
        session.settings = await readClientSettings();
        // Who starts over stays with the host that is there, and that is listened to already.
        if (!session.host) {
          session.host = await connectHost({ settings: session.settings, inOutlook });
          meet(session.host);
        }
      } catch (error) {
        dispatch({ type: "host-failed", ...reasonOf(error) });
        return false;
      }
      session.client = createClient({ getToken: session.host.getToken });
      dispatch({ type: "host-connected", settings: session.settings, person: session.host.person });
      return session.readMe();
    },

    async readMe() {
      try {
        dispatch({ type: "signed-in", me: await readMe(session.client) });
        return true;
      } catch (error) {
        if (error instanceof ProblemError) dispatch({ type: "me-failed", problem: error.problem });
        else session.failed(error);
        return false;
      }
    },

    /** A click of the person, so windows may open. @param {string|null} claims */
    async signIn(claims) {
      dispatch({ type: "sign-in-started" });
      try {
        await session.host.getToken({ interactive: true, claims });
        return await session.readMe();
      } catch (error) {
        dispatch({ type: "sign-in-failed", sentence: /** @type {Error} */ (error).message });
        return false;
      }
    },

    /** What every request may end in besides a problem of the server. @param {any} error */
    failed(error) {
      if (error instanceof SignInNeeded) {
        dispatch({ type: "sign-in-needed", sentence: error.message, claims: /** @type {any} */ (error).claims });
      } else throw error;
    },
  };
  return session;
}

/** @param {any} error */
function reasonOf(error) {
  return error instanceof ProblemError ? { sentence: null, problem: error.problem } : { sentence: error.message };
}

/**
 * Runs one request; a problem goes to `refuse`, a missing sign-in to the session.
 * @template T @param {any} session @param {() => Promise<T>} ask
 * @param {(problem: any) => void} refuse @returns {Promise<T|undefined>}
 */
export async function attempt(session, ask, refuse) {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProblemError) refuse(error.problem);
    else if (error instanceof SignInNeeded) session.failed(error);
    else refuse({ code: "page", status: -1, title: /** @type {Error} */ (error).message, traceId: null });
    return undefined;
  }
}
