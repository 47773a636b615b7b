import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { catalogue } from '../../../dsl/catalogue.ts';
import { withPreviews } from '../../../dsl/with-previews.ts';
import type { Asker } from '../../../engine/asker.ts';
import type { Config } from '../../../engine/config.ts';
import { consentOf } from '../../../engine/consent/of.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import type { Log } from '../../../engine/log.ts';
import { openTogether } from '../../../engine/opened.ts';
import type { Leave } from '../../../engine/provenance/leave.ts';
import { deliverTo } from '../../delivery/deliver-to.ts';
import { createPresenter } from '../../presenter/create-presenter.ts';
import type { KeepOptions, Presenter } from '../../presenter/presenter.ts';
import type { Surfaces } from '../../presenter/surface.ts';
import type { Environment } from './models.ts';
import { openLocal } from './open.ts';
import { leaveFrom } from './provenance.ts';

/** All that a bot needs beside its chat. */
export interface Chat extends AsyncDisposable {
  presenter: Presenter;
  parts: LocalParts;
  log: Log;
  /** Where the pages for people outside the chats are served; null for nowhere. */
  pages: { host: string; port: number } | null;
  /** Keeps the cards of a chat and delivers what its runs come to, until it is disposed of. */
  serve(surfaces: Surfaces, options: KeepOptions): AsyncDisposable;
}

/** Opens the home (or the server's database) with what works in it, the presenter above, and the web page where PQL_WEB says. */
export async function openChat(
  config: Config,
  environment: Environment,
  options: { work: boolean; trouble?: (message: string) => void },
): Promise<Chat> {
  return openTogether(async (opened) => {
    const engine = opened.add(await openLocal(config, environment, { work: options.work, monitored: true }));
    const { parts, log, settings, take, read, world } = engine;
    const presenter = createPresenter({
      ...{ engine, parts, catalogue, world, settings, take, read, log },
      publicUrl: config.publicUrl,
      prepare: withPreviews,
      keeper: `${hostname()} ${process.pid} ${randomBytes(4).toString('hex')}`,
      now: () => new Date(),
      random: randomBytes,
      exports: join(config.home, 'exports'),
    });
    await engine.begin();
    // Loads what the first statement would otherwise wait for; it runs nothing.
    await engine.compile('EXPLAIN GENERATE "fog" | ENHANCE UPSCALE 2x', nobody);
    const leave = leaveFrom(config, parts);
    const pages = await openPages(config, parts, log, leave);
    if (pages !== null) opened.add(pages);
    return {
      ...{ presenter, parts, log, pages: pages?.address ?? null },
      serve(surfaces, keeping) {
        const stop = new AbortController();
        const kept = presenter.keep(surfaces, keeping, stop.signal);
        const delivery = deliverTo(surfaces, presenter, parts, config, log, leave);
        return {
          async [Symbol.asyncDispose]() {
            stop.abort();
            await Promise.all([kept, delivery[Symbol.asyncDispose]()]);
          },
        };
      },
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

const nobody: Asker = {
  workspace: 'local',
  user: 'local',
  roles: ['asker'],
  importRoot: null,
  exportRoot: '/',
};

/** Loaded only where somebody asks for it. */
async function openPages(config: Config, parts: LocalParts, log: Log, leave: Leave) {
  const { web: address, webWorkspace: workspace, publicUrl } = config;
  if (address === null) return null;
  const { openWeb } = await import('../../web/web.ts');
  const { store, artifacts, scratch } = parts;
  return openWeb({
    ...{ store, artifacts, log, address, scratch, leave, workspace, publicUrl },
    revoke: (signal) => consentOf(parts).revoke(parts, signal),
  });
}
