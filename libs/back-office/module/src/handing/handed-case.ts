import type { HandedAnswer, HandedCase, HandedContact, HandedPhoto, HandedPlace } from '@guildhall/back-office-contract';
import { wordsIn, type CaseLocation, type CaseView } from '@guildhall/cases-contract';
import type { CasesHandedOver } from '../back-office.options';
import type { HandOverRow } from '../data/hand-over-row';

/** A case as the far end may know it: nothing about people but what the council's line says. */
export function handedCaseOf(view: CaseView, { sends = {}, language = 'en' }: CasesHandedOver, photos: readonly HandedPhoto[], { tries: attempt, last_tried_at: lastTriedAt }: Pick<HandOverRow, 'tries' | 'last_tried_at'>): HandedCase {
  const answers = view.answers.filter(({ personal }) => !personal || sends.personalAnswers).map(({ question, answer, code }): HandedAnswer => ({ question: wordsIn(question, language), answer: wordsIn(answer, language), ...(code !== undefined && { code }) }));
  const place = view.location && (!view.location.personal || sends.homes) ? placeOf(view.location) : undefined;
  const contact = sends.contact ? contactOf(view) : undefined;
  return {
    caseId: view.id, reference: view.reference, caseType: view.caseType, typeTitle: view.typeTitle[language], summary: wordsIn(view.summary, language), openedAt: view.openedAt, language, answers, attempt, ...(lastTriedAt && { lastTriedAt }),
    ...(place && { place }), ...(contact && { contact }), ...(photos.length > 0 && { photos }),
  };
}

function placeOf({ point, uprn, lines, postcode, near, note }: CaseLocation): HandedPlace {
  return { ...(point && { point }), ...(uprn !== undefined && { uprn }), ...(lines && { lines }), ...(postcode !== undefined && { postcode }), ...(near !== undefined && { near }), ...(note !== undefined && { note }) };
}

function contactOf({ contact }: CaseView): HandedContact | undefined {
  const { name, email, phone } = contact ?? {};
  const given = { ...(name !== undefined && { name }), ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
  return Object.keys(given).length ? given : undefined;
}
