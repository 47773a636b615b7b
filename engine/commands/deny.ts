import { type Answerer, refused } from './answerer.ts';
import { decideRequest } from './decide-request.ts';

/** DENY r9 BECAUSE "…": whoever asked has a right to the reason. */
export const deny: Answerer<'deny'> = async ({ arguments: { target, because }, asker }, tools) =>
  because === null || because.trim() === ''
    ? refused('PQL228', 'DENY needs a reason', `write DENY ${target} BECAUSE "…"`)
    : decideRequest(target, asker, tools, { verdict: 'deny', reason: because });
