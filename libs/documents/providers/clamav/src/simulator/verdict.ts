/** The EICAR test file (eicar.org), put together here, so that no scanner reports this file. */
const TEST_VIRUS = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');

/** The one thing that is found here, under the two names that ClamAV's own signatures have for it: for the file alone, and for one that begins so. */
export function findingIn(beginning: Buffer, sizeInBytes: number): string | undefined {
  if (!beginning.subarray(0, TEST_VIRUS.length).equals(Buffer.from(TEST_VIRUS, 'latin1'))) return undefined;
  return sizeInBytes === TEST_VIRUS.length ? 'Win.Test.EICAR_HDB-1' : 'Eicar-Signature';
}
