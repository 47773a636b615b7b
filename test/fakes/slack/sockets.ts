import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

import { isJson, type Json, textOf } from './json.ts';
import type { Heard, Kind } from './sender.ts';
import type { Team } from './team.ts';

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode. Each envelope goes to one of the open connections. */
export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  send(kind: Kind, payload: Json): Promise<Heard>;
  /** How many connections are open. */
  open(): number;
  /** Cuts the oldest connection, as a network does. */
  cut(): void;
  /** Asks the oldest connection to be made anew, as Slack does every few hours. */
  refresh(): void;
  close(): void;
}

export function createSockets(team: Team): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const open: WebSocket[] = [];
  const waiting = new Map<string, (payload: Json | null) => void>();
  let turn = 0;
  server.on('connection', (socket) => {
    open.push(socket);
    socket.on('close', () => void open.splice(open.indexOf(socket), 1));
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const answer: unknown = JSON.parse(String(data));
      if (isJson(answer))
        waiting.get(textOf(answer.envelope_id))?.(isJson(answer.payload) ? answer.payload : null);
    });
    const connection = { app_id: team.bot.app };
    socket.send(JSON.stringify({ type: 'hello', num_connections: open.length, connection_info: connection }));
  });
  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
    },
    async send(kind, payload) {
      const begun = performance.now();
      const socket = open[turn++ % Math.max(1, open.length)];
      const nothing = { acknowledged: false, status: 0, body: null };
      if (socket === undefined) return { ...nothing, took: 0 };
      const id = team.id_('E');
      const { promise, resolve } = Promise.withResolvers<{ body: Json | null } | null>();
      waiting.set(id, (body) => resolve({ body }));
      const timer = setTimeout(() => resolve(null), 3000);
      const gone = () => resolve(null);
      socket.once('close', gone);
      const accepts = kind !== 'events_api';
      socket.send(
        JSON.stringify({ envelope_id: id, type: kind, payload, accepts_response_payload: accepts }),
      );
      const heard = await promise;
      clearTimeout(timer);
      socket.off('close', gone);
      waiting.delete(id);
      const took = performance.now() - begun;
      if (heard === null) return { ...nothing, took };
      const body = heard.body !== null && Object.keys(heard.body).length > 0 ? heard.body : null;
      return { acknowledged: true, status: 200, body, took };
    },
    open: () => open.length,
    cut: () => open[0]?.terminate(),
    refresh: () => open[0]?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    close() {
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}
