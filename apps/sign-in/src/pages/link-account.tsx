import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AccountOfPassword } from '../parts/account-of-password.tsx';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';
import { SocialButtons } from '../parts/social-buttons.tsx';

export function LinkAccountPage({ page }: { page: PageOf<'link-account'> }) {
  const { phrases } = usePage();
  const { linkAccount } = phrases;
  const passwordErrors = fieldErrors(phrases, page.errors, 'password');
  const names = { connector: page.connectorName, address: <strong>{page.address}</strong> };
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <p>
          <RichPhrase phrase={linkAccount.text} values={names} />
        </p>
      }
    >
      {page.social.length > 0 && (
        <section class="lk-section">
          {!page.hasPassword && <p class="lk-note">{linkAccount.useSocial}</p>}
          <SocialButtons buttons={page.social} />
        </section>
      )}
      {!page.hasPassword && !page.canUseCode && page.social.length === 0 && <p class="lk-note">{linkAccount.noWay}</p>}
      <Form path={signInPaths.linkAccount} errors={page.errors} fields={page.hasPassword ? ['password'] : []}>
        {page.hasPassword && (
          <>
            <AccountOfPassword account={page.address} />
            <PasswordField
              label={phrases.field.password}
              hint={fillPhrase(linkAccount.passwordHint, { connector: page.connectorName })}
              errors={passwordErrors}
              focus={passwordErrors.length > 0}
            />
            <Submit label={linkAccount.submit} pendingLabel={linkAccount.submitting} />
          </>
        )}
        {page.canUseCode && (
          <SecondarySubmit
            label={fillPhrase(linkAccount.useCode, { address: page.address })}
            path={signInPaths.linkAccountCode}
          />
        )}
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}
