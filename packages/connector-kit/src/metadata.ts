/** A text for people, in every language the product speaks. */
export interface LocalizedText {
  en: string;
  ja: string;
}

export type ConnectorType = 'Email' | 'Sms' | 'Social';
export type ConnectorPlatform = 'Native' | 'Universal' | 'Web';

interface FormItemBase {
  /** Name of the member of the configuration that this item edits. */
  key: string;
  label: LocalizedText;
  placeholder?: string;
  required?: boolean;
  /** The item is shown when every condition holds for the values typed so far. */
  showConditions?: readonly { targetKey: string; expectValue: unknown }[];
  description?: LocalizedText;
  tooltip?: LocalizedText;
  /** A secret: encrypted at rest, masked in the Console, never logged. */
  isConfidential?: boolean;
  /** Few set-ups need it: the Console folds it away. */
  isAdvanced?: boolean;
}

/** One field of a connector's configuration, as the Console draws it. */
export type FormItem = FormItemBase &
  (
    | { type: 'Text' | 'MultilineText' | 'Json'; defaultValue?: string }
    | { type: 'Number'; defaultValue?: number }
    | { type: 'Switch'; defaultValue?: boolean }
    | { type: 'Select'; selectItems: readonly { value: string; title: LocalizedText }[]; defaultValue?: string }
    | { type: 'MultiSelect'; selectItems: readonly { value: string }[]; defaultValue?: readonly string[] }
  );

/** What a factory says about itself, before any instance of it exists. */
export interface ConnectorMetadata {
  /** Factory id on the wire. */
  id: string;
  /** The provider; identities are kept under this name, so it never changes. */
  target: string;
  /** Where the sign-in runs; e-mail and SMS connectors have none. */
  platform: ConnectorPlatform | null;
  name: LocalizedText;
  description: LocalizedText;
  /** `data:` URI of an SVG image. */
  logo: string;
  /** For dark backgrounds, when `logo` does not read well on them. */
  logoDark: string | null;
  formItems: readonly FormItem[];
  /** Speaks a standard to any provider: many instances, each with its own target. */
  isStandard?: boolean;
  /** `signIn` hands over the provider's tokens to be kept for the user; true for every connector that can. */
  isTokenStorageSupported?: boolean;
}

/** Makes the data URI of an inline SVG image. */
export const svgDataUri = (svg: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
