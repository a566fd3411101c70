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
export const CaseOpened = defineEvent<CaseOpenedData>('cases.case-opened');
/** @public */
export const CaseMoved = defineEvent<CaseMovedData>('cases.case-moved');
/** @public */
export const CaseDecided = defineEvent<CaseDecidedData>('cases.case-decided');
/** @public */
export const CaseUpdatedPublicly = defineEvent<CaseUpdatedPubliclyData>('cases.case-updated-publicly');
/** @public */
export const CaseAnswered = defineEvent<CaseAnsweredData>('cases.case-answered');
/** @public */
export const CaseAssigned = defineEvent<CaseAssignedData>('cases.case-assigned');
/** @public */
export const CaseRefundDue = defineEvent<CaseRefundDueData>('cases.case-refund-due');
