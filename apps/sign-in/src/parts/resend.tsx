import { fillPhrase } from '@latchkey/phrases/sign-in';
import { usePage } from '../page-context.ts';
import { Form, TextSubmit } from './form.tsx';

interface ResendProps {
  path: string;
  /** Seconds until another code may be asked for. */
  after: number;
  /** Fields that the request needs. */
  fields?: Record<string, string>;
  /** The way back to the address, where it can be another one. */
  change?: { path: string; label: string };
}

/** Another code, or another address. Without a script the button is there at once; the server knows when. */
export function Resend({ path, after, fields = {}, change }: ResendProps) {
  const { enterCode } = usePage().phrases;
  return (
    <Form path={path} errors={[]} fields={[]}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div class="lk-text-buttons">
        <TextSubmit
          label={enterCode.resend}
          attributes={{
            'data-resend-after': String(Math.ceil(after)),
            'data-resend-in': fillPhrase(enterCode.resendIn, { seconds: '#' }),
          }}
        />
        {change && <TextSubmit label={change.label} path={change.path} />}
      </div>
    </Form>
  );
}
