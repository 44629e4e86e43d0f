import type { Connector } from '@latchkey/connector-kit';
import { alipayNative, alipayWeb } from './alipay.ts';
import { aliyunDirectMail } from './aliyun-direct-mail.ts';
import { aliyunSms } from './aliyun-sms.ts';
import { aliyunSmsAuth } from './aliyun-sms-auth.ts';
import { amazon } from './amazon.ts';
import { apple } from './apple.ts';
import { awsSes } from './aws-ses.ts';
import { awsSns } from './aws-sns.ts';
import { bitbucket } from './bitbucket.ts';
import { dingTalk } from './dingtalk.ts';
import { discord } from './discord.ts';
import { facebook } from './facebook.ts';
import { feishu } from './feishu.ts';
import { gatewayApi } from './gateway-api.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';
import { httpEmail } from './http-email.ts';
import { httpSms } from './http-sms.ts';
import { huggingFace } from './hugging-face.ts';
import { kakao } from './kakao.ts';
import { kook } from './kook.ts';
import { line } from './line.ts';
import { linkedIn } from './linkedin.ts';
import { mailgun } from './mailgun.ts';
import { mailJunky } from './mailjunky.ts';
import { messageBird } from './messagebird.ts';
import { microsoft } from './microsoft.ts';
import { naver } from './naver.ts';
import { notion } from './notion.ts';
import { oauth2 } from './oauth2.ts';
import { oidc } from './oidc.ts';
import { patreon } from './patreon.ts';
import { postmark } from './postmark.ts';
import { qq } from './qq.ts';
import { resend } from './resend.ts';
import { saml } from './saml.ts';
import { sendGrid } from './sendgrid.ts';
import { slack } from './slack.ts';
import { smsAero } from './sms-aero.ts';
import { smsBao } from './smsbao.ts';
import { smtp } from './smtp.ts';
import { smtp2go } from './smtp2go.ts';
import { spotify } from './spotify.ts';
import { tencentSms } from './tencent-sms.ts';
import { twilio } from './twilio.ts';
import { twitch } from './twitch.ts';
import { vonage } from './vonage.ts';
import { wechatNative, wechatWeb } from './wechat.ts';
import { weCom } from './wecom.ts';
import { whatsApp } from './whatsapp.ts';
import { x } from './x.ts';
import { xiaomi } from './xiaomi.ts';
import { yahooJapan } from './yahoo-japan.ts';
import { yandex } from './yandex.ts';
import { yunpian } from './yunpian.ts';

/** Every connector there is, in the order in which the Console offers them. */
export const connectors: readonly Connector[] = [
  google,
  apple,
  microsoft,
  github,
  gitlab,
  facebook,
  x,
  linkedIn,
  discord,
  slack,
  amazon,
  line,
  yahooJapan,
  kakao,
  naver,
  wechatWeb,
  wechatNative,
  weCom,
  qq,
  alipayWeb,
  alipayNative,
  dingTalk,
  feishu,
  kook,
  xiaomi,
  bitbucket,
  gitea,
  huggingFace,
  notion,
  patreon,
  spotify,
  twitch,
  yandex,
  oidc,
  saml,
  oauth2,
  smtp,
  sendGrid,
  mailgun,
  postmark,
  awsSes,
  resend,
  smtp2go,
  mailJunky,
  aliyunDirectMail,
  httpEmail,
  twilio,
  vonage,
  awsSns,
  messageBird,
  whatsApp,
  gatewayApi,
  smsAero,
  aliyunSms,
  aliyunSmsAuth,
  tencentSms,
  yunpian,
  smsBao,
  httpSms,
];
