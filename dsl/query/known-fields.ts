import type { Json } from '../json.ts';
import { perSecond } from '../rational.ts';
import type { Source } from '../resolved.ts';

/** Fields of a clip that a statement names, as far as they are known before anything runs; those of the collection `media`. */
export function knownFields({ origin, whole }: Source): Readonly<Record<string, Json>> {
  const facts = whole ?? { kind: null };
  const known = origin.type === 'known' ? origin.known : null;
  const {
    width = null,
    height = null,
    duration = null,
    frames = null,
    codec = null,
  } = facts as {
    [field: string]: Json;
  };
  const rate = 'rate' in facts && facts.rate !== undefined ? perSecond(facts.rate) : null;
  const audio = 'audio' in facts ? facts.audio : undefined;
  return {
    id: known?.id ?? null,
    name: origin.type === 'stage' ? (origin.stage.stage.as?.text ?? null) : null,
    kind: facts.kind,
    ...{ duration, width, height, frames, codec },
    size: width === null ? null : `${width}x${height}`,
    fps: rate,
    sound: audio === undefined ? null : audio !== null,
    container: 'container' in facts ? (facts.container ?? null) : null,
    bytes: 'bytes' in facts ? (facts.bytes ?? null) : null,
    source: origin.type === 'known' && known?.id === null ? origin.label : null,
    recipe: known?.recipe ?? null,
  };
}
