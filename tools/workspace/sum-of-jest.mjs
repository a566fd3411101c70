/**
 * What a run of jest counts for. A file that could not be run, or that left something running, is a failure, though none of its tests failed;
 * so is a run that jest ended with an error after all.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, numRuntimeErrorTestSuites: number }} results
 * @param {boolean} endedWell
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function sumOfJest(results, endedWell) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return { passed: results.numPassedTests, failed: endedWell || failed > 0 ? failed : 1, skipped: results.numPendingTests + results.numTodoTests };
}
