import type { ApplicationSignInExperience } from '@latchkey/server/contract';

/** How the sign-in pages look for one application or organization, as edited; an empty text is the tenant's own. */
export type OverrideValues = {
  primaryColor: string;
  darkMode: 'tenant' | 'on' | 'off';
  darkPrimaryColor: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  darkFavicon: string;
  customCss: string;
};

export type Override = Pick<ApplicationSignInExperience, 'color' | 'branding' | 'customCss'>;

export const imageFields = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;

const darkModeOf = (enabled: boolean | undefined): OverrideValues['darkMode'] => {
  if (enabled === undefined) return 'tenant';
  return enabled ? 'on' : 'off';
};

export const toOverrideValues = ({ color, branding, customCss }: Override): OverrideValues => ({
  primaryColor: color.primaryColor ?? '',
  darkMode: darkModeOf(color.isDarkModeEnabled),
  darkPrimaryColor: color.darkPrimaryColor ?? '',
  logoUrl: branding.logoUrl ?? '',
  darkLogoUrl: branding.darkLogoUrl ?? '',
  favicon: branding.favicon ?? '',
  darkFavicon: branding.darkFavicon ?? '',
  customCss: customCss ?? '',
});

const filled = <Field extends string>(texts: Record<Field, string>): Partial<Record<Field, string>> =>
  Object.fromEntries(
    Object.entries<string>(texts)
      .map(([field, text]) => [field, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  ) as Partial<Record<Field, string>>;

/** The override to send: what was left empty is not in it, so that the tenant's own shows through. */
export function toOverride(values: OverrideValues): Override {
  const { primaryColor, darkPrimaryColor, darkMode, customCss, ...images } = values;
  return {
    color: {
      ...filled({ primaryColor, darkPrimaryColor }),
      ...(darkMode !== 'tenant' && { isDarkModeEnabled: darkMode === 'on' }),
    },
    branding: filled({
      logoUrl: images.logoUrl,
      darkLogoUrl: images.darkLogoUrl,
      favicon: images.favicon,
      darkFavicon: images.darkFavicon,
    }),
    customCss: customCss.trim() === '' ? null : customCss,
  };
}

/** Whether the text is nothing, or an address that a page can be told. */
export const isWebAddressOrEmpty = (text: string): boolean => {
  const trimmed = text.trim();
  return trimmed === '' || /^https?:$/.test(URL.parse(trimmed)?.protocol ?? '');
};

const isColorOrEmpty = (text: string): boolean => /^(#(?:[0-9a-f]{3}|[0-9a-f]{6}))?$/i.test(text.trim());

/** The fields that cannot be saved, each with its message. */
export function overrideErrors(values: OverrideValues, texts: { color: string; url: string }): Record<string, string> {
  const colors = (['primaryColor', 'darkPrimaryColor'] as const)
    .filter((field) => !isColorOrEmpty(values[field]))
    .map((field) => [field, texts.color]);
  const images = imageFields.filter((field) => !isWebAddressOrEmpty(values[field])).map((field) => [field, texts.url]);
  return Object.fromEntries([...colors, ...images]);
}
