import { createRequire } from 'node:module';

const { COUNTY, RIVERBOURNE, TRUST } = createRequire(import.meta.url)('./what-they-agreed.cjs');

/** Where everything is, and what to try. */
export function whatToTry(bodies, { draft, person }, folder) {
  const [riverbourne, county, trust] = [RIVERBOURNE, COUNTY, TRUST].map((slug) => bodies.origin(slug));
  const runAs = bodies.isUsualFolder ? 'npm run demo:sharing --' : `npm run demo:sharing -- --data ${folder}`;
  return `
  Riverbourne Borough Council    ${riverbourne}/
  Aldermoor County Council       ${county}/
  Aldermoor Care Trust           ${trust}/sharing/register   (an exchange node; its back office is a database of its own)

  As a resident, from ${riverbourne}/ (sign in with the practice sign-in)
    1. Buy garden waste as Tom Bell. Before anything is asked of the county you read what, of whom and why: "Get it from Aldermoor County Council", or type it.
       Whether he gets a reduction is a yes or no; what the county knows beside that (${folder}/exports/revenues) is told to nobody.
    2. The same as Mair Evans: press "It's wrong", and type. "Ask for another garden waste bin" then asks her nothing that she typed.
    3. "Have your bins fetched from your door" as Tom Bell asks the care trust, which answers from its own database.
    4. Your account, "See who looked at your information": who asked what, why, by which rule, with its proof. At ${county}/ Tom Bell sees the same.
    5. Stop it, in two presses, at either council: from a line, from an answer that was filled in, or let Gwen Parry do it as for a caller. Then let a system of Riverbourne's ask, from another window here, and read why nothing is told:
         ${runAs} ask county
       "${runAs} ask care" asks the care trust in the same way.
    6. "Tell us once that you have moved": one change of address reaches the account, the crews who collect (${folder}/crews) and the county, and you see each confirm.
    7. Let the county lose its record of that, and read in red that it has:
         ${runAs} lose county

  As an officer
    ${riverbourne}/desk: find Tom Bell's case, and from there "See who looked, stop or allow" as Gwen Parry (adviser), for whoever calls; or "Look at what another body holds" as Helen Shaw (team manager): for a reason that he then reads in his trail, and only if he has allowed it.
    ${riverbourne}/desk/sharing: Helen Shaw looks after information governance, too.
    ${riverbourne}/desk/sharing/drafts/${draft}
      Riverbourne would like to keep for a year what the care trust tells. Read what the trust has against it: there, and at
    ${trust}/desk/sharing, where its own officer brings in the file.
    ${riverbourne}/desk/sharing/new and ${county}/desk/sharing: draft an agreement, sign it, and bring the signed file to the county's officer, who signs too.
      Then ask by it: ${runAs} ask county:NAME-OF-THE-AGREEMENT
    ${riverbourne}/desk/sharing/agreements/garden-waste-concession
      What is shared, how often, and what was refused.
    ${riverbourne}/desk/looking/people/${person}
      The same look, before there is a case.

  Anybody
    ${riverbourne}/sharing/register and ${county}/sharing/register: the public registers of agreements.

  Data is in ${folder}. Ctrl-C stops; npm run reset forgets it.
`;
}
