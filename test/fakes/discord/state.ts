import { EventEmitter } from 'node:events';
import type { CommandBody } from './limits/commands.ts';
import type { Component } from './limits/components.ts';
import { snowflakes } from './snowflake.ts';

/** A channel or a thread of a guild, or the direct messages of one person. */
export interface Channel {
  id: string;
  /** 0 text, 1 direct, 11 public thread. */
  type: 0 | 1 | 11;
  guild: string | null;
  name: string;
  /** Whom a direct channel is with. */
  with: string | null;
  /** What the bot may do here. */
  permissions: bigint;
  /** Whether only those can see it who were let in. */
  private?: boolean;
}

export interface Guild {
  id: string;
  name: string;
  /** How large a file may be, bytes. */
  uploadLimit: number;
}

export interface User {
  id: string;
  name: string;
  bot: boolean;
  /** What they may do, and their roles, in every guild. */
  permissions: bigint;
  roles: string[];
  /** Whether the bot may write to them. */
  takesDirect: boolean;
}

export interface StoredFile {
  id: string;
  name: string;
  type: string;
  bytes: Buffer;
}

export interface StoredMessage {
  id: string;
  channel: string;
  author: string;
  content: string;
  flags: number;
  components: Component[];
  embeds: Record<string, unknown>[];
  files: StoredFile[];
  nonce: string | null;
  /** Who alone sees it. */
  onlyFor: string | null;
  /** Which interaction it answers. */
  interaction: string | null;
  /** Whom it really pinged: users by id, `everyone`. */
  pinged: string[];
  edits: number;
  /** Of a follow-up or an answer that is being thought about. */
  thinking: boolean;
}

export interface Heard {
  id: string;
  token: string;
  /** The payload as it went to the gateway. */
  payload: Record<string, unknown>;
  type: number;
  user: string;
  channel: string;
  at: number;
  /** The type of the callback, and how long it took, milliseconds. */
  answered: { type: number; after: number; body: Record<string, unknown> } | null;
  /** The message that `@original` means. */
  original: string | null;
}

/** Everything that the service knows. */
export interface State {
  now(): number;
  snowflake(): string;
  application: string;
  token: string;
  bot: User;
  guilds: Map<string, Guild>;
  channels: Map<string, Channel>;
  users: Map<string, User>;
  messages: Map<string, StoredMessage>;
  commands: (CommandBody & { id: string })[];
  /** How often commands were written. */
  commandWrites: number;
  heard: Map<string, Heard>;
  /** Files that people attached to commands. */
  uploads: Map<string, StoredFile>;
  /** `change` after whatever happened. */
  news: EventEmitter;
}

/** Every permission that the bot is asked to be invited with, and what each guards. */
export const permission = {
  manageMessages: 1n << 13n,
  view: 1n << 10n,
  send: 1n << 11n,
  attach: 1n << 15n,
  history: 1n << 16n,
  sendInThreads: 1n << 38n,
} as const;

export const everything = Object.values(permission).reduce((all, each) => all | each, 0n);

export function emptyState(now: () => number): State {
  const snowflake = snowflakes(now);
  const application = snowflake();
  const bot: User = {
    id: application,
    name: 'WatchAI',
    bot: true,
    permissions: 0n,
    roles: [],
    takesDirect: false,
  };
  const news = new EventEmitter();
  news.setMaxListeners(0);
  return {
    now,
    snowflake,
    application,
    token: `${Buffer.from(application).toString('base64url')}.fAkE01.${'x'.repeat(38)}`,
    bot,
    guilds: new Map(),
    channels: new Map(),
    users: new Map([[bot.id, bot]]),
    messages: new Map(),
    commands: [],
    commandWrites: 0,
    heard: new Map(),
    uploads: new Map(),
    news,
  };
}
