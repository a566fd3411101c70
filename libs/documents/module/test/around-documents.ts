import path from 'node:path';
import { Controller, Get, Inject, Module, Post, Req } from '@nestjs/common';
import { MACHINE_CREDENTIALS, Public, Sessions, TakesFiles, defineModule, page } from '@guildhall/kernel';
import type { GuildhallRequest, MachineCredentials, PageResult } from '@guildhall/kernel';
import { DOCUMENTS, VIRUS_SCANNER } from '@guildhall/documents-contract';
import type { DocumentId, DocumentsApi } from '@guildhall/documents-contract';
import { InMemoryVirusScanner } from '@guildhall/documents-contract/testing';
import { defineProvider, register } from '@guildhall/kernel-contract';

const EVERYTHING = ['documents.read', 'documents.add', 'documents.remove'];
const machine: MachineCredentials = {
  authenticate: async (_ctx, clientId) => ({ part: { clientId, permissions: [...EVERYTHING, 'documents.vouch'] }, partner: { clientId, permissions: EVERYTHING }, stranger: { clientId, permissions: [] } })[clientId],
};

/** A page that begins a session and keeps what is sent, as a journey does. */
@Controller('journey')
class JourneyController {
  constructor(@Inject(Sessions) private readonly sessions: Sessions, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi) {}
  @Get() @Public()
  async begin(@Req() request: GuildhallRequest): Promise<PageResult> {
    await this.sessions.ensure(request);
    return page('journey/begin');
  }
  @Post() @Public() @TakesFiles()
  async keep(@Req() request: GuildhallRequest): Promise<unknown> {
    const ctx = await this.sessions.ensure(request);
    const file = request.uploads?.[0];
    return this.documents.store(ctx, { documentId: String(request.headers['x-document-id']) as DocumentId, kind: 'photo', bytes: file ?? new Uint8Array(), filename: file?.filename ?? '' });
  }
}

@Module({ controllers: [JourneyController] })
class JourneyModule {}

/** What stands around documents in this package's tests: machines with credentials, a page with a session. */
export const aroundDocuments = defineModule({ id: 'journey', version: '0.1.0', packageFolder: __dirname, nest: JourneyModule, viewsFolder: path.join(__dirname, 'views'), registers: [register(MACHINE_CREDENTIALS, machine)] });

/** The scanner of all councils in a test. */
export const scanner = new InMemoryVirusScanner();
export const scannerProvider = defineProvider({ port: VIRUS_SCANNER, id: 'documents.test-scanner', isSandbox: true, create: () => scanner });
