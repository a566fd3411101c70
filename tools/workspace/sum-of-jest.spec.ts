import { sumOfJest } from './sum-of-jest.mjs';

const all = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };

describe('the sum of a run of jest', () => {
  it('counts passed, failed and skipped tests', () => {
    expect(sumOfJest({ ...all, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }, false)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });
  it('counts a file that could not be run as a failure', () => {
    expect(sumOfJest({ ...all, numRuntimeErrorTestSuites: 1 }, false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });
  it('is not clean when jest ended with an error though no test failed', () => {
    expect(sumOfJest(all, false)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(sumOfJest(all, true)).toEqual({ passed: 5, failed: 0, skipped: 0 });
  });
});
