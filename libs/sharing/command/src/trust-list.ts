#!/usr/bin/env node
import { trustListCommand } from './trust-list-command';
import { run } from './run';

void run(trustListCommand);
