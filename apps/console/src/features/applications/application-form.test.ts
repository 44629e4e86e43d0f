import { loadConsolePhrases } from '@latchkey/phrases/console';
import type { Application } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import { capabilitiesOf, formErrors, toFormValues, toPatch } from './application-form.ts';

const phrases = await loadConsolePhrases('en');

const application: Application = {
  tenantId: 'default',
  id: 'bookstore',
  name: 'Bookstore',
  description: null,
  type: 'Traditional',
  oidcClientMetadata: {
    redirectUris: ['http://localhost:5000/callback'],
    postLogoutRedirectUris: [],
    backchannelLogoutUri: 'https://books.example.com/ended',
  },
  customClientMetadata: { maxAllowedGrants: 5 },
  protectedAppMetadata: null,
  customData: {},
  isThirdParty: false,
  appLevelAccessControlEnabled: false,
  createdAt: 0,
};

describe('from an application to the form and back', () => {
  it('shows the server’s defaults for what is not set', () => {
    expect(toFormValues(application)).toMatchObject({
      description: '',
      idTokenTtl: 3600,
      refreshTokenTtlInDays: 14,
      rotateRefreshToken: true,
      alwaysIssueRefreshToken: false,
    });
  });

  it('keeps settings that the page does not edit', () => {
    const patch = toPatch(application, toFormValues(application));
    expect(patch.oidcClientMetadata?.backchannelLogoutUri).toBe('https://books.example.com/ended');
    expect(patch.customClientMetadata?.maxAllowedGrants).toBe(5);
  });

  it('drops blank lines and the spaces around addresses', () => {
    const values = { ...toFormValues(application), redirectUris: [' https://a.example.com/cb ', '', '  '] };
    expect(toPatch(application, values).oidcClientMetadata?.redirectUris).toEqual(['https://a.example.com/cb']);
  });

  it('sends neither addresses nor token settings for machine-to-machine applications', () => {
    const machine: Application = { ...application, type: 'MachineToMachine' };
    expect(toPatch(machine, toFormValues(machine))).toEqual({ name: 'Bookstore', description: null });
  });
});

describe('errors', () => {
  const values = toFormValues(application);
  const { tokens, uriProblems } = phrases.applications.details;

  it('has none for a sound form', () => {
    expect(formErrors('Traditional', values, phrases)).toEqual({});
  });

  it('names the line of a wrong address', () => {
    const errors = formErrors(
      'Traditional',
      { ...values, redirectUris: [...values.redirectUris, 'nonsense'] },
      phrases,
    );
    expect(errors).toEqual({ 'redirectUris.1': uriProblems.invalid });
  });

  it.each(['', 0, 181, 1.5])('refuses a refresh token lifetime of %j days', (refreshTokenTtlInDays) => {
    const errors = formErrors('Traditional', { ...values, refreshTokenTtlInDays }, phrases);
    expect(errors).toEqual({ refreshTokenTtlInDays: tokens.range({ min: 1, max: 180 }) });
  });

  it('refuses a blank name', () => {
    expect(formErrors('MachineToMachine', { ...values, name: ' ' }, phrases)).toEqual({
      name: phrases.shell.form.required,
    });
  });
});

describe('what applies to a type', () => {
  it.each([
    ['Traditional', { interactive: true, secrets: true, rotationSwitch: true, alwaysIssueSwitch: true }],
    ['SPA', { interactive: true, secrets: false, rotationSwitch: false, alwaysIssueSwitch: true }],
    ['Native', { interactive: true, secrets: false, rotationSwitch: false, alwaysIssueSwitch: false }],
    ['MachineToMachine', { interactive: false, secrets: true, rotationSwitch: false, alwaysIssueSwitch: false }],
  ] as const)('%s', (type, expected) => {
    expect(capabilitiesOf(type)).toEqual(expected);
  });
});
