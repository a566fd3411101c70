import type { Secret } from '@guildhall/kernel-contract';

/** Whose payments a council uses, and how it is let in. @public */
export interface PaymentsOverHttpOptions {
  /** Origin of the app that takes the payments: `https://apps.riverbourne.example`. */
  readonly origin: string;
  /** The machine credential that its council has made for this one: `client-id.secret`. */
  readonly credential: Secret;
  /** Origins of the pages on which payers pay, which that council names, with commas between them: `https://card.payments.service.gov.uk`. Payers are sent nowhere else. */
  readonly payPages: string;
  /** This council's own VAT registration number, for receipts: `GB 999 9999 73`. */
  readonly vatNumber?: string;
}

/** @throws Error that says what to write instead */
export function checkOptions({ origin, payPages }: PaymentsOverHttpOptions): void {
  for (const [name, given] of [['origin', origin] as const, ...originsOf(payPages).map((one) => ['payPages', one] as const)]) {
    const { protocol, origin: itsOrigin, hostname } = URL.canParse(given) ? new URL(given) : { protocol: '', origin: '', hostname: '' };
    const isOnThisMachine = hostname === 'localhost' || hostname.endsWith('.localhost');
    if (itsOrigin !== given || !(protocol === 'https:' || (protocol === 'http:' && isOnThisMachine))) throw new Error(`paymentsOverHttp({ ${name}: "${given}" }): write an origin over HTTPS, like https://apps.riverbourne.example, without a path.`);
  }
}

/** What stands in a setting with commas. */
export function originsOf(list: string): readonly string[] {
  return list.split(',').map((one) => one.trim()).filter((one) => one !== '');
}
