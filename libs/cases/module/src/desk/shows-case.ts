import { Inject, Injectable } from '@nestjs/common';
import { IDS, may } from '@guildhall/kernel-contract';
import type { FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { AUTHORITY_TITLES } from '@guildhall/identity-contract';
import { ASSIGN_CASES, NOTE_ON_CASES, WORK_ON_CASES, originWords, permittedTransitions, stateOf, wordsIn } from '@guildhall/cases-contract';
import type { CaseTransition, CaseType, CaseView, ChangedMeanwhile, TimelineEntry } from '@guildhall/cases-contract';
import type { SeenCase } from '../finding/finds-cases';
import { CaseDocuments } from './case-documents';
import { CaseHead } from './case-head';
import { CasePlace } from './case-place';
import { Colleagues } from './colleagues';
import { LoadsPanels } from './loads-panels';
import { shownEntries } from './shown-timeline';
import { standardTextsFor } from './standard-texts';

/** What somebody was doing when the page is shown again: their words are never lost. */
export interface Unfinished {
  readonly action: 'note' | 'tell' | 'assign' | 'move';
  readonly text?: string;
  readonly errors?: readonly FieldError[];
  readonly changed?: ChangedMeanwhile;
}

/** Everything that a case page needs to know of its case. */
export interface FoundCase { readonly seen: SeenCase; readonly view: CaseView; readonly timeline: { readonly items: readonly TimelineEntry[]; readonly next?: string } }

/** Makes the officer's page of one case. */
@Injectable()
export class ShowsCase {
  constructor(
    @Inject(CaseHead) private readonly head: CaseHead, @Inject(CasePlace) private readonly places: CasePlace, @Inject(Colleagues) private readonly colleagues: Colleagues,
    @Inject(CaseDocuments) private readonly documents: CaseDocuments, @Inject(LoadsPanels) private readonly panels: LoadsPanels, @Inject(IDS) private readonly ids: Ids,
  ) {}

  async show(ctx: RequestContext, found: FoundCase, unfinished?: Unfinished): Promise<object> {
    const { seen: { record, type, today }, view, timeline } = found;
    const mayAssign = may(ctx, ASSIGN_CASES);
    const [place, documents, panels, officers, teams] = await Promise.all([
      this.places.of(ctx, view), this.documents.of(ctx, view.id, view.documents), this.panels.load(ctx, view), mayAssign ? this.colleagues.officers(ctx) : [], this.colleagues.teams(ctx),
    ]);
    const me = ctx.actor.kind === 'officer' ? ctx.actor.officerId : undefined;
    const { assignee, team } = view.staff ?? {};
    const assigneeId = assignee?.officerId;
    const titleOfTeam = (code: string | undefined): string | undefined => teams.find(({ teamId }) => teamId === code)?.title[ctx.language] ?? code;
    const isOutside = (officer: { readonly teams: readonly string[] } | undefined): boolean => officer !== undefined && team !== undefined && !officer.teams.includes(team);
    return {
      ...this.head.of(ctx, view), key: this.ids.uuid(), version: view.version, base: `/desk/cases/${view.reference}`,
      facts: { ...factsOf(ctx, view), place, teamTitle: titleOfTeam(team) }, isOutsideTeam: isOutside(officers.find(({ officerId }) => officerId === assigneeId)), answers: answersOf(ctx, view), documents, panels,
      entries: shownEntries(ctx, type, timeline.items), olderHref: timeline.next && `/desk/cases/${view.reference}?after=${timeline.next}#timeline`,
      moves: permittedTransitions(ctx, type, view.state).map((transition) => ({ id: transition.id, title: transition.title[ctx.language], needsPage: needsPage(type, transition) })),
      can: {
        note: may(ctx, NOTE_ON_CASES), tell: may(ctx, WORK_ON_CASES), assign: mayAssign, take: may(ctx, WORK_ON_CASES) && !assigneeId && me !== undefined, giveBack: may(ctx, WORK_ON_CASES) && me !== undefined && assigneeId === me,
      },
      officers: [
        // Whoever has it stays in the list, also when they could not be given it now: else the form would take it from them unasked.
        ...(assignee && !officers.some(({ officerId }) => officerId === assigneeId) ? [{ ...assignee, isChosen: true }] : []),
        ...officers.map((officer) => ({ officerId: officer.officerId, name: officer.name, isChosen: officer.officerId === assigneeId, ...(isOutside(officer) && { teams: officer.teams.map(titleOfTeam).join(', ') }) })),
      ],
      teams: teams.map(({ teamId, title }) => ({ teamId, title: title[ctx.language] })), ways: waysTo(view),
      texts: { note: standardTextsFor(ctx, type, record, 'note', today), tell: standardTextsFor(ctx, type, record, 'update', today) },
      unfinished: unfinished && { action: unfinished.action, text: unfinished.text ?? '' }, errors: unfinished?.errors ?? [],
      changed: unfinished?.changed && { by: unfinished.changed.changes.at(-1)?.by.name, entries: shownEntries(ctx, type, unfinished.changed.changes) },
    };
  }
}

/** A transition that asks for words has a page of its own, and so has one that closes the case and tells the resident so; any other is one press. */
export function needsPage(type: CaseType, transition: CaseTransition): boolean {
  return asksForWords(transition) || isClosing(type, transition);
}
export function asksForWords(transition: CaseTransition): boolean {
  return transition.reasons !== undefined || transition.decision !== undefined;
}
export function isClosing(type: CaseType, transition: CaseTransition): boolean {
  return stateOf(type, transition.to).kind === 'closed';
}

function factsOf(ctx: RequestContext, view: CaseView): object {
  const { contact, staff } = view;
  return {
    openedAt: view.openedAt, movedAt: view.movedAt, channel: staff?.channel, team: staff?.team, assignee: staff?.assignee?.name, retainUntil: staff?.retainUntil, dueOn: staff?.dueOn,
    contact: contact && { ...contact, postal: contact.postalLines?.join(', ') }, language: view.language, hasAccount: view.personId !== undefined, assisted: staff?.assisted && { ...staff.assisted, authority: authorityWords(staff.assisted.authority) },
    decision: view.decision && { title: view.decision.title[ctx.language], reasons: view.decision.reasons, by: view.decision.decidedBy, at: view.decision.decidedAt },
  };
}

/** Who opened the case may have called it otherwise than the standard does. */
function authorityWords(authority: string): string {
  return (AUTHORITY_TITLES as Readonly<Record<string, string>>)[authority] ?? authority;
}

function answersOf(ctx: RequestContext, view: CaseView): readonly { readonly section: string; readonly rows: readonly { readonly question: string; readonly answer: string; readonly origin?: string }[] }[] {
  const sections = new Map<string, { question: string; answer: string; origin?: string }[]>();
  for (const { section, question, answer, origin } of view.answers) {
    const name = wordsIn(section, ctx.language);
    const rows = sections.get(name) ?? [];
    rows.push({ question: wordsIn(question, ctx.language), answer: wordsIn(answer, ctx.language), ...(origin && { origin: originWords(origin)[ctx.language] }) });
    sections.set(name, rows);
  }
  return [...sections].map(([section, rows]) => ({ section, rows }));
}

/** By which ways a message reaches the person, as keys. */
export function waysTo({ contact, personId }: CaseView): readonly string[] {
  if (contact?.isToldElsewhere) return [];
  if (contact?.email) return ['email'];
  if (contact?.phone) return ['sms'];
  if (contact?.postalLines?.length) return ['letter'];
  return personId ? ['account'] : [];
}
