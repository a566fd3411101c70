import { dayInWords } from '@guildhall/cases-contract';
import { PageRenderer } from '@guildhall/kernel';
import { CLOCK, type Clock, type Language, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { AttributeId, AttributeValue } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { becauseIn } from '../looking/keep-look';
import { OwnNode } from '../node/own-node';
import { trailLine, type AskedLine, type TrailLine, type TrailRow, type TrailWords } from './trail-line';

/** What things are called to whom they are about, in both languages: codes are for machines. */
export interface InformationInWords {
  attribute(id: string): Text;
  body(id: string): Text;
  agreement(id: string): Text;
  /** As somebody reads it: a date is no code. */
  value(attribute: AttributeId, value: AttributeValue): Text | string | boolean;
  /** A line of the log. Neither its moment is in it, nor why an officer looked: in those words somebody else may be named. */
  line(row: TrailRow): Text;
  /** A text of this module: `information.held.title`. */
  say(key: string, values?: Readonly<Record<string, Text | number>>): Text;
}

/** Puts what is kept of somebody into the words of the vocabulary, of the agreements and of the pages. */
@Injectable()
export class WordsOfInformation {
  constructor(private readonly agreements: Agreements, private readonly node: OwnNode, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(CLOCK) private readonly clock: Clock) {}

  async of(ctx: RequestContext): Promise<InformationInWords> {
    const words = this.trail(ctx, await this.agreements.newest(ctx));
    const { vocabulary: { attributes, bodies }, agreements } = words;
    const say: InformationInWords['say'] = (key, values = {}) => inBoth((language) => this.renderer.messages.t({ ...ctx, language }, `sharing.${key}`, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : value[language]]))));
    const called = (id: string, text: Text | undefined): Text => text ?? { en: id, cy: id };
    return {
      say, body: (id) => called(id, bodies[id]), agreement: (id) => called(id, agreements.get(id)), attribute: (id) => called(id, attributes.find((one) => one.id === id)?.title),
      value: (attribute, value) => {
        if (typeof value === 'object') return [...value.lines, value.postcode].join(', ');
        return typeof value === 'string' && attributes.find(({ id }) => id === attribute)?.form === 'date' ? dayInWords(value) : value;
      },
      line: (row) => sentences(inWords(trailLine(row, words), say)),
    };
  }

  /** What is needed to say a line of the log in words. Each agreement knows the names of its own parties. */
  trail(ctx: RequestContext, kept: readonly KeptAgreement[]): TrailWords {
    const own = this.node.body(ctx);
    return {
      own: own.name, now: this.clock.now(), becauseIn: (peer, exchange, sealed) => becauseIn(ctx, peer, exchange, sealed),
      vocabulary: { ...this.agreements.vocabulary(ctx, []), bodies: Object.assign({ [own.id]: own.name }, ...kept.map(({ vocabulary }) => vocabulary.bodies)) as Readonly<Record<string, Text>> },
      agreements: new Map(kept.map(({ document: { id, name } }): [string, Text] => [id, name])),
    };
  }
}

/** As the page of the trail has it, without what can be pressed there. */
function inWords(line: TrailLine, say: InformationInWords['say']): readonly Text[] {
  const { kind, agreement, peer, asked, told, attributes, chosenBy } = line;
  if (asked) return askedInWords(asked, line, say);
  const name = agreement?.name ?? peer ?? { en: '', cy: '' };
  const came = told && [...(peer ? [inBoth((language) => `${say('information.happened.with')[language]}: ${peer[language]}`)] : []), ...cameInWords(told, say)];
  const by = chosenBy === 'adviser' ? [say('information.happened.by.adviser')] : chosenBy === 'peer' && peer ? [say('information.happened.by.peer', { body: peer })] : [];
  return [say(`information.happened.${kind}`, { name }), ...(attributes.length > 0 ? [listed(attributes)] : []), ...by, ...(came ?? [])];
}

function askedInWords(asked: AskedLine, { agreement }: TrailLine, say: InformationInWords['say']): readonly Text[] {
  const { asker, holder, attributes, purpose, lookedBecause } = asked;
  const part = (key: string, text: Text): Text => inBoth((language) => `${say(`information.looked.${key}`)[language]}: ${text[language]}`);
  return [
    say(`information.looked.${lookedBecause === undefined ? 'asked' : 'by-officer'}`, { asker, holder }), part('what', listed(attributes)), ...(purpose ? [part('why', say('information.looked.why-words', { purpose }))] : []),
    ...(agreement ? [part('rule', agreement.version === undefined ? agreement.name : say('information.looked.rule-name', { name: agreement.name, version: agreement.version }))] : []), ...cameInWords(asked, say),
  ];
}

function cameInWords({ isTold, failed }: Pick<AskedLine, 'isTold' | 'failed'>, say: InformationInWords['say']): readonly Text[] {
  return [...(isTold === undefined ? [] : [say(`information.looked.${isTold ? 'told' : 'refused'}`)]), ...failed.map((check) => say(`information.failed.${check}`))];
}

function listed(texts: readonly Text[]): Text { return inBoth((language) => texts.map((text) => text[language]).join(', ')); }

function sentences(parts: readonly Text[]): Text { return inBoth((language) => parts.map((part) => part[language].replace(/\.$/, '')).join('. ')); }

function inBoth(say: (language: Language) => string): Text { return { en: say('en'), cy: say('cy') }; }
