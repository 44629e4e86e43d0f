import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { AccountPageOf } from '@latchkey/server/contract';
import { Form, Submit } from '../../parts/form.tsx';
import { Picture } from '../../parts/picture.tsx';
import { AccountLayout } from '../frame.tsx';
import { Empty, Row, RowLink, Rows } from '../rows.tsx';
import { useWords } from '../words.ts';

type LinkedModel = AccountPageOf<'account-linked'>;

const pathOf = (connectorId: string, what = '') => `/account/social/${encodeURIComponent(connectorId)}${what}`;

interface LinkedRowProps {
  account: LinkedModel['accounts'][number];
  /** Said below an account that its owner cannot unlink. */
  hint?: string;
  editable?: boolean;
}

function LinkedRow({ account, hint, editable = false }: LinkedRowProps) {
  const words = useWords();
  const { connectorId, name, logo, logoDark, as } = account;
  return (
    <Row
      label={name}
      icon={<Picture light={logo} dark={logoDark ?? undefined} alt="" width={24} height={24} />}
      value={as ?? words.linked.notLinked}
      hint={hint}
    >
      {editable && as === undefined && <RowLink path={pathOf(connectorId)} label={words.linked.link} of={name} />}
      {editable && as !== undefined && (
        <>
          <RowLink path={pathOf(connectorId, '/change')} label={words.account.change} of={name} />
          <RowLink path={pathOf(connectorId, '/remove')} label={words.linked.unlink} of={name} />
        </>
      )}
    </Row>
  );
}

/** Accounts at other providers. */
export function LinkedPage({ page, title }: { page: LinkedModel; title: string }) {
  const { linked } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={<p>{linked.text}</p>}>
      {page.accounts.length + page.enterprise.length === 0 ? (
        <Empty text={linked.empty} />
      ) : (
        <Rows>
          {page.enterprise.map((account) => (
            <LinkedRow key={account.connectorId} account={account} hint={linked.managed} />
          ))}
          {page.accounts.map((account) => (
            <LinkedRow key={account.connectorId} account={account} editable={page.editable} />
          ))}
        </Rows>
      )}
    </AccountLayout>
  );
}

/** Before the browser leaves for the provider. */
export function SocialPage({ page, title }: { page: AccountPageOf<'account-social'>; title: string }) {
  const { linked } = useWords();
  const provider = { provider: page.account.name };
  return (
    <AccountLayout page={page} title={title} lead={<p>{fillPhrase(linked.explain, provider)}</p>} isTask>
      <Form path={page.path} errors={page.errors} fields={[]}>
        <Submit label={fillPhrase(linked.submit, provider)} pendingLabel={linked.submitting} />
      </Form>
    </AccountLayout>
  );
}
