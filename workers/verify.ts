import type { VerifyArguments } from '../dsl/arguments.ts';
import type { JsonObject } from '../dsl/json.ts';
import { mediaType } from '../dsl/media-type.ts';
import { Failure } from '../engine/failure.ts';
import { asItIs, type GiveOut } from './give-out.ts';
import type { Desk, Handler, Input } from './handler.ts';
import { writeJsonText } from './json-text.ts';
import { inFrames, type ToldMark, type VerifyMarks } from './mark/told.ts';
import { onlyInput } from './only-input.ts';
import type { Told, ToldManifest } from './provenance/read.ts';
import type { Stamp } from './provenance/stamp.ts';

export interface VerifyTools extends VerifyMarks {
  giveOut?: GiveOut;
  /** Reads and checks what a file says of itself. */
  readTold(path: string, mediaType: string, signal: AbortSignal): Promise<Told>;
}

/** VERIFY: the content credentials of a file, or those that media of ours leaves with, and the marks in its frames, as a JSON text. */
export function createVerify({
  giveOut = asItIs,
  readTold,
  readMarks,
}: VerifyTools): Handler<VerifyArguments> {
  return async (_args, desk) => {
    const input = onlyInput(desk);
    const { path, unsigned } = await asItLeaves(giveOut, input, desk);
    const told = await readTold(path, mediaType(input.facts), desk.signal);
    const marks = await readMarks(input, desk);
    const details = { ...told, comment: input.recipe, marks, unsigned } as unknown as JsonObject;
    return {
      ...(await writeJsonText(desk, 'credentials', details)),
      notes: [],
      details: { words: [...(unsigned ?? []), ...inWords(told, input.recipe, marks)] },
      // Who signed it is said by the certificate of today, and what leaves may be signed anew.
      fleeting: true,
    };
  };
}

/** What signs may be out of order, which is no reason to say nothing of the film: then it is read as it is kept here, and `unsigned` says why. */
async function asItLeaves(
  giveOut: GiveOut,
  input: Input,
  desk: Desk,
): Promise<{ path: string; unsigned: string[] | null }> {
  try {
    return { path: (await giveOut(input, desk)).path, unsigned: null };
  } catch (error) {
    if (!(error instanceof Failure) || !(error.code === 'PQL626' || error.code === 'PQL627')) throw error;
    const todo = error.hint === null ? [] : [error.hint];
    return { path: input.path, unsigned: [`it cannot leave at the moment: ${error.message}`, ...todo] };
  }
}

const verdicts: Readonly<Record<Exclude<Told['state'], 'expired'>, string>> = {
  valid: 'valid: nothing was changed since it was signed',
  altered: 'altered: it was changed after it was signed',
  none: 'no content credentials',
  broken: 'content credentials that cannot be believed',
};

const signers = {
  ours: 'this installation',
  'ours before': 'this installation, with a certificate that it has replaced since',
  'test certificate': 'a test certificate, which nobody vouches for',
  unknown: 'a certificate that is not known here',
};

/** What VERIFY says, at most a hundred lines. */
export function inWords(
  { state, failures, signer, manifest }: Told,
  recipe: string | null,
  marks: readonly ToldMark[] | null,
): string[] {
  return [
    state === 'expired' ? expired(signer?.stamp ?? null) : verdicts[state],
    ...failures.map((found) => (/^[\w.]+$/.test(found) ? `found ${found}` : found)),
    ...inFrames(marks),
    ...(signer === null ? [] : [`signed by ${signer.name} (${signer.issuer}): ${signers[signer.who]}`]),
    ...(signer?.stamp ? [stampInWords(signer.stamp)] : []),
    ...(manifest === null ? [] : manifestInWords(manifest)),
    ...(manifest === null && recipe !== null
      ? [`its comment, which anybody can write, says ${oneLine(recipe)}`]
      : []),
  ].slice(0, 100);
}

/** What is missing for a signature to outlive its certificate. */
function expired(stamp: Stamp | null): string {
  const before = 'unchanged since it was signed, but its certificate';
  if (stamp === null) return `${before} has ended, and no time stamp says that it was signed before`;
  if (stamp.at === null) return `${before} has ended, and its time stamp cannot be believed`;
  return stamp.trusted
    ? `${before} did not hold on the day that its time stamp says`
    : `${before} has ended, and the authority of its time stamp is not one that is trusted here`;
}

function stampInWords({ at, by, trusted, wrong }: Stamp): string {
  if (at === null) return `its time stamp cannot be believed: found ${wrong}`;
  const clock = by === '' ? 'a time stamp' : `a time stamp of ${by}`;
  return trusted
    ? `at ${at}, says ${clock}, whose authority is trusted here`
    : `at ${at}, says ${clock}, whose authority is not trusted here: PQL_C2PA_TSA_ROOTS names those that are`;
}

function manifestInWords(told: ToldManifest, before = ''): string[] {
  const { generator, actions, pql, grants, ingredients } = told;
  return [
    `${before}made with ${generator || 'something that does not say its name'}`,
    ...(pql === null ? [] : [`${before}by ${oneLine(pql)}`]),
    ...actions.map(({ action, sourceType, says }) =>
      [`${before}${action}`, sourceType && `(${sourceType})`, says].filter(Boolean).join(' '),
    ),
    ...(grants.length === 0
      ? []
      : [`${before}under ${grants.join(', ')}, as grants are numbered where it was made`]),
    ...ingredients.flatMap(({ title, relationship, failures, manifest }) => [
      `${before}from ${title} (${relationship})${manifest === null ? ', without credentials' : ''}`,
      ...(failures.length === 0 ? [] : [`${before}  wrong already when it was used: ${failures.join(', ')}`]),
      ...(manifest === null ? [] : manifestInWords(manifest, `${before}  `)),
    ]),
  ];
}

/** Its first line, without anything that a terminal or a chat would take for more than text. */
function oneLine(text: string): string {
  return text
    .split('\n', 1)[0]!
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .slice(0, 400);
}
