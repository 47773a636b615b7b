import type { JsonObject } from '../../dsl/json.ts';
import { ourLabel } from '../../engine/provenance/manifest.ts';
import { hasSerial, type Known } from './known.ts';
import { type Bounds, boundsFor, runChild } from './run-child.ts';
import { type Found, type Stamp, stampOf } from './stamp.ts';
import { testCertificateName } from './test-certificate.ts';

/** What a file's content credentials say. */
export interface Told {
  /** `valid`: signed, and since then nothing was changed; who signed is another question. `altered`: bytes were changed after signing.
   * `expired`: unchanged, but the certificate has ended, and no time stamp that is trusted says that it was signed before. `broken`: there are
   * credentials that cannot be believed or read. */
  state: 'valid' | 'altered' | 'expired' | 'none' | 'broken';
  /** What was found wrong, by the codes of the specification. */
  failures: string[];
  signer: {
    name: string;
    issuer: string;
    /** `ours before`: by a certificate that this installation signs with no more. */
    who: 'ours' | 'ours before' | 'test certificate' | 'unknown';
    stamp: Stamp | null;
  } | null;
  /** What it says of itself, with whatever is said of what it is made from; null where there is nothing to be believed or read. */
  manifest: ToldManifest | null;
}

export interface ToldManifest {
  title: string;
  generator: string;
  actions: { action: string; sourceType: string | null; says: string | null }[];
  pql: string | null;
  grants: string[];
  ingredients: ToldIngredient[];
}

export interface ToldIngredient {
  title: string;
  relationship: string;
  /** What was wrong with its own credentials already when it was used, by the codes of the specification. */
  failures: string[];
  manifest: ToldManifest | null;
}

/** Strangers make these: deeper, more and longer than this is not told. */
const most = { depth: 8, entries: 200, letters: 4000 };

/** Reads and checks the credentials in a file. Never goes to the network, and never falls over a file. */
export async function readTold(
  source: string,
  mediaType: string,
  known: Known,
  signal?: AbortSignal,
  bounds?: Bounds,
): Promise<Told> {
  const ours = [known.ours, known.before].filter((pem) => pem !== '').join('\n');
  const answer = await runChild(
    { do: 'read', source, mediaType, ours, clocks: known.clocks },
    { signal, ...(bounds ?? (await boundsFor([source]))) },
  );
  if (!('read' in answer)) {
    const why = 'problem' in answer ? answer.problem : 'nothing was read';
    if (/no JUMBF data found|JumbfNotFound/i.test(why)) return without;
    if (/type is unsupported|UnsupportedType/i.test(why))
      return { ...without, failures: [`no credentials are read in ${mediaType}`] };
    return { ...without, state: 'broken', failures: [short(why)] };
  }
  if (answer.read === null) return without;
  const store = JSON.parse(answer.read) as Store;
  return toldOf(store, answer.timed === null ? store : (JSON.parse(answer.timed) as Store), known);
}

const without: Told = { state: 'none', failures: [], signer: null, manifest: null };

interface Store {
  active_manifest?: string;
  manifests?: Record<string, Manifest>;
  validation_status?: { code: string }[];
  validation_results?: Results & { ingredientDeltas?: { validationDeltas?: Codes }[] };
}

interface Codes {
  success?: Found[];
  informational?: Found[];
  failure?: Found[];
}

interface Results {
  activeManifest?: Codes;
}

interface Manifest {
  title?: string;
  claim_generator_info?: { name?: string; version?: string }[];
  assertions?: { label: string; data?: JsonObject }[];
  ingredients?: Ingredient[];
  signature_info?: { issuer?: string; common_name?: string; cert_serial_number?: string; time?: string };
}

interface Ingredient {
  title?: string;
  relationship?: string;
  active_manifest?: string;
  validation_results?: Results;
  /** As older files have it. */
  validation_status?: { code: string }[];
}

/** `store` is how it is seen by whoever trusts our certificates, `timed` by whoever believes the clocks. */
function toldOf(store: Store, timed: Store, known: Known): Told {
  const active = store.manifests?.[store.active_manifest ?? ''];
  if (active === undefined) return { ...without, state: 'broken', failures: failuresIn(timed) };
  const failures = failuresIn(timed);
  const { issuer = '', common_name: name = '', time = null } = active.signature_info ?? {};
  const stamp = stampOf(timed.validation_results?.activeManifest ?? {}, time);
  return {
    state: stateOf(failures),
    failures,
    signer: {
      ...{ name: short(name), issuer: short(issuer), who: whoOf(store, active, known) },
      stamp: stamp === null ? null : { ...stamp, by: short(stamp.by) },
    },
    manifest: manifestOf(store, active, most.depth, { left: most.entries }),
  };
}

function failuresIn(store: Store): string[] {
  const { activeManifest: codes, ingredientDeltas = [] } = store.validation_results ?? {};
  const changed = ingredientDeltas.flatMap(({ validationDeltas }) => failuresOf(validationDeltas?.failure));
  const failures = [
    ...failuresOf(codes?.failure ?? store.validation_status),
    // That the certificate of something it is made from has ended meanwhile says nothing about it.
    ...changed.filter((code) => !/^(?:signingCredential|timeStamp)\./.test(code)),
  ];
  return [...new Set(failures)].slice(0, 20);
}

function whoOf(
  { validation_results: results }: Store,
  { signature_info: info = {} }: Manifest,
  known: Known,
): NonNullable<Told['signer']>['who'] {
  const ours = ['claimSignature.validated', 'signingCredential.trusted'].every((wanted) =>
    results?.activeManifest?.success?.some(({ code }) => code === wanted),
  );
  if (ours) return hasSerial(known.ours, info.cert_serial_number ?? '') ? 'ours' : 'ours before';
  return info.common_name === testCertificateName ? 'test certificate' : 'unknown';
}

/** Who is behind a certificate says nothing about the bytes. */
function failuresOf(codes: readonly { code: string }[] = []): string[] {
  return codes.map(({ code }) => short(code)).filter((code) => code !== 'signingCredential.untrusted');
}

function stateOf(wrong: readonly string[]): Told['state'] {
  if (wrong.length === 0) return 'valid';
  if (wrong.some((code) => /(?:Hash|hashedURI|claimSignature|ingredient\.manifest)\.mismatch$/.test(code)))
    return 'altered';
  return wrong.every((code) => code === 'signingCredential.expired') ? 'expired' : 'broken';
}

function manifestOf(store: Store, manifest: Manifest, depth: number, budget: { left: number }): ToldManifest {
  const assertions = manifest.assertions ?? [];
  const dataOf = (label: RegExp) => assertions.find((each) => label.test(each.label))?.data ?? {};
  const take = <T>(list: unknown): T[] => {
    const all = (Array.isArray(list) ? list : []).filter(isObject).slice(0, Math.max(0, budget.left)) as T[];
    budget.left -= all.length;
    return all;
  };
  const actions = take<JsonObject>(dataOf(/^c2pa\.actions(\.v2)?$/).actions);
  const own = dataOf(new RegExp(`^${ourLabel.replaceAll('.', '\\.')}$`));
  const [{ name = '', version = '' } = {}] = manifest.claim_generator_info ?? [];
  return {
    title: short(manifest.title),
    generator: short(`${name} ${version}`.trim()),
    actions: actions.map(({ action, digitalSourceType, description }) => ({
      action: short(action),
      sourceType: typeof digitalSourceType === 'string' ? short(digitalSourceType.split('/').at(-1)) : null,
      says: typeof description === 'string' ? short(description) : null,
    })),
    pql: typeof own.pql === 'string' ? own.pql.slice(0, most.letters) : null,
    grants: take<JsonObject>(own.grants).map((grant) => short(grant.id)),
    ingredients: take<Ingredient>(manifest.ingredients).map((each) => {
      const before = store.manifests?.[each.active_manifest ?? ''];
      return {
        title: short(each.title),
        relationship: short(each.relationship),
        failures: failuresOf(
          each.validation_results?.activeManifest?.failure ?? each.validation_status,
        ).slice(0, 5),
        manifest: before === undefined || depth <= 1 ? null : manifestOf(store, before, depth - 1, budget),
      };
    }),
  };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Without anything that a terminal or a chat would take for more than text. */
function short(text: unknown): string {
  return typeof text === 'string' ? text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 300) : '';
}
