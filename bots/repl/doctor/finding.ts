/** One choice that pql made on this machine. */
export interface Finding {
  /** `ffmpeg`, `database`. */
  name: string;
  state: 'ok' | 'warn' | 'problem';
  /** What was found or chosen, with versions and paths. */
  found: string;
  /** Why it was chosen, or what is wrong. */
  why: string;
  /** What to do; null when all is well. */
  todo: string | null;
}

/** Looks at one thing; several findings where it has parts. */
export type Look = () => Promise<Finding[]>;

export const ok = (name: string, found: string, why: string): Finding => ({
  name,
  state: 'ok',
  found,
  why,
  todo: null,
});

export const warn = (name: string, found: string, why: string, todo: string | null): Finding => ({
  name,
  state: 'warn',
  found,
  why,
  todo,
});

export const problem = (name: string, found: string, why: string, todo: string): Finding => ({
  name,
  state: 'problem',
  found,
  why,
  todo,
});

/** What a look finds; one that breaks is itself a finding and keeps nobody from looking on. */
export async function findings(name: string, look: Look): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return [problem(name, 'could not be looked at', message, 'mend what it says, then run pql doctor again')];
  }
}
