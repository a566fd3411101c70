import { defineCaseType, type CaseSample, type CaseState, type CaseTransition, type CaseType, type Retention } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';

/** What differs between one kind of problem and another. */
interface ProblemKind {
  readonly id: string;
  readonly title: Text;
  readonly team: string;
  readonly deadlineInWorkingDays: number;
  readonly reported: Text;
  readonly planned: { readonly title: Text; readonly publicText: Text; readonly button: Text };
  readonly done: { readonly title: Text; readonly publicText: Text; readonly button: Text };
  readonly nothingToDo: { readonly publicText: Text; readonly question: Text };
  readonly retention: Retention;
  readonly samples: readonly CaseSample[];
}

type ProblemState = 'reported' | 'looking' | 'planned' | 'question-asked' | 'done' | 'nothing-to-do' | 'not-ours' | 'duplicate';

/** Reports of one kind go the same way: looked at, planned, done; or back to the reporter, on to somebody else, or nowhere, with reasons. */
function caseTypeOf(kind: ProblemKind): CaseType<ProblemState> {
  const { retention } = kind;
  const states: Readonly<Record<ProblemState, CaseState>> = {
    reported: {
      kind: 'open', reportStatus: 'open', colour: 'blue', retention, title: { en: 'Reported', cy: 'Wedi’i adrodd' }, publicText: kind.reported, deadlineInWorkingDays: 2,
      nextText: { en: 'We will look at it within 2 working days.', cy: 'Byddwn yn edrych arno o fewn 2 ddiwrnod gwaith.' },
    },
    looking: {
      kind: 'open', reportStatus: 'investigating', colour: 'teal', retention, title: { en: 'Being looked at', cy: 'Yn cael ei archwilio' },
      publicText: { en: 'Somebody is looking at the problem that you reported.', cy: 'Mae rhywun yn edrych ar y broblem a roddwyd gwybod gennych amdani.' },
    },
    planned: { kind: 'open', reportStatus: 'action_scheduled', colour: 'purple', retention, title: kind.planned.title, publicText: kind.planned.publicText },
    'question-asked': {
      kind: 'waiting', reportStatus: 'investigating', colour: 'yellow', retention, deadlineInWorkingDays: 10, title: { en: 'We have a question', cy: 'Mae gennym gwestiwn' }, deskTitle: { en: 'Waiting for an answer', cy: 'Yn aros am ateb' },
      publicText: { en: 'We need to know something from you before we can go on.', cy: 'Mae angen i ni wybod rhywbeth gennych cyn y gallwn barhau.' },
      nextText: { en: 'Please answer our question below.', cy: 'Atebwch ein cwestiwn isod, os gwelwch yn dda.' },
    },
    done: {
      kind: 'closed', reportStatus: 'fixed', colour: 'green', retention, title: kind.done.title, publicText: kind.done.publicText,
      nextText: { en: 'If it is not right, tell us below.', cy: 'Os nad yw’n iawn, rhowch wybod i ni isod.' },
    },
    'nothing-to-do': { kind: 'closed', reportStatus: 'no_further_action', colour: 'grey', retention, title: { en: 'No action', cy: 'Dim gweithredu' }, publicText: kind.nothingToDo.publicText },
    'not-ours': {
      kind: 'closed', reportStatus: 'not_councils_responsibility', colour: 'grey', retention, title: { en: 'Passed on', cy: 'Wedi’i drosglwyddo' },
      publicText: { en: 'This is somebody else’s to put right. We have told them.', cy: 'Cyfrifoldeb rhywun arall yw datrys hyn. Rydym wedi rhoi gwybod iddynt.' },
    },
    duplicate: {
      kind: 'closed', reportStatus: 'duplicate', colour: 'grey', retention, title: { en: 'Already reported', cy: 'Wedi’i adrodd eisoes' },
      publicText: { en: 'Somebody has told us about this already, and we are dealing with it.', cy: 'Mae rhywun wedi rhoi gwybod i ni am hyn eisoes, ac rydym yn delio ag ef.' },
    },
  };
  const working: readonly ProblemState[] = ['reported', 'looking', 'planned'];
  const transitions: readonly CaseTransition<ProblemState>[] = [
    { id: 'look', from: ['reported'], to: 'looking', title: { en: 'Start looking at it', cy: 'Dechrau edrych arno' } },
    { id: 'plan', from: ['reported', 'looking'], to: 'planned', title: kind.planned.button },
    { id: 'finish', from: working, to: 'done', title: kind.done.button },
    {
      id: 'ask-reporter', from: working, to: 'question-asked', title: { en: 'Ask the person who reported it', cy: 'Gofyn i’r person a roddodd wybod' },
      reasons: { required: true, public: true, question: { en: 'What do you need to know?', cy: 'Beth sydd angen i chi ei wybod?' } },
    },
    { id: 'answer', from: ['question-asked'], to: 'looking', by: ['officer', 'resident'], title: { en: 'Answer', cy: 'Ateb' }, publicText: { en: 'The question was answered.', cy: 'Atebwyd y cwestiwn.' } },
    {
      id: 'close-without-action', from: [...working, 'question-asked'], to: 'nothing-to-do', title: { en: 'Close without action', cy: 'Cau heb weithredu' },
      reasons: { required: true, public: true, question: kind.nothingToDo.question },
    },
    {
      id: 'pass-on', from: working, to: 'not-ours', title: { en: 'Pass on to somebody else', cy: 'Trosglwyddo i rywun arall' },
      reasons: { required: true, public: true, question: { en: 'Who deals with it, and how can they be reached?', cy: 'Pwy sy’n delio ag ef, a sut mae cysylltu â nhw?' } },
    },
    { id: 'mark-duplicate', from: working, to: 'duplicate', title: { en: 'It was reported already', cy: 'Mae wedi’i adrodd eisoes' } },
    {
      id: 'not-fixed', from: ['done'], to: 'reported', by: ['resident', 'officer'], title: { en: 'It is not right', cy: 'Nid yw’n iawn' },
      reasons: { required: true, public: true, question: { en: 'What is still wrong?', cy: 'Beth sy’n dal o’i le?' } },
      publicText: { en: 'You told us that it is not right. We will look at it again.', cy: 'Rydych wedi dweud wrthym nad yw’n iawn. Byddwn yn edrych arno eto.' },
    },
    { id: 'open-again', from: ['nothing-to-do', 'not-ours', 'duplicate'], to: 'looking', title: { en: 'Open again', cy: 'Ailagor' } },
  ];
  return defineCaseType({
    id: `report-a-problem.${kind.id}`, version: 1, title: kind.title, team: kind.team, initial: 'reported', deadlineInWorkingDays: kind.deadlineInWorkingDays,
    openedText: { en: 'You reported it.', cy: 'Fe wnaethoch roi gwybod amdano.' }, states, transitions, takesDocumentsLater: true, samples: kind.samples,
  });
}

const untilClaimsEnd: Retention = { months: 72, because: { en: 'Claims for damage may be made for six years.', cy: 'Gellir gwneud hawliadau am ddifrod am chwe blynedd.' } };
const forPatterns: Retention = { months: 24, because: { en: 'We look for places where it happens again and again.', cy: 'Rydym yn chwilio am leoedd lle mae’n digwydd dro ar ôl tro.' } };
const forComplaints: Retention = { months: 12, because: { en: 'So that we can answer complaints about missed collections.', cy: 'Er mwyn i ni allu ateb cwynion am gasgliadau a fethwyd.' } };

export const pothole = caseTypeOf({
  id: 'pothole', team: 'streets', deadlineInWorkingDays: 20, retention: untilClaimsEnd,
  samples: [{ summary: { en: 'Pothole in ((street))', cy: 'Twll yn y ffordd yn ((street))' }, question: { en: 'How deep is it?', cy: 'Pa mor ddwfn yw’r twll?' }, answer: { en: 'Deeper than a hand', cy: 'Yn ddyfnach na llaw' } }],
  title: { en: 'Pothole', cy: 'Twll yn y ffordd' },
  reported: { en: 'You reported a pothole, and we have your report.', cy: 'Rydych wedi rhoi gwybod am dwll yn y ffordd, ac mae eich adroddiad gennym.' },
  planned: { title: { en: 'Repair planned', cy: 'Atgyweirio wedi’i drefnu' }, publicText: { en: 'We have ordered the repair of the pothole[[, to be done by ((dueOn))]].', cy: 'Rydym wedi archebu gwaith i atgyweirio’r twll[[, i’w wneud erbyn ((dueOn))]].' }, button: { en: 'Order the repair', cy: 'Archebu’r atgyweiriad' } },
  done: { title: { en: 'Repaired', cy: 'Wedi’i atgyweirio' }, publicText: { en: 'We have repaired the pothole. Thank you for telling us.', cy: 'Rydym wedi atgyweirio’r twll. Diolch am roi gwybod i ni.' }, button: { en: 'It has been repaired', cy: 'Mae wedi’i atgyweirio' } },
  nothingToDo: { publicText: { en: 'We looked at the pothole and are not repairing it now. The reasons are below.', cy: 'Rydym wedi edrych ar y twll ac nid ydym am ei atgyweirio ar hyn o bryd. Mae’r rhesymau isod.' }, question: { en: 'Why is it not repaired?', cy: 'Pam nad yw’n cael ei atgyweirio?' } },
});

export const streetLight = caseTypeOf({
  id: 'street-light', team: 'streets', deadlineInWorkingDays: 10, retention: untilClaimsEnd,
  samples: [{ summary: { en: 'Street light out in ((street))', cy: 'Golau stryd wedi diffodd yn ((street))' }, question: { en: 'What is wrong with it?', cy: 'Beth sydd o’i le arno?' }, answer: { en: 'It does not come on at night', cy: 'Nid yw’n dod ymlaen gyda’r nos' } }],
  title: { en: 'Street light', cy: 'Golau stryd' },
  reported: { en: 'You reported a street light, and we have your report.', cy: 'Rydych wedi rhoi gwybod am olau stryd, ac mae eich adroddiad gennym.' },
  planned: { title: { en: 'Repair planned', cy: 'Atgyweirio wedi’i drefnu' }, publicText: { en: 'We have ordered the repair of the street light[[, to be done by ((dueOn))]].', cy: 'Rydym wedi archebu gwaith i atgyweirio’r golau stryd[[, i’w wneud erbyn ((dueOn))]].' }, button: { en: 'Order the repair', cy: 'Archebu’r atgyweiriad' } },
  done: { title: { en: 'Repaired', cy: 'Wedi’i atgyweirio' }, publicText: { en: 'We have repaired the street light. Thank you for telling us.', cy: 'Rydym wedi atgyweirio’r golau stryd. Diolch am roi gwybod i ni.' }, button: { en: 'It has been repaired', cy: 'Mae wedi’i atgyweirio' } },
  nothingToDo: { publicText: { en: 'We looked at the street light and are not repairing it now. The reasons are below.', cy: 'Rydym wedi edrych ar y golau stryd ac nid ydym am ei atgyweirio ar hyn o bryd. Mae’r rhesymau isod.' }, question: { en: 'Why is it not repaired?', cy: 'Pam nad yw’n cael ei atgyweirio?' } },
});

export const flyTipping = caseTypeOf({
  id: 'fly-tipping', team: 'waste', deadlineInWorkingDays: 5, retention: forPatterns,
  samples: [{ summary: { en: 'Rubbish dumped in ((street))', cy: 'Sbwriel wedi’i adael yn ((street))' }, question: { en: 'What was dumped?', cy: 'Beth sydd wedi’i adael?' }, answer: { en: 'Two mattresses and some black bags', cy: 'Dwy fatres a bagiau du' } }],
  title: { en: 'Fly-tipping', cy: 'Tipio anghyfreithlon' },
  reported: { en: 'You reported dumped rubbish, and we have your report.', cy: 'Rydych wedi rhoi gwybod am sbwriel wedi’i adael, ac mae eich adroddiad gennym.' },
  planned: { title: { en: 'Clearing planned', cy: 'Clirio wedi’i drefnu' }, publicText: { en: 'A crew will clear the rubbish[[, by ((dueOn))]].', cy: 'Bydd criw yn clirio’r sbwriel[[, erbyn ((dueOn))]].' }, button: { en: 'Send a crew', cy: 'Anfon criw' } },
  done: { title: { en: 'Cleared', cy: 'Wedi’i glirio' }, publicText: { en: 'We have cleared the rubbish. Thank you for telling us.', cy: 'Rydym wedi clirio’r sbwriel. Diolch am roi gwybod i ni.' }, button: { en: 'It has been cleared', cy: 'Mae wedi’i glirio' } },
  nothingToDo: { publicText: { en: 'We looked, and are not clearing it. The reasons are below.', cy: 'Rydym wedi edrych, ac nid ydym am ei glirio. Mae’r rhesymau isod.' }, question: { en: 'Why is it not cleared?', cy: 'Pam nad yw’n cael ei glirio?' } },
});

export const missedBin = caseTypeOf({
  id: 'missed-bin', team: 'waste', deadlineInWorkingDays: 3, retention: forComplaints,
  samples: [{ summary: { en: 'Bin not emptied in ((street))', cy: 'Bin heb ei wagio yn ((street))' }, question: { en: 'Which bin was missed?', cy: 'Pa fin na chafodd ei gasglu?' }, answer: { en: 'The recycling bin', cy: 'Y bin ailgylchu' } }],
  title: { en: 'Missed bin', cy: 'Bin heb ei gasglu' },
  reported: { en: 'You told us that your bin was missed.', cy: 'Rydych wedi dweud wrthym na chasglwyd eich bin.' },
  planned: { title: { en: 'We are coming back', cy: 'Rydym yn dod yn ôl' }, publicText: { en: 'We will come back for your bin[[, by ((dueOn))]]. Please leave it out.', cy: 'Byddwn yn dod yn ôl i gasglu eich bin[[, erbyn ((dueOn))]]. Gadewch ef allan, os gwelwch yn dda.' }, button: { en: 'Send the lorry back', cy: 'Anfon y lori yn ôl' } },
  done: { title: { en: 'Collected', cy: 'Wedi’i gasglu' }, publicText: { en: 'We have emptied your bin. We are sorry that we missed it.', cy: 'Rydym wedi gwagio eich bin. Mae’n ddrwg gennym na chafodd ei gasglu.' }, button: { en: 'It has been collected', cy: 'Mae wedi’i gasglu' } },
  nothingToDo: { publicText: { en: 'We are not coming back for your bin before its next collection. The reasons are below.', cy: 'Nid ydym am ddod yn ôl i gasglu eich bin cyn ei gasgliad nesaf. Mae’r rhesymau isod.' }, question: { en: 'Why does nobody come back for it?', cy: 'Pam nad oes neb yn dod yn ôl i’w gasglu?' } },
});
