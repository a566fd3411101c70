import { request } from 'node:http';
import { createRequire } from 'node:module';

const { COUNTY, TRUST } = createRequire(import.meta.url)('./what-they-agreed.cjs');

/** What Riverbourne's own systems may ask about Tom Bell in the demonstration, by the word that one says; `county:AGREEMENT` asks the same by an agreement that the officers have made meanwhile. */
const QUESTIONS = {
  county: { agreement: 'garden-waste-concession', holder: COUNTY, attributes: ['address.current', 'council-tax-reduction.receives'], because: 'An application for garden waste' },
  care: { agreement: 'assisted-collection', holder: TRUST, attributes: ['care.receives'], because: 'An application for an assisted collection' },
};

/**
 * Asks as a system of Riverbourne's would, by its REST interface, and says what was told, or why nothing was.
 * @param kept what the running demonstration has kept
 * @returns {Promise<string>} in sentences
 * @throws Error when there is no such question, or it does not run
 */
export async function ask({ riverbournesPort, machine, person }, what) {
  const [word, by] = what.split(':');
  const question = Object.hasOwn(QUESTIONS, word) && { ...QUESTIONS[word], ...(by && { agreement: by }) };
  if (!question) throw new Error(`There is nothing to ask by the word "${word}". Say ${Object.keys(QUESTIONS).join(' or ')}.`);
  if (!machine) throw new Error('Nothing has been set up yet: start the demonstration first, with npm run demo:sharing.');
  const body = JSON.stringify({ ...question, person, service: 'demonstration', network: 'internet', device: 'server' });
  const { status, text } = await post(riverbournesPort, body, `Bearer ${machine.clientId}.${machine.secret}`);
  const answer = JSON.parse(text);
  if (status !== 200 && status !== 422) throw new Error(`Riverbourne answered ${status}: ${answer.detail ?? answer.title}`);
  if (!answer.ok) return `Nothing was told. ${answer.refusal.message}`;
  return answer.value.evidence.map(({ attribute, value, asOf, source }) => `${attribute}: ${wordsOf(value)}, as at ${asOf}, from ${source}.`).join('\n');
}

function wordsOf(value) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? [...value.lines, value.postcode].join(', ') : String(value);
}

function post(port, body, authorization) {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/sharing/v1/exchanges', method: 'POST', agent: false, headers: { host: `localhost:${port}`, 'content-type': 'application/json', accept: 'application/json', authorization, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve({ status: answer.statusCode, text }));
    }).on('error', () => reject(new Error('Riverbourne does not answer. Start the demonstration first, with npm run demo:sharing.'))).end(body);
  });
}
