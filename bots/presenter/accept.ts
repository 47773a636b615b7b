import type { Script } from '../../dsl/ast.ts';
import { parse } from '../../dsl/parse.ts';
import type { Plan } from '../../dsl/plan.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import { insertButtons } from '../../engine/cards/buttons.ts';
import { type CardRow, insertCard } from '../../engine/cards/cards.ts';
import { noteAnswered } from '../../engine/cards/heard.ts';
import { Failure } from '../../engine/failure.ts';
import { findRun, sourceOfRun } from '../../engine/jobs/run-row.ts';
import { type Queries, sqlState } from '../../engine/store/port.ts';
import type { Ask } from './ask.ts';
import { newButtons } from './card-buttons.ts';
import type { Reply } from './reply.ts';
import { seenRun } from './seen-run.ts';
import { drawn } from './told.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** Seconds that a surface has to post a card before the keeper of cards does it. */
const postingTime = 30;

/** Submits a plan with its card: one transaction, so that neither is ever there without the other. */
export async function accept(plan: Plan, script: Script, ask: Ask, tools: PresenterTools): Promise<Reply> {
  let made: Made | null = null;
  try {
    await tools.engine.submit(tools.prepare(plan, ask.fileLimit), ask.asker, async (queries, run, group) => {
      made = await makeCard(queries, { run, group, pql: plan.source, script }, ask, tools);
    });
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return { type: 'again' };
    // The quota, a full disk, a clip that was removed this very moment.
    if (error instanceof Failure)
      return { type: 'refused', view: refusedView(error.code, error.message, error.hint) };
    throw error;
  }
  return accepted(made!, tools);
}

/** A further card for a group that works on: RETRY. */
export async function acceptAgain(group: string, ask: Ask, tools: PresenterTools): Promise<Reply> {
  const { store } = tools.parts;
  const run = await findRun(store, ask.asker.workspace, Number(group.slice(1)));
  const pql = run === null ? null : await sourceOfRun(store, run);
  if (run === null || pql === null)
    return { type: 'refused', view: refusedView(null, `${group} was removed`, null) };
  const { script } = parse(pql, vocabularyOf(tools.catalogue));
  const made = await store.transaction((queries) =>
    makeCard(queries, { run, group, pql, script }, ask, tools),
  );
  return accepted(made, tools);
}

const uniqueViolation = '23505';

/** A card that was just made, with its buttons' tokens by action. */
interface Made {
  row: CardRow & { run: number };
  tokens: ReadonlyMap<string, string>;
}

/** The first view; where many are heard at once, without the place in line, which asks for a third of all statements. It comes with the first
 * edit. */
async function accepted({ row, tokens }: Made, { parts, crowded }: PresenterTools): Promise<Reply> {
  const seen = await seenRun(row.run).look(parts.store);
  const view = await drawn(parts.store, row, seen, { tokens, inLine: crowded?.() !== true });
  return { type: 'accepted', card: row.id, view };
}

async function makeCard(
  queries: Queries,
  { run, group, pql, script }: { run: number; group: string; pql: string; script: Script },
  ask: Ask,
  tools: PresenterTools,
): Promise<Made> {
  const { surface, asker, place, fileLimit } = ask;
  const { workspace, user } = asker;
  const { channel, thread } = place;
  const about = { surface, workspace, run, group, pql, asker: user, fileLimit, channel, thread };
  const id = await insertCard(queries, {
    ...about,
    ...{ interaction: ask.id, keeper: tools.keeper, keptFor: postingTime },
  });
  const buttons = newButtons(id, { surface, workspace, owner: user }, script, tools);
  await insertButtons(queries, buttons);
  await noteAnswered(queries, surface, ask.id);
  return {
    row: { ...about, id, request: null, posted: [], state: 'living', toldIn: null },
    tokens: new Map(buttons.map(({ action, token }) => [action, token])),
  };
}
