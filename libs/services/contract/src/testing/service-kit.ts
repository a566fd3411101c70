import { strict as assert } from 'node:assert';
import { wordsIn, type PlainDate } from '@guildhall/cases-contract';
import { LANGUAGES, defineKit } from '@guildhall/kernel-contract';
import type { ConformanceKit } from '@guildhall/kernel-contract';
import { MOST_PER_PAYMENT_IN_PENCE, VAT_PER_CENT, totalOf } from '@guildhall/payments-contract';
import type { Answers } from '../answers';
import { installService, type InstalledService, type ServiceRegistration } from '../installed-service';
import { checkAnswers } from '../journey/check-answers';
import { mayOpen, nextPlace, previousPage, progressOf } from '../journey/progress';
import { readPage } from '../journey/read-page';
import type { LookedUp, RawFields } from '../journey/reading';
import { submissionOf } from '../journey/submission';
import { typedFields } from '../journey/typed-fields';
import { isPersonal } from '../question';
import { searchServices } from '../search-services';
import { textsIn } from '../service-texts';
import type { SettingValues } from '../settings';
import { candidatesOf, sampleJourneys, type SampleJourney } from './sample-journeys';

/** What the kit needs of a service: what a council's configuration registers. @public */
export interface ServiceHarness { readonly registration: ServiceRegistration; readonly today: PlainDate }

/** The tests that every service must pass, whoever wrote it. @public */
export const serviceKit: ConformanceKit<ServiceHarness> = defineKit<ServiceHarness>({
  id: 'service', contract: 'services', version: '0.1.0',
  cases: [
    {
      id: 'SRV-001', title: 'every word that a resident reads is there in every language, with the settings filled in', async run(harness) {
        for (const { path, text } of textsIn(installed(harness).service)) {
          for (const language of LANGUAGES) {
            assert.ok(text[language].trim(), `${path} is empty in "${language}"`);
            assert.ok(!/\(\(\w+\)\)/.test(text[language]), `${path} has a placeholder that is not filled in "${language}": ${text[language]}`);
          }
        }
      },
    },
    {
      id: 'SRV-002', title: 'no sentence in one language is only a copy of the other', async run(harness) {
        for (const { path, text } of textsIn(installed(harness).service)) {
          if (text.en.trim().split(/\s+/).length > 2) assert.notEqual(text.en, text.cy, `${path} is the same in both languages: ${text.en}`);
        }
      },
    },
    {
      id: 'SRV-003', title: 'what is asked is said in short sentences', async run(harness) {
        for (const { path, text } of textsIn(installed(harness).service)) {
          if (/^(privacy|shares)\b/.test(path)) continue;
          for (const sentence of text.en.split(/(?<=[.!?])\s+|\n/)) assert.ok(sentence.split(/\s+/).length <= 25, `${path} has a sentence of more than 25 words: ${sentence}`);
        }
      },
    },
    {
      id: 'SRV-004', title: 'every way through reaches its end, and every page lies on a way', async run(harness) {
        const service = installed(harness);
        const met = new Set<string>();
        let finished = 0;
        for (const { progress } of journeys(harness, service)) {
          for (const { page } of progress.steps) met.add(page.slug);
          if (progress.ending) met.add(progress.ending.slug);
          else finished++;
          assert.ok(progress.isComplete || progress.ending, 'a way stops in the middle');
        }
        assert.ok(finished > 0, 'no way reaches the last page');
        for (const slug of service.pages.keys()) assert.ok(met.has(slug), `nobody ever sees the page ${slug}`);
      },
    },
    {
      id: 'SRV-005', title: 'forward and back lead along the same pages', async run(harness) {
        const service = installed(harness);
        for (const { progress } of journeys(harness, service)) {
          let before: string | undefined;
          let slug: string | undefined = progress.steps[0]?.page.slug;
          for (let count = 0; slug !== undefined; count++) {
            assert.ok(count <= service.pages.size + 1, 'the way goes round in a circle');
            assert.ok(mayOpen(progress, slug), `${slug} is on the way but may not be opened`);
            assert.equal(previousPage(progress, slug)?.slug, before, `the way back from ${slug}`);
            if (slug === 'check-answers' || slug === progress.ending?.slug) break;
            before = slug;
            const next = nextPlace(progress, slug);
            slug = next.kind === 'page' ? next.page.slug : 'check-answers';
          }
        }
      },
    },
    {
      id: 'SRV-006', title: 'every answer, shown again in its fields, is read as the same answer', async run(harness) {
        for (const question of installed(harness).questions.values()) {
          for (const answer of candidatesOf(question, harness.today)) {
            if (question.type === 'photos') continue;
            const { answers, problems } = readPage([question], typedFields(question, answer), { today: harness.today, lookedUp: { [question.id]: lookedUpFor(answer) } });
            assert.deepEqual(problems, [], `${question.id} refuses its own answer`);
            assert.deepEqual(answers[question.id], answer, `${question.id} is read as another answer`);
          }
        }
      },
    },
    {
      id: 'SRV-007', title: 'an empty form is refused in words, question by question, or may be left empty', async run(harness) {
        for (const question of installed(harness).questions.values()) {
          const { answers, problems } = readPage([question], {} satisfies RawFields, { today: harness.today });
          if (question.optional) assert.equal(answers[question.id], null);
          else for (const language of LANGUAGES) assert.ok(problems[0]?.message[language].trim(), `${question.id} says nothing when it is left empty`);
        }
      },
    },
    {
      id: 'SRV-008', title: 'what an abandoned branch left behind is not submitted', async run(harness) {
        const service = installed(harness);
        const samples = [...journeys(harness, service, 150)].filter(({ progress }) => progress.isComplete);
        for (const [index, { progress, answers }] of samples.entries()) {
          const other = samples[(index * 7 + 3) % samples.length] as SampleJourney;
          const mixed: Answers = { ...other.answers, ...answers };
          const again = progressOf(service, mixed, harness.today);
          if (!again.isComplete) continue;
          assert.deepEqual(submissionOf(service, again), submissionOf(service, progressOf(service, again.reachable, harness.today)));
          for (const row of checkAnswers(service, again).flatMap(({ rows }) => rows)) assert.ok(Object.hasOwn(again.reachable, row.question));
          if (Object.keys(again.reachable).length === Object.keys(progress.reachable).length) assert.deepEqual(submissionOf(service, again), submissionOf(service, progress));
        }
      },
    },
    {
      id: 'SRV-009', title: 'every fee is whole pence, not negative, payable, and says where it is booked', async run(harness) {
        for (const settings of settingsOf(harness)) {
          const service = installService({ ...harness.registration, settings });
          for (const { progress } of journeys(harness, service, 500)) {
            if (!progress.isComplete) continue;
            const { fee } = submissionOf(service, progress);
            assert.ok(totalOf(fee) <= MOST_PER_PAYMENT_IN_PENCE, 'the fee is more than one payment may be');
            assert.ok(fee.length <= 20, 'a payment has at most 20 lines');
            for (const { code, title, amountInPence, ledgerCode, vatRate } of fee) {
              assert.ok(Number.isSafeInteger(amountInPence) && amountInPence > 0, `${code} is ${amountInPence} pence`);
              assert.ok(title.en.trim() && title.cy.trim(), `${code} has no title`);
              assert.match(ledgerCode, /^[A-Za-z0-9._/-]{1,50}$/);
              assert.ok(vatRate in VAT_PER_CENT);
            }
          }
        }
      },
    },
    {
      id: 'SRV-010', title: 'every way opens a case of its own type, and what it is called names nobody', async run(harness) {
        const service = installed(harness);
        for (const { progress } of journeys(harness, service)) {
          if (!progress.isComplete) continue;
          const { caseType, summary, answers } = submissionOf(service, progress);
          assert.ok(service.service.opens.types.some(({ id }) => id === caseType));
          for (const language of LANGUAGES) {
            assert.ok(summary[language].trim() && summary[language].length <= 300, 'the summary is one line of at most 300 characters');
            assert.ok(!summary[language].includes('\n'));
            assert.ok(!/canary|07700/i.test(summary[language]), `the summary quotes somebody: ${summary[language]}`);
          }
          assert.ok(answers.length <= 200);
          for (const { section, question, answer } of answers) for (const language of LANGUAGES) {
            assert.ok(wordsIn(section, language).length <= 200 && wordsIn(question, language).length <= 500 && wordsIn(answer, language).length <= 10_000, `${wordsIn(question, language)} is longer than a case takes`);
          }
        }
      },
    },
    {
      id: 'SRV-011', title: 'names, contact details and addresses are marked as personal', async run(harness) {
        const { service, questions } = installed(harness);
        const named: readonly (string | undefined)[] = Object.values(service.opens.contact ?? {});
        for (const question of questions.values()) if (['name', 'email', 'phone'].includes(question.type) || named.includes(question.id)) assert.ok(isPersonal(question), `${question.id} is about a person and not marked so`);
      },
    },
    {
      id: 'SRV-012', title: 'in every state a case has a retention, a plain public sentence and, while it is open, a day by which something must happen', async run({ registration: { service } }) {
        for (const type of service.opens.types) {
          for (const [name, state] of Object.entries(type.states)) {
            assert.ok(Number.isInteger(state.retention.months) && state.retention.months >= 1, `${type.id} ${name} has no retention`);
            for (const language of LANGUAGES) {
              assert.ok(state.retention.because[language].trim(), `${type.id} ${name} does not say why it is kept`);
              assert.ok(state.publicText[language].trim(), `${type.id} ${name} says nothing to the resident`);
            }
            if (state.kind === 'open') assert.ok(type.deadlineInWorkingDays !== undefined || state.deadlineInWorkingDays !== undefined, `${type.id} ${name} may wait for ever`);
          }
          for (const transition of type.transitions) for (const language of LANGUAGES) assert.ok(transition.title[language].trim(), `${type.id} ${transition.id} has no title`);
        }
      },
    },
    {
      id: 'SRV-013', title: 'whoever searches for any of its keywords finds it', async run(harness) {
        const { service, slug } = installed(harness);
        const view = { slug, version: '1', title: service.title, summary: service.summary, category: service.category, keywords: service.keywords, signIn: service.audience.signIn, minutes: service.start.minutes, path: `/services/${slug}` };
        for (const language of LANGUAGES) for (const keyword of [service.title[language], ...service.keywords[language]]) assert.equal(searchServices([view], keyword).length, 1, `nobody finds it by "${keyword}"`);
      },
    },
  ],
});

function installed({ registration }: ServiceHarness): InstalledService {
  return installService(registration);
}

function journeys({ today }: ServiceHarness, service: InstalledService, most?: number): Generator<SampleJourney> {
  return sampleJourneys(service, today, { most });
}

/** What the gazetteer would say to a chosen answer. */
function lookedUpFor(answer: ReturnType<typeof candidatesOf>[number]): LookedUp {
  const place = answer as { uprn?: string; usrn?: string; lines?: readonly string[]; postcode?: string; point?: { latitude: number; longitude: number }; ward?: { code: string; name: string } };
  if (typeof answer !== 'object' || Array.isArray(answer)) return {};
  if (place.uprn) return { address: { uprn: place.uprn, lines: place.lines, postcode: place.postcode, point: place.point, ward: place.ward } as LookedUp['address'] };
  if (place.usrn) return { street: { usrn: place.usrn, name: place.lines?.[0], town: place.lines?.[1], point: place.point } as LookedUp['street'] };
  return {};
}

/** The council's settings, the least and the greatest of each number. */
function settingsOf({ registration: { service, settings } }: ServiceHarness): readonly SettingValues[] {
  const end = (which: 'atLeast' | 'atMost'): SettingValues => Object.fromEntries(Object.entries(service.settings).map(([name, setting]) => {
    if (setting.type !== 'money' && setting.type !== 'number') return [name, settings[name] as SettingValues[string]];
    return [name, which === 'atLeast' ? (setting.atLeast ?? 0) : (setting.atMost ?? setting.default * 10)];
  }));
  return [settings, end('atLeast'), end('atMost')];
}

