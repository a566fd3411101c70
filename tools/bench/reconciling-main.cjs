'use strict';
// Riverbourne with a provider that settles as many payments on a day as ITEMS says, page by page and out of no list: what is in memory is what reading it needs.
const { createRequire } = require('node:module');
const path = require('node:path');

const root = process.cwd();
const app = createRequire(path.join(root, 'apps/riverbourne/package.json'));
const { defineCouncil, defineProvider } = app('@guildhall/kernel-contract');
const { runCouncils } = app('@guildhall/kernel');
const { payments } = app('@guildhall/payments');
const { PAYMENT_PROVIDER } = app('@guildhall/payments-contract');
const { riverbourne } = require(path.join(root, 'apps/riverbourne/dist/council.config.js'));

const items = Number(process.env.ITEMS);
/** What GOV.UK Pay gives at most (API reference, `display_size`). */
const A_PAGE = 500;
const settles = defineProvider({
  port: PAYMENT_PROVIDER, id: 'payments.bench', isSandbox: true,
  create: () => ({
    abilities: ['settlements'],
    // One in a thousand with another amount than was booked.
    settlements: async (_ctx, { from, after = '0' }) => {
      const at = Number(after);
      const page = Array.from({ length: Math.min(A_PAGE, items - at) }, (_, n) => ({ kind: 'payment', providerPaymentId: `bench-${at + n}`, reference: `B-${at + n}`, amountInPence: (at + n) % 1000 === 0 ? 1 : 5500, feeInPence: 82, settledOn: from }));
      return { items: page, ...(at + A_PAGE < items ? { next: String(at + A_PAGE) } : {}) };
    },
  }),
});
const council = defineCouncil('riverbourne', (given) => {
  const config = riverbourne.configure(given);
  return { ...config, modules: config.modules.map((module) => (module.id === 'payments' ? payments({ providers: [settles] }) : module)) };
});
void runCouncils([council], process.argv.slice(2));
