import { Injectable } from '@nestjs/common';

/** What this process still waits for before it says that it is ready; it serves meanwhile. @internal */
@Injectable()
export class Readiness {
  isStarting = false;

  async while<Result>(starting: Promise<Result>): Promise<Result> {
    this.isStarting = true;
    const result = await starting;
    this.isStarting = false;
    return result;
  }
}
