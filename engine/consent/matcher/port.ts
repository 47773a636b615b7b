import type { Effort } from './effort.ts';

/** A person as the matcher knows them: nothing but what they are called and what they are known for. */
export interface PersonNames {
  id: string;
  /** Full names, aliases and nicknames, in any script, in the order in which they are said ("Jane Roe", "Xi Jinping", "ジェーン・ロー"). */
  names: readonly string[];
  kind: 'private' | 'public figure';
  /** What they are known for (a profession, films, a team): supports a surname or initials that stand alone. */
  context?: readonly string[];
}

/** `block`: this is their name. `review`: it may be meant; a person decides. */
export type Verdict = 'block' | 'review';

/** How a name was found; what the figures of docs/consent-figures.md are counted by. */
export type How =
  | 'exact'
  | 'disguised'
  | 'run together'
  | 'order'
  | 'middle'
  | 'spelling'
  | 'sound'
  | 'nickname'
  | 'initials'
  | 'surname'
  | 'script'
  | 'split';

/** A name in a text. */
export interface Finding {
  /** UTF-16 offsets in the text as given; `end` is behind the last character. */
  start: number;
  end: number;
  /** The id of the person. */
  person: string;
  verdict: Verdict;
  how: How;
  /** In one sentence, for the asker and the moderator: what was read as whom, and why. */
  why: string;
}

/** Finds the names of people in texts; see `createMatcher`. Pure and synchronous; some 5 µs a character. */
export interface Matcher {
  /** Findings in the order of their places; where several people bear the name, one for each (20 at most), the blocked first. Takes what it looks up off
   * `effort`; throws TooMuchToRead where that is not enough. */
  find(text: string, effort?: Effort): Finding[];
  /** What a name over several texts may be put together of. Throws TooMuchToRead. */
  ends(text: string, effort?: Effort): Ends;
  /** Whether the end of one and the beginning of another have together the letters of a name. Throws TooMuchToRead. */
  mayJoin(a: Ends, b: Ends, effort?: Effort): boolean;
  /** Whether two words are of one name. Throws TooMuchToRead. */
  arePair(a: number, b: number, effort?: Effort): boolean;
  /** Adds a person, or replaces the one of the same id; effective at once. */
  add(person: PersonNames): void;
  /** Forgets a person, effective at once; one that is not there is no error. */
  remove(id: string): void;
  /** How many people it knows. */
  readonly size: number;
}

/** What a text may give of a name that goes on in another text: letters at its beginning and end, and words of names (their numbers) there, anywhere in it, and
 * where it is nothing else. */
export interface Ends {
  heads: readonly string[];
  tails: readonly string[];
  headWords: ReadonlySet<number>;
  tailWords: ReadonlySet<number>;
  /** And where each stands first, in UTF-16 units. */
  words: ReadonlyMap<number, { start: number; end: number }>;
  only: ReadonlySet<number>;
}

/** A text of a plan and where it comes from ("prompt", "CAST", "NARRATE", a file name): see `findAcross`. */
export interface Part<Origin> {
  text: string;
  origin: Origin;
}

/** What was found in the texts of a plan. */
export interface Across<Origin> {
  found: FindingAcross<Origin>[];
  /** They have more that could be a name than is read at once: what is in `found` is not all, and they have not passed. */
  unread: boolean;
}

/** A name over one text or several; `places` are its parts, in the order in which they are read. */
export interface FindingAcross<Origin> extends Omit<Finding, 'start' | 'end'> {
  places: readonly { origin: Origin; start: number; end: number }[];
}
