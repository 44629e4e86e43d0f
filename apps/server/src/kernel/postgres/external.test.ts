import { createServer, type Server } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { checkExternalDatabase } from './external.ts';

const { connection, superuser } = inject('postgres');
const host = encodeURIComponent(String(connection.host));
const foreign = `foreign_${process.pid}`;

/** A message of the PostgreSQL protocol (version 3, §55.7): a letter, the length, the content. */
const message = (type: string, ...content: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(content.map((part) => Buffer.from(part)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const int16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 0xffff)]);

/** A server that answers the one question it is asked as PostgreSQL 14 would; nobody ships that any more. */
function createOldPostgres(): Server {
  const INT4 = 23;
  const row = [
    message('T', int16(1), 'version\0', int32(0), int16(0), int32(INT4), int16(4), int32(-1), int16(0)),
    message('D', int16(1), int32(2), '14'),
    message('C', 'SELECT 1\0'),
    message('Z', 'I'),
  ];
  return createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), message('Z', 'I')]));
      socket.once('data', () => socket.write(Buffer.concat(row)));
    });
  });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  const client = new pg.Client(superuser);
  await client.connect();
  await client.query(`create database ${foreign}`);
  await client.end();
});

afterAll(async () => {
  const client = new pg.Client(superuser);
  await client.connect();
  await client.query(`drop database ${foreign}`);
  await client.end();
});

describe('checkExternalDatabase', () => {
  test('is content with an ordinary role that owns its database', async () => {
    expect(await checkExternalDatabase(`postgresql://latchkey@${host}/latchkey`)).toEqual([]);
  });

  test('warns about a role that bypasses row-level security', async () => {
    expect(await checkExternalDatabase(`postgresql://postgres@${host}/latchkey`)).toEqual([
      expect.stringContaining('role postgres bypasses row-level security'),
    ]);
  });

  test('refuses a database in which the role may not create', async () => {
    await expect(checkExternalDatabase(`postgresql://latchkey@${host}/${foreign}`)).rejects.toThrow(
      `DATABASE_URL: role latchkey may not create schemas in database ${foreign}: run ALTER DATABASE "${foreign}" OWNER TO "latchkey"`,
    );
  });

  test('refuses an unknown database, an unknown user and an unknown host, each with one line', async () => {
    const check = (url: string) =>
      checkExternalDatabase(url).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await check(`postgresql://latchkey@${host}/nowhere`)).toMatch(
      /^DATABASE_URL: database nowhere does not exist/,
    );
    expect(await check(`postgresql://stranger:hunter2@${host}/latchkey`)).toMatch(
      /^DATABASE_URL: user stranger is not admitted: .+$/,
    );
    expect(await check('postgresql://latchkey@nowhere.invalid/latchkey')).toMatch(
      /^DATABASE_URL: .*nowhere\.invalid.*$/,
    );
  });

  test('refuses a PostgreSQL that is too old, by its version', async () => {
    const old = createOldPostgres();
    const port = await listen(old);
    await expect(checkExternalDatabase(`postgresql://latchkey@127.0.0.1:${port}/latchkey`)).rejects.toThrow(
      'DATABASE_URL: PostgreSQL 14 is too old, 15 or newer is needed',
    );
    old.close();
  });

  describe('with nothing, or a stranger, on the port', () => {
    let server: Server;
    let port: number;
    beforeAll(async () => {
      server = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      port = await listen(server);
    });

    test('says so in one line without the password', async () => {
      const url = `postgresql://app:hunter2@127.0.0.1:${port}/latchkey`;
      const stranger = await checkExternalDatabase(url).catch((error: Error) => error.message);
      expect(stranger).toMatch(new RegExp(`^DATABASE_URL: 127.0.0.1:${port} .+$`));
      server.close();
      const nothing = await checkExternalDatabase(url).catch((error: Error) => error.message);
      expect(nothing).toBe(`DATABASE_URL: nothing listens on 127.0.0.1:${port}`);
      expect(`${stranger}${nothing}`).not.toContain('hunter2');
    });
  });
});
