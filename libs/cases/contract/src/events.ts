import { defineEvent } from '@guildhall/kernel-contract';

/** A case has been opened. @public */
export interface CaseOpenedData { readonly caseId: string; readonly caseType: string; readonly caseTypeVersion: number; readonly state: string; readonly entryId: string; readonly personId?: string; readonly isToldElsewhere?: boolean }
/** A case has gone from one state to another. @public */
export interface CaseMovedData { readonly caseId: string; readonly caseType: string; readonly caseTypeVersion: number; readonly transition: string; readonly from: string; readonly to: string; readonly entryId: string }
/** Somebody has decided a case; also published as moved. @public */
export interface CaseDecidedData { readonly caseId: string; readonly caseType: string; readonly transition: string; readonly outcome: string; readonly entryId: string }
/** The council has written to the resident without moving the case. @public */
export interface CaseUpdatedPubliclyData { readonly caseId: string; readonly caseType: string; readonly entryId: string }
/** The resident has answered or written. @public */
export interface CaseAnsweredData { readonly caseId: string; readonly caseType: string; readonly entryId: string }
/** A case has been given to somebody, to a team, or back to everybody. @public */
export interface CaseAssignedData { readonly caseId: string; readonly caseType: string; readonly officerId?: string; readonly team?: string }
/** A move after which what was paid for the case is to be paid back, whole. Comes for cases that name a payment; whoever holds the payment knows whether it was paid. @public */
export interface CaseRefundDueData { readonly caseId: string; readonly caseType: string; readonly transition: string; readonly transitionTitle: string; readonly paymentId: string; readonly entryId: string }

/** @public */
export const CaseOpened = defineEvent<CaseOpenedData>('cases.case-opened', 1, { describes: 'A case has been opened.', subject: 'caseId', fields: ['caseId', 'caseType', 'caseTypeVersion', 'state'] });
/** @public */
export const CaseMoved = defineEvent<CaseMovedData>('cases.case-moved', 1, { describes: 'A case has gone from one state to another.', subject: 'caseId', fields: ['caseId', 'caseType', 'caseTypeVersion', 'transition', 'from', 'to'] });
/** @public */
export const CaseDecided = defineEvent<CaseDecidedData>('cases.case-decided', 1, { describes: 'Somebody has decided a case. A “moved” event comes too.', subject: 'caseId', fields: ['caseId', 'caseType', 'transition', 'outcome'] });
/** @public */
export const CaseUpdatedPublicly = defineEvent<CaseUpdatedPubliclyData>('cases.case-updated-publicly', 1, { describes: 'The council has written to the resident about a case, without moving it.', subject: 'caseId', fields: ['caseId', 'caseType'] });
/** @public */
export const CaseAnswered = defineEvent<CaseAnsweredData>('cases.case-answered', 1, { describes: 'The resident has answered or written about a case.', subject: 'caseId', fields: ['caseId', 'caseType'] });
/** @public */
export const CaseAssigned = defineEvent<CaseAssignedData>('cases.case-assigned', 1, { describes: 'A case has been given to somebody, to a team, or back to everybody.', subject: 'caseId', fields: ['caseId', 'caseType', 'team'] });
/** @public */
export const CaseRefundDue = defineEvent<CaseRefundDueData>('cases.case-refund-due');
