import type { Plan } from '../dsl/plan.ts';
import { diskFailure } from './artifacts/disk-failure.ts';
import type { Asker } from './asker.ts';
import type { Engine } from './engine.ts';
import { cancel } from './jobs/cancel.ts';
import { type Explaining, explain } from './jobs/explain.ts';
import { measure } from './jobs/measure.ts';
import { optimised } from './jobs/optimised.ts';
import { findRun, groupNumber } from './jobs/run-row.ts';
import { submit } from './jobs/submit.ts';
import { watch } from './jobs/watch.ts';
import { refusal } from './limits/admission.ts';
import type { Parts } from './parts.ts';

/** What the engine is given beside its parts: the way from text to plan, the answers of the managing verbs, how local files that
 * a plan reads come into the workspace, and what it can say of this machine. */
export interface Ways {
  compile: Engine['compile'];
  command: Engine['command'];
  takeIn(plan: Plan, asker: Asker): Promise<unknown>;
  explaining: Explaining;
}

/** The engine over its parts, which stay the opener's to close. */
export function openEngine(parts: Parts, ways: Ways): Engine {
  const runOf = async (group: string, asker: Asker): Promise<number | null> => {
    const number = groupNumber(group);
    return number === null ? null : findRun(parts.store, asker.workspace, number);
  };
  return {
    compile: ways.compile,
    command: ways.command,
    // Statements that are only explained are optimised when they are asked about, by what is finished then.
    async explain(plan, asker) {
      const { workspace } = asker;
      const explained = await explain(
        parts,
        await optimised(parts, plan, workspace),
        workspace,
        ways.explaining,
      );
      const refused = await refusal(parts.store, asker);
      return refused === null ? explained : { ...explained, refused };
    },
    async measure(group, asker) {
      const run = await runOf(group, asker);
      return run === null ? [] : measure(parts.store, run);
    },
    async submit(plan, asker, along) {
      try {
        await ways.takeIn(plan, asker);
        const { number } = await submit(parts, await optimised(parts, plan, asker.workspace), asker, along);
        return { group: `g${number}` };
      } catch (error) {
        throw diskFailure(error, 'accepting the statement');
      }
    },
    async *watch(group, asker, signal) {
      const run = await runOf(group, asker);
      if (run !== null) yield* watch(parts, run, signal);
    },
    async cancel(group, asker) {
      const run = await runOf(group, asker);
      return run !== null && cancel(parts, run);
    },
    async [Symbol.asyncDispose]() {},
  };
}
