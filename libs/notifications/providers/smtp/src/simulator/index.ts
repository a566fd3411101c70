export { simulatedSmtp } from './simulated-smtp';
export { startMailSimulator } from './mail-simulator';
export type { MailSimulator, MailSimulatorOptions, ReceivedEmail } from './mail-simulator';
