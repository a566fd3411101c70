import { valueFault, type Vocabulary } from '../agreeing/vocabulary';
import { parseCheckpoint } from '../checkpoint';
import { entryBytes } from '../logging/entry';
import { leafHash, verifyInclusion } from '../merkle-tree';
import { openNote } from '../signed-note';
import { keysAt, type Body } from '../trusting/body';
import { answerDigest, type ExchangeAnswer, type ExchangeRequest } from './exchange';

/** What an answer is held against. @public */
export interface ToProve {
  readonly request: ExchangeRequest;
  /** `Content-Digest` of the question. */
  readonly question: string;
  readonly status: number;
  /** Who asked. */
  readonly asker: string;
  /** Who answers. */
  readonly holder: Body;
  readonly vocabulary: Pick<Vocabulary, 'attributes'>;
  readonly now: Date;
}

/**
 * Why a signed answer does not prove itself; nothing when it does: it is to this question, tells no more than was asked, and is proved to be in the log of whoever answers, as it was told.
 * @public
 */
export function answerFault(answer: ExchangeAnswer, { request, question, status, asker, holder, vocabulary, now }: ToProve): string | undefined {
  const { exchange, decision, evidence, tooOld = [], log } = answer;
  const { entry } = log;
  if (exchange !== request.exchange) return 'The answer is to another question.';
  if ((status === 200) !== decision.allow) return 'The answer says something else than its status.';
  if (decision.allow !== decision.reasons.every(({ pass }) => pass)) return 'The answer says something else than its reasons.';
  if (!decision.allow && evidence.length + tooOld.length > 0) return 'The answer refuses and tells something.';
  // Where it was not proved who asked, nobody stands there: that is a refusal like any other.
  const isNobodys = entry.peer === null && !decision.allow && decision.reasons.some(({ id, pass }) => id === 'signature' && !pass);
  if (entry.kind !== 'answered' || entry.exchange !== exchange || (entry.peer !== asker && !isNobodys) || entry.agreement !== request.agreement || entry.purpose !== request.purpose || entry.allow !== decision.allow || entry.req !== question || entry.res !== answerDigest(answer)) return 'The log has something else than the answer.';
  const other = tooOld.find((attribute) => !request.attributes.includes(attribute));
  if (other !== undefined) return `The answer speaks of ${other}, which was not asked.`;
  for (const { attribute, value } of evidence) {
    const form = vocabulary.attributes.find(({ id }) => id === attribute)?.form;
    if (!request.attributes.includes(attribute) || !form) return `The answer tells ${attribute}, which was not asked.`;
    const fault = valueFault(form, value);
    if (fault !== undefined) return `What the answer tells of ${attribute} ${fault}.`;
  }
  return logFault(log, holder, now);
}

function logFault({ entry, index, proof, checkpoint: note }: ExchangeAnswer['log'], holder: Body, now: Date): string | undefined {
  const opened = openNote(note, keysAt(holder, now).map(({ key }) => ({ name: holder.logOrigin, key })));
  if (!opened.ok) return 'The checkpoint is not signed by the log of whoever answers.';
  try {
    const { origin, size, root } = parseCheckpoint(opened.value.text);
    const isIn = origin === holder.logOrigin && verifyInclusion({ index, size, leaf: leafHash(entryBytes(entry)), proof: proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64'))), root });
    return isIn ? undefined : 'It is not proved that the answer is in the log.';
  } catch (error) {
    if (error instanceof SyntaxError) return 'The checkpoint cannot be read.';
    throw error;
  }
}
