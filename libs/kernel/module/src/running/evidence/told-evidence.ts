import type { Evidence } from '@guildhall/kernel-contract';
import { missing } from './found';

/** What no program sees of itself, with whom to ask: each is said to be missing until somebody tells. */
const UNSEEN: Readonly<Record<string, { readonly principles: readonly string[]; readonly what: string }>> = {
  backups: { principles: ['2', '5'], what: 'how often backups are made, where they lie, and when one was last restored' },
  location: { principles: ['2'], what: 'in which country and at whose machines the data lie, and how these are wiped' },
  governance: { principles: ['4'], what: 'who answers for the service, and by which rules' },
  people: { principles: ['6'], what: 'how those who administer it are vetted and trained' },
  patching: { principles: ['5'], what: 'how soon a known fault of the system below is mended' },
  incidents: { principles: ['5', '13'], what: 'who is called when something goes wrong, and how soon the council is told' },
  administrators: { principles: ['12'], what: 'how many people administer it, from which devices, and with which second factor' },
};

/**
 * What whoever looks after it has said: `{ "backups": { "text": "Every night, restored on 2026-10-01.", "on": "2026-11-01" } }`.
 * @throws Error that says what the file may hold
 */
export function toldEvidence(told: unknown): readonly Evidence[] {
  const said = (told ?? {}) as Readonly<Record<string, { readonly text?: unknown; readonly on?: unknown }>>;
  const wrong = Object.keys(said).filter((id) => !Object.hasOwn(UNSEEN, id) || typeof said[id]?.text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(String(said[id].on)));
  if (wrong.length) throw new Error(`What is told of ${wrong.join(', ')} cannot be taken. Each of ${Object.keys(UNSEEN).join(', ')} may have a text and the day on which it was so: { "backups": { "text": "…", "on": "2026-11-01" } }.`);
  return Object.entries(UNSEEN).map(([id, { principles, what }]): Evidence => {
    const one = said[id];
    return one ? { id: `told.${id}`, principles, how: 'told', state: 'shown', text: String(one.text).slice(0, 5000), facts: { on: String(one.on) } } : missing(`told.${id}`, principles, 'told', `Nobody has told ${what}.`);
  });
}
