import type { Answer } from '@guildhall/payments-contract/far-end';
import { govUkPayProblem } from '@guildhall/payments-contract/far-end';

/** Whether the firewall before the API lets no request with this text through (API reference, P0920). */
export function isStopped(text: string): boolean { return /[<>"\\|]/.test(text); }

/** What it answers. */
export function stopped(): Answer { return govUkPayProblem(400, 'P0920', 'Request blocked by security rules. Please consult API documentation for more information.'); }
