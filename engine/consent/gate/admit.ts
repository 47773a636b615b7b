import type { Catalogue } from '../../../dsl/catalogue.ts';
import { parse } from '../../../dsl/parse.ts';
import { vocabularyOf } from '../../../dsl/vocabulary-of.ts';
import { Failure } from '../../failure.ts';
import type { Claimed } from '../../jobs/claim.ts';
import type { FaceGate } from '../faces/gate.ts';
import { outsideOf, workedFrom } from '../faces/outside.ts';
import type { FileWordsGate } from '../file-words/gate.ts';
import type { MarkGate } from '../marks/gate.ts';
import type { Consent } from '../port.ts';
import type { Actor } from '../registry/person.ts';
import { isHeld } from '../revocation/hold.ts';
import { judge, type Objection, type Question, type Register } from './judge.ts';
import { mediaTexts, recipeCasts, recipeTexts, wholeRecipe } from './media-texts.ts';
import { textsOf } from './script.ts';
import { asked } from './words.ts';

/** How many admissions of runs are remembered: the jobs of one run come after each other. */
const mostRemembered = 500;

interface Standing {
  admitted: number;
  epoch: number;
  lapsed: boolean;
  held: boolean;
  /** Whether it reads files from outside. */
  outside: boolean;
  /** Whether anybody's face is known. */
  faces: boolean;
  /** Whether anybody asked not to be shown. */
  refusals: boolean;
}

/** Admits jobs that are about to run, or to be published. Under the epoch under which their run was admitted there is nothing to do; else what the
 * statement says, what the job reads and how that was made are judged anew. Gives the epoch under which it is admitted, null where its run is gone. */
export function createAdmit(
  register: Register,
  catalogue: Catalogue,
  { faces, marks, words }: { faces: FaceGate; marks: MarkGate; words: FileWordsGate },
  ask: (question: Question, by: Actor) => Promise<string>,
): Pick<Consent, 'admit' | 'seen'> {
  const { queries } = register;
  const vocabulary = vocabularyOf(catalogue);
  const admitted = new Set<string>();

  const judgeRun = async (job: Claimed, standing: Standing): Promise<Objection<unknown> | null> => {
    const key = `${job.run} ${standing.epoch}`;
    // What a grant allowed a while ago it may not allow now.
    if (!standing.lapsed && admitted.has(key)) return null;
    const [run] = await queries.query<{ source: string }>('select source from runs where id = $1', [job.run]);
    if (run === undefined) return null;
    const { script } = parse(run.source, vocabulary);
    const { texts, casts } = textsOf(script, run.source, catalogue);
    const { objections } = await judge(register, job.workspace, texts, casts);
    const verdict = objections[0] ?? null;
    // A refusal ends the run, and once a moderator has approved it RETRY must not meet it again.
    if (verdict !== null) return verdict;
    admitted.add(key);
    const [oldest] = admitted;
    if (admitted.size > mostRemembered && oldest !== undefined) admitted.delete(oldest);
    return null;
  };

  const judgeJob = async (job: Claimed): Promise<Objection<unknown> | null> => {
    const read = await mediaTexts(
      queries,
      job.workspace,
      job.inputs.map(({ hash }) => hash),
    );
    const made = [...read.values()];
    // What was removed since is no media any more; what segments show is the job's own clip.
    for (const { hash, recipe, role } of job.inputs)
      if (!read.has(hash) && role !== 'segment')
        made.push(await wholeRecipe(queries, job.workspace, { hash, recipe }));
    const recipes = [job.recipe, ...job.inputs.flatMap(({ recipe }) => recipe ?? [])];
    const texts = new Set([...recipes.flatMap(recipeTexts), ...made.flatMap((each) => each.texts)]);
    const cast = recipeCasts([...recipes, ...made.flatMap((each) => each.recipes)], catalogue);
    const { objections } = await judge(
      register,
      job.workspace,
      [...texts].map((text) => ({ text, origin: null })),
      cast.map((name) => ({ name, under: [], origin: null })),
    );
    return objections[0] ?? null;
  };

  /** Whether a job makes pictures where there were none. */
  const generates = ({ operation }: Claimed) => catalogue.get(operation.toUpperCase())?.family === 'make';
  const readsPictures = ({ inputs }: Claimed) =>
    inputs.some(({ kind }) => kind === 'video' || kind === 'image');

  const filesOf = (job: Claimed) => () =>
    outsideOf(
      queries,
      job.workspace,
      job.inputs.map(({ hash }) => ({ hash, origin: null })),
    );

  /** What is written inside of the clips and pictures that it works on. */
  const judgeWords = async (job: Claimed, signal?: AbortSignal): Promise<Objection<unknown> | null> => {
    const [objection] = await words.inFiles(job.workspace, await filesOf(job)(), signal);
    return objection ?? null;
  };

  const judgeFiles = async (job: Claimed, signal?: AbortSignal): Promise<Objection<unknown> | null> => {
    const reference = generates(job);
    const files = reference ? () => workedFrom(queries, job.workspace, job.inputs) : filesOf(job);
    const [objection] = await faces.inFiles(job.workspace, files, {
      ...{ reference, texts: recipeTexts(job.recipe), signal },
    });
    return objection ?? null;
  };

  const refuse = async (job: Claimed, objection: Objection<unknown> | null): Promise<void> => {
    if (objection === null) return;
    const { code, message, question } = objection;
    const by = { workspace: job.workspace, user: job.asker.user };
    const hint = question === null ? objection.hint : asked(await ask(question, by));
    throw new Failure('user', code, message, { hint });
  };

  const admit: Consent['admit'] = async (job, signal) => {
    const standing = await standingOf(register, job);
    // Removed together with its run: it will find that it is not its worker's any more.
    if (standing === null) return null;
    if (standing.held)
      throw new Failure('user', 'PQL546', 'what it reads is held: somebody in it takes their consent back', {
        hint: 'USES OF the person says more; moderators see what is held',
      });
    if (standing.admitted !== standing.epoch || standing.lapsed)
      await refuse(job, (await judgeRun(job, standing)) ?? (await judgeJob(job)));
    const makesPictures = job.gives === 'video' || job.gives === 'image';
    if (makesPictures && standing.outside) await refuse(job, await judgeWords(job, signal));
    if (makesPictures && readsPictures(job)) {
      if (standing.faces || generates(job)) await refuse(job, await judgeFiles(job, signal));
      if (standing.refusals)
        await refuse(job, (await marks.inFiles(job.workspace, filesOf(job), signal))[0] ?? null);
    }
    return standing.epoch;
  };

  const seen: Consent['seen'] = async (job, made, signal) => {
    const cast = Array.isArray(job.arguments.cast) && job.arguments.cast.length > 0;
    if (!generates(job) || !(cast || readsPictures(job))) return;
    const question = { texts: recipeTexts(job.recipe), ...(signal ? { signal } : {}) };
    const [objection] = await faces.inResult(job.workspace, made, question);
    await refuse(job, objection ?? null);
  };
  return { admit, seen };
}

async function standingOf({ queries, now }: Register, job: Claimed): Promise<Standing | null> {
  const [row] = await queries.query<Standing>(
    `select consent_epoch as admitted, epoch, coalesce(consent_until <= coalesce($3, clock_timestamp()), false) as lapsed,
            exists (select from face_templates) as faces,
            exists (select from opt_outs where ended_at is null) as refusals,
            exists (select from media where workspace = runs.workspace and hash = any ($2::text[]) and source is not null) as outside,
            exists (select from unnest($2::text[]) as input(hash) where ${isHeld('input.hash', 'runs.workspace')}) as held
     from runs, consent_head where runs.id = $1`,
    [job.run, job.inputs.map(({ hash }) => hash), now?.() ?? null],
  );
  return row ?? null;
}
