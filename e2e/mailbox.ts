import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from '@playwright/test';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything, and whose mailboxes can be read. */
export interface Mailbox {
  /** Configuration of the SMTP connector that delivers here. */
  connector: { connectorId: string; config: object };
  /** The code in the last mail to an address, once it has come. */
  codeFor(address: string): Promise<string>;
  close(): Promise<void>;
}

const USER = 'shop';
const PASSWORD = 'mail-password';

/** The code as it stands in the text of a mail; lines and identifiers have digits of their own. */
const codeIn = (mail: string): string | undefined => />(\d{6})</.exec(mail)?.[1];

export async function openMailbox(): Promise<Mailbox> {
  const mails: { to: string[]; raw: string }[] = [];
  const server = new SMTPServer({
    onAuth: ({ username, password }, _session, done) =>
      username === USER && password === PASSWORD ? done(null, { user: USER }) : done(new Error('who are you?')),
    onData: async (stream, { envelope }, done) => {
      mails.push({ to: envelope.rcptTo.map(({ address }) => address), raw: await text(stream) });
      done();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    connector: {
      connectorId: 'simple-mail-transfer-protocol',
      config: {
        host: '127.0.0.1',
        port,
        auth: { type: 'login', user: USER, pass: PASSWORD },
        fromEmail: 'Bookstore <no-reply@bookstore.example>',
        tls: { rejectUnauthorized: false },
      },
    },
    async codeFor(address) {
      const find = () => mails.findLast(({ to }) => to.includes(address));
      await expect.poll(() => codeIn(find()?.raw ?? ''), `a code for ${address}`).toMatch(/^\d{6}$/);
      return codeIn(find()?.raw ?? '') ?? '';
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
