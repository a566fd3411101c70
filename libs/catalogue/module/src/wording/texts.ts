import { defineTexts } from '@guildhall/kernel-contract';
import { federatingTexts } from './federating-texts';
import { pageTextsEn } from './page-texts';
import { pageTextsCy } from './page-texts.cy';

/** What people read in a catalogue. */
export const texts = defineTexts({ en: { ...pageTextsEn, ...federatingTexts.en }, cy: { ...pageTextsCy, ...federatingTexts.cy } });
