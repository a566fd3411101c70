import { defineDeskTexts } from '@guildhall/kernel-contract';
import { deskPageTextsEn } from './desk-page-texts';

/** What those read who are signed in. */
export const deskTexts = defineDeskTexts({ en: deskPageTextsEn });
