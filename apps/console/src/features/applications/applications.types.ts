export type ApplicationType = 'Native' | 'SPA' | 'Traditional' | 'MachineToMachine' | 'Protected' | 'SAML';

export type OidcClientMetadata = { redirectUris: string[]; postLogoutRedirectUris: string[] };

export type CustomClientMetadata = {
  corsAllowedOrigins?: string[];
  idTokenTtl?: number;
  refreshTokenTtlInDays?: number;
  alwaysIssueRefreshToken?: boolean;
  rotateRefreshToken?: boolean;
};

export type Application = {
  id: string;
  name: string;
  description: string | null;
  type: ApplicationType;
  oidcClientMetadata: OidcClientMetadata;
  customClientMetadata: CustomClientMetadata;
  createdAt: number;
};

export type NewApplication = Pick<Application, 'name' | 'type'> & { description?: string };
export type ApplicationPatch = Partial<
  Pick<Application, 'name' | 'description' | 'oidcClientMetadata' | 'customClientMetadata'>
>;
export type ApplicationSecret = {
  applicationId: string;
  name: string;
  value: string;
  createdAt: number;
  expiresAt: number | null;
};
export type NewSecret = { name: string; expiresAt?: number };
