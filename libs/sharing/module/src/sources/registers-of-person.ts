import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { dayInWords } from '@guildhall/cases-contract';
import { providersOf } from '@guildhall/kernel';
import { demand, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, type Evidence, type EvidenceSource } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { WordsOfInformation, type InformationInWords } from '../information/words-of-information';
import { OwnNode } from '../node/own-node';

const OF_ITS_OWN: Text = {
  en: 'it stands in a register that is kept for a purpose of its own: the team that keeps the register decides on that, by the law of that register (UK GDPR, article 17(1) and (3))',
  cy: 'mae mewn cofrestr a gedwir at ddiben ei hun: y tîm sy’n cadw’r gofrestr sy’n penderfynu ar hynny, yn ôl cyfraith y gofrestr honno (GDPR y DU, erthygl 17(1) a (3))',
};

/** What the body's registers say of somebody, as far as it may be told to others: in their copy as on "What we hold". It is read where it is, so that one that does not answer leaves no copy that lacks it, and it is the register's own to erase. */
@Injectable()
export class RegistersOfPerson implements PersonalData {
  readonly id = 'sharing.registers';
  readonly order = 720;
  readonly title = { en: 'What our registers say', cy: 'Yr hyn y mae ein cofrestrau’n ei ddweud' };
  constructor(private readonly node: OwnNode, private readonly words: WordsOfInformation) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    const known = this.node.options(ctx).vocabulary.attributes.map(({ id }) => id);
    const words = await this.words.of(ctx);
    for (const source of providersOf(ctx, EVIDENCE_SOURCE)) {
      const evidence = await source.read(ctx, personId, source.attributes.filter((id) => known.includes(id)));
      const [first] = evidence.map(({ asOf }) => asOf).toSorted();
      if (first !== undefined) yield { id: `register/${source.id}`, ...namesOf(source, evidence, words), since: new Date(`${first}T00:00:00Z`), facts: evidence.map((one) => factOf(one, words)), data: { evidence }, onErasure: { does: 'keep', because: OF_ITS_OWN, mustKeep: true } };
    }
  }

  erase(ctx: RequestContext): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    return Promise.resolve(false);
  }
}

function namesOf({ sourceTitles }: EvidenceSource, evidence: readonly Evidence[], words: InformationInWords): Pick<PersonalRecord, 'title' | 'source'> {
  const titles = [...new Set(evidence.map(({ source }) => source))].map((id) => sourceTitles?.[id] ?? words.say('information.held.a-record'));
  const names = { en: titles.map(({ en }) => en).join(', '), cy: titles.map(({ cy }) => cy).join(', ') };
  return { title: names, source: names };
}

function factOf({ attribute, value, asOf }: Evidence, words: InformationInWords): PersonalRecord['facts'][number] {
  const [title, day] = [words.attribute(attribute), dayInWords(asOf)];
  return { label: { en: `${title.en}, as at ${day.en}`, cy: `${title.cy}, ar ${day.cy}` }, value: words.value(attribute, value) };
}
