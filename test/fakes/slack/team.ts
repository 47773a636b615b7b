import { randomBytes } from 'node:crypto';

import type { Json } from './json.ts';

export interface Person {
  id: string;
  name: string;
  admin: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  members: Set<string>;
  archived: boolean;
  /** Whether only some may post. */
  restricted: boolean;
}

export interface Message {
  channel: string;
  ts: string;
  thread: string | null;
  /** The person who wrote it; the bot's for ours. */
  user: string;
  text: string;
  blocks: unknown[];
  metadata: Json | null;
  files: string[];
  /** Only this person sees it. */
  onlyFor: string | null;
  /** How it looked before, oldest first. */
  before: { text: string; blocks: unknown[] }[];
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  length: number;
  bytes: Uint8Array | null;
  completed: boolean;
  /** Where it was shared to: it is seen in `files.info` only after a while. */
  shares: { channel: string; ts: string; at: number }[];
  user: string;
}

export interface OpenView {
  id: string;
  user: string;
  view: Json;
  hash: string;
}

/** What the app is everywhere: it is the same in all workspaces. */
export interface SlackApp {
  id: string;
  /** Opens connections. */
  token: string;
  signingSecret: string;
  clientId: string;
  clientSecret: string;
  /** Where browsers may be sent back to. */
  redirectUrls: string[];
  /** What was given to browsers that came back from a workspace: once, for ten minutes. */
  codes: Map<
    string,
    { team: Team; user: string; scopes: string[]; redirect: string; at: number; org: boolean }
  >;
}

/** A workspace with its people, what they wrote, and the app that is installed in it. */
export interface Team {
  app: SlackApp;
  /** Tokens that were taken back, with what Slack says of them. */
  dead: Map<string, string>;
  id: string;
  domain: string;
  bot: { user: string; id: string; app: string };
  tokens: { bot: string; app: string; secret: string };
  scopes: Set<string>;
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  groups: Map<string, { id: string; handle: string; members: Set<string> }>;
  messages: Message[];
  files: Map<string, StoredFile>;
  homes: Map<string, Json>;
  /** Of each person, the modal that is open. */
  modals: Map<string, OpenView>;
  /** Milliseconds; tests move it. */
  now(): number;
  /** An id nobody has had: `C` and ten more. */
  id_(letter: string): string;
  /** A time stamp that no other message has. */
  ts(): string;
}

/** Ids that no workspace has had: `C` and ten more. */
export type Ids = (letter: string) => string;

export function createIds(): Ids {
  let count = 0;
  return (letter) => `${letter}0${(++count).toString(36).toUpperCase().padStart(9, '0')}`;
}

export function createApp(id: Ids): SlackApp {
  const app = id('A');
  const random = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    ...{ id: app, token: `xapp-1-${app}-${random(12)}`, signingSecret: random(16) },
    ...{ clientId: `1.${random(6)}`, clientSecret: random(16), redirectUrls: [], codes: new Map() },
  };
}

export function newToken(): string {
  return `xoxb-${randomBytes(12).toString('hex')}`;
}

/** A workspace with the app in it. */
export function createTeam(domain: string, app: SlackApp, id: Ids, now: () => number): Team {
  let last = 0;
  const bot = { user: id('U'), id: id('B'), app: app.id };
  return {
    ...{ id: id('T'), domain, bot, app, dead: new Map() },
    tokens: { bot: newToken(), app: app.token, secret: app.signingSecret },
    scopes: new Set(),
    people: new Map(),
    channels: new Map(),
    groups: new Map(),
    messages: [],
    files: new Map(),
    homes: new Map(),
    modals: new Map(),
    now,
    id_: id,
    ts() {
      last = Math.max(last + 1, now() * 1000);
      return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
    },
  };
}

/** A direct channel between the app and a person; made when it is first needed. */
export function directChannel(team: Team, user: string): Channel {
  const known = [...team.channels.values()].find(
    (channel) => channel.kind === 'im' && channel.members.has(user),
  );
  if (known) return known;
  const channel: Channel = {
    id: team.id_('D'),
    name: user,
    kind: 'im',
    members: new Set([user, team.bot.user]),
    archived: false,
    restricted: false,
  };
  team.channels.set(channel.id, channel);
  return channel;
}
