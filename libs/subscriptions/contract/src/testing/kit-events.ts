import { defineEvent } from '@guildhall/kernel-contract';

/** Names a type of case. An implementation under the kit must have the kit's events among those of its modules. @public */
export const kitReportMade = defineEvent<{ readonly reportId: string; readonly caseType: string; readonly name: string }>('kit.report-made', 1, { describes: 'A report has been made.', subject: 'reportId', fields: ['reportId', 'caseType'] });
/** Names none. @public */
export const kitBinEmptied = defineEvent<{ readonly binId: string; readonly crew: string }>('kit.bin-emptied', 2, { describes: 'A bin has been emptied.', subject: 'binId', fields: ['binId'] });
/** Not for outside. @public */
export const kitCrewChanged = defineEvent<{ readonly crew: string }>('kit.crew-changed');

/** All that happens in the kit's council. @public */
export const kitEvents = [kitReportMade, kitBinEmptied, kitCrewChanged];
