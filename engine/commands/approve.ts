import type { Answerer } from './answerer.ts';
import { decideRequest } from './decide-request.ts';

/** APPROVE r9. */
export const approve: Answerer<'approve'> = ({ arguments: { target }, asker }, tools) =>
  decideRequest(target, asker, tools, { verdict: 'approve', reason: null });
