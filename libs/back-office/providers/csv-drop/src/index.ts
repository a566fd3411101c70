export { csvDrop } from './csv-drop';
export type { CsvDropOptions } from './csv-drop.options';
