import type { Processing, ProcessingActivity } from '@guildhall/information-rights-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';

/** The agreements to share, as the records of processing name them. */
@Injectable()
export class AgreementsAsProcessing implements Processing {
  constructor(private readonly agreements: Agreements) {}

  async list(ctx: RequestContext): Promise<readonly ProcessingActivity[]> {
    const kept = await this.agreements.newest(ctx);
    return kept.map(({ document: { id, name, attributes, lawfulBasis, power, holders, receivers, retention }, vocabulary }) => {
      const titlesOf = (titles: readonly Text[]): Text => ({ en: titles.map(({ en }) => en).join(', '), cy: titles.map(({ cy }) => cy).join(', ') });
      return {
        id: `sharing.${id}`, purpose: name, data: titlesOf(attributes.map((attribute) => vocabulary.attributes.find((one) => one.id === attribute)?.title ?? { en: attribute, cy: attribute })),
        lawfulBasis: { en: `${lawfulBasis}, ${power.ref}`, cy: `${lawfulBasis}, ${power.ref}` }, keptFor: { en: retention, cy: retention }, recipients: titlesOf([...holders, ...receivers].map((body) => vocabulary.bodies[body] ?? { en: body, cy: body })),
      };
    });
  }
}
