import type { Routes } from '../../kernel/operations.ts';
import * as contract from './secrets.contract.ts';
import type { SecretsService } from './secrets.service.ts';

export const secretsRoutes =
  (service: Pick<SecretsService, 'remove'>): Routes =>
  (route) => {
    route(contract.deleteSecret, ({ scope, params }) => service.remove(scope, params.id));
  };
