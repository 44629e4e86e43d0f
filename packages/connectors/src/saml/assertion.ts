import { ConnectorError } from '@latchkey/connector-kit';
import type { Profile } from '@node-saml/node-saml';
import { z } from 'zod';

/** About whom an assertion is, and what it tells of them. */
export interface SamlSubject {
  nameId: string | undefined;
  nameIdFormat: string | undefined;
  issuer: string;
  attributes: Readonly<Record<string, string | string[]>>;
}

/** What an assertion has to agree with. */
interface Expected {
  entityId: string;
  assertionConsumerServiceUrl: string;
  identityProvider: { entityId: string };
}

const SKEW_MS = 60_000;
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

const text = z.object({ _: z.string() });
const instant = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const period = { NotBefore: instant.optional(), NotOnOrAfter: instant.optional() };

/** The verified assertion as the library hands it over: elements by name, attributes under `$`. */
const assertionSchema = z.object({
  Assertion: z.object({
    Issuer: z.tuple([text]),
    Subject: z.tuple([
      z.object({
        NameID: z
          .tuple([z.object({ _: z.string().max(1024), $: z.object({ Format: z.string().optional() }).optional() })])
          .optional(),
        SubjectConfirmation: z
          .array(
            z.object({
              $: z.object({ Method: z.string() }),
              SubjectConfirmationData: z
                .tuple([
                  z.object({
                    $: z.object({ ...period, Recipient: z.string().optional(), InResponseTo: z.string().optional() }),
                  }),
                ])
                .optional(),
            }),
          )
          .min(1),
      }),
    ]),
    Conditions: z.tuple([
      z.object({
        $: z.object(period).optional(),
        AudienceRestriction: z.array(z.object({ Audience: z.array(text).min(1) })).min(1),
      }),
    ]),
  }),
});

type Assertion = z.output<typeof assertionSchema>['Assertion'];

const refuse = (message: string, cause?: unknown): never => {
  throw new ConnectorError('authorization_failed', message, { cause });
};

const attributeValue = z.union([z.string(), z.array(z.string())]);

/** Only texts: what else a provider may nest is nothing that a user could have. */
function attributesOf(profile: Profile): SamlSubject['attributes'] {
  const given = Object.entries((profile.attributes ?? {}) as Record<string, unknown>);
  const read = given.flatMap(([name, value]) => {
    const parsed = attributeValue.safeParse(value);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(read);
}

export function readAssertion(profile: Profile | null): { assertion: Assertion; subject: SamlSubject } {
  const parsed = assertionSchema.safeParse(profile?.getAssertion?.());
  if (!profile || !parsed.success) {
    return refuse("The provider's assertion lacks what it must say.", parsed.error);
  }
  const { Assertion: assertion } = parsed.data;
  const [name] = assertion.Subject[0].NameID ?? [];
  return {
    assertion,
    subject: {
      nameId: name?._,
      nameIdFormat: name?.$?.Format,
      issuer: assertion.Issuer[0]._,
      attributes: attributesOf(profile),
    },
  };
}

const holds = (
  { NotBefore, NotOnOrAfter }: { NotBefore?: number | undefined; NotOnOrAfter?: number | undefined },
  now: number,
) =>
  (NotBefore === undefined || NotBefore <= now + SKEW_MS) &&
  (NotOnOrAfter === undefined || now - SKEW_MS < NotOnOrAfter);

/** SAML profiles §4.1.4.3 and core §2.5: one check a line. */
export function checkAssertion(
  { assertion }: { assertion: Assertion },
  expected: Expected,
  requestId: string,
  now: Date,
): void {
  const time = now.getTime();
  const [conditions] = assertion.Conditions;
  if (assertion.Issuer[0]._ !== expected.identityProvider.entityId) refuse('The answer came from another provider.');
  const isForUs = conditions.AudienceRestriction.every(({ Audience }) =>
    Audience.some(({ _ }) => _ === expected.entityId),
  );
  if (!isForUs) refuse('The answer was meant for somebody else.');
  if (!holds(conditions.$ ?? {}, time)) refuse("The provider's answer has expired, or is not valid yet.");
  const confirmed = assertion.Subject[0].SubjectConfirmation.filter(({ $ }) => $.Method === BEARER)
    .flatMap(({ SubjectConfirmationData = [] }) => SubjectConfirmationData)
    .map(({ $ }) => $);
  const here = confirmed.filter(({ Recipient }) => Recipient === expected.assertionConsumerServiceUrl);
  if (here.length === 0) refuse('The answer was meant for another address.');
  const mine = here.filter(({ InResponseTo }) => InResponseTo === requestId);
  if (mine.length === 0) refuse('The answer belongs to another sign-in.');
  // A bearer confirmation without an end would be good for ever.
  const isTimely = mine.some((data) => data.NotOnOrAfter !== undefined && holds(data, time));
  if (!isTimely) refuse("The provider's answer has expired, or is not valid yet.");
}
