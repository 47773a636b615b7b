import type { Queries } from '../../store/port.ts';
import type { Signer } from '../signing/signer.ts';

/** The end of the chain at a moment: whoever keeps it elsewhere can prove later that nothing before it was rewritten. */
export interface Head {
  seq: number;
  hash: string;
  /** ISO 8601. */
  at: string;
}

/** The present head, signed. */
export async function exportHead(queries: Queries, signer: Signer, now: Date): Promise<string> {
  const [head] = await queries.query<Omit<Head, 'at'>>('select seq, hash from consent_head');
  return signer.sign('watchai-consent-head', { ...(head as Omit<Head, 'at'>), at: now.toISOString() });
}

/** A head that was exported; null where it is not signed by this installation. */
export async function readHead(signer: Signer, text: string): Promise<Head | null> {
  const payload = await signer.verify('watchai-consent-head', text.trim());
  if (payload === null || typeof payload.seq !== 'number' || typeof payload.hash !== 'string') return null;
  return { seq: payload.seq, hash: payload.hash, at: String(payload.at) };
}
