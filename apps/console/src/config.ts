/** What the server tells the Console about itself, written into index.html when it is served. */
export type ConsoleConfig = {
  /** Base URL of the operators' tenant, whose accounts sign in to the Console. */
  adminEndpoint: string;
  /** The tenant being administered. */
  tenantId: string;
  /** Base URL of that tenant: applications use it as their endpoint, and `/api` is below it. */
  tenantEndpoint: string;
  /** Audience of access tokens for that tenant's `/api`. */
  managementResource: string;
};

export const configElementId = 'latchkey-config';

/** Reads the settings the server wrote into the page. */
export function readConfig(page: Document): ConsoleConfig {
  const text = page.getElementById(configElementId)?.textContent;
  if (!text) throw new Error(`The page has no #${configElementId} element.`);
  return JSON.parse(text) as ConsoleConfig;
}
