import { createRequire } from 'node:module';

const { COUNTY, RIVERBOURNE, TRUST } = createRequire(import.meta.url)('./what-they-agreed.cjs');

/** Where everything is, and what to try. */
export function whatToTry(bodies, { draft, person }, folder) {
  const [riverbourne, county, trust] = [RIVERBOURNE, COUNTY, TRUST].map((slug) => bodies.origin(slug));
  const askAs = bodies.isUsualFolder ? 'npm run demo:sharing -- ask' : `npm run demo:sharing -- --data ${folder} ask`;
  return `
  Riverbourne Borough Council    ${riverbourne}/
  Aldermoor County Council       ${county}/
  Aldermoor Care Trust           ${trust}/sharing/register   (an exchange node; its back office is a database of its own)

  As a resident
    1. ${riverbourne}/account/information: sign in with the practice sign-in as Tom Bell. Nobody may ask yet.
    2. Allow "Concessions for garden waste".
    3. Let a system of Riverbourne's ask the county, from another window here:
         ${askAs} county
    4. Load the page again: who asked what, why, by which rule, with its proof. At ${county}/account/information Tom Bell sees the same.
    5. Stop it, in two presses, at either council. Ask again as in 3, and read why nothing is told.
       "${askAs} care" asks the care trust in the same way.
    6. ${riverbourne}/services/garden-waste, as Mair Evans: "Get it from Aldermoor County Council", or type it.
       She need not prove that she gets no reduction, and what she types is not asked again.
    7. ${riverbourne}/account/information/tell-once: one change of address reaches whoever is to have it, the county among them.

  As an officer
    ${riverbourne}/desk/sharing: sign in as Helen Shaw (team manager), who looks after information governance.
    ${riverbourne}/desk/sharing/drafts/${draft}
      Riverbourne would like to keep for a year what the care trust tells. Read what the trust has against it.
    ${riverbourne}/desk/sharing/agreements/garden-waste-concession
      What is shared, how often, and what was refused.
    ${riverbourne}/desk/looking/people/${person}
      Look at what another body holds of Tom Bell: for a reason that he then reads in his trail, and only if he has allowed it.

  Anybody
    ${riverbourne}/sharing/register and ${county}/sharing/register: the public registers of agreements.

  Data is in ${folder}. Ctrl-C stops; npm run reset forgets it.
`;
}
