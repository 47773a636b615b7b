/** How a job failed: `user` (their file or statement: no retry), `transient` (try again later), `permanent` (trying again cannot help). */
export type FailureKind = 'user' | 'transient' | 'permanent';

/** A job that failed, in words for the asker; the log keeps the cause. Codes are PQL6xx (PQL5xx where policy refused). */
export class Failure extends Error {
  override name = 'Failure';
  readonly kind: FailureKind;
  readonly code: string;
  readonly hint: string | null;

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.hint = options.hint ?? null;
  }
}
