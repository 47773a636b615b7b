import { catalogue } from '../../dsl/catalogue.ts';
import type { Parts } from '../parts.ts';
import { openConsent } from './open.ts';
import type { Consent } from './port.ts';

/** The gate of these parts. Whoever was handed none gets one that knows the register and believes no grant, so that leaving it out never opens a way
 * around it. */
export function consentOf(parts: Pick<Parts, 'store' | 'consent'>): Consent {
  return parts.consent ?? openConsent(parts.store, { catalogue });
}
