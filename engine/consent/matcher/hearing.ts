/** What it costs to hear one sound as another, or not at all, in hundredths; by the codes of both. */
const costs = new Uint8Array(128 * 128).fill(100);
const leftOut = new Uint8Array(128).fill(100);
const alike = (pairs: string, cost: number) => {
  for (const pair of pairs.split(' ')) {
    const [a, b] = [pair.charCodeAt(0), pair.charCodeAt(1)];
    costs[128 * a + b] = cost;
    costs[128 * b + a] = cost;
  }
};
for (const a of 'aeiouy') alike([...'aeiouy'].map((b) => a + b).join(' '), 25);
alike('wv wu vf sz kg JZ cs cz cC Cs hk hg', 25);
alike('vu vo wo bv', 30);
alike('bp td JS CS CJ sS zZ vb wf lr fp', 40);
alike('mn Jh Jg Jk Jy Ji Ck Ch ts tz Js Jz Sk dz yj', 50);
for (let code = 0; code < 128; code++) costs[129 * code] = 0;
for (const vowel of 'aeiouy') leftOut[vowel.charCodeAt(0)] = 30;
for (const light of 'hw') leftOut[light.charCodeAt(0)] = 35;
leftOut['r'.charCodeAt(0)] = 70;

/** Letters of a word that is compared; of longer ones the beginning. */
const longest = 40;

/** A measure of how much a word of another script sounds like one of a name, 0 to 1; both as their sounds (`soundsOfForeign`, `soundsOfName`). Its two rows are used again, since it runs
 * some thousand times a prompt. */
export function createHearing(): (foreign: string, name: string) => number {
  let [before, row] = [new Uint16Array(longest + 1), new Uint16Array(longest + 1)] as [
    Uint16Array,
    Uint16Array,
  ];
  return (foreign, name) => {
    const [n, m] = [Math.min(foreign.length, longest), Math.min(name.length, longest)];
    if (n === 0 || m === 0) return 0;
    before[0] = 0;
    for (let j = 1; j <= m; j++) before[j] = before[j - 1]! + leftOut[name.charCodeAt(j - 1)]!;
    for (let i = 1; i <= n; i++) {
      const a = foreign.charCodeAt(i - 1);
      const gone = leftOut[a]!;
      row[0] = before[0]! + gone;
      for (let j = 1; j <= m; j++) {
        const b = name.charCodeAt(j - 1);
        let cost = before[j - 1]! + costs[128 * a + b]!;
        if (before[j]! + gone < cost) cost = before[j]! + gone;
        const over = row[j - 1]! + leftOut[b]!;
        row[j] = over < cost ? over : cost;
      }
      [before, row] = [row, before];
    }
    return 1 - before[m]! / (100 * Math.max(n, m));
  };
}
