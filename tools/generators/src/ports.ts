import type { Described } from './package-files';

/** What is known of a port for which a provider can be made. */
export interface PortSketch {
  /** The port's id, and what it is called in code. */
  readonly id: string;
  readonly capability: string;
  readonly token: string;
  readonly type: string;
  readonly kit: string;
  /** What a provider of it does: `Takes payments`. */
  readonly does: string;
  readonly description: (title: string) => Described;
  readonly personalData: (title: string) => object;
  /** A council's line, around the call of a provider. */
  readonly use: (call: string) => string;
  /** Folders below `templates`, besides that of all providers. */
  readonly templates: readonly string[];
  /** Browsers are sent to its far end by a form. */
  readonly isVisited?: boolean;
  /** Whose sign-in it is. */
  readonly who?: 'resident' | 'officer';
}

const FAR_END = 'provider-far-end';
const SIGN_IN = 'provider-sign-in';

/** Ports by what the generator calls them. */
export const PORTS = {
  payments: {
    id: 'payments.payment-provider', capability: 'payments', token: 'PAYMENT_PROVIDER', type: 'PaymentProvider', kit: 'PAYMENT_PROVIDER_KIT', does: 'Takes payments', isVisited: true,
    description: (title) => ({ en: `Payments by ${title}; with a simulator of it for tests and trials.`, cy: `Taliadau drwy ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `payments({ providers: [${call}] })`, templates: ['provider-payments'],
    personalData: (title) => ({ data: `What the payer types at ${title}`, purpose: 'Taking payments', retention: `As ${title} says` }),
  },
  notifications: {
    id: 'notifications.message-provider', capability: 'notifications', token: 'MESSAGE_PROVIDER', type: 'MessageProvider', kit: 'messageProviderKit', does: 'Sends emails and text messages',
    description: (title) => ({ en: `Emails and text messages by ${title}; with a simulator of it for tests and trials.`, cy: `E-byst a negeseuon testun drwy ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `notifications({ providers: [${call}] })`, templates: [FAR_END, 'provider-notifications'],
    personalData: (title) => ({ data: `Email addresses, mobile numbers and the words of messages, at ${title}`, purpose: 'Sending messages', retention: `As ${title} says` }),
  },
  addresses: {
    id: 'addresses.address-provider', capability: 'addresses', token: 'ADDRESS_PROVIDER', type: 'AddressProvider', kit: 'addressProviderKit', does: 'Finds addresses',
    description: (title) => ({ en: `Addresses from ${title}; with a simulator of it for tests and trials.`, cy: `Cyfeiriadau gan ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `addresses({ providers: [${call}] })`, templates: [FAR_END, 'provider-addresses'],
    personalData: (title) => ({ data: `The postcode, the words or the UPRN that somebody searches for, at ${title}`, purpose: 'Finding an address', retention: `As ${title} says` }),
  },
  'back-office': {
    id: 'back-office.provider', capability: 'back-office', token: 'BACK_OFFICE_PROVIDER', type: 'BackOfficeProvider', kit: 'backOfficeKit', does: 'Hands cases over to be worked on',
    description: (title) => ({ en: `Cases handed over to ${title}, and what becomes of them; with a simulator of it for tests and trials.`, cy: `Achosion a drosglwyddir i ${title}, a’r hyn a ddaw ohonynt; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `backOffice({ providers: [${call}] })`, templates: [FAR_END, 'provider-back-office'],
    personalData: (title) => ({ data: `Cases with the place and, where the council says so, the contact details of whoever reported them, at ${title}`, purpose: 'Working on cases', retention: `As ${title} says` }),
  },
  'document-store': {
    id: 'documents.document-store', capability: 'documents', token: 'DOCUMENT_STORE', type: 'DocumentStore', kit: 'documentStoreKit', does: 'Keeps documents',
    description: (title) => ({ en: `Documents kept at ${title}; with a simulator of it for tests and trials.`, cy: `Dogfennau a gedwir gan ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `documents({ providers: [${call}] })`, templates: [FAR_END, 'provider-document-store'],
    personalData: (title) => ({ data: `Photos and documents that people send, at ${title}`, purpose: 'Keeping documents', retention: 'Until the council removes them' }),
  },
  'virus-scanner': {
    id: 'documents.virus-scanner', capability: 'documents', token: 'VIRUS_SCANNER', type: 'VirusScanner', kit: 'virusScannerKit', does: 'Looks for malware',
    description: (title) => ({ en: `Malware found by ${title}; with a simulator of it for tests and trials.`, cy: `Maleiswedd a ganfyddir gan ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `documents({ providers: [localDisk(), ${call}] })`, templates: [FAR_END, 'provider-virus-scanner'],
    personalData: (title) => ({ data: `Photos and documents that people send, while they are looked at by ${title}`, purpose: 'Finding malware', retention: `As ${title} says` }),
  },
  'evidence-source': {
    id: 'sharing.evidence-source', capability: 'sharing', token: 'EVIDENCE_SOURCE', type: 'EvidenceSource', kit: 'evidenceSourceKit', does: 'Reads what is known of one person',
    description: (title) => ({ en: `What ${title} knows of one person, and no more than is asked; with a simulator of it for tests and trials.`, cy: `Yr hyn a ŵyr ${title} am un person, a dim mwy na’r hyn a ofynnir; gydag efelychydd.` }), use: (call) => `sharing({ providers: [${call}] })`, templates: [FAR_END, 'provider-evidence-source'],
    personalData: (title) => ({ data: `What is asked about somebody, at ${title}`, purpose: 'Telling other bodies what an agreement lets them know', retention: `As ${title} says` }),
  },
  'resident-sign-in': {
    id: 'identity.resident-sign-in', capability: 'identity', token: 'RESIDENT_SIGN_IN', type: 'SignInProvider', kit: 'redirectSignInKit', does: 'Signs residents in', isVisited: true, who: 'resident',
    description: (title) => ({ en: `Residents signed in by ${title}; with a simulator of it for tests and trials.`, cy: `Preswylwyr yn mewngofnodi drwy ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `identity({ residents: [${call}], officers: [] })`, templates: [FAR_END, SIGN_IN, 'provider-resident-sign-in'],
    personalData: (title) => ({ data: `Names and email addresses of residents, and that they signed in, at ${title}`, purpose: 'Signing residents in', retention: `As ${title} says` }),
  },
  'resident-sign-in-by-code': {
    id: 'identity.resident-sign-in', capability: 'identity', token: 'RESIDENT_SIGN_IN', type: 'SignInProvider', kit: 'codeSignInKit', does: 'Signs residents in by a code',
    description: (title) => ({ en: `Residents signed in by a code that ${title} sends and compares; with a simulator of it for tests and trials.`, cy: `Preswylwyr yn mewngofnodi â chod y mae ${title} yn ei anfon ac yn ei gymharu; gydag efelychydd.` }), use: (call) => `identity({ residents: [${call}], officers: [] })`, templates: [FAR_END, 'provider-code-sign-in'],
    personalData: (title) => ({ data: `Email addresses and mobile numbers to which a code was sent, at ${title}`, purpose: 'Signing residents in', retention: `As ${title} says` }),
  },
  'officer-sign-in': {
    id: 'identity.officer-sign-in', capability: 'identity', token: 'OFFICER_SIGN_IN', type: 'RedirectSignIn', kit: 'redirectSignInKit', does: 'Signs members of staff in', isVisited: true, who: 'officer',
    description: (title) => ({ en: `Members of staff signed in by ${title}; with a simulator of it for tests and trials.`, cy: `Staff yn mewngofnodi drwy ${title}; gydag efelychydd ar gyfer profion a threialon.` }), use: (call) => `identity({ residents: [], officers: [${call}] })`, templates: [FAR_END, SIGN_IN, 'provider-officer-sign-in'],
    personalData: (title) => ({ data: `Names, work addresses and groups of staff, at ${title}`, purpose: 'Signing staff in', retention: `As ${title} says` }),
  },
} as const satisfies Readonly<Record<string, PortSketch>>;
/** What a provider can be made for. @public */
export type ProviderPort = keyof typeof PORTS;
export const isPort = (port: unknown): port is ProviderPort => typeof port === 'string' && Object.hasOwn(PORTS, port);
