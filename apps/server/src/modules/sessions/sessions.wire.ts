import type { FindPlace } from '../../kernel/places.ts';
import type { ProtocolSession } from '../oidc/index.ts';
import type { Grant, Session } from './sessions.contract.ts';
import type { GrantToApplication } from './sessions.service.ts';

const inSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

function lastSeenOf({ device }: ProtocolSession, findPlace: FindPlace): Session['lastSeen'] {
  if (!device) return null;
  const { country = null, city = null } = device.ip ? findPlace(device.ip) : {};
  return { userAgent: device.userAgent, ip: device.ip, country, city };
}

export const toSession = (row: ProtocolSession, findPlace: FindPlace): Session => ({
  payload: {
    exp: inSeconds(row.expiresAt),
    iat: row.issuedAt,
    jti: row.uid,
    uid: row.uid,
    kind: 'Session',
    loginTs: row.signedInAt,
    accountId: row.userId,
    authorizations: row.authorizations,
  },
  lastSubmission: row.lastSubmission,
  clientId: row.clientId,
  accountId: row.userId,
  expiresAt: row.expiresAt.getTime(),
  lastSeen: lastSeenOf(row, findPlace),
});

const words = (text: string): string[] => text.split(' ').filter(Boolean);

export const toGrant = (grant: GrantToApplication): Grant => {
  const { id, userId, clientId, issuedAt, expiresAt, application } = grant;
  return {
    id,
    payload: { exp: inSeconds(expiresAt), iat: issuedAt, jti: id, kind: 'Grant', clientId, accountId: userId },
    expiresAt: expiresAt.getTime(),
    application,
    scopes: {
      openid: words(grant.openid),
      resources: Object.fromEntries(Object.entries(grant.resources).map(([name, text]) => [name, words(text)])),
    },
  };
};
