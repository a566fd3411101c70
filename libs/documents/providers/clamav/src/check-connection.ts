import type { Clock, ConnectionCheck } from '@guildhall/kernel-contract';
import { atRest } from '@guildhall/kernel-contract';
import { ClamdFailure } from './clamd-client';
import type { ClamdClient } from './clamd-client';
import type { ClamAvOptions } from './options';
import { readVerdict } from './read-verdict';
import { readVersion } from './read-version';

const DAY = 86_400_000;
const USUAL_OLDEST_IN_DAYS = 3;
/** What a server takes at most in one upload. */
const USUAL_LARGEST_IN_BYTES = 12_000_000;

/** The EICAR test file (eicar.org), which every scanner reports and which harms nothing; put together here, so that no scanner reports this file. */
const TEST_VIRUS = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');

/** Whether clamd is there, has signatures that are not old, finds the test virus, and takes the largest file that a council takes. */
export async function checkConnection(clamd: ClamdClient, { address, oldestSignaturesInDays = USUAL_OLDEST_IN_DAYS, largestInBytes = USUAL_LARGEST_IN_BYTES }: ClamAvOptions, clock: Clock): Promise<ConnectionCheck> {
  try {
    const version = readVersion(await clamd.ask('VERSION'));
    if (!version) return wrong(`What answers at ${address} is not clamd. Look at the address.`);
    if (!version.signedAt) return wrong('clamd has no signatures of ClamAV’s own. Let freshclam fetch them, and look at its log.');
    const days = Math.floor((clock.now().getTime() - version.signedAt.getTime()) / DAY);
    if (days > oldestSignaturesInDays) return wrong(`clamd’s signatures are ${days} days old. Look at freshclam: does it run, and does it get through to its mirror?`);
    if (days < -1) return wrong('clamd’s signatures were made in the future. Set the clocks of this server and of clamd’s by NTP.');
    if (readVerdict(await clamd.scan(atRest(Buffer.from(TEST_VIRUS, 'latin1'))))?.isClean !== false) return wrong('clamd did not find the harmless test virus (EICAR). Look at its configuration and its data base: a scanner that finds nothing protects nobody.');
    await clamd.scan(atRest(Buffer.alloc(largestInBytes)));
    return { ok: true, message: `ClamAV ${version.engine} scans, with signatures ${version.signatures} of ${version.signedAt.toISOString().slice(0, 10)}.` };
  } catch (error) {
    if (!(error instanceof ClamdFailure)) throw error;
    if (error.answered === 'too-large') return wrong(`clamd takes no file of ${largestInBytes} bytes, so that such uploads are refused. Set StreamMaxLength in clamd.conf to 25M or more.`);
    return wrong(`${error.message} at ${address}. Is clamd running, and may this server’s user reach it? Until then no upload is taken.`);
  }
}

function wrong(message: string): ConnectionCheck { return { ok: false, message }; }
