import { PermissionFlagsBits } from 'discord.js';

import type { Heard } from './ask-of.ts';

/** Something that the bot has to be allowed, with what people read about it. */
export interface Permission {
  bit: bigint;
  name: string;
  why: string;
  /** What the result cannot come without, once the interaction's own word is over. */
  vital?: string;
}

/** The invite link asks for exactly these. */
export const permissions: readonly Permission[] = [
  {
    bit: PermissionFlagsBits.ViewChannel,
    name: 'View Channels',
    why: 'a card is edited by the bot itself when it is older than 14 minutes',
    vital: 'see it',
  },
  {
    bit: PermissionFlagsBits.SendMessages,
    name: 'Send Messages',
    why: 'a card whose statement took long to read is posted by the bot itself',
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    why: 'the same in threads',
  },
  { bit: PermissionFlagsBits.AttachFiles, name: 'Attach Files', why: 'the film', vital: 'attach files' },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    name: 'Read Message History',
    why: 'looks for a card of its own before it posts it again after a crash',
  },
];

export const scopes = ['bot', 'applications.commands'] as const;

/** The address at which somebody adds the bot to a server. */
export function inviteLink(application: string): string {
  const bits = permissions.reduce((all, { bit }) => all | bit, 0n);
  const query = new URLSearchParams({
    client_id: application,
    scope: scopes.join(' '),
    permissions: String(bits),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** In words what the bot may not do where something was said, and will have to. */
export function missingFor(heard: Heard): string[] {
  const allowed = BigInt(heard.app_permissions ?? '0');
  return permissions.flatMap(({ bit, vital }) =>
    vital !== undefined && (allowed & bit) === 0n ? [vital] : [],
  );
}
