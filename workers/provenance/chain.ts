import { X509Certificate } from 'node:crypto';
import { renewHome, unfit } from './unfit.ts';

/** Each certificate of a text in PEM. */
export function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** A certificate in PEM; null where it is damaged. */
export function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Whose it is, as people call them. */
export function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}

/** Reads a chain in PEM and holds it against the C2PA's certificate profile
 * (https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html#x509_certificates), as far as readers refuse what is
 * signed otherwise; the signing library says of all of it no more than that something is invalid. Throws Failure PQL626. */
export function readChain(text: string, now: Date, ofHome: boolean): X509Certificate[] {
  const found = certificatesIn(text);
  if (found.length === 0)
    throw text.includes('PRIVATE KEY-----')
      ? unfit(
          'PQL_C2PA_CERT holds a key and no certificate',
          'PQL_C2PA_CERT is the chain and PQL_C2PA_KEY its key: see that they are not exchanged',
        )
      : unfit('there is no certificate in PEM', ofHome ? renewHome : chainFirst);
  const chain = found.map((pem, at) => {
    const certificate = readCertificate(pem);
    if (certificate !== null) return certificate;
    throw unfit(`certificate ${at + 1} is damaged`, ofHome ? renewHome : chainFirst);
  });
  checkSigner(chain[0]!, now, ofHome);
  for (const [at, certificate] of chain.slice(0, -1).entries())
    if (!signedBy(certificate, chain[at + 1]!))
      throw unfit(
        `certificate ${at + 1} of the chain is not signed by certificate ${at + 2}`,
        `${chainFirst}, then who signed it, up to the root`,
      );
  return chain;
}

const chainFirst = "let PQL_C2PA_CERT name the chain in PEM, the signer's certificate first";

function checkSigner(signer: X509Certificate, now: Date, ofHome: boolean): void {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const another = ofHome ? renewHome : 'let PQL_C2PA_CERT and PQL_C2PA_KEY name a new one and its key';
  if (signer.ca)
    throw unfit('its first certificate is that of an authority, not of a signer', `${chainFirst}`);
  const [from, to] = [new Date(signer.validFrom), new Date(signer.validTo)];
  if (now > to) throw unfit(`the certificate ended on ${day(to)}`, another);
  if (now < from)
    throw unfit(
      `the certificate holds from ${day(from)} on`,
      'wait until then, or see that the clock of this machine is right',
    );
  // Node calls the extended key usage so.
  const uses: readonly string[] = signer.keyUsage ?? [];
  if (!uses.some((use) => signingUses.has(use)))
    throw unfit(
      uses.length === 0
        ? 'the certificate does not say what it is for (it has no extended key usage)'
        : 'the certificate is for something else than signing (its extended key usage does not allow it)',
      'ask its authority for one to sign content credentials or documents, or for e-mail protection',
    );
}

/** Signing claims of the C2PA; documents (RFC 9336, as Microsoft too has it); e-mail protection. */
const signingUses: ReadonlySet<string> = new Set([
  '1.3.6.1.4.1.62558.2.1',
  '1.3.6.1.5.5.7.3.36',
  '1.3.6.1.4.1.311.76.59.1.9',
  '1.3.6.1.5.5.7.3.4',
]);

function signedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return certificate.verify(authority.publicKey);
  } catch {
    // A key of another kind than the signature's.
    return false;
  }
}
