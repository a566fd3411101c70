import { ruleFor, type StatusRules } from './status-rules';

const rules: StatusRules = { fixed: { move: 'finish' }, 'job-42': { tell: 'their-words' }, noise: 'ignore' };

describe('rules for statuses', () => {
  it('look at the finer code first, then at the status', () => {
    expect([ruleFor(rules, { status: 'fixed', code: 'job-42' }), ruleFor(rules, { status: 'fixed', code: 'job-43' }), ruleFor(rules, { status: 'noise' })]).toEqual([{ tell: 'their-words' }, { move: 'finish' }, 'ignore']);
  });
  it('know nothing of what was not written down, whatever it is called', () => {
    expect([ruleFor(rules, { status: 'constructor', code: '__proto__' }), ruleFor({}, { status: 'fixed' })]).toEqual([undefined, undefined]);
  });
});
