/** The Latin word that a word only looks like, or null: `SТITCH` with a Cyrillic Т. Compatibility forms (full-width, mathematical, ſ, K) count too.
 * From the confusables of Unicode TS #39, those that look like the letters of PQL's keywords. */
export function latinLookAlike(word: string): string | null {
  const skeleton = [...word.normalize('NFKC')].map((letter) => latin.get(letter) ?? letter).join('');
  return skeleton !== word && /^[A-Za-z_]+$/.test(skeleton) ? skeleton : null;
}

const latin: ReadonlyMap<string, string> = new Map([
  ...pairs('АВЕЅІЈКМНОРСТУХҮԌԚԜаеѕіјкморстухԁԛԝһу', 'ABESIJKMHOPCTYXYGQWaesijkmopctyxdqwhy'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγ', 'ABEZHIKMNOPTYXaikvoptuxy'),
  ...pairs('ıɡ', 'ig'),
]);

function pairs(foreign: string, plain: string): [string, string][] {
  return [...foreign].map((letter, index) => [letter, plain.charAt(index)]);
}
