// @ts-check

/** A person has to sign in, which needs a click: browsers open windows only after one. */
export class SignInNeeded extends Error {
  constructor(sentence = "Sign in to go on.", cause = undefined) {
    super(sentence, { cause });
    this.name = "SignInNeeded";
  }
}

/** The host did not answer as it should; the sentence says what the person can do. */
export class HostFailure extends Error {
  constructor(/** @type {string} */ sentence, cause = undefined) {
    super(sentence, { cause });
    this.name = "HostFailure";
  }
}
