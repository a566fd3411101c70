'use strict';
// Riverbourne with GOV.UK Notify at the address NOTIFY_ORIGIN, where the simulator is.
const { createRequire } = require('node:module');
const path = require('node:path');

const root = process.cwd();
const app = createRequire(path.join(root, 'apps/riverbourne/package.json'));
const { Secret, defineCouncil } = app('@guildhall/kernel-contract');
const { runCouncils } = app('@guildhall/kernel');
const { notifications } = app('@guildhall/notifications');
const { govUkNotify } = app('@guildhall/notifications-provider-govuk-notify');
const { riverbourne } = require(path.join(root, 'apps/riverbourne/dist/council.config.js'));

const { NOTIFY_ORIGIN: origin, NOTIFY_KEY: apiKey, NOTIFY_TEMPLATES: templates } = process.env;
const council = defineCouncil('riverbourne', (given) => {
  const config = riverbourne.configure(given);
  return { ...config, modules: config.modules.map((module) => (module.id === 'notifications' ? notifications({ providers: [govUkNotify({ origin, templates, apiKey: new Secret(apiKey) })] }) : module)) };
});
void runCouncils([council], process.argv.slice(2));
