import type { Text } from '@guildhall/kernel-contract';
import type { Agreement } from '../agreeing/agreement';
import { agreementName, choiceFreshFor } from '../agreeing/agreement';
import { dayInWords } from '../agreeing/agreement-words';
import type { Objection } from '../agreeing/objections';
import type { Vocabulary } from '../agreeing/vocabulary';
import type { Choice } from '../choosing/choice';
import { choiceThatCounts, isLetBy } from '../choosing/choice';
import type { CheckId, Decision, ExchangeRequest, Reason } from './exchange';

/** What is known where it is decided. @public */
export interface World {
  readonly now: Date;
  readonly vocabulary: Vocabulary;
  /** Who asks, as its signature proved; undefined when it proved nothing. */
  readonly asker: string | undefined;
  /** Why the signature was not believed, where it was not: `The signature was made 400 seconds ago.` */
  readonly signatureFault?: Text;
  /** Who is asked. */
  readonly asked: string;
  /** The agreement that is meant, in the newest version that is here; and those who have not signed it. */
  readonly agreement: { readonly document: Agreement; readonly missing: readonly string[]; readonly endedOn?: string } | undefined;
  /** Whether the other body is known by a list that is good, or is pinned. */
  readonly isPeerTrusted: boolean;
  /** Whether the other body's log still tells one story. */
  readonly isPeerLogWhole: boolean;
  /** What is known here of the person's choice; undefined when they have made none. */
  readonly choice: Pick<Choice, 'state' | 'at' | 'scope'> | undefined;
  /** Demands of the agreement that are not met by what was found of the asking deployment, each as a sentence. */
  readonly assuranceGaps: readonly Text[];
  /** Whether what is said of network and device is to be believed: an assessment of the deployment covers it. */
  readonly isChannelProven: boolean;
  /** What stands in the guidelines of whoever decides. */
  readonly objections: readonly Objection[];
  /** Whether one person, and one alone, is meant. */
  readonly subject: 'one' | 'none' | 'several';
  /** What somebody has said is wrong of themselves, and nobody has answered yet. */
  readonly disputed: readonly string[];
}

/** A check that needs the agreement cannot pass without it. */
const WITHOUT: Text = { en: 'There is no agreement to look at', cy: "Nid oes cytundeb i edrych arno" };

/**
 * Whether a body may tell another what it asks. All checks are made, whatever fails; it may be told when every one passes. The same on both sides, so that whoever asks knows the answer before asking.
 * @public
 */
export function decide(request: ExchangeRequest, world: World): Decision {
  const reasons = [...standing(request, world), ...agreed(request, world), ...aboutThem(world)];
  return { allow: reasons.every(({ pass }) => pass), reasons };
}

/** Who asks, and how. */
function standing({ checkpoint }: ExchangeRequest, { asker, signatureFault, isPeerTrusted, isPeerLogWhole }: World): readonly Reason[] {
  return [
    reason('signature', asker !== undefined && !signatureFault, { en: 'The question is signed by the body that asks', cy: "Llofnodwyd y cwestiwn gan y corff sy'n gofyn" }, signatureFault ?? { en: 'The question is not signed', cy: 'Nid yw’r cwestiwn wedi’i lofnodi' }),
    reason('log', isPeerLogWhole && checkpoint !== null, { en: 'Its log tells one story', cy: 'Mae ei gofnod yn adrodd un hanes' }, checkpoint === null ? { en: 'It does not say how far its log has come', cy: 'Nid yw’n dweud pa mor bell y mae ei gofnod wedi cyrraedd' } : { en: 'Its log does not tell one story any more', cy: 'Nid yw ei gofnod yn adrodd un hanes bellach' }),
    reason('trust', isPeerTrusted, { en: 'It is a body that is known here', cy: "Mae'n gorff sy'n hysbys yma" }, { en: 'It is not a body that is known here', cy: "Nid yw'n gorff sy'n hysbys yma" }),
  ];
}

/** What they have agreed. */
function agreed(request: ExchangeRequest, world: World): readonly Reason[] {
  const { agreement: known, vocabulary, asker, asked, now, choice, assuranceGaps, isChannelProven, objections } = world;
  const { by } = request;
  const agreement = known?.document;
  const today = ukDay(now);
  const on = (id: CheckId, holds: (agreement: Agreement) => boolean, good: Text, bad: Text): Reason => (agreement ? reason(id, holds(agreement), good, bad) : reason(id, false, good, WITHOUT));
  const isEnded = known?.endedOn !== undefined && known.endedOn <= today;
  const notInForce = agreement && (isEnded || today < agreement.from || agreement.until < today) ? outOfForce(agreement, isEnded ? known.endedOn : undefined) : WITHOUT;
  const purpose = vocabulary.purposes.find(({ id }) => id === request.purpose)?.to ?? same(request.purpose);
  const outside = request.attributes.filter((id) => !agreement?.attributes.includes(id));
  const titles = (ids: readonly string[], language: keyof Text): string => ids.map((id) => vocabulary.attributes.find((one) => one.id === id)?.title[language] ?? id).join(', ');
  // Each side may know of a choice that the other has not heard of yet: the later one counts.
  const state = agreement && choiceThatCounts(agreement, choice, request.choice)?.state;
  const notLet: Text = state === 'withdrawn' ? { en: 'The resident has said no', cy: 'Mae’r preswylydd wedi dweud na' } : (choice ?? request.choice) ? { en: 'The resident has not said yes since it changed what is shared, or why', cy: 'Nid yw’r preswylydd wedi dweud ie ers i’r hyn a rennir, neu’r rheswm, newid' }
    : { en: 'The resident has not said yes', cy: 'Nid yw’r preswylydd wedi dweud ie' };
  return [
    agreementKnown(request, known),
    on('in-force', ({ from, until }) => from <= today && today <= until && !isEnded, { en: 'The agreement is in force', cy: 'Mae’r cytundeb mewn grym' }, notInForce),
    on('parties', ({ holders, receivers }) => asker !== undefined && receivers.includes(asker) && holders.includes(asked), { en: 'It lets this body ask that one', cy: 'Mae’n caniatáu i’r corff hwn ofyn i’r llall' }, { en: 'It does not let this body ask that one', cy: 'Nid yw’n caniatáu i’r corff hwn ofyn i’r llall' }),
    on('purpose', (each) => each.purpose === request.purpose, { en: `It will be used to ${purpose.en}`, cy: `Fe’i defnyddir er mwyn ${purpose.cy}` }, { en: `It does not allow the purpose: to ${purpose.en}`, cy: `Nid yw’n caniatáu’r pwrpas: er mwyn ${purpose.cy}` }),
    on('attributes', () => outside.length === 0, { en: `It allows: ${titles(request.attributes, 'en')}`, cy: `Mae’n caniatáu: ${titles(request.attributes, 'cy')}` }, { en: `It does not allow: ${titles(outside, 'en')}`, cy: `Nid yw’n caniatáu: ${titles(outside, 'cy')}` }),
    reason('because', request.because.trim() !== '', { en: 'A reason is given', cy: 'Rhoddir rheswm' }, { en: 'No reason is given', cy: 'Ni roddir rheswm' }),
    on('power', ({ power }) => power.ref.trim() !== '', { en: `The law that allows it: ${agreement?.power.ref ?? ''}`, cy: `Y gyfraith sy’n ei ganiatáu: ${agreement?.power.ref ?? ''}` }, { en: 'No law is named that allows it', cy: 'Ni enwir cyfraith sy’n ei ganiatáu' }),
    on('choice', (each) => isLetBy(each.choice, state) && (each.choice.mode !== 'none' || each.choice.keptBecause !== null), chosen(agreement), notLet),
    on('choice-fresh', (each) => each.choice.mode === 'none' || isFresh(request, each, now), { en: 'Their choice was looked at just now', cy: 'Edrychwyd ar eu dewis yn awr' }, { en: 'Their choice was looked at too long ago', cy: 'Edrychwyd ar eu dewis yn rhy bell yn ôl' }),
    on('channel', ({ channels }) => isChannelProven && channels.some(({ network, device }) => network === by.network && device === by.device), { en: 'It was asked in a way that is allowed', cy: 'Gofynnwyd mewn ffordd a ganiateir' }, isChannelProven
      ? { en: `It may not be asked over this network (${by.network}) from this kind of device (${by.device})`, cy: `Ni chaniateir gofyn dros y rhwydwaith hwn (${by.network}) o’r math hwn o ddyfais (${by.device})` } : { en: 'Nobody has looked at how this body asks', cy: 'Nid oes neb wedi edrych ar sut mae’r corff hwn yn gofyn' }),
    on('assurance', () => assuranceGaps.length === 0, { en: 'Its systems have been found to keep to what is asked of them', cy: 'Canfuwyd bod ei systemau’n cadw at yr hyn a ofynnir ganddynt' }, { en: assuranceGaps.map(({ en }) => en).join(' '), cy: assuranceGaps.map(({ cy }) => cy).join(' ') }),
    on('guidelines', () => objections.length === 0, { en: 'It keeps to the guidelines for sharing', cy: 'Mae’n cadw at y canllawiau rhannu' }, { en: `It is against a guideline: ${objections.map(({ text }) => text.en).join(' ')}`, cy: `Mae’n groes i ganllaw: ${objections.map(({ text }) => text.cy).join(' ')}` }),
  ];
}

/** Why an agreement does not count today. Worked out where it does not: writing days takes longer than a decision. */
function outOfForce({ from, until }: Agreement, endedOn: string | undefined): Text {
  const [first, last, end] = [dayInWords(from), dayInWords(until), dayInWords(endedOn ?? '')];
  return endedOn === undefined
    ? { en: `The agreement is not in force: it runs from ${first.en} to ${last.en}`, cy: `Nid yw’r cytundeb mewn grym: mae’n rhedeg o ${first.cy} i ${last.cy}` }
    : { en: `The agreement was ended on ${end.en}`, cy: `Daeth y cytundeb i ben ar ${end.cy}` };
}

/** Whom it is about. */
function aboutThem({ subject, disputed, vocabulary }: World): readonly Reason[] {
  const titles = (language: keyof Text): string => disputed.map((id) => vocabulary.attributes.find((one) => one.id === id)?.title[language] ?? id).join(', ');
  return [
    reason('subject', subject === 'one', { en: 'One person is meant', cy: 'Un person a olygir' }, subject === 'several' ? { en: 'We could not be sure who is meant', cy: 'Ni allem fod yn sicr pwy a olygir' } : { en: 'Nobody here is known by that name between the two bodies', cy: 'Nid oes neb yma’n hysbys wrth yr enw hwnnw rhwng y ddau gorff' }),
    reason('dispute', disputed.length === 0, { en: 'Nothing of it is in dispute', cy: 'Nid oes anghydfod ynghylch dim ohono' }, { en: `The resident says it is wrong: ${titles('en')}`, cy: `Mae’r preswylydd yn dweud ei fod yn anghywir: ${titles('cy')}` }),
  ];
}

function agreementKnown(request: ExchangeRequest, known: World['agreement']): Reason {
  const good: Text = { en: `The agreement is ${request.agreement}, and all have signed it`, cy: `Y cytundeb yw ${request.agreement}, ac mae pawb wedi’i lofnodi` };
  if (!known) return reason('agreement', false, good, { en: `There is no agreement ${request.agreement} here`, cy: `Nid oes cytundeb ${request.agreement} yma` });
  const here = agreementName(known.document);
  if (here !== request.agreement) return reason('agreement', false, good, { en: `The versions differ: ${request.agreement} was asked by, and ${here} is here`, cy: `Mae’r fersiynau’n wahanol: gofynnwyd yn ôl ${request.agreement}, ac mae ${here} yma` });
  return reason('agreement', known.missing.length === 0, good, { en: `Not all have signed the agreement: ${known.missing.join(', ')}`, cy: `Nid yw pawb wedi llofnodi’r cytundeb: ${known.missing.join(', ')}` });
}

function chosen(agreement: Agreement | undefined): Text {
  switch (agreement?.choice.mode) {
    case 'opt-out': return { en: 'The resident has not said no', cy: 'Nid yw’r preswylydd wedi dweud na' };
    case 'none': return { en: `The law requires it: ${agreement.choice.keptBecause?.en ?? ''}`, cy: `Mae’r gyfraith yn ei fynnu: ${agreement.choice.keptBecause?.cy ?? ''}` };
    default: return { en: 'The resident has said yes', cy: 'Mae’r preswylydd wedi dweud ie' };
  }
}

/** By when a no of which the other side has not heard takes effect; a clock that is ahead by half a minute is let pass. A choice from after what is known, or from the future, would outlive every later no. */
function isFresh({ choice }: ExchangeRequest, agreement: Agreement, now: Date): boolean {
  if (!choice) return agreement.choice.mode === 'opt-out';
  const [at, asOf] = [new Date(choice.at).getTime(), new Date(choice.asOf).getTime()];
  const ageInSeconds = (now.getTime() - asOf) / 1000;
  return at <= asOf && ageInSeconds >= -30 && ageInSeconds <= choiceFreshFor(agreement);
}

function reason(id: CheckId, pass: boolean, good: Text, bad: Text): Reason { return { id, pass, text: pass ? good : bad }; }

function same(word: string): Text { return { en: word, cy: word }; }

const UK_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
const QUARTER_HOUR_IN_MS = 15 * 60 * 1000;
let asked = { quarter: -1, day: '' };
/** The day it is in the United Kingdom: agreements begin and end there. It is the same for a quarter of an hour at least, and worked out once for it. @public */
export function ukDay(now: Date): string {
  const quarter = Math.floor(now.getTime() / QUARTER_HOUR_IN_MS);
  if (asked.quarter !== quarter) asked = { quarter, day: UK_DAY.format(now) };
  return asked.day;
}
