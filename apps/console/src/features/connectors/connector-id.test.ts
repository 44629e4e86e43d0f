import { describe, expect, it } from 'vitest';
import { createConnectorId, releaseConnectorId, reserveConnectorId } from './connector-id.ts';

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    length: 0,
    key: () => null,
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('connector ids', () => {
  it('are 12 characters of 0-9 and a-z, and differ', () => {
    const ids = Array.from({ length: 200 }, createConnectorId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{12}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stay the same for a factory until the connector exists', () => {
    const storage = memoryStorage();
    const id = reserveConnectorId('gitlab-universal', storage);
    expect(reserveConnectorId('gitlab-universal', storage)).toBe(id);
    expect(reserveConnectorId('other', storage)).not.toBe(id);
    releaseConnectorId('gitlab-universal', storage);
    expect(reserveConnectorId('gitlab-universal', storage)).not.toBe(id);
  });

  it('are not taken from storage when someone wrote another form there', () => {
    const storage = memoryStorage();
    storage.setItem('latchkey-new-connector-gitlab-universal', '../admin');
    expect(reserveConnectorId('gitlab-universal', storage)).toMatch(/^[0-9a-z]{12}$/);
  });
});
