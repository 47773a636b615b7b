import type { Answer } from '../answer.ts';
import { readSettings } from '../settings/read.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column } from './list.ts';

/** SHOW SETTINGS. */
export async function showSettings({ asker }: Asked<'show'>, tools: CommandTools): Promise<Answer> {
  const settings = await readSettings(tools.parts.store, asker.workspace, tools.settings);
  const usual = new Map(tools.settings.map((spec) => [spec.name, spec.default]));
  return {
    type: 'table',
    title: 'Settings',
    columns: [column('setting'), column('value'), column('usually'), column('what it does')],
    rows: [...settings.values()].map(({ name, value, help }) => [name, value, usual.get(name) ?? null, help]),
    total: settings.size,
    hint: 'SET lanes.cpu 2 changes one',
  };
}

/** SHOW VERBS. */
export async function showVerbs(_asked: Asked<'show'>, { catalogue }: CommandTools): Promise<Answer> {
  return {
    type: 'table',
    title: 'Verbs',
    columns: [column('verb'), column('family'), column('what it does')],
    rows: [...catalogue.values()].map(({ verb, family, help }) => [verb, family, help]),
    total: catalogue.size,
    hint: 'HELP STITCH says more about one verb',
  };
}

/** SHOW MODELS. */
export async function showModels(_asked: Asked<'show'>, { abilities }: CommandTools): Promise<Answer> {
  const { models, defaultModels } = abilities;
  return {
    type: 'table',
    title: 'Models',
    columns: [column('model'), column('for'), column('factors'), column('used'), column('sha-256')],
    rows: models.map(({ name, task, factors, digest }) => [
      name,
      task,
      factors.map((factor) => `${factor}x`).join(', '),
      defaultModels[task] === name ? 'unless USING names another' : 'with USING',
      digest.slice(0, 12),
    ]),
    total: models.length,
    hint: 'pql models says which are on this machine',
  };
}
