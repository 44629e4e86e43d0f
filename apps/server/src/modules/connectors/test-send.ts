import type { Connector as Factory } from '@latchkey/connector-kit';
import type { Scope } from '../../kernel/scope.ts';
import type { BodyOf } from '../../kernel/wire.contract.ts';
import type { testConnector } from './connectors.contract.ts';
import { asTestError, fail } from './connectors.errors.ts';
import { parseConfig } from './connectors.service.ts';
import type { Messaging, OutgoingMessage } from './messaging.ts';

type TextsOf<Send extends keyof Messaging> = Pick<Parameters<Messaging[Send]>[1], 'template' | 'fallback'>;

export interface TestSendDependencies {
  /** The texts that a message of the tenant's in this language is made of. */
  emailTemplates(scope: Scope, type: 'Generic', locale: string): Promise<TextsOf<'sendEmail'>>;
  smsTemplates(scope: Scope, type: 'Generic', locale: string): Promise<TextsOf<'sendSms'>>;
}

export type TestSend = (scope: Scope, factory: Factory, body: BodyOf<typeof testConnector>) => Promise<void>;

/** A code of the right form that opens nothing. */
const TEST_CODE = '000000';

/** Sends a test message with a configuration that need not be saved; a failure tells what the provider said. */
export function createTestSend(messaging: Messaging, deps: TestSendDependencies): TestSend {
  const request = (to: string | undefined, locale: string): Omit<OutgoingMessage<never>, 'template' | 'fallback'> => {
    if (!to) throw fail('connector.insufficient_request_parameters');
    return { to, type: 'Generic', payload: { code: TEST_CODE, locale }, locale };
  };

  return async (scope, factory, { email, phone, config, locale = 'en' }) => {
    if (factory.type === 'Social') throw fail('connector.unexpected_type');
    const connectorId = factory.metadata.id;
    const parsed = parseConfig(factory, config);
    try {
      if (factory.type === 'Email') {
        const texts = await deps.emailTemplates(scope, 'Generic', locale);
        await messaging.sendEmail({ connectorId, factory, config: parsed }, { ...request(email, locale), ...texts });
      } else {
        const texts = await deps.smsTemplates(scope, 'Generic', locale);
        await messaging.sendSms({ connectorId, factory, config: parsed }, { ...request(phone, locale), ...texts });
      }
    } catch (error) {
      throw asTestError(error);
    }
  };
}
