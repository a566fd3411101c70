import { runCouncils } from './run-council';

it('whoever asks for help is told how it is used, and nothing is wrong', async () => {
  const said = jest.spyOn(console, 'log').mockReturnValue();
  const complained = jest.spyOn(console, 'error').mockReturnValue();
  await runCouncils([], ['--help']);
  expect([said.mock.calls, complained.mock.calls, process.exitCode]).toEqual([[[expect.stringMatching(/^Usage: /)]], [], undefined]);
});
