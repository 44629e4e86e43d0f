import type { OriginPhrases } from './index.ts';

export const ja: OriginPhrases = {
  title: 'この Latchkey のアドレスではありません',
  lead: '設定と異なるアドレスでリクエストを受け取りました。このままではリンクや Cookie が正しく動作しません。変更は何も行われていません。',
  visitor: 'サインインするだけの方は、こちらのアドレスをお使いください。',
  whatArrived: '受け取った内容',
  origin: 'アドレス',
  host: 'Host',
  forwardedHost: 'X-Forwarded-Host',
  forwardedProto: 'X-Forwarded-Proto',
  absent: '送信されていません',
  ignored: 'TRUST_PROXY_HEADER が無効のため、参照していません',
  expected: '想定しているアドレス（ENDPOINT）',
  operator: 'この Latchkey を運用している方へ',
  startWith: 'ブラウザーが使うアドレスを指定し、前段のプロキシを信頼するよう設定してください。',
  startPlain: 'ブラウザーが使うアドレスを指定してください。',
  proxy:
    '次に、要求されたアドレスをプロキシから伝えるようにします。これらのヘッダーは必ずプロキシで上書きし、訪問者が送った値をそのまま渡さないでください。',
  nginx: 'nginx',
  caddy: 'Caddy（ヘッダーは自動で設定されます）',
  traefik: 'Traefik（ヘッダーは自動で設定されます）',
};
