import { defineTexts } from '@guildhall/kernel-contract';
import { pageTextsEn } from './page-texts';
import { pageTextsCy } from './page-texts.cy';

/** What people read in a catalogue. */
export const texts = defineTexts({ en: pageTextsEn, cy: pageTextsCy });
