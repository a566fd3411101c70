#!/usr/bin/env node
import { assureCommand } from './assure-command';
import { run } from './run';

void run(assureCommand);
