import type { Stage, Value } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import { runSetting } from './run-settings.ts';
import { suggest } from './suggest.ts';
import { byteUnits } from './values/byte-amount.ts';
import { duration, rate } from './values/quantities.ts';
import { plain, wrongType } from './values/quantity.ts';
import { size } from './values/size.ts';
import type { Place, Reading } from './values/value-type.ts';
import { word } from './values/word.ts';
import type { SettingEntry, World } from './world.ts';

/** Reads `SET name value`: the name stands where a clause word stands, the type of its value is the setting's. */
export function readSetting(
  stage: Stage,
  world: World,
  diagnostics: Diagnostic[],
): { name: string; value: string } | null {
  const [clause, ...more] = stage.clauses;
  const extra = stage.operands[0] ?? more[0];
  if (clause === undefined || extra !== undefined) {
    diagnostics.push({
      code: clause === undefined ? 'PQL228' : 'PQL229',
      message:
        clause === undefined
          ? 'SET needs the name of a setting and its value'
          : 'SET changes one setting at a time',
      span: extra?.span ?? stage.verb.span,
      hint:
        clause === undefined
          ? 'SHOW SETTINGS lists the settings'
          : 'end the statement before it with ; and write SET again',
    });
    return null;
  }
  const entry =
    world.settings.get(clause.word.text) ??
    world.settings.get(clause.word.text.toLowerCase()) ??
    runSetting(clause.word.text);
  if (entry === null) {
    const near = suggest(clause.word.text, [...world.settings.keys()]);
    diagnostics.push({
      code: 'PQL309',
      message: `there is no setting ${clause.word.text}`,
      span: clause.word.span,
      ...(near === null
        ? { hint: 'SHOW SETTINGS lists the settings' }
        : { hint: `did you mean ${near}?`, fix: { span: clause.word.span, text: near } }),
    });
    return null;
  }
  const place = { label: entry.name, span: clause.word.span, files: [] };
  const [value, second] = clause.values;
  if (value === undefined || second !== undefined) {
    diagnostics.push({
      code: value === undefined ? 'PQL223' : 'PQL224',
      message: value === undefined ? `${entry.name} needs a value` : `${entry.name} takes one value`,
      span: second?.span ?? clause.word.span,
      hint: world.settings.has(entry.name) ? `it is ${entry.value} now: ${entry.help}` : entry.help,
    });
    return null;
  }
  const reading = readers[entry.type](value, place, entry);
  if ('value' in reading) return { name: entry.name, value: reading.value };
  diagnostics.push(...reading.problems);
  return null;
}

type Reader = (value: Value, place: Place, entry: SettingEntry) => Reading<string>;

const aDay = duration({ max: 86_400, example: 2 });
const anySize = size({ min: 64, max: 8192 });
const anyRate = rate({ min: 1, max: 240, example: 24 });
const onOff = word({
  noun: 'switch',
  words: ['on', 'off'],
  aliases: { yes: 'on', true: 'on', no: 'off', false: 'off' },
});

/** By the type of the setting; the engine gets the canonical spelling. */
const readers: Readonly<Record<SettingEntry['type'], Reader>> = {
  duration: (value, place) => spelled(aDay.read([value], place), (each) => aDay.print(each)),
  size: (value, place) => spelled(anySize.read([value], place), (each) => anySize.print(each)),
  rate: (value, place) => spelled(anyRate.read([value], place), (each) => anyRate.print(each)),
  bytes: (value, place) =>
    value.type === 'quantity' && Number.isFinite(value.value) && value.unit.toLowerCase() in byteUnits
      ? { value: plain(value.value) + value.unit }
      : {
          problems: [
            wrongType(
              { noun: 'number of bytes', expected: 'an amount such as 500MB or 2GB' },
              value,
              place,
              null,
            ),
          ],
        },
  switch: (value, place) => spelled(onOff.read([value], place), (each) => each),
  number: (value, place) => {
    if (value.type === 'number' && Number.isFinite(value.value)) return { value: plain(value.value) };
    return { problems: [wrongType({ noun: 'number', expected: 'a number such as 5' }, value, place, null)] };
  },
  word: (value, place, entry) => {
    if (entry.words !== undefined && entry.words.length > 0) {
      return word({ noun: 'word', words: entry.words }).read([value], place);
    }
    if (value.type === 'reference') return { value: value.name };
    if (value.type === 'text' || value.type === 'path' || value.type === 'url') return { value: value.value };
    return {
      problems: [wrongType({ noun: 'word', expected: 'a word or a text in quotes' }, value, place, null)],
    };
  },
};

function spelled<T>(reading: Reading<T>, print: (value: T) => string): Reading<string> {
  return 'value' in reading ? { value: print(reading.value) } : reading;
}
