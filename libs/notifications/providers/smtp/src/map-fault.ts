import { Unavailable } from '@guildhall/kernel-contract';
import type { DeliveryRefusal } from '@guildhall/notifications-contract';
import type { SmtpFault } from './deliver';

/**
 * What a fault means. Only codes are taken over: a server's words quote addresses.
 * Codes are those of RFC 5321, 4.2.3; enhanced codes (RFC 3463) decide where there is one.
 * @returns undefined when the outcome is not known or the server is not there
 */
export function refusalOf(fault: SmtpFault): DeliveryRefusal | undefined {
  const { responseCode: status, command = '' } = fault;
  if (!status) return fault.code === 'EENVELOPE' ? refusal('permanent', 'smtp-address', 'The address cannot be written in an SMTP envelope.') : undefined;
  const enhanced = /^\d{3}[ -](?:.*\n\d{3}[ -])*([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(fault.response ?? '') ?? /\b([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(fault.response ?? '');
  const code = enhanced ? `smtp-${status}-${enhanced[1]}.${enhanced[2]}.${enhanced[3]}` : `smtp-${status}`;
  const isAboutRecipient = command === 'RCPT TO' || command === 'DATA' || fault.code === 'EMESSAGE';
  if (fault.code === 'EAUTH') return refusal('technical', code, 'The mail server does not accept the user name and password.');
  if (status >= 400 && status < 500) return isAboutRecipient || command === 'MAIL FROM' ? refusal('temporary', code, 'The mail server does not take it now.') : undefined;
  if (!isAboutRecipient) return refusal('technical', code, `The mail server refuses ${command || 'us'}, whoever the recipient is.`);
  switch (enhanced?.[2]) {
    // 5.2.2: the inbox is full. It is said to be for good and seldom is.
    case '2': return enhanced?.[3] === '2' ? refusal('temporary', code, 'The inbox is full.') : refusal('permanent', code, 'The mailbox takes no messages.');
    case '1': return refusal('permanent', code, 'There is no such address.');
    // Network, protocol, content, policy: not the recipient's doing.
    case '3': case '4': case '5': case '6': case '7': return refusal('technical', code, 'The mail server refuses the message by its rules.');
    default: return status === 552 ? refusal('temporary', code, 'The inbox is full.') : status === 554 ? refusal('technical', code, 'The mail server refuses the message.') : refusal('permanent', code, 'There is no such address.');
  }
}

/** What is thrown when the outcome is not known. */
export function unavailable(host: string, fault: SmtpFault): Unavailable {
  return Object.assign(new Unavailable(`The mail server ${host} cannot be reached or did not finish (${fault.code ?? 'unknown'}). The message will be tried again.`), { cause: fault });
}

function refusal(reason: DeliveryRefusal['reason'], code: string, message: string): DeliveryRefusal {
  return { reason, code, message };
}
