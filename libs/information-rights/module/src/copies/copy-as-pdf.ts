import { createRequire } from 'node:module';
import path from 'node:path';
import type PDFDocument from 'pdfkit';
import { formatDate, formatDateTime } from '@guildhall/ui';
import { valueInWords, type CopiedRecord, type CopyPiece, type CopyWords } from './copy-content';

const LOCALE = { en: 'en-GB', cy: 'cy-GB' } as const;
const SIZE = { title: 22, section: 16, record: 12, body: 10.5 } as const;
const INK = '#0b0c0c';
/** ISO 14289. The library's types do not name it yet. */
const FOR_EVERYBODY: object = { subset: 'PDF/UA' };

/** A copy to be read: a PDF with headings, language and structure for whoever hears it (PDF/UA), written page by page. @beta */
export class CopyAsPdf {
  readonly document: PDFKit.PDFDocument;
  readonly #fonts: { readonly regular: string; readonly bold: string };
  readonly #root: PDFKit.PDFStructureElement;
  #isSectionEmpty = true;

  constructor(private readonly words: CopyWords) {
    const require = createRequire(__filename);
    const Document = require('pdfkit') as typeof PDFDocument;
    // A font with ŵ and ŷ, which those that every PDF reader has do not have.
    const folder = path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
    this.#fonts = { regular: path.join(folder, 'DejaVuSans.ttf'), bold: path.join(folder, 'DejaVuSans-Bold.ttf') };
    this.document = new Document({
      size: 'A4', margins: { top: 56, bottom: 56, left: 56, right: 56 }, pdfVersion: '1.7', tagged: true, lang: LOCALE[words.language], displayTitle: true, font: this.#fonts.regular,
      info: { Title: words.title, Author: words.council }, ...FOR_EVERYBODY,
    });
    this.#root = this.document.struct('Document');
    this.document.addStructure(this.#root);
  }

  begin(): void {
    this.#write('H1', this.words.title, { size: SIZE.title, isBold: true, after: 0.4 });
    this.#write('P', `${this.words.council}. ${this.words.made}`, { after: 0.6 });
    for (const paragraph of this.words.paragraphs) this.#write('P', paragraph, { after: 0.4 });
  }

  add(piece: CopyPiece): void {
    switch (piece.kind) {
      case 'section':
        this.#isSectionEmpty = true;
        this.document.moveDown(0.8);
        return this.#write('H2', piece.source.title[this.words.language], { size: SIZE.section, isBold: true, after: 0.4 });
      case 'record':
        this.#isSectionEmpty = false;
        return this.#record(piece.record);
      case 'end-of-section':
        if (this.#isSectionEmpty) this.#write('P', this.words.nothing);
    }
  }

  end(): void {
    this.#root.end();
    this.document.end();
  }

  #record({ title, source, since, facts, onErasure, isLeftOut }: CopiedRecord): void {
    const { words } = this;
    this.document.moveDown(0.4);
    this.#write('H3', title[words.language], { size: SIZE.record, isBold: true, after: 0.2 });
    if (isLeftOut) return this.#write('P', words.leftOut);
    for (const { label, value } of facts) this.#write('P', `${label[words.language]}: ${valueInWords(value, words, (at) => formatDateTime(words.language, at, 'short'))}`);
    this.#write('P', `${words.from}: ${source[words.language]}. ${words.since(since)}`);
    this.#write('P', onErasure.does === 'erase' ? words.erasable : words.keptBecause(onErasure.because[words.language], onErasure.until && formatDate(words.language, onErasure.until, 'short')));
  }

  #write(tag: 'H1' | 'H2' | 'H3' | 'P', text: string, { size = SIZE.body, isBold = false, after = 0.1 }: { readonly size?: number; readonly isBold?: boolean; readonly after?: number } = {}): void {
    const structure = this.document.struct(tag, {}, () => {
      this.document.font(isBold ? this.#fonts.bold : this.#fonts.regular).fontSize(size).fillColor(INK).text(text, { lineGap: 2 });
    });
    this.#root.add(structure);
    structure.end();
    this.document.moveDown(after);
  }
}
