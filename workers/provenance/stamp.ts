/** What a time stamp (RFC 3161) in the credentials says of when they were signed. */
export interface Stamp {
  /** ISO 8601; null where it is not to be believed at all. */
  at: string | null;
  /** Who stamped it, as its certificate has it; empty where that is not told. */
  by: string;
  /** Whether an authority vouches for them whom this installation was told to believe. */
  trusted: boolean;
  /** What is wrong with it, by the codes of the specification. */
  wrong: string | null;
}

/** What the library found, by the codes of the specification. */
export interface Found {
  code: string;
  explanation?: string;
}

/** Reads what was found of a time stamp; null where there is none. `time`: what it says. */
export function stampOf(
  { success = [], informational = [] }: { success?: readonly Found[]; informational?: readonly Found[] },
  time: string | null,
): Stamp | null {
  const matched = success.find(({ code }) => code === 'timeStamp.validated');
  if (matched !== undefined && time !== null)
    return {
      at: time,
      by: /^timestamp message digest matched: (.*)$/s.exec(matched.explanation ?? '')?.[1] ?? '',
      trusted: success.some(({ code }) => code === 'timeStamp.trusted'),
      wrong: null,
    };
  const wrong = informational.find(({ code }) => /^timeStamp\.(?!untrusted$)/.test(code));
  return wrong === undefined ? null : { at: null, by: '', trusted: false, wrong: wrong.code };
}
