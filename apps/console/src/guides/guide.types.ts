import type { GuidePhrases } from '@latchkey/phrases/console';

/** The application types that have guides; the words are the wire's. */
export type GuideCategory = 'Traditional' | 'SPA' | 'Native' | 'MachineToMachine';

/** A single-colour icon in a 24 by 24 box, the shape simple-icons uses. */
export type GuideLogo = { path: string; hex: string };

/** What is known of the reader's installation and application when a guide is shown. */
export type GuideValues = {
  /** Base URL of the tenant, without a slash at its end. */
  endpoint: string;
  appId: string;
  /** Empty for applications that have no secret. */
  appSecret: string;
  /** The first saved redirect URI, or the guide's suggestion while none is saved. */
  redirectUri: string;
  postSignOutRedirectUri: string;
  /** Audience of access tokens for this tenant's `/api`. */
  managementResource: string;
};

export type GuideContext = GuideValues & { t: GuidePhrases };

export type CodeLanguage =
  | 'bash'
  | 'csharp'
  | 'go'
  | 'html'
  | 'java'
  | 'javascript'
  | 'json'
  | 'php'
  | 'properties'
  | 'python'
  | 'text'
  | 'typescript'
  | 'xml'
  | 'yaml';

/** One tab of a code block; a block with one tab shows its title as the file's name. */
export type CodeTab = { title: string; language: CodeLanguage; code: string };

/**
 * One block of a guide.
 * In `text`, `items` and `label`, `` `code` ``, `**strong**` and `[text](url)` are understood and nothing else is.
 */
export type GuideBlock =
  | { type: 'text'; text: string }
  | { type: 'steps'; items: string[] }
  | { type: 'note'; tone: 'info' | 'warning'; text: string }
  | { type: 'code'; tabs: CodeTab[] }
  /** The endpoint, app id and (when there is one) app secret, each to be copied. */
  | { type: 'values' }
  /** Edits and saves the application's redirect URIs; `suggestion` fills the field while none is saved. */
  | { type: 'redirect-uris'; suggestion: string }
  | { type: 'post-sign-out-redirect-uris'; suggestion: string }
  | { type: 'links'; items: { label: string; href: string }[] };

export type GuideSection = { id: string; title: string; blocks: GuideBlock[] };

/** The body of a guide as data, so that tests can read every snippet with values filled in. */
export type GuideContent = (context: GuideContext) => GuideSection[];

/** A card of the gallery, with its guide behind a lazy import. */
export type Guide = {
  id: string;
  name: string;
  category: GuideCategory;
  /** Shown on "Get started", in the registry's order. */
  featured: boolean;
  logo: GuideLogo;
  description: (t: GuidePhrases) => string;
  /** The package the guide uses, where the framework has a stock SDK. */
  sdk?: { name: string; url: string };
  /** Values the code shows until the application has URIs of its own. */
  defaults: { redirectUri: string; postSignOutRedirectUri: string };
  load: () => Promise<{ content: GuideContent }>;
};
