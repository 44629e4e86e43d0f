import type { PageOf } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { CodeField } from '../parts/code-field.tsx';
import { Alert, EngineForm, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';

/** RFC 8628 §3.3: the person types what the device shows. */
export function DevicePage({ page }: { page: PageOf<'device'> }) {
  const { phrases } = usePage();
  const { device } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{device.text}</p>}>
      <Alert messages={formErrors(phrases, page.errors, ['user_code'])} />
      <EngineForm action={page.action} fields={page.fields}>
        <CodeField
          name="user_code"
          label={device.code}
          kind="text"
          value={page.userCode}
          errors={fieldErrors(phrases, page.errors, 'user_code')}
        />
        <Submit label={device.submit} pendingLabel={device.submitting} />
      </EngineForm>
    </Layout>
  );
}

/** RFC 8628 §5.4: the code is compared, so that nobody connects a stranger's device. */
export function DeviceConfirmPage({ page }: { page: PageOf<'device-confirm'> }) {
  const { phrases } = usePage();
  const { deviceConfirm } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{deviceConfirm.text}</p>}>
      <p class="lk-panel lk-user-code" dir="ltr" translate={false}>
        {page.userCode}
      </p>
      <p class="lk-note">{deviceConfirm.warning}</p>
      <EngineForm action={page.action} fields={page.fields}>
        <Submit label={deviceConfirm.submit} pendingLabel={deviceConfirm.submitting} name="confirm" value="yes" />
        <SecondarySubmit label={deviceConfirm.abort} name="abort" value="yes" />
      </EngineForm>
    </Layout>
  );
}

export function DeviceDonePage({ page }: { page: PageOf<'device-done'> }) {
  const { phrases } = usePage();
  return <Layout title={pageTitle(page, phrases)} lead={<p>{phrases.deviceDone.text}</p>} />;
}
