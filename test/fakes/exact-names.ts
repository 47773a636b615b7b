import type { NameFinder } from '../../engine/consent/gate/name-index.ts';
import type { FindingAcross, PersonNames } from '../../engine/consent/matcher/port.ts';

/** Finds names as they are written, within a text and over two that follow each other; a surname alone is to be reviewed. For tests of what comes
 * of a finding, not of finding. */
export async function exactNames(): Promise<NameFinder> {
  const people = new Map<string, PersonNames>();
  return {
    add: (person) => void people.set(person.id, person),
    remove: (id) => void people.delete(id),
    async across(parts) {
      const found: FindingAcross<(typeof parts)[number]['origin']>[] = [];
      const one = (text: string, name: string) => {
        const start = text.toLowerCase().indexOf(name.toLowerCase());
        return start === -1 ? null : { start, end: start + name.length };
      };
      for (const { id, names } of people.values())
        for (const name of names)
          parts.forEach(({ text, origin }, at) => {
            const [given, surname] = [
              name.slice(0, name.lastIndexOf(' ')),
              name.slice(name.lastIndexOf(' ') + 1),
            ];
            const next = parts[at + 1];
            const whole = one(text, name);
            const [first, last] = [one(text, given), next === undefined ? null : one(next.text, surname)];
            const alone = one(text, `Ms ${surname}`);
            const finding = { person: id, why: `it says ${name}` } as const;
            if (whole !== null)
              found.push({ ...finding, verdict: 'block', how: 'exact', places: [{ origin, ...whole }] });
            else if (first !== null && last !== null && next !== undefined)
              found.push({
                ...{ ...finding, verdict: 'block', how: 'split' },
                places: [
                  { origin, ...first },
                  { origin: next.origin, ...last },
                ],
              });
            else if (alone !== null)
              found.push({ ...finding, verdict: 'review', how: 'surname', places: [{ origin, ...alone }] });
          });
      return { found, unread: false };
    },
  };
}
