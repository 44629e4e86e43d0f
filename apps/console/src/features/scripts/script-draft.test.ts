import { describe, expect, it } from 'vitest';
import { repeatedVariable, toDraft, toScript } from './script-draft.ts';

const usual = {
  script: 'const runAction = () => {};',
  argument: { event: { key: 'action.postSignIn', user: { id: 'u' } } },
};

describe('a script as it is edited', () => {
  it('begins with the usual script and sample, and keeps no sample that is the usual one', () => {
    const draft = toDraft('action.postSignIn', undefined, usual);
    expect(toScript('action.postSignIn', draft, usual.argument)).toEqual({
      script: usual.script,
      environmentVariables: {},
      enabled: true,
      onExecutionError: 'block',
    });
  });

  it('comes back as it was stored', () => {
    const argument = { token: { aud: 'a' }, context: { user: { id: 'u' } } };
    const stored = {
      script: 'x',
      environmentVariables: { region: 'eu' },
      tokenSample: { aud: 'b' },
      blockIssuanceOnError: false,
    };
    const draft = toDraft('jwt.accessToken', stored, { script: '', argument });
    expect(JSON.parse(draft.argument)).toEqual({ token: { aud: 'b' }, context: argument.context });
    expect(toScript('jwt.accessToken', draft, argument)).toEqual(stored);
  });

  it('leaves out variables without a name, and says which name is there twice', () => {
    const variable = (name: string) => ({ name, value: '1' });
    const draft = { ...toDraft('action.postSignIn', undefined, usual), variables: [variable('a'), variable(' ')] };
    expect(toScript('action.postSignIn', draft, usual.argument).environmentVariables).toEqual({ a: '1' });
    expect(repeatedVariable(draft)).toBeUndefined();
    expect(repeatedVariable({ ...draft, variables: [variable('a'), variable('a ')] })).toBe('a');
  });
});
