import { adviserAssists } from '../test/adviser-assists';
import { RunningRiverbourne } from '../test/running-riverbourne';
import { sandbox } from '../test/sandbox';
import { WITH_JAVASCRIPT } from '../test/visit';

let here: RunningRiverbourne;
beforeAll(async () => { here = await RunningRiverbourne.start(sandbox); });
afterAll(() => here?.close());

adviserAssists(() => here, WITH_JAVASCRIPT);
