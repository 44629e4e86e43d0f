import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPageOf, accountPaths, csrfField } from '@latchkey/server/contract';
import { usePage } from '../../page-context.ts';
import { flowPath } from '../../urls.ts';
import { AccountLayout } from '../frame.tsx';
import { Empty, Row, RowLink, Rows, useDay } from '../rows.tsx';
import { useWords } from '../words.ts';

type Session = AccountPageOf<'account-sessions'>['sessions'][number];
type Application = AccountPageOf<'account-applications'>['applications'][number];

function SessionRow({ session, editable }: { session: Session; editable: boolean }) {
  const { language } = usePage().frame;
  const { sessions } = useWords();
  const day = useDay();
  const { id, isCurrent, device, ip, city, country, signedInAt } = session;
  const region = country && new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(country);
  const place = [city, region].filter(Boolean).join(', ');
  const label = device ?? sessions.unknown;
  return (
    <Row
      label={label}
      tag={isCurrent ? sessions.current : undefined}
      isCurrent={isCurrent}
      value={
        <>
          {place}
          {place && ip && ' · '}
          {ip && <bdi dir="ltr">{ip}</bdi>}
        </>
      }
      hint={fillPhrase(sessions.since, { date: day(signedInAt) })}
    >
      {editable && !isCurrent && <RowLink path={`/account/sessions/${id}/end`} label={sessions.end} of={label} />}
    </Row>
  );
}

/** Where the owner is signed in. */
export function SessionsPage({ page, title }: { page: AccountPageOf<'account-sessions'>; title: string }) {
  const { frame } = usePage();
  const { sessions } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={<p>{sessions.text}</p>}>
      <Rows>
        {page.sessions.map((session) => (
          <SessionRow key={session.id} session={session} editable={page.editable} />
        ))}
      </Rows>
      {page.editable && page.sessions.length > 1 && (
        <p class="lk-below">
          <a class="lk-row-action" href={flowPath(frame, accountPaths.sessionsEnd)}>
            {sessions.endOthers}
          </a>
        </p>
      )}
    </AccountLayout>
  );
}

/** What an application may do: standard scopes in words, those of APIs by their names. */
function Abilities({ scopes, resources }: Application) {
  const { phrases } = usePage();
  const { applications } = useWords();
  const words: Record<string, string> = phrases.consent.scopes;
  const lines = [
    ...scopes.map((scope) => (Object.hasOwn(words, scope) ? (words[scope] ?? scope) : scope)),
    ...resources.flatMap(({ name, scopes: own }) => own.map((scope) => `${scope} (${name})`)),
  ];
  return (
    <>
      <p>{applications.may}</p>
      <ul class="lk-scopes">
        {(lines.length > 0 ? lines : [phrases.consent.nothing]).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** The applications that hold something for the owner. */
export function ApplicationsPage({ page, title }: { page: AccountPageOf<'account-applications'>; title: string }) {
  const { applications } = useWords();
  const day = useDay();
  return (
    <AccountLayout page={page} title={title} lead={<p>{applications.text}</p>}>
      {page.applications.length === 0 ? (
        <Empty text={applications.empty} />
      ) : (
        <Rows>
          {page.applications.map((application) => (
            <Row
              key={application.id}
              label={application.name}
              tag={application.isThirdParty ? applications.thirdParty : undefined}
              value={<Abilities {...application} />}
              hint={fillPhrase(applications.since, { date: day(application.since) })}
            >
              {page.editable && (
                <RowLink
                  path={`${accountPaths.applications}/${encodeURIComponent(application.id)}/revoke`}
                  label={applications.revoke}
                  of={application.name}
                />
              )}
            </Row>
          ))}
        </Rows>
      )}
    </AccountLayout>
  );
}

type OrganizationsModel = AccountPageOf<'account-organizations'>;

/** One click answers an invitation; accepting can be taken back by leaving. */
function Answer({ path, label, of }: { path: string; label: string; of: string }) {
  const { frame } = usePage();
  return (
    <form method="post" action={flowPath(frame, path)}>
      <input type="hidden" name={csrfField} value={frame.csrf} />
      <button class="lk-row-action" type="submit" aria-label={`${label}: ${of}`}>
        {label}
      </button>
    </form>
  );
}

function Invitations({ page }: { page: OrganizationsModel }) {
  const { organizations } = useWords();
  const day = useDay();
  if (page.invitations.length === 0) return null;
  return (
    <Rows title={organizations.invitations}>
      {page.invitations.map(({ id, organization: { name }, expiresAt }) => (
        <Row
          key={id}
          label={name}
          hint={fillPhrase(organizations.until, { date: day(new Date(expiresAt).toISOString()) })}
        >
          {page.editable && (
            <>
              <Answer path={`${accountPaths.invitations}/${id}/accept`} label={organizations.accept} of={name} />
              <Answer path={`${accountPaths.invitations}/${id}/decline`} label={organizations.decline} of={name} />
            </>
          )}
        </Row>
      ))}
    </Rows>
  );
}

/** Memberships, and invitations to new ones. */
export function OrganizationsPage({ page, title }: { page: OrganizationsModel; title: string }) {
  const { organizations } = useWords();
  const { language } = usePage().frame;
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' });
  return (
    <AccountLayout page={page} title={title} lead={<p>{organizations.text}</p>}>
      <Invitations page={page} />
      {page.organizations.length === 0 ? (
        <Empty text={organizations.empty} />
      ) : (
        <Rows>
          {page.organizations.map(({ id, name, description, roles }) => (
            <Row
              key={id}
              label={name}
              value={description}
              hint={
                roles.length > 0 &&
                fillPhrase(organizations.roles, { roles: list.format(roles.map((role) => role.name)) })
              }
            >
              {page.editable && (
                <RowLink path={`${accountPaths.organizations}/${id}/leave`} label={organizations.leave} of={name} />
              )}
            </Row>
          ))}
        </Rows>
      )}
    </AccountLayout>
  );
}
