import { policyWords } from '@guildhall/assurance-contract';
import { CLOCK, type Clock, type Evidence, type EvidenceSource, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { SharingLog } from '../logging/sharing-log';
import { OwnNode } from '../node/own-node';
import { ChecksDeployment } from './checks-deployment';
import { OwnDeployment } from './own-deployment';

const DAY_MS = 86_400_000;
/** A key that signs for longer than two years is due to be changed (NCSC principle 10; NIST SP 800-57, 5.3.6, gives a signing key one to three years). */
const MOST_DAYS = 730;

/** What sharing shows to whoever assesses the deployment: how old its keys are, that what it did stands in a log, and what its council demands. */
@Injectable()
export class SharingEvidence implements EvidenceSource {
  readonly id = 'sharing.evidence';
  constructor(private readonly node: OwnNode, private readonly log: SharingLog, private readonly checks: ChecksDeployment, private readonly deployment: OwnDeployment, @Inject(CLOCK) private readonly clock: Clock) {}

  async evidence(ctx: RequestContext): Promise<readonly Evidence[]> {
    const { keys } = this.node.options(ctx);
    const policy = this.deployment.policy(ctx);
    const now = this.clock.now();
    const age = keys[0] ? Math.floor((now.getTime() - Date.parse(keys[0].from)) / DAY_MS) : 0;
    const isOld = age > MOST_DAYS;
    const { size } = await this.log.head(ctx);
    const missing = await this.checks.missing(ctx);
    return [
      { id: 'sharing.keys', principles: ['10', '12'], how: 'configured', state: isOld ? 'fault' : 'shown', text: isOld ? `The newest key with which the node signs is ${age} days old: add another to sharing({ keys }).` : `The newest key with which the node signs is ${age} days old; keys are made from the council’s secret and lie in no table.`, facts: { keys: keys.map(({ name, from }) => `${name} from ${from}`), days: age } },
      { id: 'sharing.log', principles: ['13'], how: 'measured', state: 'shown', text: 'Whatever is asked of others and told to them stands in a log that only grows (RFC 9162), under checkpoints that other bodies compare with theirs.', facts: { entries: size } },
      policy
        ? { id: 'sharing.policy', principles: ['4', '8'], how: 'measured', state: missing.length ? 'fault' : 'shown', text: missing.length ? missing.map(({ en }) => en).join(' ') : 'What the council demands of its hosting and its modules has been found of them.', facts: { policy: policyWords(policy).split('\n') } }
        : { id: 'sharing.policy', principles: ['4', '8'], how: 'configured', state: 'missing', text: 'The council has not said what it demands before something runs: sharing({ deployment: { policy } }).' },
    ];
  }
}
