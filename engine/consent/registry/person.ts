import type { PersonNames } from '../matcher/port.ts';

/** A person as the register knows them. */
export interface Person {
  id: number;
  /** The first is what they are called here. */
  names: string[];
  kind: PersonNames['kind'];
  context: string[];
  /** Where they come from: `starting list`, a file's name, `opt out`. */
  source: string;
  optedOut: boolean;
}

/** A person about to be entered. */
export type NewPerson = Omit<PersonNames, 'id'>;

/** Longest name, in characters, and most names of one person. */
export const longestName = 200;
export const mostNames = 200;

/** Who did something, for the audit: the workspace tells apart those of equal names. */
export interface Actor {
  workspace: string;
  user: string;
}
