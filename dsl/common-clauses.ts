import { clause } from './operation.ts';
import { url } from './values/url.ts';

/** Clauses that every verb that makes something understands. */
export const commonClauses = {
  NOTIFY: clause(url, 'a link that is told, by signed JSON, when this is done'),
} as const;
