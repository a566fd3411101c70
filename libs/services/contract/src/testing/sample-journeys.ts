import { addDays, type PlainDate } from '@guildhall/cases-contract';
import type { AnswerValue, Answers } from '../answers';
import type { InstalledService } from '../installed-service';
import { progressOf, type Progress } from '../journey/progress';
import { mostPhotos, type Question } from '../question';

/** One way through a service, to its end. @public */
export interface SampleJourney { readonly answers: Answers; readonly progress: Progress }

/** Words that no service says itself: where they turn up, somebody's answer has turned up. @public */
export const CANARY = 'Canary Whistlewood';

/**
 * Ways through a service: every combination of choices page by page, up to so many; the same for the same seed.
 * @public
 */
export function* sampleJourneys(installed: InstalledService, today: PlainDate, options: { readonly most?: number; readonly seed?: number } = {}): Generator<SampleJourney> {
  const { most = 2000, seed = 1 } = options;
  const random = seeded(seed);
  let count = 0;
  const open: Answers[] = [{}];
  while (open.length && count < most) {
    // A branch taken at random rather than the newest: what comes first still sees every page when there are more ways than `most`.
    const [answers] = open.splice(Math.floor(random() * open.length), 1) as [Answers];
    const progress = progressOf(installed, answers, today);
    if (!progress.firstUnfinished) {
      count++;
      yield { answers, progress };
      continue;
    }
    for (const combination of combinations(progress.firstUnfinished.questions, today, random)) open.push({ ...answers, ...combination });
  }
}

/** Every choice of one question with some of each other: enough to meet every branch that a page decides. */
function combinations(questions: readonly Question[], today: PlainDate, random: () => number): readonly Answers[] {
  const candidates = questions.map((question) => ({ id: question.id, values: [...candidatesOf(question, today), ...(question.optional ? [null] : [])] }));
  const product = candidates.reduce((count, { values }) => count * values.length, 1);
  if (product <= 24) {
    return candidates.reduce<Answers[]>((all, { id, values }) => all.flatMap((answers) => values.map((value) => ({ ...answers, [id]: value }))), [{}]);
  }
  const any = (): Answers => Object.fromEntries(candidates.map(({ id, values }) => [id, values[Math.floor(random() * values.length)] ?? null]));
  return candidates.flatMap(({ id, values }) => values.map((value) => ({ ...any(), [id]: value })));
}

/** Answers that a question takes: every choice, both ends of every range. @public */
export function candidatesOf(question: Question, today: PlainDate): readonly AnswerValue[] {
  switch (question.type) {
    case 'text': case 'name': return [`${CANARY}`];
    case 'textarea': return [`${CANARY} said\nsomething long`];
    case 'email': return ['canary@whistlewood.example'];
    case 'phone': return ['07700 900982'];
    case 'yes-no': return [true, false];
    case 'declaration': return [true];
    case 'radios': return question.options.map(({ value }) => value);
    case 'checkboxes': return [...question.options.map(({ value }) => [value]), question.options.map(({ value }) => value), ...(question.noneOption ? [[question.noneOption.value]] : [])];
    case 'number': { const least = question.atLeast ?? 0; return [...new Set([least, Math.min(least + 1, question.atMost ?? least + 1), question.atMost ?? least + 1000])]; }
    case 'money': { const least = question.atLeastInPence ?? 0; return [...new Set([least, question.atMostInPence ?? least + 12_345])]; }
    case 'date': {
      const first = question.earliestInDays ?? (question.latestInDays === undefined ? -1 : question.latestInDays - 30);
      return [...new Set([addDays(today, first), addDays(today, question.latestInDays ?? first + 30)])];
    }
    case 'address': return [{ way: 'typed', lines: [`1 ${CANARY} Row`, 'Riverbourne'], postcode: 'ZZ99 1AB' }, { way: 'found', uprn: '99000000001', lines: ['1 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AB', point: { latitude: 51.86, longitude: -2.23 }, ward: { code: 'E05999001', name: 'Weir' } }];
    case 'location': return [
      { way: 'described', note: `by ${CANARY}'s shop` }, { way: 'point', point: { latitude: 51.86421, longitude: -2.23817 }, isMarked: true },
      { way: 'street', usrn: '99000001', lines: ['Weir Lane', 'Riverbourne'], point: { latitude: 51.86, longitude: -2.23 } },
      { way: 'property', uprn: '99000000001', lines: ['1 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AB', point: { latitude: 51.86, longitude: -2.23 } },
    ];
    case 'photos': return [Array.from({ length: mostPhotos(question) }, (_, index) => ({ documentId: `01990000-0000-7000-8000-00000000000${index}`, filename: `photo ${index + 1}.jpg` }))];
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
