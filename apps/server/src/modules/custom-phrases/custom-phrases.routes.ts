import type { Routes } from '../../kernel/operations.ts';
import * as contract from './custom-phrases.contract.ts';
import type { CustomPhrasesService } from './custom-phrases.service.ts';

export function customPhrasesRoutes(service: CustomPhrasesService): Routes {
  return (route) => {
    route(contract.listCustomPhrases, ({ scope }) => service.list(scope));
    route(contract.getCustomPhrases, ({ scope, params }) => service.get(scope, params.languageTag));
    route(contract.putCustomPhrases, ({ scope, params, body }) => service.set(scope, params.languageTag, body));
    route(contract.deleteCustomPhrases, ({ scope, params }) => service.remove(scope, params.languageTag));
  };
}
