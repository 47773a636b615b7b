import type { Script } from '../../dsl/ast.ts';
import type { Plan } from '../../dsl/plan.ts';
import { insertButtons } from '../../engine/cards/buttons.ts';
import { insertCard, readCard } from '../../engine/cards/cards.ts';
import { noteAnswered } from '../../engine/cards/heard.ts';
import { Failure } from '../../engine/failure.ts';
import { findRun } from '../../engine/jobs/run-row.ts';
import { type Queries, sqlState } from '../../engine/store/port.ts';
import type { Ask } from './ask.ts';
import { newButtons } from './card-buttons.ts';
import type { Reply } from './reply.ts';
import { viewOf } from './told.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** Seconds that a surface has to post a card before the keeper of cards does it. */
const postingTime = 30;

/** Submits a plan with its card: one transaction, so that neither is ever there without the other. */
export async function accept(plan: Plan, script: Script, ask: Ask, tools: PresenterTools): Promise<Reply> {
  let card = 0;
  try {
    await tools.engine.submit(tools.prepare(plan, ask.fileLimit), ask.asker, async (queries, run, group) => {
      card = await makeCard(queries, { run, group, pql: plan.source, script }, ask, tools);
    });
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return { type: 'again' };
    // The quota, a full disk, a clip that was removed this very moment.
    if (error instanceof Failure)
      return { type: 'refused', view: refusedView(error.code, error.message, error.hint) };
    throw error;
  }
  return accepted(card, tools);
}

/** A further card for a group that works on: RETRY. */
export async function acceptAgain(
  group: string,
  script: Script,
  ask: Ask,
  tools: PresenterTools,
): Promise<Reply> {
  const { store } = tools.parts;
  const run = await findRun(store, ask.asker.workspace, Number(group.slice(1)));
  if (run === null) return { type: 'refused', view: refusedView(null, `${group} was removed`, null) };
  const [row] = await store.query<{ source: string }>('select source from runs where id = $1', [run]);
  const made = { run, group, pql: row?.source ?? '', script };
  const card = await store.transaction((queries) => makeCard(queries, made, ask, tools));
  return accepted(card, tools);
}

const uniqueViolation = '23505';

async function accepted(card: number, { parts }: PresenterTools): Promise<Reply> {
  const row = await readCard(parts.store, card);
  return { type: 'accepted', card, view: await viewOf(parts.store, row!) };
}

async function makeCard(
  queries: Queries,
  { run, group, pql, script }: { run: number; group: string; pql: string; script: Script },
  ask: Ask,
  tools: PresenterTools,
): Promise<number> {
  const { surface, asker, place, fileLimit } = ask;
  const { workspace, user } = asker;
  const card = await insertCard(queries, {
    ...{ surface, workspace, run, group, pql, asker: user, interaction: ask.id, fileLimit },
    ...{ channel: place.channel, thread: place.thread, keeper: tools.keeper, keptFor: postingTime },
  });
  await insertButtons(queries, newButtons(card, { surface, workspace, owner: user }, script, tools));
  await noteAnswered(queries, surface, ask.id);
  return card;
}
