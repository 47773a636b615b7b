import { Failure } from '../failure.ts';

/** Bytes that a row speaks of and the store does not have. */
export function lost(hash: string): Failure {
  return new Failure('permanent', 'PQL610', `the stored bytes ${hash.slice(0, 12)} are lost`, {
    hint: 'run the statement again to make them anew; pql doctor lists everything that is lost',
  });
}
