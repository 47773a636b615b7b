/** What Discord answers when it does not do what it was asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly details: object | undefined;

  constructor(status: number, code: number, message: string, details?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  get body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.details === undefined ? {} : { errors: this.details }),
    };
  }
}

/** One wrong field: `data.components.0`, and why. */
export interface Wrong {
  path: string;
  code: string;
  message: string;
}

/** Collects what is wrong with a body and refuses it whole, as Discord does. */
export class Complaints {
  readonly all: Wrong[] = [];

  add(path: string, code: string, message: string): void {
    this.all.push({ path, code, message });
  }

  length(path: string, value: unknown, least: number, most: number): void {
    if (typeof value !== 'string') return void this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
    const length = [...value].length;
    if (length < least || length > most)
      this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
  }

  count(path: string, values: unknown, least: number, most: number): void {
    const count = Array.isArray(values) ? values.length : 0;
    if (count < least || count > most)
      this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
  }

  settle(): void {
    if (this.all.length === 0) return;
    throw new Refusal(400, 50035, 'Invalid Form Body', nested(this.all));
  }
}

function nested(wrongs: readonly Wrong[]): object {
  const tree: Record<string, unknown> = {};
  for (const { path, code, message } of wrongs) {
    let at = tree;
    for (const step of path.split('.')) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    at._errors = [...((at._errors as object[] | undefined) ?? []), { code, message }];
  }
  return tree;
}
