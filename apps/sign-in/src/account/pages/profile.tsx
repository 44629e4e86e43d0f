import { type AccountPageOf, accountPaths, csrfField } from '@latchkey/server/contract';
import { fieldErrors } from '../../form-errors.ts';
import { usePage } from '../../page-context.ts';
import { Form, Submit } from '../../parts/form.tsx';
import { inputNames, ProfileFields } from '../../parts/profile-fields.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { flowPath } from '../../urls.ts';
import { AccountLayout, Avatar } from '../frame.tsx';
import { Row, RowLink, Rows } from '../rows.tsx';
import { useWords } from '../words.ts';

/** The file is sent by the browser itself, with the token before it. */
function PictureForm({ hasPicture }: { hasPicture: boolean }) {
  const { frame } = usePage();
  const { profile, account } = useWords();
  const token = <input type="hidden" name={csrfField} value={frame.csrf} />;
  return (
    <div class="lk-picture-forms">
      <form method="post" action={flowPath(frame, accountPaths.avatar)} encType="multipart/form-data">
        {token}
        <label class="lk-label" for="file">
          {profile.choosePicture}
        </label>
        <input
          class="lk-file"
          id="file"
          name="file"
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp"
          required
          aria-describedby="file-hint"
        />
        <p class="lk-hint lk-hint-below" id="file-hint">
          {profile.pictureHint}
        </p>
        <button class="lk-row-action" type="submit" data-pending-label={account.saving}>
          {profile.upload}
        </button>
      </form>
      {hasPicture && (
        <form method="post" action={flowPath(frame, accountPaths.avatarRemove)}>
          {token}
          <button class="lk-row-action" type="submit">
            {profile.removePicture}
          </button>
        </form>
      )}
    </div>
  );
}

/** Who the account is of. */
export function ProfilePage({ page, title }: { page: AccountPageOf<'account-profile'>; title: string }) {
  const { account, profile } = useWords();
  const { name, username, avatar, answers } = page;
  return (
    <AccountLayout page={page} title={title} lead={<p>{profile.text}</p>}>
      <Rows>
        {avatar && (
          <Row label={profile.picture} value={<Avatar name={page.owner.name} url={avatar.value} large />}>
            {avatar.editable && <PictureForm hasPicture={avatar.value !== null} />}
          </Row>
        )}
        {name && (
          <Row label={profile.name} value={name.value || account.notSet}>
            {name.editable && <RowLink path={accountPaths.name} label={account.change} of={profile.name} />}
          </Row>
        )}
        {username && (
          <Row label={profile.username} value={username.value || account.notSet}>
            {username.editable && <RowLink path={accountPaths.username} label={account.change} of={profile.username} />}
          </Row>
        )}
      </Rows>
      {answers.length > 0 && (
        <Rows title={profile.about}>
          {answers.map(({ name: key, label, lines, isYes }) => (
            <Row
              key={key}
              label={label}
              value={
                isYes === undefined
                  ? lines.length > 0
                    ? lines.map((line) => <p key={line}>{line}</p>)
                    : account.notSet
                  : isYes
                    ? profile.yes
                    : profile.no
              }
            />
          ))}
          {page.canAnswer && (
            <li class="lk-row lk-row-last">
              <RowLink path={accountPaths.profileEdit} label={profile.edit} of={profile.about} />
            </li>
          )}
        </Rows>
      )}
    </AccountLayout>
  );
}

/** One line of text: the name, or the username. */
export function TextPage({ page, title }: { page: AccountPageOf<'account-text'>; title: string }) {
  const { phrases } = usePage();
  const words = useWords();
  const { what, errors } = page;
  const { label, hint } = words[what];
  return (
    <AccountLayout page={page} title={title} isTask>
      <Form path={page.path} errors={errors} fields={[what]}>
        <TextField
          name={what}
          label={label}
          hint={hint}
          autocomplete={what}
          value={page.value}
          required={page.required}
          errors={fieldErrors(phrases, errors, what)}
          focus
        />
        <Submit label={words.account.save} pendingLabel={words.account.saving} />
      </Form>
    </AccountLayout>
  );
}

/** The tenant's questions. */
export function AnswersPage({ page, title }: { page: AccountPageOf<'account-answers'>; title: string }) {
  const { account } = useWords();
  const names = page.fields.flatMap(inputNames);
  return (
    <AccountLayout page={page} title={title} isTask>
      <Form path={accountPaths.profileEdit} errors={page.errors} fields={names}>
        <ProfileFields fields={page.fields} values={page.values} errors={page.errors} first={undefined} />
        <Submit label={account.save} pendingLabel={account.saving} />
      </Form>
    </AccountLayout>
  );
}
