#!/usr/bin/env node
import { generatorsCommand } from './command';

const { code, text } = generatorsCommand(process.argv.slice(2), process.cwd());
(code === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = code;
