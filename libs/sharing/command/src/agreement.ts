#!/usr/bin/env node
import { agreementCommand } from './agreement-command';
import { run } from './run';

void run(agreementCommand);
