import type { RequestContext } from '@guildhall/kernel-contract';
import type { CaseView, OpenCase, OpenedCase } from '@guildhall/cases-contract';
import { pothole, type CasesApp } from './cases-app';

/** Opens a case as a visitor, or as whoever is given. */
export async function openCase(app: CasesApp, changes: Partial<OpenCase> = {}, ctx: RequestContext = app.as({ kind: 'nobody' })): Promise<OpenedCase> {
  const outcome = await app.cases.open(ctx, {
    caseId: app.newId(), idempotencyKey: app.newId(), caseType: pothole.id, summary: 'Pothole in Mill Lane',
    openedFor: { contact: { name: 'Olwen Pugh', email: 'olwen@home.example', phone: '07700 900123' }, language: 'en' },
    location: { lines: ['4 Mill Lane', 'Testham'], postcode: 'ZZ99 4AB', point: { latitude: 52.1, longitude: -1.5 }, ward: { code: 'E05999001', name: 'Castle' } },
    answers: [{ section: 'The pothole', question: 'How deep is it?', answer: 'Deeper than a hand' }, { section: 'You', question: 'Your name', answer: 'Olwen Pugh', personal: true }], ...changes,
  });
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}

/** Moves a case. */
export async function moveCase(app: CasesApp, ctx: RequestContext, caseId: string, transition: string, reasons?: string): Promise<CaseView> {
  const outcome = await app.cases.move(ctx, { caseId, transition, idempotencyKey: app.newId(), ...(reasons && { reasons }) });
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}

/** A page as somebody reads it: tags away, blanks as one. */
export function wordsOf(html: string): string {
  return html.replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/\s+/g, ' ');
}

/** The hidden fields of the form that leads to a path. */
export function formTo(html: string, action: string): Record<string, string> {
  const form = html.split('<form').find((part) => part.includes(`action="${action}"`))?.split('</form>')[0];
  if (!form) throw new Error(`No form leads to ${action}.`);
  return Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, value.replace(/&amp;/g, '&')]));
}
