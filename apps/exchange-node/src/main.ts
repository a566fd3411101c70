import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCouncil } from '@guildhall/kernel';
import { exchangeNode } from './node-config';
import { erasePerson } from './people/erase-person';

/** The file of EXCHANGE_NODE, or node.json where it is started. While trying it out an invented body will do. */
function file(): string {
  const named = process.env['EXCHANGE_NODE'] ?? 'node.json';
  return !process.env['EXCHANGE_NODE'] && !existsSync(named) && process.env.NODE_ENV !== 'production' ? join(__dirname, '../node.example.json') : named;
}

function definition(): ReturnType<typeof exchangeNode> | undefined {
  try {
    return exchangeNode(file());
  } catch (error) {
    process.stderr.write(`\n${(error as Error).message}\n\n`);
    process.exitCode = 1;
    return undefined;
  }
}

const node = definition();
if (node) void runCouncil(node, process.argv.slice(2), [erasePerson]);
