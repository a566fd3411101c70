import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The statements that a server has sent since a position in its file. */
export function statementsSince(file, position) {
  return readFileSync(file, 'utf8').slice(position).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** Statements with the values that differ between two samples marked: those are made anew for every repetition. */
export function varying(one, other) {
  return one.map(({ text, values }, at) => ({ text, values, varies: values.map((value, index) => differs(value, other[at]?.values[index])) }));
}

/** Of a list as long as the other, each item by itself: short words made anew without need would meet each other. */
function differs(value, other) {
  if (Array.isArray(value) && Array.isArray(other) && value.length === other.length) return value.map((item, index) => differs(item, other[index]));
  return JSON.stringify(value) !== JSON.stringify(other);
}

/**
 * A value as node-postgres takes it: what varies, fresh and of the same form.
 *
 * @param {Map<unknown, unknown>} made what this repetition has made already: a row and what refers to it have the same
 */
export function given(value, varies, made) {
  if (Array.isArray(value)) return value.map((item, index) => given(item, Array.isArray(varies) ? varies[index] : varies, made));
  if (!varies) return revived(value);
  if (!made.has(value)) made.set(value, fresh(value));
  return made.get(value);
}

function fresh(value) {
  if (value && typeof value === 'object' && 'bytes' in value) return randomBytes(value.bytes.length / 2);
  if (value && typeof value === 'object' && 'date' in value) return new Date();
  if (typeof value === 'string') return UUID.test(value) ? randomUUID() : isLeftAsItIs(value) ? value : randomBytes(value.length).toString('hex').slice(0, value.length);
  return value;
}

/** JSON, bytes and times: nothing is known by them. */
function isLeftAsItIs(value) {
  return /^[[{\\]|^\d{4}-/.test(value);
}

function revived(value) {
  if (value && typeof value === 'object' && 'bytes' in value) return Buffer.from(value.bytes, 'hex');
  if (value && typeof value === 'object' && 'date' in value) return new Date(value.date);
  return value;
}

/** The statements as a pgbench script: the same SQL, its values written into it; what varies is made from one random number for each value, which a row and what refers to it share. */
export function pgbenchScript(statements) {
  const made = new Map();
  const lines = statements.flatMap(({ text, values, varies }) => {
    const filled = text.replace(/\$(\d+)/g, (_all, number) => literal(values[number - 1], varies[number - 1], made));
    // pgbench prepares one command at a time, and reads a colon as a variable only where one of that name is set.
    return text.startsWith('BEGIN') ? filled.split(';').map((part) => `${part.trim()};`) : [`${filled.replace(/\s+/g, ' ').trim()};`];
  });
  return [...[...made.values()].map((name) => `\\set ${name} random(0, 281474976710655)`), ...lines].join('\n');
}

function literal(value, varies, made) {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.length ? `array[${value.map((item, index) => literal(item, Array.isArray(varies) ? varies[index] : varies, made)).join(', ')}]` : `'{}'`;
  if (typeof value === 'object' && 'bytes' in value) return `decode('${value.bytes}', 'hex')`;
  if (typeof value === 'object' && 'date' in value) return varies ? 'now()' : quoted(value.date);
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (!varies || isLeftAsItIs(value)) return quoted(String(value));
  if (!made.has(value)) made.set(value, `v${made.size}`);
  const hex = `lpad(to_hex(:${made.get(value)}::bigint), 12, '0')`;
  return UUID.test(value) ? `('00000000-0000-7000-8000-' || ${hex})` : `rpad(${hex}, ${value.length}, 'x')`;
}

/** A string constant without a colon before a letter or digit: pgbench would take that for a variable, also inside quotes. */
function quoted(text) {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "''").replace(/:(?=\w)/g, '\\003A');
  return `U&'${escaped}'`;
}
