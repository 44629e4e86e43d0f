import { describe, expect, it } from 'vitest';
import { type ArgumentSchema, completeText } from './completions.ts';

const argument: ArgumentSchema = {
  type: 'object',
  properties: {
    token: { type: 'object', properties: { aud: { type: ['string', 'null'], description: 'The API.' } } },
    context: {
      type: 'object',
      properties: {
        user: {
          anyOf: [
            { type: 'null' },
            {
              type: 'object',
              properties: {
                name: { anyOf: [{ type: 'string' }, { type: 'null' }] },
                roles: { type: 'array', items: { type: 'object', properties: { scopes: { type: 'array' } } } },
              },
            },
          ],
        },
      },
    },
  },
};

const labels = (text: string) => completeText(text, argument, ['REGION'])?.options.map(({ label }) => label);

describe('completion of what a script is given', () => {
  it('names the argument, what is in the context, and what every script has', () => {
    expect(labels('  return t')).toEqual(['user', 'token', 'context', 'environmentVariables', 'api']);
  });

  it('follows members, optional chains and elements of lists', () => {
    expect(labels('const x = context.')).toEqual(['user']);
    expect(labels('context.user?.na')).toEqual(['name', 'roles']);
    expect(labels('user.')).toEqual(['name', 'roles']);
    expect(labels('context.user.roles[0].')).toEqual(['scopes']);
  });

  it('begins where the word begins, with its type and its description', () => {
    expect(completeText('token.a', argument, [])).toMatchObject({
      from: 6,
      options: [{ label: 'aud', detail: 'string | null', info: 'The API.' }],
    });
  });

  it('knows the variables that were entered, and how to deny', () => {
    expect(labels('environmentVariables.')).toEqual(['REGION']);
    expect(labels('api.')).toEqual(['denyAccess']);
  });

  it('offers nothing after what it does not know', () => {
    expect(labels('elsewhere.')).toBeUndefined();
    expect(labels('context.user.roles.')).toBeUndefined();
    expect(labels("'")).toBeUndefined();
  });
});
