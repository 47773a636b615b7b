import type { Queries } from '../../store/port.ts';
import { soundEvidence } from '../grants/evidence.ts';

/** What an entry says of a request that was filed. */
interface Filed {
  request?: string;
  kind?: string;
  details?: { evidence?: { sha256?: string } };
  by?: { workspace: string };
}

/** What the audit says about the leave under which faces are remembered, to hold it against what lies there now. */
export function openRememberedFaces() {
  const shown = new Map<string, string>();
  return {
    hear(action: string, { request, kind, details, by }: Filed) {
      if (action === 'request filed' && kind === 'face')
        shown.set(`${request} of ${by?.workspace}`, details?.evidence?.sha256 ?? '');
    },
    /** What is wrong, in words. */
    async compare(queries: Queries): Promise<string[]> {
      const rows = await queries.query<{ request: string }>(
        `select 'r' || number || ' of ' || workspace as request
         from face_templates join consent_requests on consent_requests.id = request_id order by request_id`,
      );
      const sound = await soundEvidence(queries, [...shown.values()]);
      return rows.flatMap(({ request }) => {
        const sha256 = shown.get(request);
        if (sha256 === undefined) return [`the audit knows no request ${request} to remember a face`];
        if (sound.get(sha256)) return [];
        const what = sound.has(sha256) ? 'was changed' : 'is gone';
        return [`the evidence on which ${request} remembers a face ${what}`];
      });
    },
  };
}
