import { realLookingNumbers } from './real-looking-numbers.mjs';

/** Refuses numbers of people who may live. */
export const noRealLookingNumbers = {
  meta: { type: 'problem', docs: { description: 'Refuse real-looking National Insurance and NHS numbers' }, schema: [], messages: { real: 'This could be the {{kind}} of somebody who lives. Use an invented one, like {{instead}}.' } },
  create: (context) => ({
    Program: () => {
      const { sourceCode } = context;
      for (const { index, kind, instead } of realLookingNumbers(sourceCode.text)) context.report({ loc: sourceCode.getLocFromIndex(index), messageId: 'real', data: { kind, instead } });
    },
  }),
};
