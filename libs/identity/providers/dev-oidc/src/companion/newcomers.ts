import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DemoPerson } from '../demo-people';
import { isMissing, writeWhole } from './kept-keys';

/** People whom somebody made up at the sign-in page; kept, so that they can come back. */
export class Newcomers {
  readonly #byEmail = new Map<string, DemoPerson>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(private readonly file: string) {}

  static async in(folder: string): Promise<Newcomers> {
    const newcomers = new Newcomers(path.join(folder, 'newcomers.json'));
    try {
      for (const person of JSON.parse(await readFile(newcomers.file, 'utf8')) as DemoPerson[]) if (person.email) newcomers.#byEmail.set(person.email, person);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return newcomers;
  }

  all(): readonly DemoPerson[] { return [...this.#byEmail.values()]; }

  /** The person with this address, or a new one; the name is the last one given. */
  async welcome(name: string, email: string): Promise<DemoPerson> {
    const subject = `newcomer-${createHash('sha256').update(email).digest('base64url').slice(0, 22)}`;
    const person: DemoPerson = { subject, name, email, isEmailVerified: true, confidence: 'low' };
    this.#byEmail.set(email, person);
    this.#writing = this.#writing.then(() => writeWhole(this.file, JSON.stringify(this.all(), null, 1)));
    await this.#writing;
    return person;
  }
}
