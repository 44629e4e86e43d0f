import type { SignInPhrases } from '@latchkey/phrases/sign-in';
import type { IdentifierType } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { TextField } from './text-field.tsx';

function labelOf(field: SignInPhrases['field'], allowed: readonly IdentifierType[]): string {
  const [username, email, phone] = (['username', 'email', 'phone'] as const).map((type) => allowed.includes(type));
  if (username && email && phone) return field.any;
  if (username && email) return field.usernameOrEmail;
  if (username && phone) return field.usernameOrPhone;
  if (email && phone) return field.emailOrPhone;
  if (email) return field.email;
  return phone ? field.phone : field.username;
}

/** The keyboard a phone shows: a special one only when nothing else may be typed. */
function inputModeOf(allowed: readonly IdentifierType[]): 'text' | 'email' | 'tel' {
  if (allowed.length !== 1 || allowed[0] === 'username') return 'text';
  return allowed[0] === 'email' ? 'email' : 'tel';
}

interface IdentifierFieldProps {
  name?: string;
  /** What may be typed. */
  allowed: readonly IdentifierType[];
  value: string | undefined;
  errors: readonly string[];
  focus?: boolean;
  /** The list that the field opens also holds passkeys. */
  offersPasskeys?: boolean;
}

/** One field for whatever somebody is known by here. */
export function IdentifierField(props: IdentifierFieldProps) {
  const { name = 'identifier', allowed, value, errors, focus = errors.length > 0, offersPasskeys } = props;
  const { field } = usePage().phrases;
  return (
    <TextField
      name={name}
      label={labelOf(field, allowed)}
      inputMode={inputModeOf(allowed)}
      autocomplete={offersPasskeys ? 'username webauthn' : 'username'}
      value={value}
      errors={errors}
      focus={focus}
    />
  );
}
