import Bowser from 'bowser';

/** Longest user agent that is kept. */
const MAX_USER_AGENT = 512;

/** What a user agent says of whoever sends it, in words; what is not known is left out. */
export function describeDevice(userAgent: string | null): Record<string, string> {
  if (!userAgent) return {};
  const { browser, os, platform } = Bowser.parse(userAgent);
  const named = { browser: browser.name, os: os.name, device: platform.model ?? platform.type };
  return {
    userAgent: userAgent.slice(0, MAX_USER_AGENT),
    ...Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => Boolean(entry[1]))),
  };
}
