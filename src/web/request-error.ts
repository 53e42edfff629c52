/** What was asked for is wrong or not there; the message is for the reader. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 429 | 503;
  constructor(status: RequestError['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** An account is needed, and none is signed in. */
export class SignInError extends RequestError {
  constructor() {
    super(401, 'This page belongs to an account: sign in first.');
  }
}
