'use strict';
// Riverbourne with GOV.UK Pay at the address PAY_ORIGIN, where the simulator is.
const { createRequire } = require('node:module');
const path = require('node:path');

const root = process.cwd();
const app = createRequire(path.join(root, 'apps/riverbourne/package.json'));
const { Secret, defineCouncil } = app('@guildhall/kernel-contract');
const { runCouncils } = app('@guildhall/kernel');
const { payments } = app('@guildhall/payments');
const { govUkPay } = app('@guildhall/payments-provider-govuk-pay');
const { riverbourne } = require(path.join(root, 'apps/riverbourne/dist/council.config.js'));

const { PAY_ORIGIN: origin, PAY_KEY: apiKey, PAY_WEBHOOK_SECRET: webhookSecret } = process.env;
const council = defineCouncil('riverbourne', (given) => {
  const config = riverbourne.configure(given);
  return { ...config, modules: config.modules.map((module) => (module.id === 'payments' ? payments({ ...module.options, providers: [govUkPay({ origin, apiKey: new Secret(apiKey), webhookSecrets: [new Secret(webhookSecret)] })] }) : module)) };
});
void runCouncils([council], process.argv.slice(2));
