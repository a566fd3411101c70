import path from 'node:path';
import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common';
import { ForOfficers, Public, defineModule, form, implement, page } from '@guildhall/kernel';
import type { FormBody, PageResult } from '@guildhall/kernel';
import { testCouncilDefinition } from '@guildhall/kernel/testing';
import { ADDRESSES } from '@guildhall/addresses-contract';
import { InMemoryAddresses } from '@guildhall/addresses-contract/testing';
import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { SignInProvider } from '@guildhall/identity-contract';
import { Unavailable, definePermission, defineProvider, defineTexts, register } from '@guildhall/kernel-contract';
import type { CouncilDefinition, RequestContext } from '@guildhall/kernel-contract';
import { ACCOUNT_SECTION, AREA_PANEL, DESK_AREA, FOOTER_LINK, HOME_ALERTS, HOME_PANEL, PRIVACY_NOTE } from '@guildhall/portal-contract';
import type { AccountPanel, AskedPlace, HomePanelContent, PortalPanel } from '@guildhall/portal-contract';
import { SERVICES, SERVICE_CATEGORIES, searchServices } from '@guildhall/services-contract';
import type { ServiceView, ServicesApi } from '@guildhall/services-contract';
import { portal } from '../src/index';

/** Is there to be signed in by, and never is. */
const NOBODY: SignInProvider = { method: 'redirect', title: { en: 'Nobody', cy: 'Neb' }, begin: () => Promise.reject(new Unavailable('Nobody signs in here.')), complete: () => Promise.reject(new Unavailable('Nobody signs in here.')) };
const SEE = definePermission('services.see', 'See things', ['adviser', 'team-manager']);
const MANAGE = definePermission('services.manage', 'Manage things', ['team-manager']);

const service = (slug: string, en: string, cy: string, category: ServiceView['category'], uses: number): ServiceView & { readonly uses: number } => ({
  slug, version: '1', title: { en, cy }, summary: { en: `${en} in one sentence`, cy: `${cy} mewn un frawddeg` }, category, keywords: { en: [], cy: [] }, signIn: 'offered', minutes: 5, path: `/services/${slug}`, uses,
});
const ALL = [
  service('garden-waste', 'Garden waste collection', 'Casglu gwastraff gardd', SERVICE_CATEGORIES.binsAndRecycling, 9),
  service('missed-bin', 'Missed bin', 'Bin heb ei gasglu', SERVICE_CATEGORIES.binsAndRecycling, 20),
  service('pothole', 'Pothole', 'Twll yn y ffordd', SERVICE_CATEGORIES.streetsAndParking, 5),
  service('street-light', 'Street light', 'Golau stryd', SERVICE_CATEGORIES.streetsAndParking, 1),
  service('chalk', 'Chalk <board>', 'Chwarel', SERVICE_CATEGORIES.housing, 0),
];

@Injectable()
class SomeServices implements ServicesApi {
  list(): Promise<readonly ServiceView[]> { return Promise.resolve(ALL); }
  find(_ctx: RequestContext, slug: string): Promise<ServiceView | undefined> { return Promise.resolve(ALL.find((one) => one.slug === slug)); }
  search(_ctx: RequestContext, words: string): Promise<readonly ServiceView[]> { return Promise.resolve(searchServices(ALL, words)); }
  mostUsed(_ctx: RequestContext, limit = 6): Promise<readonly ServiceView[]> { return Promise.resolve([...ALL].sort((a, b) => b.uses - a.uses).slice(0, limit)); }
}

@Injectable()
export class SomeAddresses extends InMemoryAddresses {
  static isDown = false;
  constructor() { super(); }
  override search(...given: Parameters<InMemoryAddresses['search']>): ReturnType<InMemoryAddresses['search']> {
    if (SomeAddresses.isDown) throw new Unavailable('The gazetteer does not answer.');
    return super.search(...given);
  }
}

const texts = defineTexts({
  en: { bins: 'Bin days', open: 'Your open cases', cases: 'Cases', payments: 'Payments', link: 'Data of our own', desk: 'Worklist', settings: 'Settings' },
  cy: { bins: 'Diwrnodau bin', open: 'Eich achosion agored', cases: 'Achosion', payments: 'Taliadau', link: 'Ein data ni', desk: 'Rhestr waith', settings: 'Gosodiadau' },
});

@Injectable()
class Broken {
  readonly id = 'services.broken';
  readonly order = 1;
  load(): Promise<never> { return Promise.reject(new Error('jo@canary.example must not be logged')); }
}
@Injectable()
class Yours {
  readonly id = 'services.yours';
  readonly order = 2;
  load({ actor }: RequestContext): Promise<HomePanelContent | undefined> { return Promise.resolve(actor.kind === 'resident' ? { titleKey: 'services.open', template: 'services/panel.njk', data: { what: 'A hole in Mill Lane' }, isYours: true } : undefined); }
}
@Injectable()
class CasesInAccount {
  readonly id = 'services.cases';
  readonly order = 100;
  load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return Promise.resolve(undefined);
    return Promise.resolve({ titleKey: 'services.cases', template: 'services/panel.njk', data: { what: '<Your pothole>' }, count: 2, waiting: [{ text: { en: 'Answer a question', cy: 'Atebwch gwestiwn' }, href: '/status/1' }] });
  }
}
@Injectable()
class PaymentsInAccount {
  readonly id = 'services.payments';
  readonly order = 50;
  load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return Promise.resolve(undefined);
    return Promise.resolve({ titleKey: 'services.payments', template: 'services/panel.njk', data: { what: 'Nothing paid' }, waiting: [{ text: { en: 'Pay £55.00', cy: 'Talwch £55.00' }, href: '/pay', dueBy: new Date('2026-12-04T12:00:00Z') }] });
  }
}
@Injectable()
class BinDays {
  readonly id = 'services.bins';
  readonly order = 1;
  load(_ctx: RequestContext, place: AskedPlace): Promise<PortalPanel | undefined> {
    return Promise.resolve(place.uprn ? { titleKey: 'services.bins', template: 'services/panel.njk', data: { what: `Thursday for ${place.uprn} in ${place.ward?.name ?? '?'}` } } : undefined);
  }
}

/** Forms that were taken. */
export const taken: FormBody[] = [];

@Controller()
class DeskController {
  @Get('ask') @Public() ask(): PageResult { return page('services/question', { backHref: '/', section: 1, sections: 2, serviceName: { en: 'Asking', cy: 'Gofyn' } }); }
  @Post('ask') @Public() async take(@Body(form()) body: FormBody): Promise<PageResult> {
    taken.push(body);
    await new Promise((done) => setTimeout(done, 300));
    return page('services/question', { errors: [{ field: 'kind', message: 'Select one' }] }, { status: 400 });
  }
  @Get('desk') @ForOfficers() desk(): PageResult { return page('services/desk'); }
  @Get('desk/cases/:reference') @ForOfficers() one(): PageResult { return page('services/desk'); }
  @Get('failing') @Public() failing(): never { throw new Error('inside'); }
}
@Module({ controllers: [DeskController], providers: [SomeServices, SomeAddresses, Broken, Yours, CasesInAccount, PaymentsInAccount, BinDays] })
class PartsModule {}

@Module({})
class EmptyModule {}

const withParts = defineModule({
  id: 'services', version: '0.1.0', packageFolder: __dirname, nest: PartsModule, provides: [implement(SERVICES, SomeServices)], permissions: [SEE, MANAGE], texts, viewsFolder: path.join(__dirname, 'views'),
  registers: [
    register(ACCOUNT_SECTION, CasesInAccount), register(ACCOUNT_SECTION, PaymentsInAccount), register(HOME_PANEL, Broken), register(HOME_PANEL, Yours), register(AREA_PANEL, BinDays),
    register(FOOTER_LINK, { id: 'services.link', order: 350, titleKey: 'services.link', href: '/our-data' }),
    register(HOME_ALERTS, { id: 'services.alerts', load: () => Promise.resolve([{ title: { en: 'Snow', cy: 'Eira' }, body: { en: 'No collections', cy: 'Dim casgliadau' }, severity: 'warning' as const }]) }),
    register(PRIVACY_NOTE, { id: 'services.note', order: 1, purpose: { en: 'Taking your payment', cy: 'Cymryd eich taliad' }, data: { en: 'Your name', cy: 'Eich enw' }, lawfulBasis: { en: 'Contract', cy: 'Contract' }, keptFor: { en: '6 years', cy: '6 blynedd' }, sharedWith: { en: 'The bank', cy: 'Y banc' } }),
    register(DESK_AREA, { id: 'services.desk', order: 1, titleKey: 'services.desk', href: '/desk', alsoAt: ['/desk/cases'], permission: SEE, searchHref: '/desk/search', shortcut: 'w', badge: () => Promise.resolve({ count: 1000, isCapped: true, isUrgent: true }) }),
    register(DESK_AREA, { id: 'services.settings', order: 2, titleKey: 'services.settings', href: '/desk/settings', permission: MANAGE, badge: () => Promise.reject(new Error('no count')) }),
  ],
});
const addresses = defineModule({ id: 'addresses', version: '0.1.0', packageFolder: __dirname, nest: EmptyModule, provides: [implement(ADDRESSES, SomeAddresses)] });
const identity = defineModule({ id: 'identity', version: '0.1.0', packageFolder: __dirname, nest: EmptyModule, providersIn: () => [defineProvider({ port: RESIDENT_SIGN_IN, id: 'identity.nobody', isSandbox: true, create: () => NOBODY })] });
const alert = { title: { en: 'Office closed', cy: 'Swyddfa ar gau' }, body: { en: 'On Friday', cy: 'Ddydd Gwener' }, severity: 'information' as const, href: '/contact' };

/** Three councils: one with everything, one with the portal alone in Welsh first, one to which no known place belongs. */
export const councils: readonly CouncilDefinition[] = [
  testCouncilDefinition('riverbourne', 1, [withParts(), addresses(), identity(), portal({ alerts: [alert], councillors: [{ name: 'Cllr Pat Example', party: { en: 'Independent', cy: 'Annibynnol' }, email: 'pat.example@riverbourne.example', ward: 'E05099991' }, { name: 'Cllr Lee Elsewhere', email: 'lee@riverbourne.example', ward: 'E05099992' }], responsibilities: [{ what: { en: 'Roads', cy: 'Ffyrdd' }, who: { en: 'The county council', cy: 'Y cyngor sir' }, href: 'https://county.example/' }] })]),
  testCouncilDefinition('glanafon', 2, [portal({ accessibility: { preparedOn: '2026-11-01', reviewedOn: '2026-11-02', testedOn: '2026-11-03', testedBy: { en: 'The Centre tested it.', cy: 'Profodd y Ganolfan hi.' }, answerInDays: 2, problems: [{ what: { en: 'Old letters are scans.', cy: 'Sganiau yw hen lythyrau.' }, criterion: '1.1.1 Non-text content', mendedBy: '2027-03-31' }, { what: { en: 'Old films lack captions.', cy: 'Nid oes capsiynau ar hen ffilmiau.' }, criterion: '1.2.2 Captions (prerecorded)', isDisproportionate: true }] } })], { council: { languages: ['cy', 'en'], nation: 'wales' } }),
  testCouncilDefinition('elsewhere', 3, [addresses(), portal()], { council: { gssCode: 'E07000001' } }),
];
