import { JsonReader, type PersonId, type Text } from '@guildhall/kernel-contract';
import { RIGHTS, RIGHTS_REQUEST_STATES, RIGHTS_STEPS, type RightsRecord, type RightsRequestInFull, type RightsRequestPage, type RightsRequestView } from '../rights-api';

/** @throws Unavailable */
export function requestFromJson(json: unknown): RightsRequestView {
  const from = new JsonReader(json, 'request for information rights');
  return {
    id: from.text('id'), reference: from.text('reference'), kind: from.oneOf('kind', RIGHTS), personId: from.text('personId') as PersonId, state: from.oneOf('state', RIGHTS_REQUEST_STATES), askedBy: from.oneOf('askedBy', ['resident', 'adviser'] as const),
    receivedAt: from.instant('receivedAt'), dueOn: from.text('dueOn'), isExtended: from.flag('isExtended'), version: from.count('version'),
    ...from.maybe('pausedFor', (name) => from.oneOf(name, ['identity', 'clarification'] as const)), ...from.maybe('expiresAt', (name) => from.instant(name)), ...from.maybe('closedAt', (name) => from.instant(name)),
  };
}

/** @throws Unavailable */
export function requestInFullFromJson(json: unknown): RightsRequestInFull {
  const steps = new JsonReader(json, 'request for information rights').list('steps').map((one) => {
    const from = new JsonReader(one, 'step of a request');
    return { kind: from.oneOf('kind', RIGHTS_STEPS), at: from.instant('at'), ...from.maybe('words', (name) => from.text(name)) };
  });
  return { ...requestFromJson(json), steps };
}

/** @throws Unavailable */
export function requestsFromJson(json: unknown): readonly RightsRequestView[] { return new JsonReader({ requests: json }, 'list of requests').list('requests').map(requestFromJson); }

/** @throws Unavailable */
export function requestPageFromJson(json: unknown): RightsRequestPage {
  const from = new JsonReader(json, 'page of requests');
  return { requests: from.list('requests').map(requestFromJson), ...from.maybe('next', (name) => from.text(name)) };
}

/** @throws Unavailable */
export function recordsFromJson(json: unknown): readonly RightsRecord[] {
  return new JsonReader({ records: json }, 'list of records').list('records').map((one) => {
    const from = new JsonReader(one, 'record');
    return {
      number: from.count('number'), source: from.text('source'), title: textIn(from.value('title')), since: from.instant('since'), proposal: from.oneOf('proposal', ['read', 'erase', 'keep'] as const), mustKeep: from.flag('mustKeep'),
      ...from.maybe('because', (name) => textIn(from.value(name))), ...from.maybe('keepUntil', (name) => from.text(name)), ...from.maybe('decision', (name) => from.oneOf(name, ['give', 'leave-out', 'erase', 'keep'] as const)),
      ...from.maybe('decidedBecause', (name) => from.text(name)), ...from.maybe('outcome', (name) => from.oneOf(name, ['erased', 'kept'] as const)),
    };
  });
}

function textIn(json: unknown): Text {
  const from = new JsonReader(json, 'text');
  return { en: from.text('en'), cy: from.text('cy') };
}
