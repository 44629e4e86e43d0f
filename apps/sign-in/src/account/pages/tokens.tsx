import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPageOf, accountPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../../form-errors.ts';
import { usePage } from '../../page-context.ts';
import { Form, Submit } from '../../parts/form.tsx';
import { Link } from '../../parts/link.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { flowPath } from '../../urls.ts';
import { AccountLayout } from '../frame.tsx';
import { Empty, Row, RowLink, Rows, useDay } from '../rows.tsx';
import { useWords } from '../words.ts';

type TokensModel = AccountPageOf<'account-tokens'>;

/** The value of a token that was just made. */
function Fresh({ name, value }: NonNullable<TokensModel['fresh']>) {
  const { account, tokens } = useWords();
  return (
    <section class="lk-card-section lk-fresh" role="status">
      <p>{fillPhrase(tokens.fresh, { name })}</p>
      <p class="lk-secret" dir="ltr">
        <code translate={false}>{value}</code>
      </p>
      <button class="lk-row-action lk-script-only" type="button" data-copy={value} data-copied={account.copied}>
        {account.copy}
      </button>
    </section>
  );
}

function useLifetime() {
  const { tokens } = useWords();
  const day = useDay();
  return ({ expiresAt, isOver }: TokensModel['tokens'][number]): string =>
    expiresAt === null ? tokens.never : fillPhrase(isOver ? tokens.over : tokens.expires, { date: day(expiresAt) });
}

/** Tokens for programs that act in the owner's name. */
export function TokensPage({ page, title }: { page: TokensModel; title: string }) {
  const { frame } = usePage();
  const { account, tokens } = useWords();
  const lifetime = useLifetime();
  return (
    <AccountLayout page={page} title={title} lead={<p>{tokens.text}</p>}>
      {page.fresh && <Fresh {...page.fresh} />}
      {page.tokens.length === 0 ? (
        <Empty text={tokens.empty} />
      ) : (
        <Rows>
          {page.tokens.map((token) => (
            <Row
              key={token.name}
              label={token.name}
              value={lifetime(token)}
              hint={fillPhrase(tokens.ending, { ending: token.ending })}
            >
              {page.editable && (
                <RowLink
                  path={`${accountPaths.tokenRemove}?name=${encodeURIComponent(token.name)}`}
                  label={account.remove}
                  of={token.name}
                />
              )}
            </Row>
          ))}
        </Rows>
      )}
      {page.editable && (
        <p class="lk-below">
          <a class="lk-row-action" href={flowPath(frame, accountPaths.tokenNew)}>
            {tokens.create}
          </a>
        </p>
      )}
    </AccountLayout>
  );
}

export function TokenNewPage({ page, title }: { page: AccountPageOf<'account-token-new'>; title: string }) {
  const { phrases } = usePage();
  const { tokens } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={<p>{tokens.text}</p>} isTask>
      <Form path={accountPaths.tokenNew} errors={page.errors} fields={['name']}>
        <TextField
          name="name"
          label={tokens.name}
          hint={tokens.nameHint}
          autocomplete="off"
          value={page.value}
          errors={fieldErrors(phrases, page.errors, 'name')}
          focus
        />
        <div class="lk-field">
          <label class="lk-label" for="expires">
            {tokens.lifetime}
          </label>
          <select class="lk-input lk-select" id="expires" name="expires">
            {page.days.map((days) => (
              <option key={days} value={String(days)} selected={String(days) === page.expires}>
                {fillPhrase(tokens.days, { days })}
              </option>
            ))}
            <option value="" selected={page.expires === ''}>
              {tokens.forever}
            </option>
          </select>
        </div>
        <Submit label={tokens.submit} pendingLabel={tokens.submitting} />
      </Form>
    </AccountLayout>
  );
}

/** What is kept of the owner. */
export function DataPage({ page, title }: { page: AccountPageOf<'account-data'>; title: string }) {
  const { account, data } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={<p>{data.text}</p>}>
      <Rows>
        {page.canExport && (
          <Row label={data.export} hint={data.exportHint}>
            <RowLink path={accountPaths.dataExport} label={data.download} of={data.export} />
          </Row>
        )}
        {page.deletion && (
          <Row
            label={data.delete}
            hint={page.deletion.href ? undefined : fillPhrase(data.deleteHint, { days: page.deletion.days })}
          >
            {page.deletion.href ? (
              <Link class="lk-row-action" href={page.deletion.href}>
                {data.delete}
              </Link>
            ) : (
              <RowLink path={accountPaths.deletion} label={account.remove} of={data.delete} />
            )}
          </Row>
        )}
      </Rows>
    </AccountLayout>
  );
}
