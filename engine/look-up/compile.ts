import { realpath } from 'node:fs/promises';
import { join } from 'node:path';

import type { Script } from '../../dsl/ast.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import { compile } from '../../dsl/compile.ts';
import type { Compiled } from '../../dsl/compiled.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { parse } from '../../dsl/parse.ts';
import type { Plan } from '../../dsl/plan.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import type { World } from '../../dsl/world.ts';
import { digest, withFile } from '../artifacts/stream.ts';
import type { Asker } from '../asker.ts';
import { asked } from '../consent/gate/words.ts';
import { consentOf } from '../consent/of.ts';
import { recalledSteps } from '../jobs/judge.ts';
import { optimised } from '../jobs/optimised.ts';
import { refusal } from '../limits/admission.ts';
import type { Ways } from '../open.ts';
import type { Parts } from '../parts.ts';
import { isSignedCopy } from '../provenance/signed-copies.ts';
import type { LocalFile } from './files.ts';
import { takeIn } from './take-in.ts';
import { collectWorld, type Surroundings } from './world.ts';

/** The way from text to plan, and from plan to a workspace that holds what the plan reads: parse → look up what is named → compile → optimise; the files that were
 * looked at are remembered by hash until their plan is submitted. */
export function createCompile(
  parts: Parts,
  around: Surroundings,
  scratch: string,
): Pick<Ways, 'compile' | 'takeIn'> {
  const vocabulary = vocabularyOf(around.catalogue);
  const local = new Map<string, LocalFile>();
  const consent = consentOf(parts);
  return {
    async compile(source, asker, signal, options) {
      const { script, diagnostics } = parse(source, vocabulary, options);
      const remember = (file: LocalFile) => void local.set(file.hash, file);
      const found = await collectWorld(script, asker, around, remember, signal);
      const view = await consent.look(script, source, found, asker, options?.brought);
      const world = { ...found, consent: view };
      const parsed = { source, script, diagnostics };
      const compiled = compile(parsed, around.catalogue, world);
      const meant =
        (await withOwnExports(compiled, parsed, world, asker, parts, around.catalogue)) ?? compiled;
      const { plan } = meant;
      // Moderators are asked about a script that only waits for them, not about every draft.
      if (meant.diagnostics.length > 0 && meant.diagnostics.every((each) => view.objections.includes(each))) {
        const filed = await consent.file(view, asker);
        return { ...meant, diagnostics: meant.diagnostics.map((each) => numbered(each, filed.get(each))) };
      }
      if (plan === null) return meant;
      // What is written before the work may make room for it: then the work is refused, if at all, when it is its turn.
      const changes = meant.before.some(({ type }) => type === 'command');
      const no = changes ? null : await refusal(parts.store, asker);
      // Of all that is asked for, not of one statement.
      if (no !== null)
        return { ...meant, plan: null, before: [], after: [], diagnostics: [{ ...no, span: script.span }] };
      return { ...meant, plan: await optimised(parts, plan, asker.workspace) };
    },
    takeIn: (plan, asker) => takeIn(plan, asker, parts, (hash) => local.get(hash), scratch),
  };
}

/** A moderator decides: then there is nothing more to claim. */
function numbered(diagnostic: Diagnostic, request: string | undefined): Diagnostic {
  if (request === undefined) return diagnostic;
  const { claim: _, ...rest } = diagnostic;
  return { ...rest, hint: asked(request) };
}

/** A file that TO wrote before and nobody changed may stay when the very same bytes would be written again: then nothing is overwritten, and
 * running a script twice is no mistake. Null when that is not so. */
async function withOwnExports(
  compiled: Compiled,
  parsed: { source: string; script: Script; diagnostics: Compiled['diagnostics'] },
  world: World,
  asker: Asker,
  parts: Parts,
  catalogue: Catalogue,
): Promise<Compiled | null> {
  if (!compiled.diagnostics.some(({ code }) => code === 'PQL434')) return null;
  const taken = [...world.destinations].filter(([, found]) => found !== null && 'exists' in found);
  const ours = new Map<string, string>();
  for (const [path] of taken) {
    const hash = await unchangedExport(path, asker, parts);
    if (hash !== null) ours.set(path, hash);
  }
  if (ours.size === 0) return null;
  const free = new Map([...world.destinations, ...[...ours.keys()].map((path) => [path, null] as const)]);
  const again = compile(parsed, catalogue, { ...world, destinations: free });
  // Something else is wrong: then nothing runs, and whether the bytes would be the same nobody can know yet.
  if (again.plan === null || again.diagnostics.length > 0) return again;
  const plan = await optimised(parts, again.plan, asker.workspace);
  const results = await recalledSteps(parts, plan, asker.workspace);
  const same = exportsOf(plan).every(
    ({ path, from, overwrite }) =>
      overwrite || !ours.has(path) || (from !== null && results.get(from) === ours.get(path)),
  );
  return same ? { ...again, plan } : null;
}

function exportsOf(plan: Plan): { path: string; from: string | null; overwrite: boolean }[] {
  return plan.steps
    .filter(({ operation }) => operation === 'export')
    .map((step) => {
      const input = step.inputs[0];
      return {
        path: String(step.arguments.path),
        from: input?.from === 'step' ? input.step : null,
        overwrite: step.arguments.overwrite === true,
      };
    });
}

/** The bytes that stand at a path, when they are what TO last wrote there and are still known. */
async function unchangedExport(path: string, asker: Asker, parts: Parts): Promise<string | null> {
  const absolute = join(await realpath(asker.exportRoot), path);
  const [row] = await parts.store.query<{ hash: string }>(
    `select exports.hash
     from exports join media using (workspace, hash)
     where exports.workspace = $1 and exports.path = $2`,
    [asker.workspace, absolute],
  );
  if (row === undefined) return null;
  const { hash } = await withFile(absolute, 'r', (file) => digest(file));
  if (hash === row.hash) return hash;
  return (await isSignedCopy(parts.store, asker.workspace, row.hash, hash)) ? row.hash : null;
}
