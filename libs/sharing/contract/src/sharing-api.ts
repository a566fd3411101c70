import { defineContract, type Outcome, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { ChoiceMode, SharingChannel } from './agreeing/agreement';
import type { AttributeId } from './agreeing/vocabulary';
import type { CheckId, Decision, Evidence } from './asking/exchange';
import type { ChoiceState } from './choosing/choice';
import type { EntryKind } from './logging/entry';

/** An agreement that is in force today. @public */
export interface AgreementInForce {
  readonly id: string;
  readonly version: number;
  readonly name: Text;
  /** What it lets whom do, for whom and why, in one sentence. */
  readonly sentence: Text;
  readonly purpose: string;
  readonly attributes: readonly AttributeId[];
  readonly holders: readonly string[];
  readonly receivers: readonly string[];
  readonly choice: ChoiceMode;
  /** The last day: `2028-03-31`. */
  readonly until: string;
}

/** What is to be asked of another body about one person. @public */
export interface QuestionToOther {
  /** The agreement's id. */
  readonly agreement: string;
  /** One of those who hold it. */
  readonly holder: string;
  /** Who it is about, as this body knows them. */
  readonly person: string;
  readonly attributes: readonly AttributeId[];
  /** Why it is asked now: `Garden waste application RB-7K3F-92QD`. */
  readonly because: string;
  readonly service?: string;
  /** Who looks, by a name that is none of theirs. */
  readonly officer?: string;
  readonly network: SharingChannel['network'];
  readonly device: SharingChannel['device'];
}
/** What was told; and of what else was asked something is known that is too old. @public */
export interface ToldByOther { readonly exchange: string; readonly decision: Decision; readonly evidence: readonly Evidence[]; readonly tooOld?: readonly AttributeId[] }
/** `refused`: by either side, and the decision says why. `not-linked`: the other body does not know who is meant. `unreachable`: it does not answer in time. `not-believed`: its answer does not prove itself. @public */
export type AskOtherRefusal = Refusal<'refused' | 'not-linked' | 'unreachable' | 'not-believed'> & { readonly decision?: Decision };

/** One line of what was asked and told about somebody, and of what they chose. It holds no value. @public */
export interface TrailItem {
  readonly index: number;
  readonly at: Date;
  readonly kind: Exclude<EntryKind, 'received'>;
  /** The other body, where there is one. */
  readonly peer?: string;
  /** The agreement's id. */
  readonly agreement?: string;
  readonly attributes: readonly AttributeId[];
  /** Of a question: whether it was told. Left out while no answer has come, and where nothing was to be decided. */
  readonly isTold?: boolean;
  readonly failed: readonly CheckId[];
}
/** The newest first. @public */
export interface TrailItems { readonly items: readonly TrailItem[]; /** Hand it back as `before`; absent on the last page. */ readonly next?: string }

/** What somebody lets be shared by one agreement in force. @public */
export interface PersonChoice {
  readonly agreement: string;
  readonly mode: ChoiceMode;
  /** Whether it may be shared now. */
  readonly isOn: boolean;
  /** What they have said here last, and when; absent where they have not. */
  readonly state?: ChoiceState;
  readonly at?: Date;
}

/**
 * Sharing with other bodies, for other modules and systems of one's own. The rules are in `sharingKit` under `/testing`.
 * @public
 */
export interface SharingApi {
  /** By their ids. Needs READ_AGREEMENTS. */
  agreements(ctx: RequestContext): Promise<readonly AgreementInForce[]>;
  /** Asks: decided on both sides, and in both logs before anything is told. Needs ASK_OTHERS. @throws InvalidInput, which names the fields that are wrong: then nothing was asked */
  ask(ctx: RequestContext, question: QuestionToOther): Promise<Outcome<ToldByOther, AskOtherRefusal>>;
  /** To the person themselves, or to whoever has ACT_ON_SHARING, on record. @throws NotFound for what is no id of a person */
  trail(ctx: RequestContext, personId: string, page?: { readonly before?: string }): Promise<TrailItems>;
  /** By agreement; to whom `trail` is shown. @throws NotFound for what is no id of a person */
  choices(ctx: RequestContext, personId: string): Promise<readonly PersonChoice[]>;
}

class SharingDispatcher implements SharingApi {
  constructor(private readonly pick: (ctx: RequestContext) => SharingApi) {}
  agreements(...given: Parameters<SharingApi['agreements']>) { return this.pick(given[0]).agreements(...given); }
  ask(...given: Parameters<SharingApi['ask']>) { return this.pick(given[0]).ask(...given); }
  trail(...given: Parameters<SharingApi['trail']>) { return this.pick(given[0]).trail(...given); }
  choices(...given: Parameters<SharingApi['choices']>) { return this.pick(given[0]).choices(...given); }
}

/** Inject `@Inject(SHARING.token) sharing: SharingApi`. @public */
export const SHARING = defineContract<SharingApi>({ id: 'sharing', version: '0.1.0', dispatch: (pick) => new SharingDispatcher(pick) });
