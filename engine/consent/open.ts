import type { Span } from '../../dsl/ast.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { World } from '../../dsl/world.ts';
import type { Store } from '../store/port.ts';
import { type FaceTools, openFaceGate } from './faces/gate.ts';
import { outsideOf, outsideUnder } from './faces/outside.ts';
import { type FileWordsTools, openFileWordsGate } from './file-words/gate.ts';
import { createAdmit } from './gate/admit.ts';
import { createFinder } from './gate/finder.ts';
import { heldReferences } from './gate/held-references.ts';
import { judge, type Question, type Register } from './gate/judge.ts';
import { mediaTexts, recipeCasts } from './gate/media-texts.ts';
import { type NameFinder, openNameIndex } from './gate/name-index.ts';
import { spanOf, textsBrought, textsOf, textsOfMedia } from './gate/script.ts';
import { shownBy } from './gate/shown.ts';
import { type MarkTools, openMarkGate } from './marks/gate.ts';
import type { Consent } from './port.ts';
import { enterStartingList } from './registry/starting-list.ts';
import { fileReview } from './requests/file-review.ts';
import { heldHashes } from './revocation/hold.ts';
import { carryOutRevocations } from './revocation/scan.ts';
import { noSigner, type Signer } from './signing/signer.ts';
import { findNamedMedia } from './uses/named-media.ts';

/** What the gate is opened with. Without a signer no grant is believed; the finder of names and the clock are changed by tests only. */
export interface ConsentOptions {
  catalogue: Catalogue;
  signer?: Signer;
  createFinder?: () => Promise<NameFinder>;
  /** Also knows the widely known people that come with the program. */
  startingList?: boolean;
  /** What faces are looked for with. */
  faces?: FaceTools;
  /** What marks in frames are looked for with. */
  marks?: MarkTools;
  /** What is written inside of files is read with. */
  words?: FileWordsTools;
  now?: () => Date;
}

/** Opens the gate over a database. The names are loaded when the first text is judged. */
export function openConsent(store: Store, options: ConsentOptions): Consent {
  const { catalogue, signer = noSigner, now, faces = null, marks = null, words = null } = options;
  const finder = options.createFinder ?? createFinder;
  const index = openNameIndex(store, finder, async () => {
    if (options.startingList === true) await enterStartingList(store);
  });
  const register: Register = { queries: store, signer, index, now };
  const questions = new WeakMap<Diagnostic, Question>();
  const faceGate = openFaceGate(register, store, faces);
  const markGate = openMarkGate(register, store, marks);
  const wordsGate = openFileWordsGate(register, store, words);
  return {
    ...{ signer, faces },
    ...createAdmit(
      register,
      catalogue,
      { faces: faceGate, marks: markGate, words: wordsGate },
      (question, by) => fileReview(store, question, by),
    ),
    revoke: (parts, signal) =>
      carryOutRevocations(parts, { catalogue, signer, createFinder: finder, now }, signal),
    named: (workspace, people) => findNamedMedia(store, finder, workspace, people),
    async look(script, source, world, { workspace }, brought = []) {
      const { texts, casts, named, asked } = textsOf(script, source, catalogue);
      const read = await textsOfMedia(store, workspace, catalogue, world, { named, asked });
      const judged = await judge(
        register,
        workspace,
        [...texts, ...textsBrought(brought), ...read.texts],
        [...casts, ...read.casts],
      );
      const files = () => outsideOf(store, workspace, namedMedia(world, named));
      const faced = await faceGate.seenBefore(workspace, files);
      const marked = await markGate.seenBefore(workspace, files);
      const worked = named.filter(({ verb }) => makesPictures(catalogue, verb));
      const outside = worked.length === 0 ? [] : await outsideOf(store, workspace, namedMedia(world, worked));
      const inside = await wordsGate.readBefore(workspace, outside, { spoken: true });
      const objections = [...judged.objections, ...faced, ...marked, ...inside].map(
        ({ code, message, hint, origin, start, end, question, claim }) => {
          const span = spanOf(origin, start, end);
          const diagnostic: Diagnostic = { code, message, hint, span, ...(claim && { claim }) };
          if (question !== null) questions.set(diagnostic, question);
          return diagnostic;
        },
      );
      const held = await heldReferences(store, workspace, world, named);
      return { epoch: judged.epoch, objections: [...objections, ...held], shown: shownBy(judged.allowed) };
    },
    async file(view, asker) {
      const open = view.objections.flatMap((objection) => {
        const question = questions.get(objection);
        return question === undefined ? [] : [{ objection, question }];
      });
      const filed = new Map<object, string>();
      for (const { objection, question } of open)
        filed.set(objection, await fileReview(store, question, asker));
      return filed;
    },
    async mayLeave(workspace, hash) {
      if ((await heldHashes(store, workspace, [hash])).size > 0)
        return 'it is held: somebody in it took their consent back';
      // Said twice, a text could make a name with itself.
      const said = (await mediaTexts(store, workspace, [hash])).get(hash);
      const texts = new Set(said?.texts);
      const judged = await judge(
        register,
        workspace,
        [...texts].map((text) => ({ text, origin: null })),
        recipeCasts(said?.recipes ?? [], catalogue).map((name) => ({ name, under: [], origin: null })),
      );
      const [named] = judged.objections;
      if (named !== undefined) return named.message;
      const question = { reference: false, texts: [...texts] };
      const files = () => outsideUnder(store, workspace, hash);
      const [shown] = await faceGate.inFiles(workspace, files, question);
      if (shown !== undefined) return shown.message;
      const [marked] = await markGate.inFiles(workspace, files);
      if (marked !== undefined) return marked.message;
      // Nobody is asked here, what was a question was answered before anything was made of it, and subtitles stayed behind.
      const inside = await wordsGate.readBefore(workspace, await files(), { spoken: false });
      return inside.find((each) => each.question === null)?.message ?? null;
    },
  };
}

/** Whether a verb gives pictures: PROBE may look at what nobody may be shown of. */
function makesPictures(catalogue: Catalogue, verb: string): boolean {
  const operation = catalogue.get(verb);
  return operation?.runs === 'job' && (operation.gives === 'video' || operation.gives === 'image');
}

/** The media that a script names, where they stand in it. */
function namedMedia({ media, files }: World, named: readonly { name: string; span: Span }[]) {
  return named.flatMap(({ name, span }) => {
    const known = media.get(name.toLowerCase()) ?? files.get(name);
    return known && 'hash' in known ? [{ hash: known.hash, origin: { span, exact: false } }] : [];
  });
}
