import { createHash } from 'node:crypto';
import { type Asset, BMFF, JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import {
  type ActionAssertion,
  type IngredientAssertion,
  type Manifest,
  ManifestStore,
} from '@trustnxt/c2pa-ts/manifest';
import { riffOrId3 } from './riff-or-id3.ts';

/** What a reader says that shares no code with the library that signs: pure TypeScript, other people's JUMBF, CBOR, COSE and hashes. It
 * does not follow a certificate to its root, so it says which one signed. */
export interface SecondReading {
  /** By the codes of the specification. */
  failures: string[];
  checked: string[];
  /** SHA-256 of the signer's certificate. */
  signer: string;
  actions: { action: string; sourceType: string | null }[];
  /** `whole`: its credentials went along, their bytes are those that were referred to, and their own signature holds. */
  ingredients: { title: string; relationship: string; credentials: 'whole' | 'damaged' | 'none' }[];
  /** What our own assertion says. */
  making: { pql?: string; artifact?: string; grants?: unknown[] };
}

/** Reads and checks a file; null where it carries nothing. */
export async function secondReading(bytes: Uint8Array<ArrayBuffer>): Promise<SecondReading | null> {
  const asset = open(bytes);
  const jumbf = asset.getManifestJUMBF();
  if (jumbf === undefined) return null;
  const store = ManifestStore.read(SuperBox.fromBuffer(new Uint8Array(jumbf)));
  const active = store.getActiveManifest();
  if (active === undefined) throw new Error('no active manifest');
  const { statusEntries } = await store.validate(asset);
  const codes = (success: boolean) =>
    statusEntries.filter((each) => each.success === success).map(({ code }) => String(code));
  const assertions = active.assertions?.assertions ?? [];
  const named = (label: string) => assertions.filter((each) => each.fullLabel?.startsWith(label));
  const certificate = active.signature?.signatureData.certificate?.rawData ?? new ArrayBuffer(0);
  const ingredients = named('c2pa.ingredient') as IngredientAssertion[];
  return {
    failures: codes(false),
    checked: codes(true),
    signer: sha256(new Uint8Array(certificate)),
    actions: (named('c2pa.actions') as ActionAssertion[]).flatMap(({ actions }) =>
      actions.map(({ action, digitalSourceType = null }) => ({ action, sourceType: digitalSourceType })),
    ),
    ingredients: await Promise.all(
      ingredients.map(async (each) => ({
        title: each.title ?? '',
        relationship: each.relationship ?? '',
        credentials: await credentialsOf(each, active),
      })),
    ),
    making: contentOf(named('org.watchai.making')[0]?.sourceBox),
  };
}

/** Of files that start like one of the first HEIF kinds, the library reads boxes of no other; those of MP4 are the same boxes. */
const brands = (BMFF as unknown as { canReadBrands: Set<string> }).canReadBrands;
for (const brand of ['isom', 'iso2', 'mp41', 'mp42', 'M4A ', 'qt  ']) brands.add(brand);

function open(bytes: Uint8Array): Asset {
  const kind = [JPEG, PNG, BMFF].find((each) => each.canRead(bytes));
  return kind === undefined ? riffOrId3(bytes) : new kind(bytes);
}

async function credentialsOf(
  { activeManifest }: IngredientAssertion,
  within: Manifest,
): Promise<'whole' | 'damaged' | 'none'> {
  if (activeManifest === undefined) return 'none';
  const manifest = within.getComponentByURL(activeManifest.uri) as Manifest | undefined;
  const bytes = manifest?.getBytes();
  if (bytes === undefined || sha256(bytes) !== Buffer.from(activeManifest.hash).toString('hex'))
    return 'damaged';
  const claim = manifest?.claim?.getBytes(manifest.claim);
  const signed = claim === undefined ? undefined : await manifest?.signature?.validate(claim);
  return signed?.isValid === true ? 'whole' : 'damaged';
}

function contentOf(box: SuperBox | undefined): SecondReading['making'] {
  const [first] = (box?.contentBoxes ?? []) as { content?: SecondReading['making'] }[];
  return first?.content ?? {};
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
