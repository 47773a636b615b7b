import { showSeconds } from '../../dsl/amounts.ts';
import { createComplete } from '../../dsl/complete.ts';
import { sourceClause } from '../../dsl/source-clause.ts';
import type { ValueType } from '../../dsl/values/value-type.ts';
import type { Asker } from '../../engine/asker.ts';
import { isModerator } from '../../engine/commands/consent-roles.ts';
import {
  type Recent,
  recentClips,
  recentGroups,
  recentJobs,
  recentPictures,
  recentRequests,
  recentResults,
} from '../../engine/look-up/recent.ts';
import { type Choice, mostChoices } from './choice.ts';
import { type ConsentVerb, consentVerb } from './consent-verbs.ts';
import { operandId } from './option-of.ts';
import { cutTo, plainLine } from './plain.ts';
import type { PresenterTools } from './tools.ts';

/** What an option's field may be filled in with, by what was typed of it so far. */
export async function completeField(
  verb: string,
  field: string,
  typed: string,
  asker: Asker,
  tools: PresenterTools,
): Promise<Choice[]> {
  const { catalogue, parts } = tools;
  const { workspace } = asker;
  if (verb === 'pql') return statements(typed, asker, tools);
  if (verb === 'groups') return recent(await recentGroups(parts.store, workspace, looked), '', typed);
  if (verb === 'jobs') return recent(await recentJobs(parts.store, workspace, looked), '', typed);
  const consent = consentVerb(catalogue, verb);
  if (consent !== null) return aboutConsent(consent, field, typed, asker, tools);
  const operation = catalogue.get(verb.toUpperCase());
  if (operation?.runs !== 'job') return [];
  if (field === operandId(operation)) {
    if (operation.takes.what === 'prompt') return [];
    const plus = operation.takes.max > 1 ? typed.lastIndexOf('+') : -1;
    const before = plus < 0 ? '' : `${typed.slice(0, plus).trim()} + `;
    return recent(await recentClips(parts.store, workspace, looked), before, typed.slice(plus + 1).trim());
  }
  if (field.toUpperCase() === sourceClause(operation)?.word)
    return recent(await recentPictures(parts.store, workspace, looked), '', typed.trim());
  const spec = operation.clauses[field.toUpperCase()];
  if (spec === undefined) return [];
  const usual = spec.default === null || spec.default === undefined ? null : spec.type.print(spec.default);
  return words(await wordsOf(spec.type, usual, asker, tools), typed);
}

/** Results, and requests that the verb can be said of: whoever is no moderator is offered their own. */
async function aboutConsent(
  { operation }: ConsentVerb,
  field: string,
  typed: string,
  asker: Asker,
  { parts }: PresenterTools,
): Promise<Choice[]> {
  const { workspace, user } = asker;
  if (field === 'result') return recent(await recentResults(parts.store, workspace, looked), '', typed);
  if (field !== 'request') return [];
  const askedBy = isModerator(asker) ? null : user;
  const about = { states: statesOf[operation.verb] ?? everyState, askedBy };
  return recent(await recentRequests(parts.store, workspace, about, looked), '', typed);
}

const waiting = ['open', 'escalated'];
const everyState = [...waiting, 'approved', 'denied', 'revoked', 'withdrawn'];
/** Of requests, by the verb that is said of them. */
const statesOf: Readonly<Record<string, readonly string[]>> = {
  APPROVE: waiting,
  DENY: waiting,
  ESCALATE: ['open'],
  REVOKE: ['approved'],
};

/** How many of the latest are looked through. */
const looked = 200;

async function wordsOf(
  type: ValueType<unknown>,
  usual: string | null,
  asker: Asker,
  tools: PresenterTools,
): Promise<string[]> {
  const known = type.words(await tools.world(asker));
  const shown = type.usage.includes('|') || type.usage === type.noun ? [] : [type.usage];
  return [...new Set([...(usual === null ? [] : [usual]), ...(known.length > 0 ? known : shown)])];
}

function words(texts: readonly string[], typed: string): Choice[] {
  const begun = typed.trim().toLowerCase();
  const fitting = texts.filter((text) => text.toLowerCase().startsWith(begun));
  const own = typed.trim();
  const choices = fitting.length > 0 || own === '' ? fitting : [own];
  return choices.flatMap((text) => choice(text, text)).slice(0, mostChoices);
}

/** Clips, groups and jobs whose id, name or description has what was typed. */
function recent(all: readonly Recent[], before: string, typed: string): Choice[] {
  const wanted = typed.toLowerCase();
  const fits = ({ id, name, about }: Recent) =>
    id.startsWith(wanted) || name?.toLowerCase().includes(wanted) || about?.toLowerCase().includes(wanted);
  return all
    .filter((each) => wanted === '' || fits(each))
    .flatMap(({ id, name, about, duration }) => {
      const said = name ?? id;
      const told = [
        name === null ? '' : id,
        plainLine(about ?? ''),
        duration === null ? '' : showSeconds(duration),
      ];
      const label = [`${before}${said}`, ...told.filter((part) => part !== '')].join(' · ');
      return choice(label, `${before}${said}`);
    })
    .slice(0, mostChoices);
}

/** Statements that go on from what was typed, as the command line completes them. */
async function statements(typed: string, asker: Asker, tools: PresenterTools): Promise<Choice[]> {
  const begun: Choice[] =
    typed.trim() === ''
      ? [...tools.catalogue.values()]
          .flatMap(({ examples }) => examples.slice(0, 1))
          .flatMap(({ text, says }) => choice(`${text} · ${says}`, text))
      : [];
  if (begun.length > 0) return begun.slice(0, mostChoices);
  const { from, items } = createComplete(tools.catalogue)(typed, typed.length, await tools.world(asker));
  const head = typed.slice(0, from);
  const texts = items.map(({ text, help }) => ({ text: `${head}${text}`, help: plainLine(help) }));
  return [
    ...choice(typed, typed),
    ...texts.flatMap(({ text, help }) => choice(help === '' ? text : `${text} · ${help}`, text)),
  ]
    .filter(({ value }, index, all) => all.findIndex((other) => other.value === value) === index)
    .slice(0, mostChoices);
}

/** None where the value itself is too long: half a value would be another one. */
function choice(name: string, value: string): Choice[] {
  if (value === '' || value.length > 100) return [];
  return [{ name: cutTo(plainLine(name), 100), value }];
}
