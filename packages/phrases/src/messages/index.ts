import { en } from './en.ts';
import { ja } from './ja.ts';

export type MessagePhrases = typeof en;
export type MessageKind = keyof MessagePhrases['types'];

const catalogues: Record<string, MessagePhrases> = { en, ja };

/** The phrases of a BCP 47 tag or of its language, else the English ones. */
const phrasesOf = (locale: string): [language: string, phrases: MessagePhrases] => {
  const language = [locale, locale.split('-')[0] ?? ''].find((tag) => Object.hasOwn(catalogues, tag)) ?? 'en';
  return [language, catalogues[language] ?? en];
};

/** One column that reads well in every mail program, light and dark: inline styles alone, no pictures. */
function page(language: string, { lead, action, ignore }: { lead: string; action: string; ignore: string }): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
</head>
<body style="margin:0;padding:24px;font-family:system-ui,-apple-system,'Segoe UI','Hiragino Sans','Noto Sans JP',sans-serif;line-height:1.6">
<div style="max-width:480px;margin:0 auto">
<p style="margin:0 0 24px">${lead}</p>
${action}
<p style="margin:24px 0 0;font-size:13px;opacity:.7">${ignore}</p>
</div>
</body>
</html>`;
}

const codeBlock = (label: string) =>
  `<p style="margin:0;font-size:13px;opacity:.7">${label}</p>
<p style="margin:4px 0 0;font-size:32px;font-weight:700;letter-spacing:.2em;font-family:ui-monospace,Menlo,Consolas,monospace">{{code}}</p>`;

const linkBlock = (label: string, hint: string) =>
  `<p style="margin:0"><a href="{{link}}" style="display:inline-block;padding:12px 24px;border-radius:8px;background:#1c5fd4;color:#ffffff;text-decoration:none;font-weight:600">${label}</a></p>
<p style="margin:24px 0 0;font-size:13px;opacity:.7">${hint}<br><a href="{{link}}" style="color:inherit;word-break:break-all">{{link}}</a></p>`;

/** The product's own e-mail for a message that the tenant has written no template for. */
export function emailMessage(kind: MessageKind, locale: string, carries: 'code' | 'link') {
  const [language, t] = phrasesOf(locale);
  const { subject, lead } = t.types[kind];
  const action = carries === 'code' ? codeBlock(t.codeLabel) : linkBlock(t.linkLabel, t.linkHint);
  return { subject, content: page(language, { lead, action, ignore: t.ignore }), contentType: 'text/html' as const };
}

/** The same as a text message: the lead and the code or link, short enough for one part. */
export function smsMessage(kind: MessageKind, locale: string, carries: 'code' | 'link') {
  const [language, t] = phrasesOf(locale);
  const lead = carries === 'link' ? t.types[kind].lead : '';
  const action = carries === 'code' ? t.smsCode : t.smsLink;
  return { content: [lead, action].filter(Boolean).join(language === 'ja' ? '' : ' ') };
}
