/** The server took longer than a call may take. */
export class NoReplyInTime extends Error {
  readonly timeoutMs: number;

  constructor(timeoutMs: number, cause: unknown) {
    super(`no reply within ${timeoutMs} ms`, { cause });
    this.name = 'NoReplyInTime';
    this.timeoutMs = timeoutMs;
  }
}

/** Something answered, but not as OpenSearch does. */
export class NotJson extends Error {
  constructor() {
    super('the reply is not JSON');
    this.name = 'NotJson';
  }
}
