import { assertNever, type Text } from '@guildhall/kernel-contract';
import type { MessageRefusal } from './signed-messages';

/** Why a message was not believed, for a decision's reasons. @public */
export function signatureFault({ reason, message }: MessageRefusal): Text { return { en: message.replace(/\.$/, ''), cy: inWelsh(reason) }; }

function inWelsh(reason: MessageRefusal['reason']): string {
  switch (reason) {
    case 'malformed': return 'Ni ellir darllen llofnod y neges';
    case 'not-signed': return "Nid yw'r neges wedi'i llofnodi";
    case 'not-covered': return "Nid yw'r llofnod yn cwmpasu'r neges gyfan";
    case 'unknown-key': return "Nid yw allwedd y llofnod yn hysbys";
    case 'clock': return "Daw'r llofnod o'r dyfodol: mae'r clociau'n wahanol";
    case 'old': return 'Gwnaed y llofnod yn rhy bell yn ôl';
    case 'wrong-signature': return "Nid yw'r llofnod yn perthyn i'r neges hon";
    case 'wrong-digest': return "Nid yw'r cynnwys yr hyn a ddywed ei grynodeb";
    default: return assertNever(reason);
  }
}

/** What is said of a message that came before. @public */
export const CAME_BEFORE: Text = { en: 'This message has come before', cy: "Mae'r neges hon wedi dod o'r blaen" };
