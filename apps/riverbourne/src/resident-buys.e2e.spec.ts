import { residentBuys } from '../test/resident-buys';
import { RunningRiverbourne } from '../test/running-riverbourne';
import { sandbox } from '../test/sandbox';
import { WITH_JAVASCRIPT } from '../test/visit';

let here: RunningRiverbourne;
beforeAll(async () => { here = await RunningRiverbourne.start(sandbox); });
afterAll(() => here?.close());

residentBuys(() => here, WITH_JAVASCRIPT);
