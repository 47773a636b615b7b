/** What the parser must know about a verb to tell operands from clauses; derived from the catalogue, so a new verb never touches the parser. */
export interface VerbShape {
  /** Words in capitals that may follow the verb and choose its variant, longest first: [['PIPELINE','GROUP','BY'], ['GROUPS']]. */
  subjects: readonly (readonly string[])[];
  /** Whether operands may follow; without, every word starts a clause (`SET crawler.delay 2s`). */
  operands: boolean;
  /** Clause words in capitals. */
  clauses: ReadonlySet<string>;
  /** Those of them behind which clips stand as behind the verb: `FROM v3[2s..4s]`. */
  sources: ReadonlySet<string>;
}

/** Verbs in capitals. */
export type Vocabulary = ReadonlyMap<string, VerbShape>;
