import { emailAddress } from '../../kernel/wire.contract.ts';
import { fail } from './enterprise-sso.errors.ts';

/** Everybody may have an address there, so that nobody's provider may speak for all of them. */
const PUBLIC_DOMAINS = new Set(
  `gmail.com googlemail.com yahoo.com yahoo.co.jp ymail.com hotmail.com outlook.com live.com msn.com icloud.com me.com
  mac.com aol.com yandex.com yandex.ru mail.com mail.ru protonmail.com proton.me gmx.com gmx.de gmx.net web.de zoho.com
  qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp`.split(
    /\s+/,
  ),
);

const DOMAIN = /^(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/** Domains as they are stored: in lower case, none that is everybody's, none twice. */
export function parseDomains(given: readonly string[]): string[] {
  const domains = given.map((domain) => domain.trim().toLowerCase());
  const wrong = domains.filter((domain) => !DOMAIN.test(domain));
  if (wrong.length > 0) throw fail('single_sign_on.invalid_domain_format', { data: { domains: wrong.join(', ') } });
  const forbidden = domains.filter((domain) => PUBLIC_DOMAINS.has(domain));
  if (forbidden.length > 0) throw fail('single_sign_on.forbidden_domains', { data: { domains: forbidden.join(', ') } });
  const twice = domains.filter((domain, index) => domains.indexOf(domain) !== index);
  if (twice.length > 0) throw fail('single_sign_on.duplicated_domains', { data: { domains: twice.join(', ') } });
  return domains;
}

/** The domain of an address, as domains are stored. */
export const domainOf = (email: string): string => email.split('@').at(-1)?.toLowerCase() ?? '';

/** Whether it is one address, of one of the domains. */
export const isAddressAt = (domains: readonly string[], email: string): boolean =>
  emailAddress.safeParse(email).success && domains.includes(domainOf(email));
