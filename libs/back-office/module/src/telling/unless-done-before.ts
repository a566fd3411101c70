import { isGuildhallError } from '@guildhall/kernel-contract';

/** Under a key of its own each thing is written once: when the key came before with other words, because a configuration has changed since, the first words stand. */
export async function unlessDoneBefore(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!isGuildhallError(error) || error.code !== 'conflict') throw error;
  }
}
