import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCouncil } from '@guildhall/kernel';
import { catalogueApp } from './catalogue-config';

/** The file of CATALOGUE, or catalogue.json where it is started. While trying it out an invented region's will do. */
function file(): string {
  const named = process.env['CATALOGUE'] ?? 'catalogue.json';
  return !process.env['CATALOGUE'] && !existsSync(named) && process.env.NODE_ENV !== 'production' ? join(__dirname, '../catalogue.example.json') : named;
}

function definition(): ReturnType<typeof catalogueApp> | undefined {
  try {
    return catalogueApp(file());
  } catch (error) {
    process.stderr.write(`\n${(error as Error).message}\n\n`);
    process.exitCode = 1;
    return undefined;
  }
}

const app = definition();
if (app) void runCouncil(app, process.argv.slice(2));
