import { Checkbox, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { LinkButton } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ScriptCard } from './script-card.tsx';
import { idTokenQuery, scriptsQuery, useSaveIdTokenClaims } from './scripts.queries.ts';
import { claimsSlots, type TokenType } from './slots.ts';

/** What tokens carry beside the standard's claims. */
export function CustomizeJwtPage() {
  const { scripts: t } = usePhrases();
  const { api } = useConsole();
  const scripts = useQuery(scriptsQuery(api));
  const idToken = useQuery(idTokenQuery(api));
  return (
    <>
      <PageHeader title={t.claimsTitle} description={t.claimsLead} />
      <Stack gap="lg">
        <Loaded query={scripts} height={196}>
          {(stored) =>
            (Object.keys(claimsSlots) as TokenType[]).map((tokenType) => (
              <ScriptCard
                key={tokenType}
                slot={claimsSlots[tokenType]}
                stored={stored[claimsSlots[tokenType]]}
                action={
                  <LinkButton to="/customize-jwt/$tokenType" params={{ tokenType }} size="xs" variant="default">
                    {stored[claimsSlots[tokenType]] ? t.edit : t.write}
                  </LinkButton>
                }
              />
            ))
          }
        </Loaded>
        <Loaded query={idToken} height={461}>
          {({ enabledExtendedClaims = [] }) => <IdTokenClaims enabled={enabledExtendedClaims} />}
        </Loaded>
      </Stack>
    </>
  );
}

const claims = [
  'roles',
  'organizations',
  'organization_data',
  'organization_roles',
  'custom_data',
  'identities',
  'sso_identities',
] as const;
type Claim = (typeof claims)[number];

/** Claims that may grow large: always in userinfo, in ID tokens only when asked for. */
function IdTokenClaims({ enabled }: { enabled: Claim[] }) {
  const { scripts, shell } = usePhrases();
  const { idToken: t } = scripts;
  const save = useSaveIdTokenClaims();
  const [edited, setEdited] = useState<Claim[]>();
  const chosen = edited ?? enabled;
  const inOrder = claims.filter((claim) => chosen.includes(claim));
  const dirty = edited !== undefined && inOrder.join() !== claims.filter((claim) => enabled.includes(claim)).join();
  return (
    <Section title={t.title} description={t.lead}>
      <Checkbox.Group
        aria-label={t.title}
        value={chosen}
        onChange={(next) => setEdited(claims.filter((claim) => next.includes(claim)))}
      >
        <Stack gap="sm">
          {claims.map((claim) => (
            <Checkbox
              key={claim}
              value={claim}
              label={<span className="mono">{claim}</span>}
              description={t.claims[claim]}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {save.error && <FailureAlert error={save.error} />}
      <SaveBar
        dirty={dirty}
        pending={save.isPending}
        onDiscard={() => setEdited(undefined)}
        onSave={() =>
          save.mutate(
            { enabledExtendedClaims: inOrder },
            {
              onSuccess: () => {
                setEdited(undefined);
                notifyDone(shell.form.saved);
              },
            },
          )
        }
      />
    </Section>
  );
}
