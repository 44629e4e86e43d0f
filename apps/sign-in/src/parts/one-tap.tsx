import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { Form } from './form.tsx';

/** A form that nobody sees: the script fills it with what Google's prompt answers, and sends it. */
export function OneTap({ prompt }: { prompt: PageOf<'sign-in'>['oneTap'] }) {
  const { frame } = usePage();
  if (!prompt || frame.preview) return null;
  const { connectorId, ...options } = prompt;
  return (
    <Form
      path={signInPaths.signInOneTap}
      errors={[]}
      fields={[]}
      attributes={{ 'data-one-tap': JSON.stringify(options), 'data-nonce': frame.nonce, hidden: '' }}
    >
      <input type="hidden" name="connectorId" value={connectorId} />
      <input type="hidden" name="credential" value="" />
    </Form>
  );
}
