import { testSocialConnector } from '@latchkey/connector-kit/testing';
import { describe } from 'vitest';
import { gitlab } from './gitlab.ts';

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

describe('every social connector’s rules, on GitLab', () => {
  testSocialConnector({
    connector: gitlab,
    paths: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      userInfo: '/oauth/userinfo',
      keys: '/oauth/discovery/keys',
    },
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
