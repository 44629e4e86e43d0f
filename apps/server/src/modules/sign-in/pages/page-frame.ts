import { randomBytes } from 'node:crypto';
import { closestLanguage } from '@latchkey/phrases/sign-in-languages';
import { acceptedLanguages } from '../../../kernel/http.ts';
import { type Scope, systemScope } from '../../../kernel/scope.ts';
import type { SignInSettings } from '../../sign-in-experience/sign-in-experience.contract.ts';
import type { PageFrame } from '../sign-in.contract.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import { customContent } from './custom-content.ts';

/** Whom a page is for. */
export interface Visitor {
  tenantId: string;
  acceptLanguage: string | undefined;
  uiLocales: string | undefined;
  appId: string | undefined;
  /** The organization that the user is going to act in, whose look comes first. */
  organizationId?: string | undefined;
  /** The page's path below the tenant's, for which the tenant may have text of its own. */
  path?: string | undefined;
}

export interface Framed {
  frame: PageFrame;
  settings: SignInSettings;
  applicationName: string | undefined;
  /** What the application shows of itself, which for a third party is the consent page's alone (features 2.7). */
  override: ApplicationExperience | undefined;
}

type ApplicationExperience = NonNullable<Awaited<ReturnType<SignInDependencies['applications']['findExperience']>>>;

export interface FrameOptions {
  csrf?: string;
  /** Unsaved settings to show instead. */
  settings?: SignInSettings;
  preview?: { theme: 'light' | 'dark' | 'system' };
}

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'ur']);

const baseOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The request's wish, then the browser's where the tenant allows it, then the tenant's own (features 1.8, 2.1). */
export function chooseLanguage(
  known: readonly string[],
  { languageInfo }: Pick<SignInSettings, 'languageInfo'>,
  visitor: Pick<Visitor, 'acceptLanguage' | 'uiLocales'>,
): string {
  const wished = [
    ...(visitor.uiLocales?.split(/\s+/).filter(Boolean) ?? []),
    ...(languageInfo.autoDetect ? acceptedLanguages(visitor.acceptLanguage) : []),
    languageInfo.fallbackLanguage,
  ];
  return closestLanguage(known, wished) ?? 'en';
}

type Dependencies = Pick<SignInDependencies, 'addressOf' | 'applications' | 'database' | 'caches' | 'phrases'> & {
  experience: Pick<SignInDependencies['experience'], 'settings' | 'settingsFor'>;
  organizations: Pick<SignInDependencies['organizations'], 'findBranding'>;
};

/** What the tenant has written for the page, made harmless. */
async function ownContent(written: Record<string, string>, path: string): Promise<string | undefined> {
  const markup = Object.hasOwn(written, path) ? written[path] : undefined;
  return (markup && (await customContent(markup))) || undefined;
}

/** Makes what every page shares: look, language, links, tokens. */
export function createPageFrames(deps: Dependencies) {
  const lookUp = async (scope: Scope, appId: string) => {
    const [client, override] = await Promise.all([
      deps.applications.findClient(scope.tenantId, appId),
      deps.applications.findExperience(scope, appId),
    ]);
    return { client, override };
  };

  return async (visitor: Visitor, options: FrameOptions = {}): Promise<Framed> => {
    const { tenantId, appId, organizationId, path = '' } = visitor;
    const scope = systemScope(deps, tenantId, 'draw a sign-in page');
    const [{ client, override }, organization] = await Promise.all([
      appId ? lookUp(scope, appId) : { client: undefined, override: undefined },
      organizationId ? deps.organizations.findBranding(scope, organizationId) : undefined,
    ]);
    const own = client?.isThirdParty ? undefined : override;
    const settings = options.settings ?? (await deps.experience.settingsFor(tenantId, own, organization));
    const { color, branding, supportEmail, supportWebsiteUrl } = settings;
    const language = chooseLanguage(await deps.phrases.languages(tenantId), settings, visitor);
    const theme = options.preview?.theme ?? 'system';
    // A client that only signs people in is part of the server, and nobody's app.
    const isNamed = client && !client.onlySignsIn && !client.isHostedPage;
    const applicationName = isNamed ? override?.displayName || client.name : undefined;
    const frame: PageFrame = {
      branding: {
        displayName: applicationName,
        logoUrl: branding.logoUrl,
        darkLogoUrl: branding.darkLogoUrl,
        favicon: branding.favicon,
        darkFavicon: branding.darkFavicon,
        primaryColor: color.primaryColor,
        darkPrimaryColor: color.darkPrimaryColor,
        colorScheme: theme === 'system' && !color.isDarkModeEnabled ? 'light' : theme,
        customCss: settings.customCss ?? undefined,
        hideLogtoBranding: settings.hideLogtoBranding,
      },
      language,
      dir: RIGHT_TO_LEFT.has(baseOf(language)) ? 'rtl' : 'ltr',
      termsOfUseUrl: settings.termsOfUseUrl ?? undefined,
      privacyPolicyUrl: settings.privacyPolicyUrl ?? undefined,
      ...((supportEmail || supportWebsiteUrl) && {
        support: { email: supportEmail ?? undefined, websiteUrl: supportWebsiteUrl ?? undefined },
      }),
      basePath: deps.addressOf(tenantId).basePath,
      appId: client && appId,
      csrf: options.csrf ?? '',
      nonce: randomBytes(16).toString('base64url'),
      content: await ownContent(settings.customContent, path),
      preview: options.preview !== undefined,
    };
    return { frame, settings, applicationName, override };
  };
}

export type PageFrames = ReturnType<typeof createPageFrames>;
