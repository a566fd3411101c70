import { NCSC_PRINCIPLES, type Evidence, type EvidencePack } from '@guildhall/kernel-contract';

const HOW: Readonly<Record<Evidence['how'], string>> = { measured: 'measured here', configured: 'read in the configuration', told: 'told by whoever looks after it' };
const MARK: Readonly<Record<Evidence['state'], string>> = { shown: 'shown', fault: 'FAULT', missing: 'MISSING' };

/** The pack for people, in Markdown: principle by principle, with how each was shown. */
export function evidencePage({ council, at, node, modules, components, evidence }: EvidencePack): string {
  const before = new Set<string>();
  const principles = Object.entries(NCSC_PRINCIPLES).map(([number, { en }]) => {
    const of = evidence.filter((one) => one.principles.includes(number));
    return `## ${number}. ${en}\n\n${of.length ? of.map((one) => line(one, before)).join('\n') : '- MISSING: a program can show nothing of this. Ask whoever runs it.'}\n`;
  });
  const count = (state: Evidence['state']): number => evidence.filter((one) => one.state === state).length;
  return [
    `# What ${council.slug} (${council.origin}) shows of itself\n`,
    `Made at ${at} on Node.js ${node}. ${count('shown')} things are shown, ${count('fault')} are faults, ${count('missing')} are missing. It is what the deployment says of itself: an assessor looks whether it is so.\n`,
    `Components: ${components === null ? 'not listed' : `sha256 ${components}`}. Modules: ${modules.map(({ id, version }) => `${id} ${version}`).join(', ')}.\n`,
    ...principles,
  ].join('\n');
}

/** Its figures stand where it is first named. */
function line({ id, how, state, text, facts = {} }: Evidence, before: Set<string>): string {
  const figures = before.has(id) ? [] : Object.entries(facts).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') || 'none' : String(value)}`);
  before.add(id);
  return `- **${MARK[state]}**: ${oneLine(text)} *(${id}, ${HOW[how]})*${figures.length ? `\n${figures.map((figure) => `  - ${oneLine(figure)}`).join('\n')}` : ''}`;
}
/** What modules say may hold anything: it stays on its line, and makes no markup. */
function oneLine(text: string): string { return text.replace(/\s+/g, ' ').replace(/[<>[\]`]/g, (one) => `\\${one}`); }
