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

  it('sends nothing that the page does not edit, such as what is fixed after creation', () => {
    const device: Application = { ...application, type: 'Native', customClientMetadata: { isDeviceFlow: true } };
    expect(toPatch(device, toFormValues(device)).customClientMetadata).not.toHaveProperty('isDeviceFlow');
  });

  it('takes the sign-out address and the limit of grants away when their fields are emptied', () => {
    const emptied = { ...toFormValues(application), backchannelLogoutUri: ' ', maxAllowedGrants: '' };
    const patch = toPatch(application, emptied);
    expect(patch.oidcClientMetadata?.backchannelLogoutUri).toBeNull();
    expect(patch.customClientMetadata?.maxAllowedGrants).toBeNull();
  });

  it('drops blank lines and the spaces around addresses', () => {
    const values = { ...toFormValues(application), redirectUris: [' https://a.example.com/cb ', '', '  '] };
    expect(toPatch(application, values).oidcClientMetadata?.redirectUris).toEqual(['https://a.example.com/cb']);
  });

  it('sends no addresses and no lifetimes for machine-to-machine applications', () => {
    const machine: Application = { ...application, type: 'MachineToMachine' };
    expect(toPatch(machine, toFormValues(machine))).toEqual({
      name: 'Bookstore',
      description: null,
      customData: {},
      customClientMetadata: { allowTokenExchange: false },
    });
  });
});

describe('errors', () => {
  const values = toFormValues(application);
  const { tokens, uriProblems } = phrases.applications.details;

  it('has none for a sound form', () => {
    expect(formErrors(application, values, phrases)).toEqual({});
  });

  it('names the line of a wrong address', () => {
    const errors = formErrors(application, { ...values, redirectUris: [...values.redirectUris, 'nonsense'] }, phrases);
    expect(errors).toEqual({ 'redirectUris.1': uriProblems.invalid });
  });

  it.each(['', 0, 181, 1.5])('refuses a refresh token lifetime of %j days', (refreshTokenTtlInDays) => {
    const errors = formErrors(application, { ...values, refreshTokenTtlInDays }, phrases);
    expect(errors).toEqual({ refreshTokenTtlInDays: tokens.range({ min: 1, max: 180 }) });
  });

  it.each(['nonsense', 'ftp://books.example.com'])('refuses %s as the address told of sign-outs', (uri) => {
    const errors = formErrors(application, { ...values, backchannelLogoutUri: uri }, phrases);
    expect(errors).toEqual({ backchannelLogoutUri: uriProblems.invalid });
  });

  it.each([0, 1.5])('refuses a limit of %j grants', (maxAllowedGrants) => {
    expect(Object.keys(formErrors(application, { ...values, maxAllowedGrants }, phrases))).toEqual([
      'maxAllowedGrants',
    ]);
  });

  it('refuses custom data that is no object', () => {
    expect(Object.keys(formErrors(application, { ...values, customData: '[1]' }, phrases))).toEqual(['customData']);
  });

  it('refuses a blank name', () => {
    expect(formErrors({ ...application, type: 'MachineToMachine' }, { ...values, name: ' ' }, phrases)).toEqual({
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
    expect(capabilitiesOf({ type, isThirdParty: false })).toEqual({ ...expected, tokenExchange: true });
  });

  it('no token exchange for what belongs to another company', () => {
    expect(capabilitiesOf({ type: 'SPA', isThirdParty: true }).tokenExchange).toBe(false);
    expect(
      toPatch({ ...application, isThirdParty: true }, toFormValues(application)).customClientMetadata,
    ).not.toHaveProperty('allowTokenExchange');
  });
});
