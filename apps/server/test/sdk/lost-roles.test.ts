// What a role gave is gone from the tokens of the published SDKs with their next refresh after it was taken away.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import LogtoClient, { type Storage, UserScope } from '@logto/node';
import { expect, onTestFinished, test } from 'vitest';
import { tutorialPython } from '../../../../e2e/python.ts';
import { createTestApp } from '../harness.ts';
import { createOrganization, createResource, giveRole } from '../organizations.ts';
import { createClient } from '../protocol.ts';
import { signInOnPages } from './hosted-pages.ts';

const app = await createTestApp();
const web = await createClient(app);
const API = 'https://orders.example.com';
const PASSWORD = 'Paper-lamp-4-river';
const { scopeIds } = await createResource(app, API, ['read:orders']);
const python = await tutorialPython();

/** Somebody whom one role lets invite in an organization, and another one read the API. */
async function createMember(username: string) {
  const { id } = await app.modules.users.create(app.scope(), { username, password: PASSWORD });
  const organization = await createOrganization(app, { scopes: ['invite'], users: [id] });
  const roleId = await giveRole(app, id, [scopeIds['read:orders'] ?? '']);
  const loseRoles = async () => {
    const inOrganization = `/api/organizations/${organization.id}/users/${id}/roles/${organization.roleId}`;
    expect((await app.api('DELETE', inOrganization)).status).toBe(204);
    expect((await app.api('DELETE', `/api/users/${id}/roles/${roleId}`)).status).toBe(204);
  };
  return {
    organizationId: organization.id,
    signIn: (url: string) => signInOnPages(app.origin, url, { username, password: PASSWORD }),
    loseRoles,
  };
}

test('@logto/node: an organization token and an API’s token', async () => {
  const member = await createMember('in_node');
  const kept = new Map<string, string>();
  const storage: Storage<string> = {
    getItem: async (key) => kept.get(key) ?? null,
    setItem: async (key, value) => void kept.set(key, value),
    removeItem: async (key) => void kept.delete(key),
  };
  let navigated = '';
  const navigate = (url: string) => {
    navigated = url;
  };
  const scopes = [UserScope.Organizations, 'invite', 'read:orders'];
  const client = new LogtoClient(
    { endpoint: app.origin, appId: web.id, appSecret: web.secret ?? '', resources: [API], scopes },
    { storage, navigate },
  );
  await client.signIn(web.redirectUri);
  await client.handleSignInCallback((await member.signIn(navigated)).href);
  const read = async () => {
    await client.clearAccessToken();
    const organization = await client.getOrganizationTokenClaims(member.organizationId);
    const api = await client.getAccessTokenClaims(API);
    return { organization: organization.scope, api: api.scope };
  };
  expect(await read()).toEqual({ organization: 'invite', api: 'read:orders' });
  await member.loseRoles();
  expect(await read()).toEqual({ organization: '', api: '' });
});

test.skipIf(!python)(
  'logto for Python: an organization token and an API’s token',
  async () => {
    const member = await createMember('in_python');
    const options = {
      endpoint: app.origin,
      appId: web.id,
      appSecret: web.secret,
      redirectUri: web.redirectUri,
      resource: API,
      scopes: ['invite', 'read:orders'],
      organizationId: member.organizationId,
    };
    const script = path.join(import.meta.dirname, 'read_scopes.py');
    const child = spawn(python ?? '', [script, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const said = async () => String((await lines.next()).value);
    const tell = (line: string) => void child.stdin.write(`${line}\n`);
    tell((await member.signIn(await said())).href);
    const read = async () => {
      tell('read');
      return JSON.parse(await said());
    };
    expect(await read()).toEqual({ organization: 'invite', api: 'read:orders' });
    await member.loseRoles();
    expect(await read()).toEqual({ organization: '', api: '' });
  },
  60_000,
);
