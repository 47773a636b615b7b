import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

import type { State } from './state.ts';
import { userOnWire } from './wire.ts';

/** How the gateway meets who comes: as it should, with 503, with a connection on which nothing is ever said, or with none at all. */
export type Manner = 'open' | 'refusing' | 'mute' | 'hanging';

interface Session {
  id: string;
  shard: number;
  count: number;
  sequence: number;
  sent: { s: number; text: string }[];
  socket: WebSocket | null;
}

export interface Gateway {
  manner: Manner;
  /** How many shards a bot is told to open. */
  shards: number;
  /** How often a bot may still be started. */
  startsLeft: number;
  /** Milliseconds between heartbeats. */
  heartbeat: number;
  /** Whether heartbeats are answered. */
  answersHeartbeats: boolean;
  /** How often somebody tried to connect, was identified, and went on with an old session. */
  readonly counts: { connected: number; identified: number; resumed: number };
  /** Intents of whoever identified, as they came. */
  readonly intents: number[];
  /** Whether a shard listens now. */
  listening(): number;
  dispatch(guild: string, type: string, data: object): void;
  /** Cuts every connection; with `during`, in the middle of the next event, which is heard only by who resumes. */
  cut(during?: boolean): void;
  /** Closes every connection with a code, such as 4009. */
  close(code: number): void;
  /** Forgets all sessions: who resumes has to identify again. */
  forget(): void;
  url(): string;
  attach(server: Server, base: string): void;
  end(): void;
}

const privileged = (1 << 1) | (1 << 8) | (1 << 15);

/** Discord's websocket: hello, identify, heartbeats, events in order, resume with replay, shards. */
export function openGateway(state: State): Gateway {
  const sessions = new Map<string, Session>();
  const sockets = new Set<WebSocket>();
  const hanging = new Set<Duplex>();
  const server = new WebSocketServer({ noServer: true });
  let base = '';
  let cutting = false;

  const gateway: Gateway = {
    manner: 'open',
    shards: 1,
    startsLeft: 999,
    heartbeat: 41_250,
    answersHeartbeats: true,
    counts: { connected: 0, identified: 0, resumed: 0 },
    intents: [],
    listening: () => [...sessions.values()].filter((each) => each.socket !== null).length,
    dispatch(guild, type, data) {
      for (const session of sessions.values())
        if (Number((BigInt(guild) >> 22n) % BigInt(session.count)) === session.shard)
          send(session, type, data);
    },
    cut(during = false) {
      if (during) cutting = true;
      else for (const socket of sockets) socket.terminate();
    },
    close(code) {
      for (const socket of sockets) socket.close(code);
    },
    forget: () => sessions.clear(),
    url: () => base.replace(/^http/, 'ws'),
    attach(http, at) {
      base = at;
      http.on('upgrade', (request, socket, head) => {
        gateway.counts.connected++;
        state.news.emit('change');
        if (gateway.manner === 'refusing') return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
        if (gateway.manner === 'hanging') return void hanging.add(socket);
        server.handleUpgrade(request, socket, head, welcome);
      });
    },
    end() {
      for (const socket of sockets) socket.terminate();
      for (const socket of hanging) socket.destroy();
    },
  };
  return gateway;

  function send(session: Session, type: string, data: object): void {
    session.sequence++;
    const text = JSON.stringify({ op: 0, t: type, s: session.sequence, d: data });
    session.sent.push({ s: session.sequence, text });
    if (cutting && session.socket) {
      cutting = false;
      session.socket.terminate();
    } else session.socket?.send(text);
  }

  function welcome(socket: WebSocket): void {
    sockets.add(socket);
    let mine: Session | null = null;
    socket.on('close', (code) => {
      sockets.delete(socket);
      if (mine?.socket === socket) mine.socket = null;
      // Who says goodbye has no session to go on with.
      if (mine && (code === 1000 || code === 1001)) sessions.delete(mine.id);
      state.news.emit('change');
    });
    if (gateway.manner === 'mute') return;
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: gateway.heartbeat } }));
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Record<string, unknown> };
      if (op === 1 && gateway.answersHeartbeats) socket.send(JSON.stringify({ op: 11 }));
      if (op === 2) mine = identify(socket, d);
      if (op === 6) mine = resume(socket, d);
      state.news.emit('change');
    });
  }

  function identify(socket: WebSocket, d: Record<string, unknown>): Session | null {
    if (d.token !== state.token) {
      socket.close(4004, 'Authentication failed.');
      return null;
    }
    if (typeof d.intents !== 'number') {
      socket.close(4013, 'Invalid intents.');
      return null;
    }
    if ((d.intents & privileged) !== 0) {
      socket.close(4014, 'Disallowed intents.');
      return null;
    }
    const [shard, count] = (d.shard as [number, number] | undefined) ?? [0, 1];
    if (!(shard >= 0 && shard < count)) {
      socket.close(4010, 'Invalid shard.');
      return null;
    }
    gateway.counts.identified++;
    gateway.intents.push(d.intents);
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      shard,
      count,
      sequence: 0,
      sent: [],
      socket,
    };
    sessions.set(session.id, session);
    send(session, 'READY', {
      v: 10,
      user: userOnWire(state.bot),
      guilds: [...state.guilds.values()].map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: gateway.url(),
      shard: [shard, count],
      application: { id: state.application, flags: 0 },
    });
    return session;
  }

  function resume(socket: WebSocket, d: Record<string, unknown>): Session | null {
    const session = sessions.get(String(d.session_id));
    if (d.token !== state.token || session === undefined) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return null;
    }
    gateway.counts.resumed++;
    session.socket = socket;
    for (const { s, text } of session.sent) if (s > Number(d.seq)) socket.send(text);
    send(session, 'RESUMED', {});
    return session;
  }
}
