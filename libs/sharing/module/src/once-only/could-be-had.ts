import { choiceThatCounts, isLetBy, partiesOf, type Choice } from '@guildhall/sharing-contract';
import type { KeptAgreement } from '../knowing/agreements';

/** What is known where it is asked whether something could be had. */
export interface Having {
  /** The day it is in the United Kingdom. */
  readonly today: string;
  /** This body. */
  readonly own: string;
  readonly attribute: string;
  readonly purposes: readonly string[];
  /** What they have said of agreements. */
  readonly choices: ReadonlyMap<string, Pick<Choice, 'state' | 'at' | 'scope'>>;
}

/** Something that could be had: by which agreement, of whom, and whether they have said yes to it already. */
export interface CouldBeHad { readonly kept: KeptAgreement; readonly holders: readonly string[]; readonly isLet: boolean }

/** By which agreements something could be had. None that somebody has stopped: who says no is not asked again at every question. */
export function couldBeHad(agreements: readonly KeptAgreement[], { today, own, attribute, purposes, choices }: Having): readonly CouldBeHad[] {
  return agreements.flatMap((kept): readonly CouldBeHad[] => {
    const { document, missing, endedOn, objections } = kept;
    const said = choiceThatCounts(document, choices.get(document.id))?.state;
    const holders = document.holders.filter((holder) => holder !== own);
    const isInForce = missing.length === 0 && objections.length === 0 && partiesOf(document).includes(own) && document.from <= today && today <= document.until && !(endedOn !== undefined && endedOn <= today);
    const isWanted = document.receivers.includes(own) && purposes.includes(document.purpose) && document.attributes.some((one) => one === attribute);
    if (!isInForce || !isWanted || holders.length === 0 || (document.choice.mode !== 'none' && said === 'withdrawn')) return [];
    return [{ kept, holders, isLet: isLetBy(document.choice, said) }];
  });
}
