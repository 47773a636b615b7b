import { createHash } from 'node:crypto';
import { type APIMessage, ComponentType } from 'discord.js';

/** A number that a card of ours carries unseen, as the id of its box, made of the key it was posted under. A nonce is told only to who posts, is
 * forgotten in minutes, and no answer to an interaction has one; this stays in the message. From 2^30 to 2^31 - 1: smaller ids are given to
 * the other parts. */
export function markOf(key: string): number {
  return 2 ** 30 + (createHash('sha256').update(key).digest().readUInt32BE(0) >>> 2);
}

/** Whether a message is the one of this mark. */
export function carries(message: APIMessage, mark: number): boolean {
  return (message.components ?? []).some((each) => each.type === ComponentType.Container && each.id === mark);
}
