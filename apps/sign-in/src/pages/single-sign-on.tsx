import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { IdentifierField } from '../parts/identifier-field.tsx';
import { Layout } from '../parts/layout.tsx';
import { ProviderLinks } from '../parts/social-buttons.tsx';

/** The address says which enterprise somebody belongs to; where it has several providers, they choose. */
export function SingleSignOnPage({ page }: { page: PageOf<'single-sign-on'> }) {
  const { phrases } = usePage();
  const { singleSignOn } = phrases;
  const isChoice = page.choices.length > 0;
  const text = isChoice ? fillPhrase(singleSignOn.chooseText, { address: page.identifier ?? '' }) : singleSignOn.text;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{text}</p>}>
      <ProviderLinks links={page.choices.map((choice) => ({ ...choice, cssName: 'sso' }))} />
      <Form path={signInPaths.singleSignOn} errors={page.errors} fields={['identifier']}>
        {!isChoice && (
          <>
            <IdentifierField
              allowed={['email']}
              value={page.identifier}
              errors={fieldErrors(phrases, page.errors, 'identifier')}
              offersPasskeys={false}
            />
            <Submit label={singleSignOn.submit} pendingLabel={singleSignOn.submitting} />
          </>
        )}
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}
