export { checkKeysInCode } from './check-code';
export { checkTemplates, templatesIn } from './check-templates';
export type { Problem } from './check-templates';
export { checkTexts } from './check-texts';
