import { closestLanguage, type SignInLanguage } from '../sign-in/languages.ts';
import { ar } from './ar.ts';
import { cs } from './cs.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { faIr } from './fa-IR.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { plPl } from './pl-PL.ts';
import { ptBr } from './pt-BR.ts';
import { ptPt } from './pt-PT.ts';
import { ru } from './ru.ts';
import { th } from './th.ts';
import { trTr } from './tr-TR.ts';
import { ukUa } from './uk-UA.ts';
import { zhCn } from './zh-CN.ts';
import { zhHk } from './zh-HK.ts';
import { zhTw } from './zh-TW.ts';

export type MessagePhrases = typeof en;
export type MessageKind = keyof MessagePhrases['types'];

/** In every language of the sign-in pages, small enough to be read at once. */
const catalogues: Record<SignInLanguage, MessagePhrases> = {
  ar,
  cs,
  de,
  en,
  es,
  'fa-IR': faIr,
  fr,
  it,
  ja,
  ko,
  'pl-PL': plPl,
  'pt-BR': ptBr,
  'pt-PT': ptPt,
  ru,
  th,
  'tr-TR': trTr,
  'uk-UA': ukUa,
  'zh-CN': zhCn,
  'zh-HK': zhHk,
  'zh-TW': zhTw,
};

const isWritten = (tag: string): tag is SignInLanguage => Object.hasOwn(catalogues, tag);

/** The phrases that suit a reader of these languages (BCP 47 tags, best first), else the English ones. */
function phrasesFor(locales: readonly string[]): [language: SignInLanguage, phrases: MessagePhrases] {
  const closest = closestLanguage(Object.keys(catalogues), locales) ?? 'en';
  const language = isWritten(closest) ? closest : 'en';
  return [language, catalogues[language]];
}

const rightToLeft: readonly SignInLanguage[] = ['ar', 'fa-IR'];
/** Written without spaces between sentences. */
const unspaced: readonly SignInLanguage[] = ['ja', 'zh-CN', 'zh-HK', 'zh-TW'];

/** One column that reads well in every mail program, light and dark: inline styles alone, no pictures. */
function page(
  language: SignInLanguage,
  { lead, action, ignore }: { lead: string; action: string; ignore: string },
): string {
  return `<!doctype html>
<html lang="${language}" dir="${rightToLeft.includes(language) ? 'rtl' : 'ltr'}">
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
export function emailMessage(kind: MessageKind, locales: readonly string[], carries: 'code' | 'link') {
  const [language, t] = phrasesFor(locales);
  const { subject, lead } = t.types[kind];
  const action = carries === 'code' ? codeBlock(t.codeLabel) : linkBlock(t.linkLabel, t.linkHint);
  return { subject, content: page(language, { lead, action, ignore: t.ignore }), contentType: 'text/html' as const };
}

/** The same as a text message: the lead and the code or link, short enough for one part. */
export function smsMessage(kind: MessageKind, locales: readonly string[], carries: 'code' | 'link') {
  const [language, t] = phrasesFor(locales);
  const lead = carries === 'link' ? t.types[kind].lead : '';
  const action = carries === 'code' ? t.smsCode : t.smsLink;
  return { content: [lead, action].filter(Boolean).join(unspaced.includes(language) ? '' : ' ') };
}
