import { usePage } from '../page-context.ts';
import { imageUrl } from '../urls.ts';

/** Four letters at a time are easier to type. */
const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

interface TotpSecretProps {
  secret: string;
  qrCode: string;
  /** Opens the app on the same phone. */
  uri?: string | undefined;
}

/** The secret of an authenticator app: to scan, to type, or to open. */
export function TotpSecret({ secret, qrCode, uri }: TotpSecretProps) {
  const { bindTotp } = usePage().phrases;
  const link = uri?.startsWith('otpauth:') ? uri : undefined;
  return (
    <div class="lk-section lk-totp">
      <p>{bindTotp.scan}</p>
      <img class="lk-qr" src={imageUrl(qrCode)} alt={bindTotp.picture} width={180} height={180} />
      <p>{bindTotp.key}</p>
      <p class="lk-secret" dir="ltr">
        <code translate={false}>{inGroups(secret)}</code>
      </p>
      {link && (
        <p>
          <a href={link}>{bindTotp.open}</a>
        </p>
      )}
    </div>
  );
}
