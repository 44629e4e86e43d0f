import type { MessagePayload } from '@latchkey/connector-kit';

/** Values for previews: every variable that any message has, and a name that must be escaped. */
export const sampleVariables: MessagePayload = {
  code: '123456',
  link: 'https://app.example.com/continue?token=sample',
  application: { id: 'app1', name: 'Books & Co.', displayName: 'Books & Co.', branding: {} },
  organization: { id: 'org1', name: 'Acme', branding: {} },
  user: {
    id: 'user1',
    name: 'Hana Sato',
    username: 'hana',
    primaryEmail: 'hana@example.com',
    primaryPhone: '819012345678',
    avatar: 'https://app.example.com/hana.png',
    profile: { givenName: 'Hana', familyName: 'Sato' },
  },
  inviter: { id: 'user2', name: 'Ken Tanaka', username: 'ken', primaryEmail: 'ken@example.com' },
};
