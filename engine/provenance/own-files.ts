/** Files in PEM that an installation was given to sign content credentials with: the chain, the signer's certificate first, and its key. */
export interface OwnFiles {
  certificate: string;
  key: string;
}

/** Reads where they lie from the environment; neither is of use without the other. */
export function readOwnFiles(
  path: (name: string) => string | null,
  problems: { variable: string; problem: string }[],
): OwnFiles | null {
  const [certificate, key] = [path('PQL_C2PA_CERT'), path('PQL_C2PA_KEY')];
  if (certificate !== null && key !== null) return { certificate, key };
  if (certificate !== null || key !== null)
    problems.push({
      variable: certificate === null ? 'PQL_C2PA_CERT' : 'PQL_C2PA_KEY',
      problem: 'is missing: a chain in PEM and its key go together; set both, or neither',
    });
  return null;
}
