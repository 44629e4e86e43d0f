import type { ConsolePhrases } from '@latchkey/phrases/console';
import type { Application, ApplicationType, UpdateApplication } from '@latchkey/server/contract';
import { isJsonObject } from '../../components/json-object.ts';
import { listProblems, originProblem, redirectUriProblem, type UriProblem } from './uri-rules.ts';

/** What the details page edits; number fields hold text while they are empty. */
export type ApplicationFormValues = {
  name: string;
  description: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  corsAllowedOrigins: string[];
  idTokenTtl: number | string;
  refreshTokenTtlInDays: number | string;
  alwaysIssueRefreshToken: boolean;
  rotateRefreshToken: boolean;
  backchannelLogoutUri: string;
  backchannelLogoutSessionRequired: boolean;
  allowTokenExchange: boolean;
  /** Empty for no limit. */
  maxAllowedGrants: number | string;
  customData: string;
};

/** Values the server uses while an application has none of its own. */
const tokenDefaults = { idTokenTtl: 3600, refreshTokenTtlInDays: 14 };

export const idTokenSeconds = { min: 1, max: 31_536_000 };
export const refreshTokenDays = { min: 1, max: 180 };
const grants = { min: 1, max: 1_000_000 };

/** Which parts of the details an application of this type has. */
export function capabilitiesOf({ type, isThirdParty }: Pick<Application, 'type' | 'isThirdParty'>) {
  const interactive = type !== 'MachineToMachine';
  const confidential = type === 'Traditional' || type === 'MachineToMachine' || type === 'Protected';
  return {
    interactive,
    secrets: confidential,
    // Public clients always rotate, so the switch would be without effect there.
    rotationSwitch: interactive && confidential,
    // Only for applications of the OIDC type `web`; native ones ask for offline access.
    alwaysIssueSwitch: type === 'Traditional' || type === 'SPA',
    // Another company's application never acts for users on its own.
    tokenExchange: !isThirdParty,
  };
}

export const redirectKind = (type: ApplicationType) => (type === 'Native' ? 'native' : 'web');

export function toFormValues({
  name,
  description,
  oidcClientMetadata,
  customClientMetadata,
  customData,
}: Application): ApplicationFormValues {
  return {
    name,
    description: description ?? '',
    redirectUris: oidcClientMetadata.redirectUris,
    postLogoutRedirectUris: oidcClientMetadata.postLogoutRedirectUris,
    corsAllowedOrigins: customClientMetadata.corsAllowedOrigins ?? [],
    idTokenTtl: customClientMetadata.idTokenTtl ?? tokenDefaults.idTokenTtl,
    refreshTokenTtlInDays: customClientMetadata.refreshTokenTtlInDays ?? tokenDefaults.refreshTokenTtlInDays,
    alwaysIssueRefreshToken: customClientMetadata.alwaysIssueRefreshToken ?? false,
    rotateRefreshToken: customClientMetadata.rotateRefreshToken ?? true,
    backchannelLogoutUri: oidcClientMetadata.backchannelLogoutUri ?? '',
    backchannelLogoutSessionRequired: oidcClientMetadata.backchannelLogoutSessionRequired ?? false,
    allowTokenExchange: customClientMetadata.allowTokenExchange ?? false,
    maxAllowedGrants: customClientMetadata.maxAllowedGrants ?? '',
    customData: JSON.stringify(customData, null, 2),
  };
}

const filled = (entries: string[]) => entries.map((entry) => entry.trim()).filter((entry) => entry !== '');

/** The change to send: what this page edits and nothing else, so that all the rest stays as it is. */
export function toPatch(application: Application, values: ApplicationFormValues): UpdateApplication {
  const can = capabilitiesOf(application);
  const exchange = can.tokenExchange && { allowTokenExchange: values.allowTokenExchange };
  const general = {
    name: values.name.trim(),
    description: values.description.trim() || null,
    customData: JSON.parse(values.customData || '{}'),
  };
  if (!can.interactive) return { ...general, customClientMetadata: { ...exchange } };
  return {
    ...general,
    oidcClientMetadata: {
      redirectUris: filled(values.redirectUris),
      postLogoutRedirectUris: filled(values.postLogoutRedirectUris),
      backchannelLogoutUri: values.backchannelLogoutUri.trim() || null,
      backchannelLogoutSessionRequired: values.backchannelLogoutSessionRequired,
    },
    customClientMetadata: {
      ...exchange,
      corsAllowedOrigins: filled(values.corsAllowedOrigins),
      idTokenTtl: Number(values.idTokenTtl),
      refreshTokenTtlInDays: Number(values.refreshTokenTtlInDays),
      alwaysIssueRefreshToken: values.alwaysIssueRefreshToken,
      rotateRefreshToken: values.rotateRefreshToken,
      maxAllowedGrants: values.maxAllowedGrants === '' ? null : Number(values.maxAllowedGrants),
    },
  };
}

type Range = { min: number; max: number };

const isWhole = (value: number | string, { min, max }: Range) =>
  value !== '' && Number.isInteger(Number(value)) && Number(value) >= min && Number(value) <= max;

/** The messages of all fields that cannot be saved, by the field's path. */
export function formErrors(
  application: Pick<Application, 'type' | 'isThirdParty'>,
  values: ApplicationFormValues,
  { applications, shell, lists }: Pick<ConsolePhrases, 'applications' | 'shell' | 'lists'>,
): Record<string, string> {
  const { type } = application;
  const { tokens, uriProblems } = applications.details;
  const errors: Record<string, string> = {};
  const addProblems = (field: string, problems: (UriProblem | null)[]) => {
    for (const [index, problem] of problems.entries()) {
      if (problem) errors[`${field}.${index}`] = uriProblems[problem];
    }
  };

  if (values.name.trim() === '') errors.name = shell.form.required;
  if (!isJsonObject(values.customData)) errors.customData = lists.jsonInvalid;
  if (!capabilitiesOf(application).interactive) return errors;
  const checkUri = (uri: string) => redirectUriProblem(uri, redirectKind(type));
  addProblems('redirectUris', listProblems(values.redirectUris, checkUri));
  addProblems('postLogoutRedirectUris', listProblems(values.postLogoutRedirectUris, checkUri));
  addProblems('corsAllowedOrigins', listProblems(values.corsAllowedOrigins, originProblem));
  if (!isWhole(values.idTokenTtl, idTokenSeconds)) errors.idTokenTtl = tokens.range(idTokenSeconds);
  if (!isWhole(values.refreshTokenTtlInDays, refreshTokenDays)) {
    errors.refreshTokenTtlInDays = tokens.range(refreshTokenDays);
  }
  if (values.maxAllowedGrants !== '' && !isWhole(values.maxAllowedGrants, grants)) {
    errors.maxAllowedGrants = tokens.range(grants);
  }
  const signOutUri = values.backchannelLogoutUri.trim();
  if (signOutUri !== '' && redirectUriProblem(signOutUri, 'web')) errors.backchannelLogoutUri = uriProblems.invalid;
  return errors;
}
