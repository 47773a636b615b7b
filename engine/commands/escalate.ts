import type { Answerer } from './answerer.ts';
import { decideRequest } from './decide-request.ts';

/** ESCALATE r9: from now on an admin decides. */
export const escalate: Answerer<'escalate'> = ({ arguments: { target, because }, asker }, tools) =>
  decideRequest(target, asker, tools, { verdict: 'escalate', reason: because });
