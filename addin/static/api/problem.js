// @ts-check
// What went wrong, in the server's words where there are any, else in ours.

export class ProblemError extends Error {
  /** @param {Record<string, any>} problem */
  constructor(problem) {
    super(sentenceOf(problem));
    this.name = "ProblemError";
    this.problem = problem;
  }

  get code() {
    return this.problem.code;
  }
}

/** The one sentence for people: the particular one where there is one. @param {Record<string, any>} problem */
export function sentenceOf(problem) {
  return problem.detail || problem.title || "Something went wrong.";
}

const BY_STATUS = /** @type {Record<number, string>} */ ({
  401: "You are not signed in.",
  403: "You may not do this.",
  404: "This is not there, or you may not see it.",
  429: "Too much was asked at once. Wait a moment and try again.",
  503: "Liaison is not available just now. Nothing was changed.",
});

/** @param {Response} response */
export async function problemOf(response) {
  const traceId = response.headers.get("x-trace-id");
  const fallback = {
    code: `http-${response.status}`,
    status: response.status,
    title:
      BY_STATUS[response.status] ?? "Liaison could not answer. Try again; if it stays so, give support the trace id.",
    traceId,
  };
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("json")) return new ProblemError(fallback);
  const body = await response.json().catch(() => ({}));
  return new ProblemError({ ...fallback, ...body, traceId: body.traceId ?? traceId });
}

/** The request never came back: offline, blocked, or the server is gone. */
export function noAnswer() {
  return new ProblemError({
    code: "no-answer",
    status: 0,
    title: "Liaison cannot be reached. What you typed is kept; check the connection and try again.",
    traceId: null,
  });
}
