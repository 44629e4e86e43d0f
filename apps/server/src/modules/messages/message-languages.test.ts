import { emailMessage, smsMessage } from '@latchkey/phrases/messages';
import { signInLanguages } from '@latchkey/phrases/sign-in-languages';
import { describe, expect, it } from 'vitest';
import { messageTemplateTypes } from './messages.contract.ts';

const variablesOf = (text: string) => (text.match(/\{\{[\w.]+\}\}/g) ?? []).sort();

describe.each(Object.keys(signInLanguages).filter((language) => language !== 'en'))('messages in %s', (language) => {
  it.each(messageTemplateTypes)('for %s are in the language itself, with the variables of the English ones', (kind) => {
    for (const carries of ['code', 'link'] as const) {
      const email = emailMessage(kind, [language], carries);
      const english = emailMessage(kind, ['en'], carries);
      expect(email.content).toContain(`<html lang="${language}" dir="${/^(?:ar|fa)/.test(language) ? 'rtl' : 'ltr'}">`);
      expect(email.subject).not.toBe(english.subject);
      expect(variablesOf(email.subject)).toEqual(variablesOf(english.subject));
      expect(variablesOf(email.content)).toEqual(variablesOf(english.content));

      const sms = smsMessage(kind, [language], carries).content;
      const englishSms = smsMessage(kind, ['en'], carries).content;
      expect(sms).not.toBe(englishSms);
      expect(variablesOf(sms)).toEqual(variablesOf(englishSms));
    }
  });
});

describe('the language of a message', () => {
  it.each([
    [['de-AT'], 'de'],
    [['pt-MZ'], 'pt-PT'],
    [['fa'], 'fa-IR'],
    [['zh-Hant-HK'], 'zh-HK'],
    [['nl', 'uk', 'en'], 'uk-UA'],
    [['nl'], 'en'],
    [['constructor'], 'en'],
    [[], 'en'],
  ])('for a reader of %j is %j', (locales, language) => {
    expect(emailMessage('SignIn', locales, 'code').content).toContain(`<html lang="${language}" `);
  });
});
