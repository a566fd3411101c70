import { prerelease, rcompare } from 'semver';
import { concerns, type Notice } from './notice';

/** The version that is shown of a package: the newest that is not withdrawn and no pre-release; of those that are, the best. Nothing where there is none. @public */
export function latestVersion(name: string, versions: readonly string[], notices: readonly Pick<Notice, 'kind' | 'package' | 'versions'>[]): string | undefined {
  const sorted = [...versions].sort(rcompare);
  const standing = sorted.filter((version) => !notices.some((notice) => notice.kind === 'withdrawal' && concerns(notice, name, version)));
  return standing.find((version) => prerelease(version) === null) ?? standing[0] ?? sorted[0];
}
