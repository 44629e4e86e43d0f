import type { Connector } from '@latchkey/connector-kit';
import { gitlab } from './gitlab.ts';

/** Every connector there is, in the order in which the Console offers them. */
export const connectors: readonly Connector[] = [gitlab];
