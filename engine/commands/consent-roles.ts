import type { Answer } from '../answer.ts';
import type { Asker } from '../asker.ts';
import { refused } from './answerer.ts';

/** Whether somebody decides about consent. */
export function isModerator({ roles }: Asker): boolean {
  return roles.includes('moderator') || roles.includes('admin');
}

/** PQL548: who asked may not. */
export function notYours(message: string, hint: string | null): Answer {
  return refused('PQL548', message, hint);
}

/** PQL549: there is no such request here. */
export function noRequest(id: string): Answer {
  return refused('PQL549', `there is no request ${id} in this workspace`, 'SHOW REQUESTS lists them');
}
