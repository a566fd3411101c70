import type { CopyOf, CopyPiece } from './copy-content';

/** A copy for machines: one JSON document, written record by record. @beta */
export class CopyAsJson {
  #isFirstSection = true;
  #isFirstRecord = true;
  constructor(private readonly request: CopyOf, private readonly council: string, private readonly madeAt: Date) {}

  begin(): string {
    const { reference, personId, language } = this.request;
    const head = JSON.stringify({ format: 'guildhall-information-rights-copy', version: 1, reference, council: this.council, personId, language, madeAt: this.madeAt });
    return `${head.slice(0, -1)},\n"sections":[`;
  }

  add(piece: CopyPiece): string {
    switch (piece.kind) {
      case 'section': {
        const before = this.#isFirstSection ? '\n' : ',\n';
        [this.#isFirstSection, this.#isFirstRecord] = [false, true];
        return `${before}{"id":${JSON.stringify(piece.source.id)},"title":${JSON.stringify(piece.source.title)},"records":[`;
      }
      case 'record': {
        const before = this.#isFirstRecord ? '\n' : ',\n';
        this.#isFirstRecord = false;
        const { id, title, source, since, facts, data, onErasure, isLeftOut } = piece.record;
        return before + JSON.stringify(isLeftOut ? { id, title, since, isLeftOut } : { id, title, source, since, facts, data, onErasure });
      }
      case 'end-of-section': return ']}';
    }
  }

  end(): string { return '\n]}\n'; }
}
