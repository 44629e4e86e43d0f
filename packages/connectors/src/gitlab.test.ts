import type { ConnectorContext, SocialUserInfo } from '@latchkey/connector-kit';
import { createBoundedFetch, startScriptedProvider, testSocialConnector } from '@latchkey/connector-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitlabDouble, startGitlabDouble } from '../../../e2e/gitlab-double/gitlab-double.ts';
import { gitlab } from './gitlab.ts';

const REDIRECT_URI = 'http://localhost:3001/callback/abc';
const paths = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  userInfo: '/oauth/userinfo',
  keys: '/oauth/discovery/keys',
};
const profile = {
  sub: '42',
  sub_legacy: 'c0ffee',
  name: 'Hana Sato',
  nickname: 'hana',
  preferred_username: 'hana',
  email: 'hana@example.com',
  email_verified: true,
  profile: 'https://gitlab.example/hana',
  picture: 'https://gitlab.example/uploads/hana.png',
  groups: ['readers', 'readers/japan'],
};
const context: ConnectorContext = { fetch: createBoundedFetch(5_000), now: () => new Date() };

describe('the rules of every social connector, on GitLab', () => {
  testSocialConnector({
    connector: gitlab,
    paths,
    config: (origin, client) => ({ ...client, baseUrl: `${origin}/` }),
    profile,
    expected: {
      id: '42',
      name: 'Hana Sato',
      email: 'hana@example.com',
      avatar: 'https://gitlab.example/uploads/hana.png',
    },
  });
});

describe('authorization URI', () => {
  const client = { clientId: 'id', clientSecret: 'secret' };
  const uriFor = async (config: Record<string, unknown>, scope?: string) => {
    const request = { config: { ...client, ...config }, state: 's', redirectUri: REDIRECT_URI, scope };
    return new URL((await gitlab.authorizationUri(request, context)).uri);
  };

  it.each([
    [{}, 'https://gitlab.com/oauth/authorize'],
    [{ baseUrl: '' }, 'https://gitlab.com/oauth/authorize'],
    [{ baseUrl: 'https://example.com/git/' }, 'https://example.com/git/oauth/authorize'],
  ])('with %o leads to %s', async (config, expected) => {
    const { origin, pathname } = await uriFor(config);
    expect(origin + pathname).toBe(expected);
  });

  it.each([
    ['the default', undefined, undefined, 'openid email'],
    ['the configured one', 'read_user profile', undefined, 'openid read_user profile'],
    ['the default for an empty one', ' ', undefined, 'openid email'],
    ['the request’s own', 'read_user', 'openid read_api', 'openid read_api'],
  ])('asks for %s scope, always with openid', async (_title, configured, requested, expected) => {
    const uri = await uriFor({ scope: configured }, requested);
    expect(uri.searchParams.get('scope')).toBe(expected);
  });

  it('invalid_config names the member when the base URL is plain http elsewhere', async () => {
    await expect(uriFor({ baseUrl: 'http://gitlab.example' })).rejects.toMatchObject({
      code: 'invalid_config',
      data: { members: 'baseUrl' },
    });
  });
});

describe('user info', () => {
  it.each<[string, Record<string, unknown>, Partial<SocialUserInfo>]>([
    ['an address that is not verified is left out', { email_verified: false }, { email: undefined }],
    ['an address that may be verified is left out', { email_verified: undefined }, { email: undefined }],
    ['“true” in text verifies nothing', { email_verified: 'true' }, { email: undefined }],
    ['an address of the wrong form is left out', { email: 'none' }, { email: undefined }],
    ['a broken picture is left out', { picture: '/uploads/hana.png' }, { avatar: undefined }],
    ['a picture that is a script is left out', { picture: 'javascript:alert(1)' }, { avatar: undefined }],
    ['a name of the wrong form is left out', { name: { first: 'Hana' } }, { name: undefined }],
    ['an empty name is left out', { name: ' ' }, { name: undefined }],
  ])('%s, and the sign-in goes on', async (_title, change, expected) => {
    const client = { clientId: 'id', clientSecret: 'secret' };
    const told: Record<string, unknown> = JSON.parse(JSON.stringify({ ...profile, ...change }));
    const provider = await startScriptedProvider({ paths, profile: told, ...client });
    try {
      const config = { ...client, baseUrl: provider.origin };
      const { uri, session } = await gitlab.authorizationUri(
        { config, state: 's', redirectUri: REDIRECT_URI },
        context,
      );
      const user = await gitlab.userInfo({ config, params: await provider.authorize(uri), session }, context);
      expect(user).toMatchObject({ id: '42', ...expected });
      expect(user.rawData).toEqual(told);
    } finally {
      await provider.close();
    }
  });
});

describe('against the GitLab double', () => {
  let double: GitlabDouble;
  const account = { id: 42, username: 'hana', name: 'Hana Sato', password: 'hana-password', email: 'hana@example.com' };

  beforeAll(async () => {
    double = await startGitlabDouble({
      applications: [
        { name: 'Latchkey', redirectUris: [REDIRECT_URI], scopes: ['openid', 'email'] },
        { name: 'Without e-mail', redirectUris: [REDIRECT_URI], scopes: ['openid'] },
      ],
      users: [{ ...account, groups: [{ path: 'readers' }, { path: 'readers/japan', direct: false }] }],
    });
  });
  afterAll(() => double.close());

  /** Plays the browser through GitLab's pages; `decision` is the button that is pressed. */
  async function callbackParams(uri: string, decision: 'authorize' | 'deny'): Promise<Record<string, string>> {
    let cookie = '';
    const visit = async (url: string, form?: Iterable<[string, string]>) => {
      const response = await fetch(new URL(url, double.url), {
        method: form ? 'POST' : 'GET',
        body: form && new URLSearchParams([...form]),
        headers: { cookie },
        redirect: 'manual',
      });
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      const fields = (await response.text()).split('</form>')[0]?.matchAll(/name="([^"]+)" value="([^"]*)"/g) ?? [];
      const hidden = [...fields].map(([, name = '', value = '']): [string, string] => [name, value]);
      return { location: response.headers.get('location') ?? '', hidden };
    };
    await visit(uri);
    const page = await visit('/users/sign_in');
    const typed: [string, string][] = [
      ['user[login]', account.username],
      ['user[password]', account.password],
    ];
    const hiddenOnly = page.hidden.filter(([name]) => name === 'authenticity_token');
    const { location } = await visit('/users/sign_in', [...hiddenOnly, ...typed]);
    const consent = await visit(location);
    const pressed: [string, string][] = decision === 'deny' ? [['_method', 'delete']] : [];
    const end = consent.location || (await visit('/oauth/authorize', [...consent.hidden, ...pressed])).location;
    return Object.fromEntries(new URL(end).searchParams);
  }

  async function signIn(decision: 'authorize' | 'deny', application = 0): Promise<SocialUserInfo> {
    const { clientId, clientSecret } = double.applications[application] ?? {};
    const config = { clientId, clientSecret, baseUrl: double.url };
    const { uri, session } = await gitlab.authorizationUri({ config, state: 's', redirectUri: REDIRECT_URI }, context);
    return gitlab.userInfo({ config, params: await callbackParams(uri, decision), session }, context);
  }

  it('authorization_failed with access_denied when the user denies', async () => {
    await expect(signIn('deny')).rejects.toMatchObject({
      code: 'authorization_failed',
      data: { error: 'access_denied' },
    });
  });

  it('signs in, with groups in rawData', async () => {
    expect(await signIn('authorize')).toMatchObject({
      id: '42',
      name: 'Hana Sato',
      email: 'hana@example.com',
      avatar: expect.stringContaining(double.url),
      rawData: { groups: ['readers', 'readers/japan'], nickname: 'hana' },
    });
  });

  it('authorization_failed with invalid_scope when the application lacks a scope', async () => {
    await expect(signIn('authorize', 1)).rejects.toMatchObject({
      code: 'authorization_failed',
      data: { error: 'invalid_scope' },
    });
  });
});
