/** How much may still be looked up: a unit is one step in an index, some 50 ns. Counted, not timed, so that a text is too much for every machine or for none. */
export interface Effort {
  left: number;
}

/** Thrown where a text takes more than it may: what was not read to its end has not passed. */
export class TooMuchToRead extends Error {
  override name = 'TooMuchToRead';

  constructor() {
    super('the text has more that could be a name than is read at once');
  }
}

/** As much as it takes. */
export const unbounded = (): Effort => ({ left: Number.POSITIVE_INFINITY });
