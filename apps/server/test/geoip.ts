import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** A database of places in MaxMind's format, version 2.0, written from its specification: address → country and point. */
type Places = Readonly<Record<string, { country: string; latitude: number; longitude: number }>>;
type Field = string | number | { uint: number } | { list: readonly Field[] } | { map: Readonly<Record<string, Field>> };

/** A field of the data section: its type and size, then its value. */
function encode(field: Field): Buffer {
  const head = (type: number, size: number) =>
    type <= 7 ? Buffer.from([(type << 5) | size]) : Buffer.from([size, type - 7]);
  if (typeof field === 'string') return Buffer.concat([head(2, field.length), Buffer.from(field)]);
  if (typeof field === 'number') {
    const double = Buffer.alloc(8);
    double.writeDoubleBE(field);
    return Buffer.concat([head(3, 8), double]);
  }
  if ('uint' in field) {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(field.uint);
    return Buffer.concat([head(6, 4), value]);
  }
  if ('map' in field) {
    const entries = Object.entries(field.map);
    return Buffer.concat([head(7, entries.length), ...entries.flatMap(([key, value]) => [encode(key), encode(value)])]);
  }
  return Buffer.concat([head(11, field.list.length), ...field.list.map(encode)]);
}

/** The 128 bits of an address; IPv4 is below ::/96. */
function bitsOf(address: string): string {
  const last = address.includes('.') ? address.split('.').map(Number) : [0, 0, 0, Number(address.replace('::', ''))];
  return '0'.repeat(96) + last.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

function database(places: Places): Buffer {
  const nodes: [number | undefined, number | undefined][] = [[undefined, undefined]];
  const leaves: { node: number; side: 0 | 1; offset: number }[] = [];
  const data: Buffer[] = [];
  for (const [address, { country, latitude, longitude }] of Object.entries(places)) {
    const bits = [...bitsOf(address)].map((bit) => (bit === '1' ? 1 : 0));
    let node = 0;
    for (const side of bits.slice(0, -1)) {
      const row = nodes[node] as [number | undefined, number | undefined];
      row[side] ??= nodes.push([undefined, undefined]) - 1;
      node = row[side];
    }
    leaves.push({ node, side: bits[127] ?? 0, offset: Buffer.concat(data).length });
    const location = { map: { latitude, longitude } };
    data.push(encode({ map: { country: { map: { iso_code: country } }, location } }));
  }
  const size = nodes.length;
  for (const { node, side, offset } of leaves) (nodes[node] as number[])[side] = size + 16 + offset;
  const tree = Buffer.alloc(size * 6);
  for (const [index, [left, right]] of nodes.entries()) {
    tree.writeUIntBE(left ?? size, index * 6, 3);
    tree.writeUIntBE(right ?? size, index * 6 + 3, 3);
  }
  const metadata: Record<string, Field> = {
    binary_format_major_version: { uint: 2 },
    binary_format_minor_version: { uint: 0 },
    build_epoch: { uint: 1_700_000_000 },
    database_type: 'Test-City',
    description: { map: { en: 'places of a test' } },
    ip_version: { uint: 6 },
    languages: { list: ['en'] },
    node_count: { uint: size },
    record_size: { uint: 24 },
  };
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, encode({ map: metadata })]);
}

/** Writes the database to a file of the test's own; answers its path. */
export function placesFile(places: Places): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'latchkey-places-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'places.mmdb');
  writeFileSync(file, database(places));
  return file;
}
