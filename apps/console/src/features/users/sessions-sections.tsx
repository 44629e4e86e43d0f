import type { Session } from '@latchkey/server/contract';
import { useQuery } from '@tanstack/react-query';
import { CopyableId } from '../../components/copyable-id.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { TextLink } from '../../components/link.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { grantsQuery, sessionsQuery, useEndSession, useRevokeGrant } from './users.queries.ts';

const MILLISECONDS = 1000;

/** Where the user is signed in. */
export function SessionsSection({ userId }: { userId: string }) {
  const { sessions: t } = usePhrases().users;
  const { api } = useConsole();
  const { language } = useLanguage();
  const time = useTimeFormat('minute');
  const query = useQuery(sessionsQuery(api, userId));
  const end = useEndSession(userId);
  return (
    <Section title={t.title} description={t.hint}>
      <EntryList
        query={query}
        items={({ sessions }) => sessions}
        none={t.none}
        entry={({ payload, lastSeen, lastSubmission }) => ({
          id: payload.uid,
          title: deviceOf(lastSubmission?.signInContext) ?? lastSeen?.userAgent ?? t.unknown,
          hint: (
            <>
              {[placeOf(lastSeen, language), t.since({ time: time.format(payload.loginTs * MILLISECONDS) })]
                .filter(Boolean)
                .join(' · ')}
              <CopyableId id={payload.uid} of={t.title} />
            </>
          ),
          action: (
            <RemoveButton
              label={t.end}
              title={t.endTitle}
              confirmLabel={t.end}
              done={t.ended}
              onRemove={() => end.mutateAsync(payload.uid)}
            >
              {t.endBody}
            </RemoveButton>
          ),
        })}
      />
    </Section>
  );
}

/** The browser and the device it runs on, as far as the server could tell them. */
const deviceOf = (context: Record<string, string> | undefined): string | undefined =>
  [context?.browser, context?.os].filter(Boolean).join(' · ') || undefined;

/** The address, and where on earth that is where a file of places tells. */
function placeOf(seen: Session['lastSeen'], language: string): string {
  if (!seen) return '';
  const { ip, city, country } = seen;
  const land = country && new Intl.DisplayNames(language, { type: 'region' }).of(country);
  return [ip, [city, land].filter(Boolean).join(', ')].filter(Boolean).join(' · ');
}

/** Which applications may act for the user. */
export function GrantsSection({ userId }: { userId: string }) {
  const { users, lists } = usePhrases();
  const { grants: t } = users;
  const { api } = useConsole();
  const time = useTimeFormat('minute');
  const query = useQuery(grantsQuery(api, userId));
  const revoke = useRevokeGrant(userId);
  return (
    <Section title={t.title} description={t.hint}>
      <EntryList
        query={query}
        items={({ grants }) => grants}
        none={t.none}
        entry={({ id, application: { id: applicationId, name }, expiresAt }) => ({
          id,
          title: (
            <TextLink to="/applications/$applicationId/$tab" params={{ applicationId, tab: 'settings' }}>
              {name}
            </TextLink>
          ),
          hint: t.until({ time: time.format(expiresAt) }),
          action: (
            <RemoveButton
              label={lists.removeOf({ name })}
              title={lists.removeTitle({ name })}
              done={lists.removed({ name })}
              onRemove={() => revoke.mutateAsync(id)}
            >
              {t.removeBody}
            </RemoveButton>
          ),
        })}
      />
    </Section>
  );
}
