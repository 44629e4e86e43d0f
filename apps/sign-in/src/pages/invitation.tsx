import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

function Lead({ page }: { page: PageOf<'invitation'> }) {
  const { invitation } = usePage().phrases;
  const organization = <strong dir="auto">{page.organization}</strong>;
  const inviter = <strong dir="auto">{page.inviter}</strong>;
  return (
    <>
      <p>
        <RichPhrase phrase={page.inviter ? invitation.textBy : invitation.text} values={{ inviter, organization }} />
      </p>
      <p>
        <RichPhrase phrase={sentenceFor(page, invitation)} values={valuesOf(page)} />
      </p>
    </>
  );
}

const valuesOf = ({ address, account }: PageOf<'invitation'>) => ({
  address: <strong dir="ltr">{address}</strong>,
  account: <strong dir="auto">{account?.name}</strong>,
});

/** Who may accept, seen from whoever is signed in. */
function sentenceFor(
  { account }: PageOf<'invitation'>,
  words: { signInFirst: string; own: string; new: string; none: string },
): string {
  return account ? words[account.claim] : words.signInFirst;
}

/** What becomes of an invitation is up to its invitee, who shows up first. */
export function InvitationPage({ page }: { page: PageOf<'invitation'> }) {
  const { phrases } = usePage();
  const { invitation } = phrases;
  const mayAccept = page.account !== undefined && page.account.claim !== 'none';
  return (
    <Layout title={pageTitle(page, phrases)} lead={<Lead page={page} />}>
      {page.roles.length > 0 && (
        <section class="lk-panel">
          <div>
            <h2 class="lk-panel-title">{invitation.roles}</h2>
            <ul class="lk-scopes">
              {page.roles.map((role) => (
                <li key={role}>
                  <bdi>{role}</bdi>
                </li>
              ))}
            </ul>
          </div>
        </section>
      )}
      {!mayAccept && (
        <div class="lk-form">
          <Link class="lk-button lk-button-primary" href={page.signInHref}>
            {page.account ? invitation.otherAccount : invitation.signIn}
          </Link>
          {page.registerHref && (
            <Link class="lk-button lk-button-secondary" href={page.registerHref}>
              {invitation.register}
            </Link>
          )}
        </div>
      )}
      <Form path={mayAccept ? signInPaths.invitationAccept : signInPaths.invitationDecline} errors={[]} fields={[]}>
        {mayAccept && <Submit label={invitation.accept} pendingLabel={invitation.accepting} />}
        <SecondarySubmit label={invitation.decline} path={signInPaths.invitationDecline} />
      </Form>
      {mayAccept && (
        <p class="lk-switch">
          <Link href={page.signInHref}>{invitation.otherAccount}</Link>
        </p>
      )}
    </Layout>
  );
}

/** An invitation that is over, one way or the other. */
export function InvitationEndedPage({ page }: { page: PageOf<'invitation-ended'> }) {
  const { phrases } = usePage();
  const { invitationEnded } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{invitationEnded[page.outcome].text}</p>}>
      {page.continueHref && (
        <Link class="lk-button lk-button-primary" href={page.continueHref}>
          {invitationEnded.continue}
        </Link>
      )}
    </Layout>
  );
}
