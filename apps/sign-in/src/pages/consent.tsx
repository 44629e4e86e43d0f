import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Picture } from '../parts/picture.tsx';
import { hasPolicies, Policies } from '../parts/policies.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

function ApplicationLogo({ application }: Pick<PageOf<'consent'>, 'application'>) {
  return (
    <Picture
      class="lk-application-logo"
      light={application.logoUrl}
      dark={application.darkLogoUrl}
      alt=""
      width={48}
      height={48}
    />
  );
}

function ScopeList({ scopes }: { scopes: readonly string[] }) {
  return (
    <ul class="lk-scopes">
      {scopes.map((scope) => (
        <li key={scope}>
          <bdi>{scope}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Scopes({ page }: { page: PageOf<'consent'> }) {
  const { consent } = usePage().phrases;
  const words: Record<string, string> = consent.scopes;
  // OIDC Core §5.4: `openid` alone asks for nothing but the fact of the sign-in.
  const userScopes = page.userScopes.filter((scope) => scope !== 'openid');
  const resources = page.resources.filter((resource) => resource.scopes.length > 0);
  const nothing = userScopes.length === 0 && resources.length === 0;
  return (
    <div class="lk-panel">
      {nothing && <ScopeList scopes={[consent.nothing]} />}
      {userScopes.length > 0 && (
        <ScopeList
          scopes={userScopes.map((scope) => (Object.hasOwn(words, scope) ? (words[scope] ?? scope) : scope))}
        />
      )}
      {resources.map((resource) => (
        <section key={resource.name}>
          <h2 class="lk-panel-title">{fillPhrase(consent.resource, { resource: resource.name })}</h2>
          <ScopeList scopes={resource.scopes.map((scope) => scope.description || scope.name)} />
        </section>
      ))}
    </div>
  );
}

/** Organizations that the application may act in, for the user to choose. */
function Organizations({ page }: { page: PageOf<'consent'> }) {
  const { consent } = usePage().phrases;
  if (page.organizations.length === 0) return null;
  const isMany = page.choice === 'many';
  return (
    <fieldset class="lk-fieldset lk-organizations">
      <legend>{isMany ? consent.organizations : consent.organization}</legend>
      {page.organizations.map(({ id, name, logoUrl, darkLogoUrl, isChosen }) => (
        <label class="lk-checkbox" key={id}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            id={`organization-${id}`}
            name="organizationIds"
            value={id}
            checked={isChosen}
          />
          <span class="lk-organization">
            <Picture light={logoUrl} dark={darkLogoUrl} alt="" width={24} height={24} />
            {name}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function ConsentPage({ page }: { page: PageOf<'consent'> }) {
  const { phrases } = usePage();
  const { consent } = phrases;
  const { application } = page;
  return (
    <Layout
      title={pageTitle(page, phrases)}
      picture={<ApplicationLogo application={page.application} />}
      lead={
        <p>
          <RichPhrase phrase={consent.text} values={{ account: <strong>{page.account}</strong> }} />
        </p>
      }
    >
      {page.verifiedHost && (
        <p class="lk-note lk-verified-host">
          <RichPhrase phrase={consent.verifiedHost} values={{ host: <strong>{page.verifiedHost}</strong> }} />
        </p>
      )}
      <Scopes page={page} />
      {page.redirectHost && (
        <p class="lk-note">
          <RichPhrase phrase={consent.redirect} values={{ host: <strong>{page.redirectHost}</strong> }} />
        </p>
      )}
      {hasPolicies(application) && (
        <p class="lk-note">
          <RichPhrase
            phrase={consent.policies}
            values={{
              application: application.name,
              policies: (
                <Policies termsOfUseUrl={application.termsOfUseUrl} privacyPolicyUrl={application.privacyPolicyUrl} />
              ),
            }}
          />
        </p>
      )}
      <Form path={signInPaths.consent} errors={page.errors} fields={[]}>
        <Organizations page={page} />
        <Submit label={consent.allow} pendingLabel={consent.allowing} name="decision" value="allow" />
        <SecondarySubmit label={consent.deny} name="decision" value="deny" />
      </Form>
    </Layout>
  );
}
