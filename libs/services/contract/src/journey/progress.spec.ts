import * as fc from 'fast-check';
import type { AnswerValue, Answers } from '../answers';
import type { Condition } from '../condition';
import { defineService } from '../define-service';
import { installService, type InstalledService } from '../installed-service';
import type { Page } from '../page';
import type { Question } from '../question';
import { hedgehogHouses } from '../testing/hedgehog-houses';
import { mayOpen, nextPlace, previousPage, progressOf, sectionOf } from './progress';
import { checkAnswers } from './check-answers';
import { submissionOf } from './submission';

const TODAY = '2026-11-23';
const text = (words: string) => ({ en: words, cy: `${words} (cy)` });

/** Journeys of up to ten pages whose pages and questions depend on any earlier choice, or on a function of them. */
const journey: fc.Arbitrary<InstalledService> = fc
  .array(fc.record({ kinds: fc.array(fc.constantFrom('radios', 'yes-no', 'number', 'text', 'checkboxes'), { minLength: 1, maxLength: 3 }), optional: fc.boolean(), dependsOn: fc.nat(30), howMuch: fc.nat(5), ends: fc.nat(9) }), { minLength: 1, maxLength: 10 })
  .map((shapes) => {
    const pages: Page[] = [];
    const earlier: Question[] = [];
    shapes.forEach((shape, index) => {
      const when = conditionOn(earlier, shape.dependsOn, shape.howMuch);
      if (shape.ends === 0 && when && index > 0) { pages.push({ slug: `end-${index}`, title: text('End'), ending: [text('Not here')], when }); return; }
      const questions = shape.kinds.map((kind, at): Question => {
        const base = { id: `q${index}x${at}`, title: text(`Question ${index} ${at}`), ...(at > 0 && conditionOn(earlier, shape.dependsOn + at, shape.howMuch + 1) ? { when: conditionOn(earlier, shape.dependsOn + at, shape.howMuch + 1) } : {}) };
        const answering = shape.optional ? { optional: true as const } : { missing: text('Answer') };
        const options = ['a', 'b', 'c'].map((value) => ({ value, title: text(value) }));
        switch (kind) {
          case 'radios': return { ...base, ...answering, type: 'radios', options };
          case 'checkboxes': return { ...base, ...answering, type: 'checkboxes', options };
          case 'yes-no': return { ...base, ...answering, type: 'yes-no' };
          case 'number': return { ...base, ...answering, type: 'number', atLeast: 0, atMost: 5 };
          default: return { ...base, ...answering, type: 'text' };
        }
      });
      pages.push({ slug: `page-${index}`, title: text('Page'), questions, ...(when && { when }) });
      earlier.push(...questions);
    });
    if (!pages.some(({ questions }) => questions)) pages.push({ slug: 'page-last', questions: [{ id: 'last', type: 'yes-no', title: text('Last'), missing: text('Answer') }] });
    const { sections: _sections, declaration: _declaration, fee: _fee, ...rest } = hedgehogHouses;
    const service = defineService({ ...rest, settings: {}, start: { who: text('All'), minutes: 1 }, pages, opens: { types: rest.opens.types, summary: () => text('One') } });
    return installService({ slug: service.slug, service, settings: {} });
  });

function conditionOn(earlier: readonly Question[], which: number, how: number): Condition | undefined {
  const question = earlier[which % Math.max(1, earlier.length)];
  if (!question || how === 0) return undefined;
  const match: Condition = question.type === 'yes-no' ? { [question.id]: true } : question.type === 'number' ? { [question.id]: { atLeast: 2 } } : question.type === 'text' ? { [question.id]: 'x' } : { [question.id]: ['a', 'b'] };
  switch (how) {
    case 1: return match;
    case 2: return { not: match };
    case 3: return { anyOf: [match, { not: match }] };
    default: return (answers) => answers[question.id] !== undefined;
  }
}

/** Anything that may be in a draft: right answers, answers of other branches, and answers that no longer fit. */
const draftOf = (service: InstalledService): fc.Arbitrary<Answers> => fc.record<Record<string, AnswerValue | null>>(
  Object.fromEntries([...service.questions.values()].map((question) => [question.id, fc.oneof({ weight: 6, arbitrary: answerTo(question) }, { weight: 1, arbitrary: fc.constant<AnswerValue | null>(null) }, { weight: 1, arbitrary: fc.constantFrom<AnswerValue>('gone', 999, ['gone']) })])),
  { requiredKeys: [] },
) as fc.Arbitrary<Answers>;
function answerTo(question: Question): fc.Arbitrary<AnswerValue> {
  switch (question.type) {
    case 'yes-no': return fc.boolean();
    case 'number': return fc.integer({ min: 0, max: 5 });
    case 'radios': return fc.constantFrom('a', 'b', 'c');
    case 'checkboxes': return fc.subarray(['a', 'b', 'c'], { minLength: 1 });
    default: return fc.constantFrom('x', 'words');
  }
}
const drafts = journey.chain((service) => fc.tuple(fc.constant(service), draftOf(service)));

describe('the journey, whatever its branches and whatever was answered before', () => {
  it('is decided by the answers that count, and by no answer that a branch has left behind', () => {
    fc.assert(fc.property(drafts, ([service, answers]) => {
      const progress = progressOf(service, answers, TODAY);
      expect(progressOf(service, progress.reachable, TODAY)).toEqual(progress);
    }));
  });

  it('counts answers of questions that apply, and only those', () => {
    fc.assert(fc.property(drafts, ([service, answers]) => {
      const { steps, reachable } = progressOf(service, answers, TODAY);
      const applying = steps.flatMap(({ questions }) => questions.map(({ id }) => id));
      for (const id of Object.keys(reachable)) expect(applying).toContain(id);
    }));
  });

  it('lets nobody skip ahead of a page that is not answered, nor keeps anybody from one that is', () => {
    fc.assert(fc.property(drafts, ([service, answers]) => {
      const progress = progressOf(service, answers, TODAY);
      const barrier = progress.steps.findIndex(({ isComplete }) => !isComplete);
      progress.steps.forEach(({ page }, at) => expect(mayOpen(progress, page.slug)).toBe(barrier === -1 || at <= barrier));
      for (const slug of service.pages.keys()) if (slug !== progress.ending?.slug && !progress.steps.some(({ page }) => page.slug === slug)) expect(mayOpen(progress, slug)).toBe(false);
      expect(mayOpen(progress, 'check-answers')).toBe(barrier === -1 && !progress.ending);
    }));
  });

  it('never leads to a page that may not be opened, and the way back from the next page is the page before it', () => {
    fc.assert(fc.property(drafts, ([service, answers]) => {
      const progress = progressOf(service, answers, TODAY);
      for (const { page } of progress.steps) {
        if (!mayOpen(progress, page.slug)) continue;
        const next = nextPlace(progress, page.slug);
        const slug = next.kind === 'page' ? next.page.slug : 'check-answers';
        expect(mayOpen(progress, slug)).toBe(true);
        if (slug !== page.slug && progress.steps.find((step) => step.page.slug === page.slug)?.isComplete) expect(previousPage(progress, slug)?.slug).toBe(page.slug);
      }
    }));
  });

  it('ends when it is answered page by page, in at most as many steps as there are pages', () => {
    fc.assert(fc.property(drafts, fc.infiniteStream(fc.nat(5)), ([service, before], choices) => {
      let answers = before;
      for (let steps = 0; ; steps++) {
        const progress = progressOf(service, answers, TODAY);
        if (!progress.firstUnfinished) { expect(progress.isComplete || progress.ending !== undefined).toBe(true); return; }
        expect(steps).toBeLessThanOrEqual(service.pages.size);
        const given = progress.firstUnfinished.questions.map((question) => {
          const choice = choices.next().value as number;
          const value: AnswerValue = question.type === 'yes-no' ? choice % 2 === 0 : question.type === 'number' ? choice : question.type === 'radios' ? (['a', 'b', 'c'][choice % 3] as string) : question.type === 'checkboxes' ? ['a'] : 'x';
          return [question.id, value] as const;
        });
        answers = { ...answers, ...Object.fromEntries(given) };
      }
    }));
  });

  it('submits and shows what counts: an answer more, on a branch that was left, changes neither', () => {
    fc.assert(fc.property(drafts, fc.string(), ([service, answers], stray) => {
      const progress = progressOf(service, answers, TODAY);
      if (!progress.isComplete) return;
      const cluttered = { ...answers, ...Object.fromEntries([...service.questions.keys()].filter((id) => !Object.hasOwn(progress.reachable, id)).map((id) => [id, stray])) };
      const again = progressOf(service, cluttered, TODAY);
      if (!again.isComplete) return;
      expect(submissionOf(service, again).answers.map(({ code }) => code)).toEqual(again.steps.flatMap(({ questions }) => questions.map(({ id }) => id)));
      expect(checkAnswers(service, again).flatMap(({ rows }) => rows.map(({ question }) => question))).toEqual(submissionOf(service, again).answers.map(({ code }) => code));
    }));
  });
});

describe('a journey with sections', () => {
  const service = installService({ slug: hedgehogHouses.slug, service: hedgehogHouses, settings: {} });
  it('says in which section a page stands', () => {
    expect(sectionOf(service, service.pages.get('how-many') as Page)).toEqual({ number: 1, of: 2 });
    expect(sectionOf(service, service.pages.get('your-name') as Page)).toEqual({ number: 2, of: 2 });
  });
  it('ends where somebody else is responsible, and goes on when the answer is changed', () => {
    const stopped = progressOf(service, { hasGarden: false, numberOfHouses: 1 }, TODAY);
    expect(stopped.ending?.slug).toBe('no-garden');
    expect(stopped.isComplete).toBe(false);
    expect(mayOpen(stopped, 'how-many')).toBe(false);
    const going = progressOf(service, { hasGarden: true, numberOfHouses: 1 }, TODAY);
    expect(going.ending).toBeUndefined();
    expect(going.firstUnfinished?.page.slug).toBe('your-name');
  });
  it('asks again for an answer that no longer fits', () => {
    expect(progressOf(service, { hasGarden: true, numberOfHouses: 99, yourName: 'Pat' }, TODAY).firstUnfinished?.page.slug).toBe('how-many');
  });
});
