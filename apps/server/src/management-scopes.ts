import * as contract from './contract.ts';
import { isManaged, isOperation, permissionInWords, permissionOf } from './kernel/wire.contract.ts';

/** Scopes of the Management API beside `all`: what its operations need, by their declarations. */
export function managementScopes(): { name: string; description: string }[] {
  const declared: unknown[] = Object.values(contract);
  const names = new Set(declared.filter(isOperation).filter(isManaged).map(permissionOf));
  return [...names].sort().map((name) => ({ name, description: permissionInWords(name) }));
}
