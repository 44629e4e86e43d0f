import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasErrorPhrase } from '@latchkey/phrases/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as contract from './contract.ts';
import { describeOperations } from './kernel/openapi.ts';
import { errorsOf, isOperation } from './kernel/wire.contract.ts';

const declared: unknown[] = Object.values(contract);
const operations = declared.filter(isOperation);

test('every declared error code says in words what is wrong', () => {
  const codes = new Set(operations.flatMap((operation) => errorsOf(operation).flatMap(([, list]) => list)));
  expect([...codes].filter((code) => !hasErrorPhrase(code))).toEqual([]);
});

test('no two operations answer the same address', () => {
  const addresses = operations.map(({ method, path: template }) => `${method} ${template.replace(/:\w+/g, ':')}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});

/**
 * The wire as its clients know it, compared by the tool that lies beside the repository where the contract is kept.
 * Elsewhere WIRE_CONTRACT_DIFF names it, or these tests are skipped.
 */
const tool =
  process.env.WIRE_CONTRACT_DIFF ?? path.join(import.meta.dirname, '../../../../shared/tools/contract-diff.mjs');

/** Longer than the report is. */
const REPORT = { maxBuffer: 64 * 1024 * 1024 };

interface Row {
  operation: string;
  state: 'ok' | 'broken' | 'missing';
  problems: string[];
}

describe.skipIf(!existsSync(tool))('the wire’s clients find what they know', () => {
  let directory: string;
  let document: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'latchkey-contract-'));
    document = path.join(directory, 'openapi.json');
    const about = { title: 'Latchkey', description: 'For the comparison.' };
    await writeFile(document, JSON.stringify(describeOperations(operations, about)));
  });
  afterAll(() => rm(directory, { recursive: true }));

  /** The tool exits with 1 when it finds differences; its report is on standard output either way. */
  const compare = (): Promise<Row[]> =>
    new Promise((resolve, reject) => {
      execFile(process.execPath, [tool, document, '--all', '--json'], REPORT, (error, stdout) => {
        if (error && error.code !== 1) reject(error);
        else resolve(JSON.parse(stdout.slice(0, stdout.lastIndexOf(']') + 1)) as Row[]);
      });
    });

  test('in every operation', async () => {
    const rows = await compare();
    expect(rows.length).toBeGreaterThan(350);
    expect(rows.filter(({ state }) => state !== 'ok')).toEqual([]);
  });
});
