import type { Processing, ProcessingActivity } from '@guildhall/information-rights-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { partiesOf, periodInWords, ukDay, type LawfulBasis, type SpecialCondition } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements, type KeptAgreement } from '../knowing/agreements';
import { OwnNode } from '../node/own-node';

const BASES: Readonly<Record<LawfulBasis, Text>> = {
  consent: { en: 'Consent (article 6(1)(a))', cy: 'Cydsyniad (erthygl 6(1)(a))' }, contract: { en: 'A contract (article 6(1)(b))', cy: 'Contract (erthygl 6(1)(b))' }, 'legal-obligation': { en: 'A legal obligation (article 6(1)(c))', cy: 'Rhwymedigaeth gyfreithiol (erthygl 6(1)(c))' },
  'vital-interests': { en: 'Vital interests (article 6(1)(d))', cy: 'Buddiannau hanfodol (erthygl 6(1)(d))' }, 'public-task': { en: 'A public task (article 6(1)(e))', cy: 'Tasg gyhoeddus (erthygl 6(1)(e))' },
  'recognised-legitimate-interest': { en: 'A recognised legitimate interest (article 6(1)(ea))', cy: 'Buddiant dilys cydnabyddedig (erthygl 6(1)(ea))' }, 'legitimate-interests': { en: 'Legitimate interests (article 6(1)(f))', cy: 'Buddiannau dilys (erthygl 6(1)(f))' },
};
/** The point of article 9(2). */
const CONDITIONS: Readonly<Record<SpecialCondition, string>> = {
  'explicit-consent': 'a', 'employment-and-social-protection': 'b', 'vital-interests': 'c', 'not-for-profit': 'd', 'made-public': 'e', 'legal-claims': 'f', 'substantial-public-interest': 'g', 'health-or-social-care': 'h', 'public-health': 'i', 'archiving-and-research': 'j',
};
const SUBJECTS: Text = { en: 'People about whom one of the bodies asks another', cy: 'Pobl y mae un o’r cyrff yn gofyn i un arall amdanynt' };
const SECURITY: Text = {
  en: 'Signed by the body that asks and by the one that tells, encrypted on the way, and written down on both sides before anything is told; what was told is sealed at rest',
  cy: 'Wedi’i lofnodi gan y corff sy’n gofyn a chan yr un sy’n dweud, wedi’i amgryptio ar y ffordd, ac wedi’i gofnodi ar y ddwy ochr cyn i ddim gael ei ddweud; selir yr hyn a ddywedwyd wrth ei gadw',
};

/** The agreements to share, as the records of processing name them: those in force and to come, and those by which something is still kept that was told. */
@Injectable()
export class AgreementsAsProcessing implements Processing {
  constructor(private readonly db: Database, private readonly agreements: Agreements, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  async list(ctx: RequestContext): Promise<readonly ProcessingActivity[]> {
    const now = this.clock.now();
    const [kept, rows] = await Promise.all([this.agreements.newest(ctx), this.db.query<{ agreement_id: string }>(ctx, 'select distinct agreement_id from sharing.evidence where council_id = $1 and agreement_id is not null and until > $2 limit 1000', [ctx.council.id, now])]);
    const stillKept = new Set(rows.map(({ agreement_id: id }) => id));
    const today = ukDay(now);
    return kept.filter(({ document: { id, until }, endedOn }) => stillKept.has(id) || (until >= today && !(endedOn !== undefined && endedOn <= today))).map((one) => this.#activity(ctx, one));
  }

  #activity(ctx: RequestContext, { document, vocabulary: { attributes, bodies } }: KeptAgreement): ProcessingActivity {
    const { id, name, lawfulBasis, power, special, retention } = document;
    const condition: Text | undefined = special ? { en: `article 9(2)(${CONDITIONS[special.condition]}), ${special.ref}`, cy: `erthygl 9(2)(${CONDITIONS[special.condition]}), ${special.ref}` } : undefined;
    return {
      id: `sharing.${id}`, purpose: name, subjects: SUBJECTS, data: listed(document.attributes.map((attribute) => attributes.find((one) => one.id === attribute)?.title ?? same(attribute))),
      lawfulBasis: listed([BASES[lawfulBasis], same(power.ref), ...(condition ? [condition] : [])]), keptFor: periodInWords(retention), security: SECURITY,
      recipients: listed(partiesOf(document).filter((body) => body !== this.node.id(ctx)).map((body) => bodies[body] ?? same(body))),
    };
  }
}

function listed(texts: readonly Text[]): Text { return { en: texts.map(({ en }) => en).join(', '), cy: texts.map(({ cy }) => cy).join(', ') }; }

function same(word: string): Text { return { en: word, cy: word }; }
