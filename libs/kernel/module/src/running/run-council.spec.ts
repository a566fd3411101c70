import { runCouncils } from './run-council';

// Whoever is refused is gone two seconds later: not this process.
beforeEach(() => { jest.useFakeTimers(); });
afterEach(() => {
  jest.clearAllTimers();
  jest.useRealTimers();
});

it('whoever asks for help is told how it is used, and nothing is wrong', async () => {
  const said = jest.spyOn(console, 'log').mockReturnValue();
  const complained = jest.spyOn(console, 'error').mockReturnValue();
  await runCouncils([], ['--help']);
  expect([said.mock.calls, complained.mock.calls, process.exitCode]).toEqual([[[expect.stringMatching(/^Usage: /)]], [], undefined]);
});

it('an app’s own command stands in the usage, and is not run without what it is about', async () => {
  const said = jest.spyOn(console, 'log').mockReturnValue();
  const complained = jest.spyOn(console, 'error').mockReturnValue();
  const run = jest.fn();
  const own = { name: 'erase-person', takes: 'ID', does: 'erase somebody', run };
  await runCouncils([], ['--help'], [own]);
  for (const argv of [['erase-person'], ['erase-person', 'P-1', 'P-2'], ['doctor', 'P-1']]) await runCouncils([], argv, [own]);
  expect(said.mock.calls.at(-1)).toEqual([expect.stringMatching(/\n {2}seed {7}put .*\n {2}erase-person ID {1,}erase somebody\n\n {2}--port/)]);
  expect(complained.mock.calls.slice(-3)).toEqual(Array(3).fill([expect.stringContaining('Usage: ')]));
  expect(run).not.toHaveBeenCalled();
  process.exitCode = undefined;
});
