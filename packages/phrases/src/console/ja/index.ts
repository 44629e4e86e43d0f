import type { ConsolePhrases } from '../index.ts';
import { applications } from './applications.ts';
import { connectors } from './connectors.ts';
import { messages } from './messages.ts';
import { shell } from './shell.ts';
import { signInExperience } from './sign-in-experience.ts';

export const phrases: ConsolePhrases = { shell, applications, connectors, messages, signInExperience };
