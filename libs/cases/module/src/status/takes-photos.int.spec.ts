import { Module } from '@nestjs/common';
import { DOCUMENTS } from '@guildhall/documents-contract';
import type { StoreDocument } from '@guildhall/documents-contract';
import { InMemoryDocuments, photoWithPlace } from '@guildhall/documents-contract/testing';
import { Unavailable, atRest } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { defineModule, implement } from '@guildhall/kernel';
import { startCasesApp, type CasesApp } from '../testing/cases-app';
import { TakesPhotos } from './takes-photos';

/** Documents whose virus scanner is away when a file of this name comes. */
class ScannedDocuments extends InMemoryDocuments {
  override store(ctx: RequestContext, document: StoreDocument): ReturnType<InMemoryDocuments['store']> {
    if (document.filename === 'while-away.jpg') return Promise.reject(new Unavailable('The scanner does not answer.'));
    return super.store(ctx, document);
  }
}
@Module({ providers: [{ provide: ScannedDocuments, useValue: new ScannedDocuments() }] })
class ScannedDocumentsModule {}

describe('photos that come later', () => {
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp({ modules: [defineModule({ id: 'scanned-documents', version: '0.1.0', packageFolder: __dirname, nest: ScannedDocumentsModule, provides: [implement(DOCUMENTS, ScannedDocuments)] })()] }); });
  afterAll(() => app?.close());

  it('one that cannot be scanned or kept for now is lost alone: the others are kept, and it is counted', async () => {
    const file = (filename: string) => ({ ...atRest(photoWithPlace), field: 'photos', filename, mimetype: 'image/jpeg', isTruncated: false });
    const { kept, refused } = await app.get(TakesPhotos).take(app.as({ kind: 'nobody', sessionId: 'one' }), app.newId(), [file('one.jpg'), file('while-away.jpg'), file('two.jpg')]);
    expect([kept.length, refused]).toEqual([2, 1]);
  });
});
