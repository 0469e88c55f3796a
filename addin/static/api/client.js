// @ts-check
// The one way to the server: bearer token, problem+json, idempotency keys, versions and trace ids.
import { noAnswer, problemOf, ProblemError } from "./problem.js";

/** The server's address is where this very file came from: …/static/<version>/api/client.js */
export const ROOT = new URL("../../../", import.meta.url).href.replace(/\/$/, "");

/**
 * @param {{getToken: (options: {claims?: string|null, renew?: boolean}) => Promise<string>, fetch?: typeof fetch, root?: string}} options
 */
export function createClient({ getToken, fetch: send = fetch.bind(globalThis), root = ROOT }) {
  /** @type {Array<{at: string, method: string, path: string, status: number, traceId: string|null}>} */
  const trail = [];
  /** @type {Map<string, string>} keys of POSTs whose answer was lost, so that a second try is the same request */
  const unanswered = new Map();

  /** @param {string} method @param {string} path @param {Record<string, any>} options */
  async function request(method, path, { body, version, etag } = {}) {
    const name = `${method} ${path} ${JSON.stringify(body ?? null)}`;
    const key = method === "POST" ? (unanswered.get(name) ?? crypto.randomUUID()) : null;
    if (key) unanswered.set(name, key);
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    if (version !== undefined) headers["If-Match"] = `"${version}"`;
    if (etag) headers["If-None-Match"] = etag;
    const response = await signedIn(method, path, headers, body);
    if (response.status < 500) unanswered.delete(name);
    return response;
  }

  /** A 401 is answered once with a new token, with the claims that the server asks for. */
  async function signedIn(method, path, headers, body) {
    const first = await once(method, path, headers, body, await getToken({}));
    if (first.status !== 401) return first;
    const { problem } = await problemOf(first.clone());
    const claims = problem.claims ?? null;
    const token = await getToken({ claims, renew: true }).catch((error) => {
      // The click that follows has to ask for the same claims.
      throw Object.assign(error, { claims });
    });
    return once(method, path, headers, body, token);
  }

  async function once(method, path, headers, body, token) {
    const options = { method, headers: { ...headers, Authorization: `Bearer ${token}` }, cache: "no-store" };
    const response = await send(root + path, {
      .../** @type {RequestInit} */ (options),
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch(() => null);
    note(method, path, response);
    if (!response) throw noAnswer();
    return response;
  }

  function note(method, path, response) {
    const traceId = response?.headers.get("x-trace-id") ?? null;
    trail.unshift({
      at: new Date().toISOString(),
      method,
      path: path.split("?")[0],
      status: response?.status ?? 0,
      traceId,
    });
    trail.length = Math.min(trail.length, 12);
  }

  /** @param {string} method @param {string} path @param {Record<string, any>} [options] */
  async function json(method, path, options) {
    const response = await request(method, path, options);
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? null : response.json();
  }

  return {
    trail,
    /** @param {string} path @param {Record<string, any>} [query] */
    get: (path, query) => json("GET", path + queryString(query)),
    /** @param {string} path @param {unknown} [body] */
    post: (path, body = {}) => json("POST", path, { body }),
    patch: (path, body, version) => json("PATCH", path, { body, version }),
    put: (path, body, version) => json("PUT", path, { body, version }),
    delete: (path, version) => json("DELETE", path, { version }),
    /** What is no JSON, such as a table. @param {string} path */
    async text(path) {
      const response = await request("GET", path);
      if (!response.ok) throw await problemOf(response);
      return response.text();
    },
    /** Asks whether something changed; a 304 costs the server one small read. */
    async poll(path, etag) {
      const response = await request("GET", path, { etag });
      if (response.status === 304) return { changed: false, etag, value: null };
      if (!response.ok) throw await problemOf(response);
      return { changed: true, etag: response.headers.get("etag"), value: await response.json() };
    },
  };
}

/** @param {Record<string, any>} [query] */
export function queryString(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}` : "";
}

/** What the pages need before anybody is signed in. */
export async function readClientSettings(send = fetch.bind(globalThis), root = ROOT) {
  const response = await send(`${root}/api/client`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!response) throw noAnswer();
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

export { ProblemError };
