import type { Brief, Subject, SubjectKind } from '../prompt/brief.ts';

/** The brief's subjects of some kinds. */
export function asked(brief: Brief, ...kinds: SubjectKind[]): Subject[] {
  return brief.subjects.filter((subject) => kinds.includes(subject.kind));
}

export function has(brief: Brief, ...kinds: SubjectKind[]): boolean {
  return asked(brief, ...kinds).length > 0;
}

/** One entry for each thing counted: three boats are three. */
export function each(subjects: readonly Subject[]): Subject[] {
  return subjects.flatMap((subject) => Array.from({ length: subject.count }, () => subject));
}
