import { areAlike, looksOfPackage } from '@guildhall/catalogue-contract';

/** The name among these that could be taken for this one, and is not it. */
export function alike(name: string, others: readonly string[]): string | undefined {
  const looks = looksOfPackage(name);
  return others.find((other) => other !== name && areAlike(looks, looksOfPackage(other)));
}
