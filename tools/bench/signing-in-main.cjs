'use strict';
// Riverbourne with GOV.UK One Login at the address ONE_LOGIN_ORIGIN, where the simulator is.
const { createRequire } = require('node:module');
const path = require('node:path');

const root = process.cwd();
const app = createRequire(path.join(root, 'apps/riverbourne/package.json'));
const { Secret } = app('@guildhall/kernel-contract');
const { runCouncils } = app('@guildhall/kernel');
const { oneTimeCode } = app('@guildhall/identity-provider-one-time-code');
const { govukOneLogin } = app('@guildhall/identity-provider-govuk-one-login');
const { developmentSystems, riverbourneWith } = require(path.join(root, 'apps/riverbourne/dist/council.config.js'));

const { ONE_LOGIN_ORIGIN: environment, ONE_LOGIN_CLIENT_ID: clientId, ONE_LOGIN_KEY: key } = process.env;
const oneLogin = govukOneLogin({ environment, clientId, privateKey: new Secret(key), provesUpTo: 'medium' });
void runCouncils([riverbourneWith({ ...developmentSystems, residents: [oneTimeCode(), oneLogin] })], process.argv.slice(2));
