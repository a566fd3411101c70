import { JsonReader, Unavailable, type Text } from '@guildhall/kernel-contract';
import { CHOICE_MODES } from '../agreeing/agreement';
import type { AttributeId } from '../agreeing/vocabulary';
import { CHECKS, exchangeAnswerSchema, type CheckId, type Decision } from '../asking/exchange';
import { CHOICE_STATES } from '../choosing/choice';
import { ENTRY_KINDS } from '../logging/entry';
import { documentReader } from '../read-document';
import type { AgreementInForce, PersonChoice, ToldByOther, TrailItem, TrailItems } from '../sharing-api';

const { decision, exchange, evidence, tooOld } = exchangeAnswerSchema.properties;
const readTold = documentReader<ToldByOther>({ type: 'object', required: ['exchange', 'decision', 'evidence'], properties: { exchange, decision, evidence, tooOld } }, 'what was told');
const readDecision = documentReader<Decision>(decision, 'a decision');

/** @throws Unavailable */
export function toldFromJson(json: unknown): ToldByOther {
  const read = readTold(json);
  if (!read.ok) throw new Unavailable('The other side’s answer is in a form that is not known here. Compare the versions of the contract on both sides.');
  const { exchange: asked, decision: decided, evidence: told, tooOld: old } = read.value;
  return { exchange: asked, decision: decided, evidence: told, ...(old && { tooOld: old }) };
}

/** The decision that comes with a refusal, where there is one. */
export function decisionFromJson(json: unknown): Decision | undefined {
  const read = readDecision(json);
  return read.ok ? read.value : undefined;
}

/** @throws Unavailable */
export function agreementsFromJson(json: unknown): readonly AgreementInForce[] {
  return new JsonReader({ agreements: json }, 'list of agreements').list('agreements').map((one) => {
    const from = new JsonReader(one, 'agreement');
    return {
      id: from.text('id'), version: from.count('version'), name: textIn(from.value('name')), sentence: textIn(from.value('sentence')), purpose: from.text('purpose'), attributes: from.texts('attributes') as readonly AttributeId[],
      holders: from.texts('holders'), receivers: from.texts('receivers'), choice: from.oneOf('choice', CHOICE_MODES), until: from.text('until'),
    };
  });
}

function textIn(json: unknown): Text {
  const from = new JsonReader(json, 'text');
  return { en: from.text('en'), cy: from.text('cy') };
}

/** @throws Unavailable */
export function trailFromJson(json: unknown): TrailItems {
  const from = new JsonReader(json, 'trail');
  return { items: from.list('items').map(itemFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

const KINDS = ENTRY_KINDS.filter((kind) => kind !== 'received');

function itemFromJson(json: unknown): TrailItem {
  const from = new JsonReader(json, 'line of a trail');
  return {
    index: from.count('index'), at: from.instant('at'), kind: from.oneOf('kind', KINDS), attributes: from.texts('attributes') as readonly AttributeId[], failed: from.texts('failed').filter((one): one is CheckId => CHECKS.some((check) => check === one)),
    ...from.maybe('peer', (name) => from.text(name)), ...from.maybe('agreement', (name) => from.text(name)), ...from.maybe('isTold', (name) => from.flag(name)),
  };
}

/** @throws Unavailable */
export function choicesFromJson(json: unknown): readonly PersonChoice[] {
  return new JsonReader({ choices: json }, 'list of choices').list('choices').map((one) => {
    const from = new JsonReader(one, 'choice');
    return { agreement: from.text('agreement'), mode: from.oneOf('mode', CHOICE_MODES), isOn: from.flag('isOn'), ...from.maybe('state', (name) => from.oneOf(name, CHOICE_STATES)), ...from.maybe('at', (name) => from.instant(name)) };
  });
}
