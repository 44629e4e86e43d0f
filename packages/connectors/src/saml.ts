import {
  ConnectorError,
  defineSocialConnector,
  endpointSchema,
  type FormItem,
  optionalText,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { certificateBody, parseCertificates } from './saml/certificates.ts';
import { readIdentityProviderMetadata } from './saml/identity-provider.ts';
import { unlockKey } from './saml/private-keys.ts';
import { readSamlAnswer, type SamlServiceProvider, startSamlSignIn } from './saml/service-provider.ts';
import { profileOf } from './saml/subject-profile.ts';
import { jsonMember } from './standard-form-items.ts';

const algorithms = ['rsa-sha1', 'rsa-sha256', 'rsa-sha512'] as const;
const signingOrders = ['sign-then-encrypt', 'encrypt-then-sign'] as const;
const nameIdFormats = [
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
] as const;

const attribute = z.string().min(1).max(512).optional();
const profileMap = z.object({ id: attribute, email: attribute, phone: attribute, name: attribute, avatar: attribute });
const DEFAULT_MAP = { id: 'nameID', email: 'email', phone: 'phone', name: 'name', avatar: 'avatar' };
const MAX_XML = 1_048_576;
const MAX_PEM = 16_384;

const pem = optionalText(z.string().trim().max(MAX_PEM));

const configSchema = z
  .object({
    entityID: z.string().trim().min(1).max(2048),
    assertionConsumerServiceUrl: endpointSchema,
    signInEndpoint: optionalText(endpointSchema),
    x509Certificate: z.string().trim().min(1).max(MAX_PEM),
    idpMetadataXml: z.string().trim().min(1).max(MAX_XML),
    signAuthnRequest: z.boolean().default(false),
    requestSignatureAlgorithm: z.enum(algorithms).default('rsa-sha256'),
    privateKey: pem,
    privateKeyPass: optionalText(z.string().max(1024)),
    encryptAssertion: z.boolean().default(false),
    messageSigningOrder: z.enum(signingOrders).default('sign-then-encrypt'),
    encPrivateKey: pem,
    encPrivateKeyPass: optionalText(z.string().max(1024)),
    nameIDFormat: optionalText(z.enum(nameIdFormats)),
    profileMap: jsonMember(profileMap.optional()),
  })
  .check(({ value: config, issues }) => {
    const missing = (key: 'privateKey' | 'encPrivateKey') =>
      issues.push({ code: 'custom', input: config, path: [key], message: 'Needed for what is switched on.' });
    if (config.signAuthnRequest && !config.privateKey) missing('privateKey');
    if (config.encryptAssertion && !config.encPrivateKey) missing('encPrivateKey');
    // What cannot be read is said when it is pasted, not when the first person signs in.
    const check = (key: keyof typeof config, read: () => unknown): void => {
      try {
        read();
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        issues.push({ code: 'custom', input: config, path: [key], message: error.message });
      }
    };
    const { privateKey, encPrivateKey } = config;
    check('x509Certificate', () => parseCertificates(config.x509Certificate));
    check('idpMetadataXml', () => readIdentityProviderMetadata(config.idpMetadataXml));
    check('privateKey', () => privateKey && unlockKey(privateKey, config.privateKeyPass));
    check('encPrivateKey', () => encPrivateKey && unlockKey(encPrivateKey, config.encPrivateKeyPass));
  });
type Config = z.output<typeof configSchema>;

function serviceProviderOf(config: Config): SamlServiceProvider {
  const { signAuthnRequest, encryptAssertion, privateKey, encPrivateKey } = config;
  const described = readIdentityProviderMetadata(config.idpMetadataXml);
  const algorithm = config.requestSignatureAlgorithm;
  return {
    entityId: config.entityID,
    assertionConsumerServiceUrl: config.assertionConsumerServiceUrl,
    identityProvider: {
      entityId: described.entityId,
      signInEndpoint: config.signInEndpoint ?? described.signInEndpoint,
      certificates: parseCertificates(config.x509Certificate).map(certificateBody),
    },
    allowSha1: algorithm === 'rsa-sha1',
    nameIdFormat: config.nameIDFormat,
    ...(signAuthnRequest &&
      privateKey && { signing: { privateKey: unlockKey(privateKey, config.privateKeyPass), algorithm } }),
    ...(encryptAssertion &&
      encPrivateKey && {
        decryptionKey: unlockKey(encPrivateKey, config.encPrivateKeyPass),
        signed: config.messageSigningOrder === 'encrypt-then-sign' ? ('response' as const) : ('assertion' as const),
      }),
  };
}

const whenSigning = [{ targetKey: 'signAuthnRequest', expectValue: true }];
const whenEncrypted = [{ targetKey: 'encryptAssertion', expectValue: true }];
const same = (value: string) => ({ value, title: { en: value, ja: value } });

const formItems: readonly FormItem[] = [
  {
    key: 'entityID',
    type: 'Text',
    required: true,
    label: { en: 'Entity ID of this service', ja: 'このサービスのエンティティ ID' },
    description: {
      en: 'What the identity provider calls the audience (SP entity ID).',
      ja: 'ID プロバイダー側で「オーディエンス」（SP エンティティ ID）と呼ばれる値です。',
    },
  },
  {
    key: 'assertionConsumerServiceUrl',
    type: 'Text',
    required: true,
    placeholder: 'https://auth.example.com/api/authn/saml/<connector ID>',
    label: { en: 'Assertion consumer service URL', ja: 'アサーションコンシューマーサービス（ACS）URL' },
    description: {
      en: 'This server’s address followed by `/api/authn/saml/` and the ID of this connector.',
      ja: 'このサーバーのアドレスに `/api/authn/saml/` とこのコネクターの ID を続けたものです。',
    },
  },
  {
    key: 'idpMetadataXml',
    type: 'MultilineText',
    required: true,
    label: { en: 'Metadata of the identity provider (XML)', ja: 'ID プロバイダーのメタデータ (XML)' },
  },
  {
    key: 'x509Certificate',
    type: 'MultilineText',
    required: true,
    label: { en: 'Signing certificate of the identity provider', ja: 'ID プロバイダーの署名証明書' },
    description: {
      en: 'X.509 in PEM. Answers that no key here has signed are refused; while the provider changes its key, paste both certificates.',
      ja: 'PEM 形式の X.509 証明書です。ここにある鍵で署名されていない応答は拒否されます。鍵の切り替え中は新旧両方の証明書を貼り付けてください。',
    },
  },
  {
    key: 'signInEndpoint',
    type: 'Text',
    label: { en: 'Sign-in endpoint', ja: 'サインインエンドポイント' },
    description: { en: 'When it is another one than the metadata says.', ja: 'メタデータと異なる場合に指定します。' },
  },
  {
    key: 'nameIDFormat',
    type: 'Select',
    selectItems: nameIdFormats.map(same),
    label: { en: 'Name ID format', ja: 'Name ID の形式' },
    description: {
      en: 'What the provider is asked for. It decides when nothing is chosen.',
      ja: 'プロバイダーに要求する形式です。未選択の場合はプロバイダーが決めます。',
    },
  },
  {
    key: 'signAuthnRequest',
    type: 'Switch',
    defaultValue: false,
    label: { en: 'Sign requests', ja: 'リクエストに署名する' },
  },
  {
    key: 'requestSignatureAlgorithm',
    type: 'Select',
    defaultValue: 'rsa-sha256',
    selectItems: algorithms.map(same),
    label: { en: 'Signature algorithm', ja: '署名アルゴリズム' },
    description: {
      en: 'With `rsa-sha1`, answers signed with SHA-1 are taken too. It is broken: choose it only for a provider that knows nothing else.',
      ja: '`rsa-sha1` を選ぶと SHA-1 で署名された応答も受け入れます。SHA-1 は安全ではないため、他に対応していないプロバイダーの場合のみ選んでください。',
    },
  },
  {
    key: 'privateKey',
    type: 'MultilineText',
    isConfidential: true,
    showConditions: whenSigning,
    label: { en: 'Private key for requests', ja: 'リクエスト署名用の秘密鍵' },
  },
  {
    key: 'privateKeyPass',
    type: 'Text',
    isConfidential: true,
    showConditions: whenSigning,
    label: { en: 'Passphrase of that key', ja: 'その鍵のパスフレーズ' },
  },
  {
    key: 'encryptAssertion',
    type: 'Switch',
    defaultValue: false,
    label: { en: 'Assertions are encrypted', ja: 'アサーションは暗号化される' },
  },
  {
    key: 'messageSigningOrder',
    type: 'Select',
    defaultValue: 'sign-then-encrypt',
    selectItems: signingOrders.map(same),
    showConditions: whenEncrypted,
    label: { en: 'Order of signature and encryption', ja: '署名と暗号化の順序' },
    description: {
      en: 'Which of the two has to be signed: the assertion inside, or the answer around it.',
      ja: '中のアサーションと外側の応答のどちらに署名が必要かを決めます。',
    },
  },
  {
    key: 'encPrivateKey',
    type: 'MultilineText',
    isConfidential: true,
    showConditions: whenEncrypted,
    label: { en: 'Private key for decryption', ja: '復号用の秘密鍵' },
  },
  {
    key: 'encPrivateKeyPass',
    type: 'Text',
    isConfidential: true,
    showConditions: whenEncrypted,
    label: { en: 'Passphrase of that key', ja: 'その鍵のパスフレーズ' },
  },
  {
    key: 'profileMap',
    type: 'Json',
    defaultValue: JSON.stringify(DEFAULT_MAP, null, 2),
    label: { en: 'Attributes', ja: '属性の対応付け' },
    description: {
      en: 'Which of the provider’s attributes tells what. `nameID` is the subject’s own name.',
      ja: 'プロバイダーのどの属性を何に使うかを指定します。`nameID` はサブジェクト自身の名前です。',
    },
  },
];

/** Any SAML 2.0 identity provider; the user is whoever its signed assertion is about. */
export const saml = defineSocialConnector({
  metadata: {
    id: 'saml',
    target: 'saml',
    platform: 'Universal',
    isStandard: true,
    name: { en: 'SAML', ja: 'SAML' },
    description: {
      en: 'Sign-in with any identity provider that speaks SAML 2.0.',
      ja: 'SAML 2.0 に対応した任意の ID プロバイダーでサインインします。',
    },
    ...logos.saml,
    formItems,
  },
  configSchema,
  answersByPost: true,

  async authorizationUri({ config, state, redirectUri }) {
    const { uri, requestId } = await startSamlSignIn(serviceProviderOf(config), state);
    return { uri, session: { state, redirectUri, requestId } };
  },

  async userInfo({ config, params, session }, { now }) {
    const answer = { response: params.SAMLResponse, requestId: session.requestId };
    const { id, ...profile } = profileOf(await readSamlAnswer(serviceProviderOf(config), answer, now()), {
      ...DEFAULT_MAP,
      ...config.profileMap,
    });
    if (!id) throw new ConnectorError('invalid_response', 'The provider names nobody by a lasting id.');
    return { id, ...profile };
  },
});
