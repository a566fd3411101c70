import path from 'node:path';
import { Module } from '@nestjs/common';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { SilentFarEnds, defineModule, does, every, implement } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { ADD_DOCUMENTS, DOCUMENTS, DocumentAttached, DocumentRemoved, DocumentStored, READ_DOCUMENTS, REMOVE_DOCUMENTS, VOUCH_FOR_SUBJECTS } from '@guildhall/documents-contract';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import { AttachesDocuments } from './attaching/attach-document';
import { DocumentsService } from './documents.service';
import { DocumentsApiController } from './http/documents-api.controller';
import { DocumentsController } from './http/documents.controller';
import { DocumentsSettings } from './keeping/documents-settings';
import { ExamineDocument } from './keeping/examine-document';
import { withScanner } from './keeping/no-scanner';
import { StoresDocuments } from './keeping/store-document';
import { documents001 } from './migrations/001-documents';
import { documents002 } from './migrations/002-links';
import type { DocumentsOptions } from './options';
import { EncodePhoto } from './photos/encode-photo';
import { documentsPrivacyNote } from './privacy-note';
import { DeletesBytes } from './removing/delete-bytes';
import { RemovesDocuments } from './removing/remove-document';
import { SweepDocuments, SweepsDocuments } from './removing/sweep-documents';
import { DocumentsOfPerson } from './rights/personal-data';
import { DocumentLinks } from './showing/document-links';
import { FindsDocuments } from './showing/find-documents';
import { OpensDocuments } from './showing/open-document';
import { documentsTexts } from './texts';

@Module({
  controllers: [DocumentsController, DocumentsApiController],
  providers: [
    DocumentsService, SilentFarEnds, StoresDocuments, ExamineDocument, EncodePhoto, AttachesDocuments, FindsDocuments, OpensDocuments, DocumentLinks, RemovesDocuments, DeletesBytes, SweepsDocuments, DocumentsOfPerson,
    { provide: DocumentsSettings, useFactory: () => DocumentsSettings.reading(documents) },
  ],
})
class DocumentsModule {}

/**
 * Documents and photos that people send: checked by their content, photos without metadata, shown only to those who may see them.
 * @public
 * @example modules: [documents({ providers: [localDisk()] })]
 */
export const documents = defineModule<DocumentsOptions>({
  id: 'documents',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: DocumentsModule,
  provides: [implement(DOCUMENTS, DocumentsService)],
  schema: 'documents',
  migrations: [documents001, documents002],
  permissions: [READ_DOCUMENTS, ADD_DOCUMENTS, REMOVE_DOCUMENTS, VOUCH_FOR_SUBJECTS],
  events: [DocumentStored, DocumentAttached, DocumentRemoved],
  jobs: [does(SweepDocuments, SweepsDocuments)],
  recurring: [every('15 minutes', SweepDocuments)],
  registers: [register(PRIVACY_NOTE, documentsPrivacyNote), register(PERSONAL_DATA, DocumentsOfPerson)],
  texts: documentsTexts,
  viewsFolder: path.join(__dirname, '../views'),
  providersIn: withScanner,
});
